# SPDX-License-Identifier: Apache-2.0
"""Delta Lake and Iceberg tables: one input each, of the files that are part of it now, none of them outside its folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from avro_files import ENTRY, Iceberg, avro
from columns_of import Stub, told

from debar.errors import SourceError
from debar.readers.batches.avro import records

if TYPE_CHECKING:
    from pathlib import Path


ABOUT = {"metaData": {"id": "x", "schemaString": "{}", "partitionColumns": ["ComputerName"], "configuration": {}}}
PROTOCOL = {"protocol": {"minReaderVersion": 1, "minWriterVersion": 2}}


def programs(path: Path, *names: str, host: str = "") -> None:
    """Write a list of programs as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {"Name": list(names), "Version": ["1.0"] * len(names), "Publisher": ["Somebody"] * len(names)}
    pq.write_table(pa.table(columns | ({"ComputerName": [host] * len(names)} if host else {})), path)


def commit(folder: Path, version: int, *actions: dict[str, Any]) -> None:
    """Write a version of a Delta table."""
    log = folder / "_delta_log"
    log.mkdir(parents=True, exist_ok=True)
    (log / f"{version:020}.json").write_text("\n".join(map(json.dumps, actions)))


def add(path: str, host: str | None = None, **more: object) -> dict[str, Any]:
    """Give the action that adds a file."""
    return {"add": {"path": path, "partitionValues": {"ComputerName": host} if host else {}, **more}}


def labels(folder: Path) -> list[str]:
    """Give what is found in a table, on either way."""
    whole = [o.label for o in told(folder).observations]
    assert sorted(whole) == sorted(o.label for o in told(folder, sieve=Stub("")).observations)
    return whole


def test_delta_is_one_input(tmp_path: Path) -> None:
    """Of a Delta table the files of its newest version are read, as one source, with the values by which it is parted."""
    programs(tmp_path / "t/ComputerName=pc 1/a.parquet", "Gone")
    programs(tmp_path / "t/ComputerName=pc 1/b.parquet", "Firefox", "7-Zip")
    programs(tmp_path / "t/c.parquet", "Vim", host="pc-2")
    commit(tmp_path / "t", 0, PROTOCOL, ABOUT, add("ComputerName=pc%201/a.parquet", "pc 1"))
    commit(tmp_path / "t", 1, {"remove": {"path": "ComputerName=pc%201/a.parquet"}}, add("c.parquet"))
    commit(tmp_path / "t", 2, add("ComputerName=pc%201/b.parquet", "pc 1"))
    found = told(tmp_path)
    assert [(o.asset, o.label, o.locator) for o in found.observations] == [
        ("pc-2", "Vim", "c.parquet row 1"),
        ("pc 1", "Firefox", "ComputerName=pc 1/b.parquet row 1"),
        ("pc 1", "7-Zip", "ComputerName=pc 1/b.parquet row 2"),
    ]
    (source,) = found.sources
    assert (source.path, source.reader, source.sha256) == (str(tmp_path / "t"), "delta", "")
    assert source.counts == {"files": 2, "rows": 3}
    assert "version 2" in source.remark


@pytest.mark.parametrize("parts", [1, 2])
def test_delta_checkpoint(tmp_path: Path, parts: int) -> None:
    """A log begins with its newest whole checkpoint, of one part or several; what stood before may be gone."""
    programs(tmp_path / "a.parquet", "Firefox", host="pc-1")
    programs(tmp_path / "b.parquet", "Vim", host="pc-1")
    programs(tmp_path / "c.parquet", "Emacs", host="pc-1")
    maps = pa.map_(pa.string(), pa.string())
    schema = pa.schema(
        [
            ("add", pa.struct([("path", pa.string()), ("partitionValues", maps)])),
            ("metaData", pa.struct([("id", pa.string()), ("configuration", maps)])),
            ("protocol", pa.struct([("minReaderVersion", pa.int32())])),
        ]
    )
    rows = [
        {"metaData": {"id": "x", "configuration": []}},
        {"add": {"path": "a.parquet", "partitionValues": []}},
        {"add": {"path": "b.parquet", "partitionValues": []}},
        {"protocol": {"minReaderVersion": 1}},
    ]
    log = tmp_path / "_delta_log"
    log.mkdir()
    for part in range(parts):
        ending = f".{part + 1:010}.{parts:010}" if parts > 1 else ""
        pq.write_table(pa.Table.from_pylist(rows[part::parts], schema), log / f"{5:020}.checkpoint{ending}.parquet")
    pq.write_table(pa.Table.from_pylist(rows[:1], schema), log / f"{6:020}.checkpoint.{1:010}.{3:010}.parquet")
    commit(tmp_path, 6, {"remove": {"path": "b.parquet"}}, add("c.parquet"))
    assert labels(tmp_path) == ["Firefox", "Emacs"]


