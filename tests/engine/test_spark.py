# SPDX-License-Identifier: Apache-2.0
"""Promises about scans with Spark: the report is that of this process to the byte, also when machines are lost.

Spark and Java are large: `make test-spark` installs the one and needs the other. Elsewhere these tests are skipped.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SAMPLES = Path(__file__).parents[1] / "data" / "readers"
RUNNER = Path(__file__).with_name("on_spark.py")
NAMES = [f"host{n}.example.net" for n in range(2000)]
FOUND = ("update.kaspersky.com", "ksn.kaspersky-labs.com", "KASPERSKY.COM.")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed"),
    pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Java is not installed"),
]


def rows(count: int, form: str) -> bytes:
    """Give a log of look-ups in one of several forms."""
    draw = random.Random(form)
    lines = []
    for n in range(count):
        name = draw.choice(FOUND) if draw.random() < 0.002 else draw.choice(NAMES)
        client = f"10.0.{n % 7}.{n % 251}"
        if form == "zeek":
            lines.append(f"17145576{n % 90:02d}.5\tC{n}\t{client}\t5353\t192.0.2.1\t53\tudp\t{n}\t{name}\tA")
        elif form == "json":
            lines.append(
                json.dumps(
                    {"ts": 1714557600 + n, "uid": f"C{n}", "id.orig_h": client, "id.resp_h": "192.0.2.1", "query": name}
                )
            )
        else:
            lines.append(f"2024-05-01T10:00:00Z,{name},A,{client}")
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of logs of several forms, plain and compressed, whole and cut off."""
    folder = tmp_path_factory.mktemp("logs")
    head = "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\n"
    (folder / "dns.log").write_bytes(head.encode() + rows(60_000, "zeek"))
    (folder / "dns.json").write_bytes(rows(40_000, "json"))
    (folder / "table.csv").write_bytes(b"timestamp,domain,query_type,client_ip\n" + rows(30_000, "csv"))
    packed = gzip.compress(rows(30_000, "json"))
    (folder / "whole.json.gz").write_bytes(packed)
    (folder / "broken.json.gz").write_bytes(packed[:-5000])
    (folder / "wide.json").write_bytes(rows(5_000, "json").decode().encode("utf-16"))
    return folder


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a Parquet file of several pieces, and a Delta table of two."""
    folder, draw, count = tmp_path_factory.mktemp("tables"), random.Random(9), 600_000
    table = pa.table(
        {
            "ts": pa.array([(1_714_557_600 + n) * 1_000_000 for n in range(count)], pa.timestamp("us", tz="UTC")),
            "uid": [f"C{draw.randrange(1 << 60)}" for _ in range(count)],
            "id.orig_h": [f"10.0.{n % 7}.{draw.randrange(250)}" for n in range(count)],
            "id.resp_h": ["192.0.2.1"] * count,
            "query": [draw.choice(FOUND if draw.random() < 0.002 else NAMES) for _ in range(count)],
        }
    )
    pq.write_table(table, folder / "look-ups.parquet", row_group_size=60_000)
    lake = folder / "lake"
    (lake / "_delta_log").mkdir(parents=True)
    actions: list[object] = [{"metaData": {"id": "x", "configuration": {}}}]
    for n in range(2):
        pq.write_table(table.slice(n * 300_000, 300_000), lake / f"{n}.parquet", row_group_size=40_000)
        actions.append({"add": {"path": f"{n}.parquet", "partitionValues": {}}})
    (lake / "_delta_log" / f"{0:020}.json").write_text("\n".join(map(json.dumps, actions)))
    return folder


def scanned(folder: Path, master: str, how: str, *sources: object) -> tuple[bytes, bytes]:
    """Give the report of a scan on a cluster, and of one here; nothing where only the cluster knows the source."""
    command = [sys.executable, str(RUNNER), master, how, str(folder), *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    here = folder / "here.json"
    return (folder / "there.json").read_bytes(), here.read_bytes() if here.exists() else b""


def test_two_cores_give_the_same_report(tmp_path: Path, logs: Path) -> None:
    """All samples of readers, and logs of several forms: the JSON is the same, with the skip of what is cut off."""
    there, here = scanned(tmp_path, "local[2]", "plain", SAMPLES, logs)
    assert there == here
    report = json.loads(there)
    assert any(skip["source"].endswith("broken.json.gz") for skip in report["skips"])
    assert len(report["exposures"]) > 100


def test_a_cluster_gives_the_same_report(tmp_path: Path, logs: Path, tables: Path) -> None:
    """Two executors in processes of their own give the same, of logs and of files of columns."""
    there, here = scanned(tmp_path, "local-cluster[2,1,1024]", "plain", logs, tables)
    assert there == here
    assert {source["reader"] for source in json.loads(there)["sources"]} >= {"parquet", "delta"}


def test_storage_is_read_by_address(tmp_path: Path, logs: Path) -> None:
    """Files by their addresses give what they give by their paths, under the names of their addresses."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    by_path = exposures(scanned(here, "local[2]", "plain", logs / "dns.json")[0])
    by_address = exposures(scanned(there, "local[2]", "address", (logs / "dns.json").as_uri())[0])
    assert by_address == by_path != []


