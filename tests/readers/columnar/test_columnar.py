# SPDX-License-Identifier: Apache-2.0
"""Files of columns: what is read of them, by each of the two ways, and what hostile ones cost."""

from __future__ import annotations

import datetime as dt
import io
import struct
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from columns_of import Stub, told, write
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import feather

from debar.errors import SourceError
from debar.readers.batches import ahead as reading_ahead
from debar.readers.batches import identities, leaves, parquet_files, reading, texts

if TYPE_CHECKING:
    from collections.abc import Iterator


WORDS = ("kaspersky", "hikvision")
NAMES = (
    None,
    "",
    "-",
    "www.kaspersky.com",
    "KASPERSKY.com.",
    "hikvision.com",
    "www.example.com",
    "a",
    "b.example",
    "ü.example",
)
ENDINGS = ("parquet", "feather", "arrows", "orc")
DAY = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


def texts_of(kind: pa.DataType, values: list[Any]) -> pa.Array:
    """Give texts as a column of a type."""
    plain = pa.array(values, pa.string())
    return plain.dictionary_encode() if pa.types.is_dictionary(kind) else plain.cast(kind)


LOOKUPS = st.lists(
    st.tuples(
        st.integers(0, 400_000),
        st.sampled_from(("10.0.0.1", "10.0.0.2", "10.0.0.3", None)),
        st.sampled_from(NAMES),
        st.one_of(st.none(), st.lists(st.sampled_from(("192.0.2.1", "192.0.2.77", None)), max_size=3)),
    ),
    max_size=60,
)
KINDS = st.sampled_from(
    (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int32(), pa.string()))
)


def lookups(rows: list[tuple[Any, ...]], kind: pa.DataType, *, nested: bool) -> pa.Table:
    """Give a log of look-ups, with the client as a column or inside another."""
    seconds, clients, names, answers = ([row[n] for row in rows] for n in range(4))
    # The library cannot write every type of text into every type of column.
    client = texts_of(pa.string() if nested else kind, clients)
    return pa.table(
        {
            "odd.name \N{SNOWMAN}": pa.array(range(len(rows)), pa.int64()),
            "timestamp": pa.array([DAY + dt.timedelta(seconds=n) for n in seconds], pa.timestamp("ms", "UTC")),
            "client": pa.StructArray.from_arrays([client], ["ip"]) if nested else client,
            "query": texts_of(kind, names),
            "qtype": pa.array(["A"] * len(rows), pa.string()),
            "answers": pa.array(answers, pa.list_(pa.string())),
        }
    )