def test_delta_version_that_is_missing(tmp_path: Path) -> None:
    """A log with a gap is no table: what is part of it is not known."""
    commit(tmp_path, 0, PROTOCOL, ABOUT)
    commit(tmp_path, 2, PROTOCOL)
    (skip,) = told(tmp_path).skips
    assert skip.reason == "version 1 is not in its log; copy all of it"


REFUSED = (
    ({"protocol": {"minReaderVersion": 3, "readerFeatures": ["deletionVectors", "newFangled"]}}, ABOUT, "newFangled"),
    ({"protocol": {"minReaderVersion": 9}}, ABOUT, "features"),
    (PROTOCOL, {"metaData": {"id": "x", "configuration": {"delta.columnMapping.mode": "name"}}}, "column mapping"),
)


@pytest.mark.parametrize(("protocol", "about", "said"), REFUSED, ids=["feature", "version", "mapping"])
def test_delta_that_asks_for_more(tmp_path: Path, protocol: dict[str, Any], about: dict[str, Any], said: str) -> None:
    """A table that needs what is not understood is a skip that says what, and what reads it."""
    programs(tmp_path / "a.parquet", "Firefox")
    commit(tmp_path, 0, protocol, about, add("a.parquet"))
    (skip,) = told(tmp_path).skips
    assert said in skip.reason
    assert "--engine spark" in skip.reason


def test_delta_deletion_vectors(tmp_path: Path) -> None:
    """A file with a deletion vector is a loss that names it; the others are read."""
    programs(tmp_path / "a.parquet", "Firefox", host="pc-1")
    programs(tmp_path / "b.parquet", "Vim", host="pc-1")
    vector = {"storageType": "u", "pathOrInlineDv": "ab", "offset": 1}
    commit(tmp_path, 0, PROTOCOL, ABOUT, add("a.parquet"), add("b.parquet"))
    commit(tmp_path, 1, {"remove": {"path": "a.parquet"}}, add("a.parquet", deletionVector=vector))
    found = told(tmp_path)
    assert [o.label for o in found.observations] == ["Vim"]
    assert [(s.locator, "deletion vector" in s.reason) for s in found.skips] == [("a.parquet", True)]


