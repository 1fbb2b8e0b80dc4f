# SPDX-License-Identifier: Apache-2.0
"""Promises about files of columns that a cluster looks through: what is read is what reading them here gives."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_machine import Here, read, sieve
from pyarrow import feather, orc

import composed
from debar.cluster import columns, logs
from debar.cluster.afar import Afar
from debar.observe import Reading
from debar.readers import sifting
from debar.readers.batches import identities, parquet_files, pieces, reading
from debar.readers.lined import Sifting

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = (None, "", "-", "www.kaspersky.com", "KASPERSKY.com.", "www.example.com", "b.example", "ü.example")
CLIENTS = ("10.0.0.1", "10.0.0.2", "10.0.0.3", None)
ROWS = st.lists(
    st.tuples(st.integers(0, 400_000) | st.none(), st.sampled_from(CLIENTS), st.sampled_from(NAMES)), max_size=80
)


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    """Make batches, pieces and results so small that the smallest file has several."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (reading, pieces, parquet_files):
            patch.setattr(module, "BATCH", 7)
        patch.setattr(sifting, "BLOCK", 64)
        patch.setattr(logs, "PIECE", 64)
        patch.setattr(logs, "LARGEST", 2048)
        yield


def lookups(rows: list[tuple[Any, ...]]) -> pa.Table:
    """Give a log of look-ups."""
    seconds = [None if row[0] is None else 1_788_000_000 + row[0] for row in rows]
    return pa.table(
        {
            "timestamp": pa.array(seconds, pa.int64()).cast(pa.timestamp("s", "UTC")),
            "client": pa.array([row[1] for row in rows], pa.string()),
            "query": pa.array([row[2] for row in rows], pa.string()),
            "qtype": pa.array(["A"] * len(rows), pa.string()),
            "answers": pa.array([["192.0.2.1", row[2]] for row in rows], pa.list_(pa.string())),
        }
    )


def plain(count: int = 200) -> pa.Table:
    """Give one of which every ninth row matters, over several days."""
    return lookups([(n * 3600, f"10.0.0.{n % 11}", NAMES[3 if n % 9 == 8 else 5]) for n in range(count)])


def write(table: pa.Table, path: Path, rows: int = 10) -> Path:
    """Write a table as the ending of a name says, in parts of so many rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=rows)
    elif path.suffix == ".orc":
        orc.write_table(table, path, stripe_size=1 << 10, batch_size=max(1, rows))
    else:
        feather.write_feather(table, path, compression="lz4", chunksize=rows)
    return path


def ends(here: Here) -> list[str]:
    """Give how the parts ended."""
    return [row["end"] for row in here.rows if row["end"]]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, ending=st.sampled_from(("parquet", "feather", "orc")), part=st.integers(1, 30))
def test_columns_read_the_same(rows: list[tuple[Any, ...]], ending: str, part: int) -> None:
    """Whatever the rows and wherever the file is cut, the same is told of the same rows, and all is looked through there."""
    with tempfile.TemporaryDirectory() as folder:
        path, here = write(lookups(rows), Path(folder, f"dns.{ending}"), part), Here()
        assert read([str(path)], here) == read([str(path)], None)
    assert sum(row["total"] for row in here.rows) == len(rows)
    assert set(ends(here)) <= {"ended"}


@pytest.mark.parametrize("is_digested", [False, True])
def test_a_file_goes_out_in_several_pieces(tmp_path: Path, is_digested: bool) -> None:
    """A file of many row groups is looked through in many parts, with its digest or without."""
    path, here = write(plain(), tmp_path / "dns.parquet"), Here()
    assert read([str(path)], here, is_digested=is_digested) == read([str(path)], None, is_digested=is_digested)
    assert ends(here) == ["ended"] * len(ends(here))
    assert len(ends(here)) > 5


def test_what_matters_everywhere_is_told_once(tmp_path: Path) -> None:
    """Of a part nothing comes back but rows that may be told: most rows stay where they are."""
    path, here = write(plain(2000), tmp_path / "dns.parquet", 500), Here()
    assert read([str(path)], here) == read([str(path)], None)
    assert sum(len(row["numbers"]) for row in here.rows) < 1500


def test_lakes_read_the_same(tmp_path: Path) -> None:
    """The files of a Delta table are looked through there, with the values by which it is parted; one that is gone is a loss."""
    programs = {"Name": ["Firefox", "Kaspersky Endpoint Security"], "Version": ["1", "2"], "Publisher": ["M", "K"]}
    adds = [{"metaData": {"id": "x", "configuration": {}}}]
    for host in ("pc-1", "pc-2", "gone", "pc-3"):
        path = f"ComputerName={host}/a.parquet"
        if host != "gone":
            write(pa.table(programs), tmp_path / path, 1)
        adds.append({"add": {"path": path, "partitionValues": {"ComputerName": host}}})
    (tmp_path / "_delta_log").mkdir()
    (tmp_path / "_delta_log" / f"{0:020}.json").write_text("\n".join(map(json.dumps, adds)))
    write(plain(), tmp_path / "zz" / "dns.parquet")
    here = Here()
    found, sources, skips = read([str(tmp_path)], here)
    assert (found, sources, skips) == read([str(tmp_path)], None)
    assert {one.asset for one in found} >= {"pc-1", "pc-2", "pc-3"}  # type: ignore[attr-defined]
    assert sum(row["total"] for row in here.rows) == 6


def test_many_files_and_logs_in_one_scan(tmp_path: Path) -> None:
    """Files of columns among logs and files of other kinds are each read in their turn."""
    for n in range(3):
        write(plain(60 + n), tmp_path / f"{n}.parquet")
        write(plain(40 + n), tmp_path / f"{n}.orc")
        (tmp_path / f"{n}.log").write_bytes(composed.ZEEK * 20)
    here = Here()
    assert read([str(tmp_path)], here) == read([str(tmp_path)], None)
    assert {row["end"] for row in here.rows} == {"", "ended"}


def test_what_is_too_much_to_come_back_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts in which much is found send little; the rest of them is looked through here, and nothing is told twice."""
    monkeypatch.setattr(logs, "_BATCH", 2500)
    path, here = write(plain(300), tmp_path / "dns.parquet", 40), Here()
    assert read([str(path)], here) == read([str(path)], None)
    assert {"left", ""} <= {row["end"] for row in here.rows}