@settings(max_examples=120)
@given(
    rows=LOOKUPS,
    kind=KINDS,
    nested=st.booleans(),
    ending=st.sampled_from(("parquet", "feather", "arrows")),
    part=st.integers(1, 30),
    batch=st.integers(1, 25),
)
def test_both_ways_find_the_same(
    rows: list[tuple[Any, ...]], kind: pa.DataType, nested: bool, ending: str, part: int, batch: int
) -> None:
    """With a sieve the same is found as without, of the same assets until the same day, for every type and every cut."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BATCH", batch)
        path = write(lookups(rows, kind, nested=nested), Path(folder, f"dns.{ending}"), part)
        whole, chosen = told(path), told(path, sieve=Stub(*WORDS))
    assert whole.hits(*WORDS) == chosen.hits(*WORDS)
    assert whole.newest() == chosen.newest()
    assert whole.sources[0].counts == chosen.sources[0].counts == {"rows": len(rows)}
    assert whole.skips == chosen.skips == []
    assert len({one.locator for one in chosen.observations}) == len(chosen.observations)
    assert {one.locator: one for one in whole.observations}.items() >= {
        one.locator: one for one in chosen.observations
    }.items()


ZEEK = st.lists(
    st.tuples(st.integers(0, 300_000), st.sampled_from(("10.0.0.1", "10.0.0.2")), st.sampled_from(NAMES)),
    min_size=1,
    max_size=40,
)


@given(rows=ZEEK, part=st.integers(1, 30), batch=st.integers(1, 25))
def test_both_ways_find_the_same_in_zeek(rows: list[tuple[Any, ...]], part: int, batch: int) -> None:
    """A log of Zeek says the same on both ways, hardware addresses with the hosts that have them among it."""
    table = pa.table(
        {
            "ts": pa.array([1_788_000_000.25 + row[0] for row in rows]),
            "uid": pa.array([f"C{n}" for n in range(len(rows))]),
            "id.orig_h": pa.array([row[1] for row in rows]),
            "id.resp_h": pa.array(["10.0.0.53"] * len(rows)),
            "orig_l2_addr": pa.array([f"44:19:b6:00:00:0{row[1][-1]}" for row in rows]),
            "query": pa.array([row[2] for row in rows], pa.string()),
        }
    )
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BATCH", batch)
        path = write(table, Path(folder, "dns.parquet"), part)
        whole, chosen = told(path), told(path, sieve=Stub(*WORDS))
    assert whole.hits(*WORDS) == chosen.hits(*WORDS)
    assert whole.newest() == chosen.newest()
    stations = [
        {(o.asset, o.observables) for o in way.observations if "44:19" in str(o.observables)} for way in (whole, chosen)
    ]
    assert stations[0] == stations[1] != set()


PROGRAMS = st.lists(
    st.tuples(
        st.sampled_from(("pc-1", "pc-2", "pc-3")),
        st.sampled_from(("Kaspersky Endpoint Security", "7-Zip", None, "Firefox")),
        st.sampled_from(("AO Kaspersky Lab", "Igor Pavlov", "")),
        st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)),
    ),
    max_size=60,
)


@given(
    rows=PROGRAMS,
    ending=st.sampled_from(ENDINGS),
    dated=st.sampled_from(("date", "text", "day and text")),
    part=st.integers(1, 30),
)
def test_both_ways_find_the_same_in_an_inventory(
    rows: list[tuple[Any, ...]], ending: str, dated: str, part: int
) -> None:
    """An inventory says the same on both ways, however its days are written."""
    days = [row[3] if dated == "date" else f"{row[3]}T08:00:00Z" if dated == "text" else str(row[3]) for row in rows]
    table = pa.table(
        {
            "ComputerName": pa.array([row[0] for row in rows], pa.string()),
            "Name": pa.array([row[1] for row in rows], pa.string()),
            "Version": pa.array(["1.0"] * len(rows), pa.string()),
            "Publisher": pa.array([row[2] for row in rows], pa.string()),
            "LastSeen": pa.array(days, pa.date32() if dated == "date" else pa.string()),
        }
    )
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BATCH", 7)
        path = write(table, Path(folder, f"programs.{ending}"), part)
        whole, chosen = told(path), told(path, sieve=Stub(*WORDS))
    assert whole.hits(*WORDS) == chosen.hits(*WORDS)
    assert whole.newest() == chosen.newest()


def small() -> pa.Table:
    """Give a log of three look-ups."""
    rows = [
        (0, "10.0.0.1", "www.kaspersky.com", None),
        (60, "10.0.0.2", "www.example.com", None),
        (90, "10.0.0.1", None, None),
    ]
    return lookups(rows, pa.string(), nested=True)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_is_recognised(tmp_path: Path, ending: str) -> None:
    """Each format is told from its first bytes, and a row says what it would say in JSON."""
    found = told(write(small(), tmp_path / f"dns.{ending}"))
    (first, second) = found.observations
    assert (first.locator, first.asset, first.label) == ("row 1", "10.0.0.1", "www.kaspersky.com")
    assert first.observed_at == "2026-09-01T12:00:00Z"
    assert (second.locator, second.asset) == ("row 2", "10.0.0.2")
    assert {"parquet": "parquet", "orc": "orc"}.get(ending, "arrow") == found.sources[0].reader
    assert len(found.sources[0].sha256) == 64


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_feather_of_version_1(tmp_path: Path) -> None:
    """A Feather file of version 1 is read as a whole."""
    table = pa.table(
        {"timestamp": ["2026-09-01"], "client": ["10.0.0.1"], "query": ["www.example.com"], "qtype": ["A"]}
    )
    feather.write_feather(table, tmp_path / "dns.feather", version=1)
    (only,) = told(tmp_path / "dns.feather").observations
    assert (only.asset, only.label) == ("10.0.0.1", "www.example.com")


def test_inside_an_archive(tmp_path: Path) -> None:
    """A file of columns in an archive is read there."""
    path = write(small(), tmp_path / "dns.parquet")
    with zipfile.ZipFile(tmp_path / "logs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "dns.parquet")
    path.unlink()
    assert [o.label for o in told(tmp_path).observations] == ["www.kaspersky.com", "www.example.com"]


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    """Columns that no layout knows are a skip that names them and says what to do."""
    (skip,) = told(write(pa.table({"a": ["x"], "b": ["y"]}), tmp_path / "t.parquet")).skips
    assert skip.reason == (
        "no column layout knows these columns: a, b; "
        "name the columns with --columns ROLE=HEADER, or add a layout to register/layouts"
    )


def test_guessed_columns_are_told(tmp_path: Path) -> None:
    """Purchases without a layout are read by a guess, and the source says so."""
    days = [dt.date(2026, 1, n) for n in range(1, 7)]
    amounts = [Decimal("12.50")] * 6
    table = pa.table({"Empfänger": ["Kaspersky Labs GmbH"] * 6, "Betrag": amounts, "Buchungstag": days})
    found = told(write(table, tmp_path / "buch.parquet"))
    assert found.observations[0].observed_at == "2026-01-01"
    assert "columns were guessed" in found.sources[0].remark


MOMENTS = (
    (pa.timestamp("s", "UTC"), 1_788_000_000, "2026-08-29T10:40:00Z"),
    (pa.timestamp("ns"), 1_788_000_000_120_000_000, "2026-08-29T10:40:00.12"),
    (pa.timestamp("us", "Europe/Berlin"), -1, "1969-12-31T23:59:59.999999Z"),
    (pa.timestamp("s"), 1 << 62, ""),
    (pa.date32(), 20_000, "2024-10-04"),
    (pa.date64(), 20_000 * 86_400_000, "2024-10-04"),
    (pa.time64("us"), 3_600_000_001, "01:00:00.000001"),
    (pa.int8(), 7, "7"),
    (pa.float64(), 1.5, "1.5"),
    (pa.float64(), float("nan"), None),
)


@pytest.mark.parametrize(("kind", "value", "text"), MOMENTS)
def test_text_of_a_cell(kind: pa.DataType, value: float, text: str | None) -> None:
    """A cell is written as formats of text write it; null and what is no number are nothing."""
    plain = pa.array(
        [value], kind if pa.types.is_floating(kind) else pa.int32() if kind.bit_width == 32 else pa.int64()
    )
    array = plain if plain.type == kind else plain.cast(kind) if pa.types.is_integer(kind) else plain.view(kind)
    assert texts.texts(pa.concat_arrays([array, pa.nulls(1, kind)])) == [text, None]


def test_bytes_that_are_no_text() -> None:
    """Bytes in a column of texts become signs of replacement, those in a column of bytes nothing."""
    broken = pa.array([b"\xff\xfe", b"ok"])
    assert texts.texts(broken) == [None, "ok"]
    assert texts.texts(broken.view(pa.string())) == ["\ufffd\ufffd", "ok"]
    assert texts.texts(broken.cast(pa.large_binary()).view(pa.large_string())) == ["\ufffd\ufffd", "ok"]


def test_names_of_columns() -> None:
    """Columns are named by their path; doubles, maps, bytes of one length and unions are left out."""
    schema = pa.schema(
        [
            ("id", pa.struct([("orig_h", pa.string()), ("x", pa.list_(pa.struct([("y", pa.int8())])))])),
            ("twice", pa.string()),
            ("twice", pa.string()),
            ("map", pa.map_(pa.string(), pa.string())),
            ("address", pa.binary(16)),
            ("flag", pa.bool_()),
        ]
    )
    assert [(leaf.name, leaf.is_list) for leaf in leaves.leaves(schema)] == [("id.orig_h", False), ("id.x.y", True)]


def test_schemas_without_measure(tmp_path: Path) -> None:
    """Ten thousand columns are the most, and sixteen levels."""
    wide = pa.table({f"c{n}": pa.array([1]) for n in range(leaves.COLUMNS + 1)})
    deep: pa.DataType = pa.string()
    for _ in range(leaves.DEPTH + 1):
        deep = pa.struct([("a", deep)])
    for name, table in (
        ("wide.arrows", wide),
        ("wide.parquet", wide),
        ("deep.parquet", pa.table({"a": pa.nulls(1, deep)})),
    ):
        (skip,) = told(write(table, tmp_path / name)).skips
        assert "more than" in skip.reason


@pytest.mark.parametrize("ending", ENDINGS)
@given(where=st.floats(0, 1), data=st.binary(min_size=1, max_size=64))
@settings(max_examples=40)
def test_damaged_files(ending: str, where: float, data: bytes) -> None:
    """A file with other bytes in it is read or is a skip; it never ends the scan, and no fault is of the reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(small(), Path(folder, f"dns.{ending}"))
        content = bytearray(path.read_bytes())
        at = 8 + int(where * (len(content) - 8))
        content[at : at + len(data)] = data
        path.write_bytes(content)
        for sieve in (None, Stub(*WORDS)):
            found = told(path, sieve=sieve)
            assert found.sources or found.skips
            assert not any("the reader failed" in skip.reason for skip in found.skips), found.skips


