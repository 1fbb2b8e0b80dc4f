# SPDX-License-Identifier: Apache-2.0
"""Promises about columns: the same answers as row by row."""

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import KINDS, SHIPPED, Composed, composed, indicator, known, near

from debar.engine import duckdb, inline
from debar.match import bulk
from debar.match.compile import Index, Table, compile_index
from debar.match.kernel import meet
from debar.model.inventory import Observable, Observation
from debar.model.results import Hit
from debar.model.vocab import Kind, Meaning, Medium, Operator


def row_by_row(index: Index, kind: Kind, values: list[str]) -> list[tuple[int, int]]:
    """Give (row, indicator) by asking every value."""
    return [(row, position) for row, value in enumerate(values) for position in meet(index.tables[kind], value)]


def in_columns(index: Index, kind: str, column: pa.StringArray) -> list[tuple[int, int]]:
    """Give (row, indicator) of the bulk kernel."""
    batch = bulk.kernel(index, kind, column)
    assert batch.schema.equals(bulk.HITS)
    return list(zip(batch.column("row").to_pylist(), batch.column("indicator").to_pylist(), strict=True))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=30)
@given(data=st.data())
def test_a_column_is_answered_as_its_rows(kind: Kind, data: st.DataObject) -> None:
    """Searching bytes for literals loses no value that a shipped indicator fits."""
    values = data.draw(st.lists(st.one_of(near(kind), st.just("")), max_size=8))
    assert row_by_row(SHIPPED, kind, values) == in_columns(SHIPPED, kind, pa.array(values, pa.string()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_of_everything_known_is_answered_as_its_rows(kind: Kind) -> None:
    """Patterns, examples, counterexamples and benign values are answered the same in a column."""
    values = [changed for value in known(kind) for changed in (value, value.upper(), "", value.title())]
    assert row_by_row(SHIPPED, kind, values) == in_columns(SHIPPED, kind, pa.array(values, pa.string()))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_a_slice_is_answered_as_its_rows(kind: Kind, data: st.DataObject) -> None:
    """A slice shares its column's buffers and still has only its own rows, counted from its own start."""
    values = data.draw(st.lists(st.one_of(near(kind), st.just("")), min_size=1, max_size=8))
    start = data.draw(st.integers(0, len(values)))
    length = data.draw(st.integers(0, len(values) - start))
    column = pa.array(values, pa.string()).slice(start, length)
    assert row_by_row(SHIPPED, kind, values[start : start + length]) == in_columns(SHIPPED, kind, column)


@settings(max_examples=150)
@given(composed())
def test_any_indicators_are_answered_the_same_in_a_column(case: Composed) -> None:
    """The literal that is searched for is a necessary condition of every pattern."""
    index = compile_index(case.indicators)
    column = pa.array(case.values, pa.string())
    assert row_by_row(index, case.kind, list(case.values)) == in_columns(index, case.kind, column)


@pytest.mark.parametrize(
    ("kind", "operator", "pattern", "value"),
    [
        (Kind.CPE, Operator.EQUALS, "maker:shield", r"cpe:2.3:a:ma\ker:shi\eld:1:*:*:*:*:*:*:*"),
        (Kind.CPE, Operator.EQUALS, "maker:shield", "cpe:/a:ma%6Ber:shi%65ld"),
        (Kind.PURL, Operator.EQUALS, "pkg:npm/@maker/shield", "pkg:npm/%40m%61ker/shi%65ld@1"),
        (Kind.REGISTRY, Operator.PREFIX, "hklm/abc", "HKEY_LOCAL_MACHINE\\abc\\d"),
        (Kind.NAME, Operator.PHRASE, "maker shield", "MAKER_SHIELD"),
        (Kind.NAME, Operator.PHRASE, "maker shield", "\uff2daker shield"),
        (Kind.NAME, Operator.PHRASE, "maker \u00e9clair", "Maker E\u0301clair"),
        (Kind.DOMAIN, Operator.SUFFIX, "maker.com", "MAKER.COM."),
        (Kind.SKU, Operator.EQUALS, "MK-1234", " MK-1234\n"),
        (Kind.FILE, Operator.EQUALS, "m.exe", "M.EXE"),
    ],
)
def test_no_disguise_hides_a_value_from_a_column(kind: Kind, operator: Operator, pattern: str, value: str) -> None:
    """What a value spells after it was made comparable is found in a column too, however it was written."""
    index = compile_index([indicator(kind, operator, pattern)])
    assert [(1, 0)] == row_by_row(index, kind, ["x", value, ""])
    assert [(1, 0)] == in_columns(index, kind, pa.array(["x", value, ""], pa.string()))


def test_neighbours_make_no_word() -> None:
    """A pattern that only the end of one row and the beginning of the next spell fits neither."""
    column = pa.array(["kasper", "sky", "", "kaspersky.com"], pa.string())
    assert row_by_row(SHIPPED, Kind.DOMAIN, column.to_pylist()) == in_columns(SHIPPED, Kind.DOMAIN, column)
    assert {3} == {row for row, _ in in_columns(SHIPPED, Kind.DOMAIN, column)}


COMPACT = [
    lambda values: pa.array(values, pa.string()),
    lambda values: pa.array(values, pa.large_string()),
    lambda values: pa.array(values, pa.string_view()),
    lambda values: pa.array(values, pa.string()).dictionary_encode(),
    lambda values: pa.array(values, pa.large_string()).dictionary_encode(),
    lambda values: pa.array([*values, None], pa.string()).dictionary_encode().slice(0, len(values)),
    lambda values: pa.chunked_array([values[:1], values[1:]], pa.string()),
    lambda values: pa.chunked_array(
        [pa.array(part, pa.string()).dictionary_encode() for part in (values[:2], values[2:])]
    ),
]
"""Ways in which Arrow holds strings."""


@pytest.mark.parametrize("held", COMPACT)
def test_every_way_to_hold_strings_is_answered_alike(held: Callable[[list[str | None]], pa.Array]) -> None:
    """Plain or as a dictionary, in one piece or several, with nulls: the rows are those of the values."""
    values = ["kaspersky lab", None, "x", "Kaspersky Lab", "", None, "kaspersky lab"]
    expected = [
        (row, p) for row, value in enumerate(values) if value for p in meet(SHIPPED.tables[Kind.PUBLISHER], value)
    ]
    assert expected
    assert expected == in_columns(SHIPPED, Kind.PUBLISHER, held(values))


def test_a_value_in_very_many_rows_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column may hold one value that fits, a million times."""
    asked: list[str] = []

    def counted(table: Table, value: str) -> tuple[int, ...]:
        asked.append(value)
        return meet(table, value)

    monkeypatch.setattr(bulk, "meet", counted)
    column = pa.array(["Kaspersky Endpoint Security", "other"] * 500_000, pa.string())
    batch = bulk.kernel(SHIPPED, Kind.NAME, column)
    assert sorted(set(asked)) == sorted(asked)
    assert 500_000 == len(set(batch.column("row").to_pylist()))


def test_many_pieces_are_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column longer than a piece, with much or little that fits, has the rows of the whole."""
    monkeypatch.setattr(bulk, "PIECE", 7)
    monkeypatch.setattr(bulk, "_LARGE", 64)
    values = [("kaspersky vpn" if n % 11 < 2 or 40 < n < 60 else f"other {n}") for n in range(100)]
    assert row_by_row(SHIPPED, Kind.NAME, values) == in_columns(SHIPPED, Kind.NAME, pa.array(values, pa.string()))


@pytest.mark.parametrize(
    "written",
    [
        "aa:bb:cc:01:02:03",
        "AA-BB-CC-01-02-03",
        "aabb.cc01.0203",
        "AABBCC010203",
        "aabb-cc01-0203",
        "a a b b c c 010203",
    ],
)
@pytest.mark.parametrize("pattern", ["aa:bb:cc", "aa:bb:cc:0", "aa:bb:cc:01:0", "aabbcc"])
def test_a_hardware_address_is_found_however_it_is_written(pattern: str, written: str) -> None:
    """Switches, directories and systems write the same address in different ways."""
    index = compile_index([indicator(Kind.MAC, Operator.PREFIX, pattern)])
    assert [(1, 0)] == in_columns(index, Kind.MAC, pa.array(["aa:bb:c", written, "ab:bc:c0:10:20:30"]))


def test_an_unknown_kind_has_no_hits() -> None:
    """A kind that no indicator has gives an empty answer."""
    assert [] == in_columns(SHIPPED, "nonsense", pa.array(["kaspersky"], pa.string()))


def test_an_empty_column_has_no_hits() -> None:
    """Nothing in, nothing out."""
    assert [] == in_columns(SHIPPED, Kind.NAME, pa.array([], pa.string()))


OBSERVABLES = st.sampled_from([*KINDS, Kind.MAC, Kind.HASH]).flatmap(
    lambda kind: st.builds(Observable, st.just(kind), near(kind) if kind in KINDS else st.text(max_size=5))
)
OBSERVATIONS = st.builds(
    Observation,
    source=st.sampled_from(["src-1", "src-2"]),
    locator=st.integers(0, 9).map(str),
    asset=st.sampled_from(["alpha", "beta"]),
    label=st.just("x"),
    medium=st.sampled_from(list(Medium)),
    meaning=st.sampled_from(list(Meaning)),
    observables=st.lists(OBSERVABLES, max_size=4).map(tuple),
)


def by_rows(observations: list[Observation]) -> list[Hit]:
    """Run row by row."""
    return list(inline.run(observations, lambda kind, value: meet(SHIPPED.tables[kind], value), SHIPPED.tables))


def by_columns(observations: list[Observation]) -> list[Hit]:
    """Run in columns."""
    return list(duckdb.run(observations, lambda kind, values: bulk.kernel(SHIPPED, kind, values), SHIPPED.tables))


@settings(max_examples=25)
@given(st.lists(OBSERVATIONS, max_size=12))
def test_both_engines_give_the_same_hits_in_the_same_order(observations: list[Observation]) -> None:
    """Where matching runs changes nothing about what is found, nor its order."""
    assert by_rows(observations) == by_columns(observations)


def test_engines_agree_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held at once changes nothing: neither a small batch nor a forgotten value."""
    values = [value for kind in KINDS for value in known(kind)[:2]]
    observations = [
        Observation(
            source="src-1",
            locator=str(n),
            asset="alpha",
            label=value,
            medium=Medium.SBOM,
            meaning=Meaning.COMPONENT,
            observables=tuple(Observable(kind, value) for kind in KINDS),
        )
        for n, value in enumerate(values * 2)
    ]
    expected = by_rows(observations)
    assert expected
    monkeypatch.setattr(duckdb, "BATCH", 29)
    monkeypatch.setattr(inline, "REMEMBERED", 3)
    assert expected == by_columns(observations)
    assert expected == by_rows(observations)