def exposures(report: bytes) -> list[tuple[str, str, str, str, int]]:
    """Give what was found, without the sources and rows it was found in."""
    return [
        (e["party"], e["asset"], e["first_seen"], e["last_seen"], sum(match["count"] for match in e["matches"]))
        for e in json.loads(report)["exposures"]
    ]


def test_a_table_tells_what_its_file_does(tmp_path: Path) -> None:
    """Rows that pass through Spark, in parts, give the exposures, days, counts and places that the Parquet file gives."""
    draw = random.Random(5)
    count, day = 60_000, 1_714_557_600
    table = pa.table(
        {
            "ts": pa.array([(day + 20 * n) * 1_000_000 for n in range(count)], pa.timestamp("us", tz="UTC")),
            "uid": [f"C{n}" for n in range(count)],
            "id.orig_h": [f"10.0.{n % 7}.{draw.randrange(250)}" for n in range(count)],
            "id.resp_h": ["192.0.2.1"] * count,
            "query": [draw.choice(FOUND if draw.random() < 0.002 else NAMES) for _ in range(count)],
        }
    )
    pq.write_table(table, tmp_path / "look-ups.parquet", row_group_size=5_000)
    there, here = scanned(tmp_path, "local[2]", "table", tmp_path / "look-ups.parquet")
    assert exposures(there) == exposures(here) != []
    assert [source["counts"]["rows"] for source in json.loads(there)["sources"]] == [count]
    assert places(there) == places(here)


def places(report: bytes) -> list[str]:
    """Give the rows that were named."""
    return [match["locator"] for e in json.loads(report)["exposures"] for match in e["matches"]]


@pytest.mark.parametrize("how", ["worker", "executor"])
@pytest.mark.parametrize("of", ["logs", "tables"])
def test_what_is_lost_is_done_again(tmp_path: Path, request: pytest.FixtureRequest, of: str, how: str) -> None:
    """A process or an executor that is killed in the middle of a piece loses nothing, and nothing is counted twice."""
    there, here = scanned(tmp_path, "local-cluster[2,1,1024]", how, request.getfixturevalue(of))
    assert (tmp_path / "struck").exists()
    assert there == here
    assert json.loads(there)["exposures"]
    assert json.loads((tmp_path / "ends.json").read_text())["ended"] > 2


def test_executors_look_through_columns(tmp_path: Path, tables: Path) -> None:
    """Every part of a Parquet file and of a Delta table comes back from executors, and none is read here after all."""
    there, here = scanned(tmp_path, "local[2]", "plain", tables)
    assert there == here
    ends = json.loads((tmp_path / "ends.json").read_text())
    assert ends.pop("ended") > 3
    assert not any(ends.values())