@pytest.mark.parametrize("ending", ENDINGS)
def test_cut_off(tmp_path: Path, ending: str) -> None:
    """A file that is cut off is a skip that names it."""
    path = write(small(), tmp_path / f"dns.{ending}")
    path.write_bytes(path.read_bytes()[:-40])
    found = told(path)
    assert [skip.source for skip in found.skips] == [str(path)]


def test_batch_that_promises_too_much(tmp_path: Path) -> None:
    """A compressed batch that says it will be larger than 1 GiB is not read."""
    path = write(
        lookups([(n, "10.0.0.1", "www.example.com", None) for n in range(5000)], pa.string(), nested=False),
        tmp_path / "dns.feather",
    )
    content = bytearray(path.read_bytes())
    at = content.index(struct.pack("<i", 0x184D2204)) - 8  # the first frame of LZ4, behind the length that it becomes
    content[at : at + 8] = struct.pack("<q", 1 << 40)
    path.write_bytes(content)
    (skip,) = told(path).skips
    assert "a batch of 1048576 MiB" in skip.reason


def test_row_group_that_promises_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column chunk beyond the limit is named, with its row group."""
    monkeypatch.setattr(parquet_files, "CHUNK", 64)
    file = io.BytesIO()
    pq.write_table(pa.table({"a": [str(n) for n in range(100)]}), file)
    with pytest.raises(SourceError) as caught:
        parquet_files.table(file)
    assert caught.value.locator == "row group 0, column a"


def test_more_assets_than_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is remembered assets are told only where something was found, and the source says so."""
    monkeypatch.setattr(identities, "MOST", 2)
    rows = [(n, f"10.0.0.{n}", "www.example.com", None) for n in range(5)] + [
        (9, "10.0.0.9", "www.kaspersky.com", None)
    ]
    found = told(write(lookups(rows, pa.string(), nested=False), tmp_path / "dns.parquet"), sieve=Stub(*WORDS))
    assert set(found.newest()) == {"10.0.0.0", "10.0.0.1", "10.0.0.9"}
    assert "more assets than are remembered" in found.sources[0].remark


def test_values_that_repeat_are_looked_at_once(tmp_path: Path) -> None:
    """Of a column that a file keeps as a dictionary each value is looked at once."""
    rows = [(n, "10.0.0.1", NAMES[3 + n % 4], None) for n in range(3000)]
    sieve = Stub(*WORDS)
    found = told(write(lookups(rows, pa.string(), nested=False), tmp_path / "dns.parquet"), sieve=sieve)
    assert len(found.hits(*WORDS)) == 2250
    assert sieve.looked < 20


def test_reading_ahead_ends() -> None:
    """What is raised while reading ahead is raised where things are asked for, and a reader that is let go ends."""
    ended = []

    def things() -> Iterator[int]:
        try:
            yield from range(100)
            raise ValueError("told")
        finally:
            ended.append(True)

    with pytest.raises(ValueError, match="told"):
        list(reading_ahead.ahead(things()))
    some = reading_ahead.ahead(things())
    assert next(some) == 0
    some.close()
    del some
    assert ended == [True] * len(ended)
