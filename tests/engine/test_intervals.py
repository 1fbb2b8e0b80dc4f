# SPDX-License-Identifier: Apache-2.0
"""Promises about the interval join: which rules are in force for which exposures at which moments."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.engine.intervals import Intervals
from debar.errors import EngineError

COLUMNS = ("party", "product", "meaning", "level", "asset")
Row = tuple[str, str, str, int, str]
Rule = tuple[int, int, str, int, int]
Moment = tuple[int, int, str, int]


def table(*rows: Row) -> pa.Table:
    """Give exposures in columns."""
    return pa.table({name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}) if rows else EMPTY


EMPTY = pa.table({name: pa.array([], pa.int64() if name == "level" else pa.string()) for name in COLUMNS})
HERE = ("maker", "shield", "installed", 5, "host-1")


def joined(columns: Intervals, rules: list[Rule], moments: list[Moment]) -> list[tuple[int, int, int]]:
    """Give (exposure, question, rule) in order."""
    found = columns.join(rules, moments)
    assert ["exposure", "question", "rule"] == found.column_names
    return sorted(zip(*(found.column(name).to_pylist() for name in found.column_names), strict=True))


# ---- kinds


def test_alike_exposures_are_of_one_kind() -> None:
    """Party, product, meaning and how sure it is make the kind, by first appearance; where it is does not."""
    columns = Intervals(
        table(
            HERE,
            ("maker", "shield", "installed", 5, "host-2"),
            ("maker", "shield", "installed", 3, "host-3"),
            ("maker", "shield", "installed", 2, "host-4"),
            ("maker", "", "installed", 5, "host-5"),
            ("maker", "shield", "embedded", 5, "host-6"),
            HERE,
        ),
        by_asset=False,
    )
    assert [
        ("maker", "shield", "installed", 3, ""),
        ("maker", "shield", "installed", 2, ""),
        ("maker", "", "installed", 3, ""),
        ("maker", "shield", "embedded", 3, ""),
    ] == columns.kinds


def test_an_asset_makes_a_kind_where_systems_matter() -> None:
    """Asked by asset, exposures on different assets are told apart."""
    rows = table(HERE, ("maker", "shield", "installed", 5, "host-2"), HERE)
    assert [("maker", "shield", "installed", 3, "host-1"), ("maker", "shield", "installed", 3, "host-2")] == Intervals(
        rows, by_asset=True
    ).kinds


def test_columns_may_stand_in_any_order_among_others() -> None:
    """Only the five that are needed are read."""
    rows = table(HERE).select(COLUMNS[::-1]).append_column("owner", pa.array(["somebody"]))
    assert [("maker", "shield", "installed", 3, "")] == Intervals(rows, by_asset=False).kinds


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_told(column: str) -> None:
    """The error names it."""
    with pytest.raises(EngineError, match=column):
        Intervals(table(HERE).drop_columns([column]), by_asset=False)


# ---- the join


@pytest.mark.parametrize(("at", "is_in_force"), [(99, False), (100, True), (199, True), (200, False), (201, False)])
def test_the_first_instant_belongs_to_a_rule_and_the_last_does_not(at: int, is_in_force: bool) -> None:
    """Intervals are half-open, to the microsecond."""
    found = joined(Intervals(table(HERE), by_asset=False), [(0, 0, "UTC", 100, 200)], [(0, 0, "UTC", at)])
    assert ([(0, 0, 0)] if is_in_force else []) == found


def test_rules_meet_their_own_asker_and_zone() -> None:
    """What holds for one kind of asker holds for no other, and every zone has its own moment of a day."""
    rules: list[Rule] = [(0, 0, "UTC", 0, 10), (0, 1, "UTC", 0, 10), (0, 0, "Asia/Tokyo", 0, 10)]
    moments: list[Moment] = [(0, 0, "UTC", 5), (0, 0, "Asia/Tokyo", 15), (1, 1, "UTC", 5), (2, 0, "Asia/Tokyo", 5)]
    found = joined(Intervals(table(HERE), by_asset=False), rules, moments)
    assert [(0, 0, 0), (0, 1, 1), (0, 2, 2)] == found


def test_every_exposure_of_a_kind_has_its_rows() -> None:
    """The join is over kinds, the answer over exposures."""
    rows = table(HERE, ("other", "", "installed", 5, "x"), ("maker", "shield", "installed", 4, "y"))
    found = joined(Intervals(rows, by_asset=False), [(0, 0, "UTC", 0, 10)], [(7, 0, "UTC", 5)])
    assert [(0, 7, 0), (2, 7, 0)] == found


@pytest.mark.parametrize(
    ("rows", "rules", "moments"),
    [
        ([], [(0, 0, "UTC", 0, 10)], [(0, 0, "UTC", 5)]),
        ([HERE], [], [(0, 0, "UTC", 5)]),
        ([HERE], [(0, 0, "UTC", 0, 10)], []),
        ([], [], []),
    ],
)
def test_nothing_joined_with_nothing_is_nothing(rows: list[Row], rules: list[Rule], moments: list[Moment]) -> None:
    """No exposures, no rules or no questions give an empty table of the same shape."""
    assert [] == joined(Intervals(table(*rows), by_asset=False), rules, moments)


def test_words_are_no_statements() -> None:
    """Whatever an exposure is called, it is data."""
    nasty = "'; DROP TABLE rules; --"
    rows = table((nasty, nasty, nasty, 5, nasty))
    columns = Intervals(rows, by_asset=True)
    assert [(nasty, nasty, nasty, 3, nasty)] == columns.kinds
    assert [(0, 0, 0)] == joined(columns, [(0, 0, nasty, 0, 10)], [(0, 0, nasty, 5)])


def test_a_join_is_asked_once() -> None:
    """The exposures are let go with the first answer; a fault of the engine is one of ours, with its words."""
    columns = Intervals(table(HERE), by_asset=False)
    columns.join([], [])
    with pytest.raises(EngineError, match="DuckDB: "):
        columns.join([], [])


def test_a_level_that_is_no_number_is_told() -> None:
    """A column of the wrong kind is an error of ours too."""
    with pytest.raises(EngineError, match="DuckDB: "):
        Intervals(table(HERE).set_column(3, "level", pa.array(["sure"])), by_asset=False)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_gap_is_told(column: str) -> None:
    """An exposure that is not told what it is would be lost in silence."""
    rows = table(HERE, HERE)
    at = COLUMNS.index(column)
    holed = rows.set_column(at, column, pa.array([None, rows.column(at)[1].as_py()], rows.column(at).type))
    with pytest.raises(EngineError, match=f"exposures have rows without {column}"):
        Intervals(holed, by_asset=True)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["", "x"]),
        st.sampled_from(["installed", "embedded"]),
        st.integers(1, 5),
        st.sampled_from(["h1", "h2"]),
    ),
    max_size=6,
)
TIMES = st.integers(-3, 3)


@settings(max_examples=40)
@given(data=st.data(), rows=ROWS, by_asset=st.booleans(), threads=st.sampled_from([0, 1]))
def test_the_join_is_the_plain_comparison(data: st.DataObject, rows: list[Row], by_asset: bool, threads: int) -> None:
    """Every exposure, question and rule: there is a row exactly when kind, asker and zone agree and the time lies in it."""
    columns = Intervals(table(*rows), by_asset=by_asset, threads=threads)
    kinds = columns.kinds
    zones = st.sampled_from(["UTC", "Asia/Tokyo"])
    rules = data.draw(
        st.lists(st.tuples(st.integers(0, len(kinds) - 1), st.integers(0, 1), zones, TIMES, TIMES), max_size=6)
        if kinds
        else st.just([])
    )
    asked = data.draw(st.lists(st.tuples(st.integers(0, 1), TIMES, TIMES), max_size=3))
    moments = [
        moment
        for n, (who, at, there) in enumerate(asked)
        for moment in ((n, who, "UTC", at), (n, who, "Asia/Tokyo", there))
    ]
    alike = [
        (party, product, meaning, min(level, 3), asset if by_asset else "")
        for party, product, meaning, level, asset in rows
    ]
    assert sorted(
        (row, question, rule)
        for row, kind in enumerate(alike)
        for question, who, zone, at in moments
        for rule, (of, asker, where, since, until) in enumerate(rules)
        if kinds[of] == kind and (asker, where) == (who, zone) and since <= at < until
    ) == joined(columns, rules, moments)