def test_more_assets_than_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is remembered the same assets are told as here, and the source says the same of it."""
    monkeypatch.setattr(identities, "MOST", 5)
    table = lookups([(n * 3600, f"10.0.0.{n * n % 23}", NAMES[3 if n % 9 == 8 else 5]) for n in range(200)])
    path, here = write(table, tmp_path / "dns.parquet", 30), Here()
    found = read([str(path)], here)
    assert found == read([str(path)], None)
    assert "more assets than are remembered" in str(found[1])
    assert "left" in ends(here)


def test_damage_is_told_as_here(tmp_path: Path) -> None:
    """A part that cannot be read is the same skip, at the same row, behind the same observations."""
    path = write(plain(), tmp_path / "dns.parquet", 20)
    about = pq.read_metadata(path)
    column = about.row_group(5).column(2)
    content = bytearray(path.read_bytes())
    begin = column.dictionary_page_offset or column.data_page_offset
    content[begin : begin + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(content)
    here = Here()
    found = read([str(path)], here)
    assert found == read([str(path)], None)
    assert "row 101" in str(found[2])
    assert "left" in ends(here)


def test_what_executors_do_not_see_is_read_here(tmp_path: Path) -> None:
    """A file that is not there, or another, where it is looked through, is read by whoever started the scan."""
    path, here = write(plain(), tmp_path / "dns.parquet"), Here()
    content = path.read_bytes()
    expected = read([str(path)], None)
    for other in (None, content[:-8], write(plain(100), tmp_path / "other.parquet").read_bytes()):
        here = Here()
        work = columns.looked

        def meanwhile(*asked: Any, other: bytes | None = other, work: Any = work) -> Any:
            path.unlink()
            if other is not None:
                path.write_bytes(other)
            yield from work(*asked)
            path.write_bytes(content)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "looked", meanwhile)
            assert read([str(path)], here) == expected
        assert set(ends(here)) == {"left"}


def test_what_cannot_be_cut_is_read_here(tmp_path: Path) -> None:
    """Compressed files, members of archives and Arrow streams are read as they are without a cluster."""
    path = write(plain(), tmp_path / "dns.parquet")
    (tmp_path / "packed.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.write(path, "dns.parquet")
    path.unlink()
    with pa.ipc.new_stream(str(tmp_path / "dns.arrows"), plain().schema) as writer:
        writer.write_table(plain(), max_chunksize=20)
    here = Here()
    assert read([str(tmp_path)], here) == read([str(tmp_path)], None)
    assert here.rows == []


def test_a_relative_path_is_one_for_every_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent names files in full, since executors work in folders of their own."""
    write(plain(), tmp_path / "dns.parquet")
    monkeypatch.chdir(tmp_path)
    here = Here()
    here.before = lambda: os.chdir("/")
    assert read(["dns.parquet"], here) == read(["dns.parquet"], None)
    assert set(ends(here)) == {"ended"}


def test_an_address_is_looked_through_as_well(tmp_path: Path) -> None:
    """A file in storage is looked through there, and read the same; it is not read as a whole for a digest."""
    path, here = write(plain(), tmp_path / "two words#1.parquet"), Here()
    afar, register = Afar(here), composed.shipped()  # type: ignore[arg-type]
    places = list(afar.found([tmp_path.as_uri()], ()))
    how, inputs = afar.looking(places, register, (), Sifting(sieve(), size=0))
    there = Reading(register, sifting=how, inputs=inputs)
    seen = [(o.locator, o.observables) for o in there.observations(places)]
    expected, sources, _ = read([str(path)], None)
    assert seen == [(o.locator, o.observables) for o in expected]  # type: ignore[attr-defined]
    (source,) = there.sources
    assert (source.path, source.size, source.sha256) == (f"file://{path}", path.stat().st_size, "")
    assert source.counts == sources[0].counts  # type: ignore[index]
    assert set(ends(here)) == {"ended"}