OUTSIDE = (
    "../outside.parquet",
    "/etc/passwd",
    "file:///etc/passwd",
    "s3://b/x.parquet",
    "link.parquet",
    "a/../../outside.parquet",
    "%2e%2e/outside.parquet",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_delta_stays_in_its_folder(tmp_path: Path, path: str) -> None:
    """A path that leads out of the folder, also through a link or an escape, is a loss and is not opened."""
    programs(tmp_path / "outside.parquet", "Secret", host="pc-1")
    commit(tmp_path / "t", 0, PROTOCOL, ABOUT, add(path))
    (tmp_path / "t/link.parquet").symlink_to(tmp_path / "outside.parquet")
    found = told(tmp_path / "t")
    assert found.observations == []
    assert any("outside the folder" in skip.reason for skip in found.skips)


def test_delta_file_that_is_missing(tmp_path: Path) -> None:
    """A file that the log names and that is not there is a loss; the others are read."""
    programs(tmp_path / "a.parquet", "Firefox", host="pc-1")
    commit(tmp_path, 0, PROTOCOL, ABOUT, add("gone.parquet"), add("a.parquet"))
    found = told(tmp_path)
    assert [o.label for o in found.observations] == ["Firefox"]
    assert [s.locator for s in found.skips] == ["gone.parquet"]


LOGS = (
    b"",
    b"{",
    b"[]\n1\n",
    b'{"add": 5}',
    b'{"add": {"path": 5}}',
    b'{"add":{}}',
    b"\xff\xfe",
    b'{"metaData":' + b"[" * 5000,
)


@pytest.mark.parametrize("log", LOGS)
def test_delta_log_that_is_none(tmp_path: Path, log: bytes) -> None:
    """A log of anything else is a skip, and never a fault of the reader."""
    (tmp_path / "_delta_log").mkdir()
    (tmp_path / "_delta_log" / f"{0:020}.json").write_bytes(log)
    (skip,) = told(tmp_path).skips
    assert "the reader failed" not in skip.reason


@pytest.mark.parametrize("codec", ["null", "deflate"])
def test_iceberg_is_one_input(tmp_path: Path, codec: str) -> None:
    """Of an Iceberg table the files of its current snapshot are read, as one source, wherever the table was written."""
    table = Iceberg(tmp_path / "t")
    programs(tmp_path / "t/data/a.parquet", "Gone", host="pc-1")
    programs(tmp_path / "t/data/b.parquet", "Firefox", host="pc-1")
    programs(tmp_path / "t/data/c.parquet", "Vim", host="pc-1")
    table.snapshot([("data/a.parquet", 1, 0)], codec)
    table.snapshot([("data/a.parquet", 2, 0), ("data/b.parquet", 0, 0), ("data/c.parquet", 1, 0)], codec)
    found = told(tmp_path)
    assert [o.label for o in found.observations] == ["Firefox", "Vim"]
    assert [(s.path, s.reader) for s in found.sources] == [(str(tmp_path / "t"), "iceberg")]
    (tmp_path / "t/metadata/version-hint.text").write_text("1")
    assert labels(tmp_path / "t") == ["Gone"]


def test_iceberg_without_a_snapshot(tmp_path: Path) -> None:
    """A table into which nothing was put is read, and says nothing."""
    Iceberg(tmp_path)
    (tmp_path / "metadata/v1.metadata.json").write_text(
        '{"location": "/x", "current-snapshot-id": -1, "snapshots": []}'
    )
    found = told(tmp_path)
    assert (found.observations, found.skips, len(found.sources)) == ([], [], 1)


def test_iceberg_positions_of_deleted_rows(tmp_path: Path) -> None:
    """A file of which rows were deleted is a loss that names it; one by equality spoils all."""
    table = Iceberg(tmp_path / "t")
    for name in "ab":
        programs(tmp_path / f"t/data/{name}.parquet", f"Program {name}", host="pc-1")
    deleted = pa.table({"file_path": [f"{table.location}/data/a.parquet"], "pos": [0]})
    pq.write_table(deleted, tmp_path / "t/data/d.parquet")
    files = [("data/a.parquet", 1, 0), ("data/b.parquet", 1, 0)]
    table.snapshot([*files, ("data/d.parquet", 1, 1)])
    found = told(tmp_path)
    assert [o.label for o in found.observations] == ["Program b"]
    assert [s.locator for s in found.skips] == ["data/a.parquet"]
    table.snapshot([*files, ("data/d.parquet", 1, 2)])
    found = told(tmp_path)
    assert found.observations == []
    assert [s.locator for s in found.skips] == ["data/a.parquet", "data/b.parquet"]


@pytest.mark.parametrize("path", ["../outside.parquet", "/etc/passwd", "s3://other/x.parquet", "file:///etc/passwd"])
def test_iceberg_stays_in_its_folder(tmp_path: Path, path: str) -> None:
    """A path outside the place of the table is a loss and is not opened."""
    programs(tmp_path / "outside.parquet", "Secret", host="pc-1")
    Iceberg(tmp_path / "t").snapshot([(path, 1, 0)])
    found = told(tmp_path / "t")
    assert found.observations == []
    assert any("outside the folder" in skip.reason for skip in found.skips)


def test_avro_that_is_none() -> None:
    """Avro that is cut off anywhere, or has any byte changed, gives records or a fault with its place."""
    whole = avro(ENTRY, [], "null") + b""
    content = avro(
        ENTRY,
        [
            {
                "status": 1,
                "snapshot_id": None,
                "data_file": {
                    "content": 0,
                    "file_path": "a",
                    "file_format": "PARQUET",
                    "partition": {"day": 3},
                    "record_count": 1 << 40,
                    "sizes": {},
                    "split_offsets": None,
                },
            }
        ],
    )
    assert list(records(whole)) == []
    (only,) = records(content)
    assert (only["data_file"]["partition"], only["data_file"]["record_count"]) == ({"day": 3}, 1 << 40)
    faults = 0
    for at in range(len(content)):
        for broken in (content[:at], content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]):
            try:
                list(records(broken))
            except SourceError as e:
                assert e.locator.startswith("byte ")
                faults += 1
    assert faults > len(content)
