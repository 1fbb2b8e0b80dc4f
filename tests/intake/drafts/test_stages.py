# SPDX-License-Identifier: Apache-2.0
"""Promises about stages: their edges follow from words, nothing is made more exact, and nothing is put to the vote."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.intake.drafts.stages import edge, span, stages
from debar.model.vocab import Modality
from debar.model.vocab.statements import MEANS, DateRole, Precision, StatedAct, Trust
from drafted import dated, said

if TYPE_CHECKING:
    from random import Random

    from debar.model.intake import Statement

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(date.isoformat)
VALUES = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
ROLES = st.sampled_from(DateRole)
SAID = st.builds(
    lambda act, value, role, trust, number: said(act, value, role, f"doc-{number}", trust=trust),
    st.sampled_from([StatedAct.PROHIBIT_SELL, StatedAct.PERMIT_USE, StatedAct.REQUIRE_REMOVE]),
    VALUES,
    ROLES,
    st.sampled_from(Trust),
    st.integers(1, 4),
)


@pytest.mark.parametrize(
    ("role", "first", "last"),
    [
        (DateRole.ON, "2024-07-20", "2024-07-20"),
        (DateRole.FROM, "2024-07-20", "2024-07-20"),
        (DateRole.AFTER, "2024-07-21", "2024-07-21"),
        (DateRole.UNTIL, "2024-07-20", "2024-07-20"),
        (DateRole.BY, "2024-07-21", "2024-07-20"),
        (DateRole.BEFORE, "2024-07-20", "2024-07-19"),
    ],
)
def test_edges_follow_from_words(role: DateRole, first: str, last: str) -> None:
    """As first day, "after" and "by" mean the next one; as last day, "before" means the one before."""
    assert edge(dated("2024-07-20", role), is_end=False) == first
    assert edge(dated("2024-07-20", role), is_end=True) == last


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-07-20", ("2024-07-20", "2024-07-20")),
        ("2024-07-20T04:00:00Z", ("2024-07-20", "2024-07-20")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-W29", ("2024-07-15", "2024-07-21")),
        ("2024-Q3", ("2024-07-01", "2024-09-30")),
        ("2024-H2", ("2024-07-01", "2024-12-31")),
        ("2027", ("2027-01-01", "2027-12-31")),
        ("P90D", ("", "")),
        ("P3M", ("", "")),
        ("", ("", "")),
        ("XXXX-06-20", ("", "")),
        ("2024-13", ("", "")),
        ("2024-02-30", ("", "")),
        ("2024-Q9", ("", "")),
        ("2024-W99", ("", "")),
        ("soon", ("", "")),
    ],
)
def test_spans(value: str, expected: tuple[str, str]) -> None:
    """A value means all days that it may mean; what is no time of the calendar means none."""
    assert span(value) == expected


def test_no_day_is_made_of_a_month() -> None:
    """A month stays one in the draft, and an edge beyond the calendar is none."""
    assert edge(dated("2024-07"), is_end=False) == ""
    (stage,) = stages([said(StatedAct.PROHIBIT_SELL, "2024-07")])
    assert (stage.edges[0].day, stage.edges[0].value) == ("", "2024-07")
    assert edge(dated("9999-12-31", DateRole.AFTER), is_end=False) == ""


def test_an_instant_begins_on_its_day() -> None:
    """What holds after midnight of a day holds on that day."""
    stated = replace(dated("2024-09-29T04:00:00Z", DateRole.AFTER), precision=Precision.INSTANT)
    assert edge(stated, is_end=False) == "2024-09-29"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-09-29T00:00-04:00", "2024-09-28"),
        ("2024-09-29T12:00-04:00", "2024-09-29"),
        ("0001-01-01T00:00Z", "0001-01-01"),
    ],
)
def test_what_ends_at_midnight_ends_with_the_day_before(value: str, day: str) -> None:
    """What is allowed until 12:00 a.m. of a day is not allowed on that day; until noon it is in part."""
    stated = replace(dated(value, DateRole.UNTIL), precision=Precision.INSTANT)
    assert edge(stated, is_end=True) == day
    assert edge(stated, is_end=False) == value[:10]


def test_a_ban_that_ends_is_drafted_to_the_later_day() -> None:
    """What is forbidden until a day, or until the one before, is drafted as forbidden for longer."""
    told = [said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.UNTIL), said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.BEFORE)]  # fmt: skip
    told[1] = replace(told[1], date=dated("2024-07-21", DateRole.UNTIL))
    assert stages(told)[0].edges[0].day == "2024-07-21"


def test_from_and_after_are_one_stage() -> None:
    """One day worded in three ways is one stage; the cautious one is drafted, the others stand beside it."""
    told = [
        said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.AFTER, "a"),
        said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.FROM, "b"),
        said(StatedAct.PROHIBIT_SELL, "2024-07", DateRole.FROM, "c"),
    ]
    (stage,) = stages(told)
    assert [(one.day, one.value, one.wording) for one in stage.edges] == [
        ("2024-07-20", "2024-07-20", "from 2024-07-20"),
        ("2024-07-21", "2024-07-21", "after 2024-07-20"),
        ("", "2024-07", "from 2024-07"),
    ]
    assert set(stage.facts) == {one.id for one in told}


def test_days_apart_are_stages_of_their_own() -> None:
    """Two days between statements are two stages, in the order of days; an undated act comes last."""
    told = [
        said(StatedAct.PROHIBIT_SELL, "2024-07-22"),
        said(StatedAct.PROHIBIT_SELL, "2024-07-20"),
        said(StatedAct.PROHIBIT_USE),
    ]
    assert [stage.edges[0].value for stage in stages(told)] == ["2024-07-20", "2024-07-22", ""]


def test_freedom_begins_with_the_later_day() -> None:
    """What is allowed is drafted from the later day, and to the earlier one."""
    told = [said(StatedAct.PERMIT_SELL, "2024-07-20", DateRole.AFTER), said(StatedAct.PERMIT_SELL, "2024-07-20")]
    assert stages(told)[0].edges[0].day == "2024-07-21"
    told = [said(StatedAct.PERMIT_SELL, "2024-07-20", DateRole.UNTIL), said(StatedAct.PERMIT_SELL, "2024-07-20", DateRole.BEFORE)]  # fmt: skip
    assert stages(told)[0].edges[0].day == "2024-07-19"


def test_what_is_forbidden_by_a_day_is_so_from_the_next() -> None:
    """What must be done "by" a day ends with it; what is forbidden "by" a day begins after it."""
    assert [(one.is_end, one.edges[0].day) for one in stages([said(StatedAct.PROHIBIT_USE, "2026-12-31", DateRole.BY)])] == [(False, "2027-01-01")]  # fmt: skip
    assert [(one.is_end, one.edges[0].day) for one in stages([said(StatedAct.REQUIRE_REMOVE, "2026-12-31", DateRole.BY)])] == [(True, "2026-12-31")]  # fmt: skip
    assert [(one.is_end, one.edges[0].day) for one in stages([said(StatedAct.PROHIBIT_USE, "2026-12-31", DateRole.UNTIL)])] == [(True, "2026-12-31")]  # fmt: skip


def test_official_text_decides() -> None:
    """Where official text gives an edge it is drafted, however many others are more cautious."""
    told = [said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.FROM, f"n{n}") for n in range(9)]
    told.append(said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.AFTER, "law", trust=Trust.OFFICIAL_TEXT))
    assert stages(told)[0].edges[0].day == "2024-07-21"


def test_what_is_denied_is_no_stage() -> None:
    """A paper that says that use is not banned drafts no ban; and events draft nothing at all."""
    assert stages([said(StatedAct.PROHIBIT_USE, "2024-07-20", polarity="denied")]) == ()
    assert stages([said(StatedAct.ANNOUNCE, "2024-07-20", DateRole.ON)]) == ()


@given(st.lists(SAID, max_size=12), st.randoms())
def test_order_changes_nothing(told: list[Statement], random: Random) -> None:
    """The same statements in any order give the same stages."""
    mixed = list(told)
    random.shuffle(mixed)
    assert stages(told) == stages(mixed)


@given(st.lists(SAID, min_size=1, max_size=8), st.integers(2, 20))
def test_nothing_is_put_to_the_vote(told: list[Statement], times: int) -> None:
    """One statement told by many more papers changes no drafted edge, and no other one."""
    first = told[0]
    assert first.date
    again = [said(first.act, first.date.value, first.date.role, f"copy-{n}", trust=first.trust) for n in range(times)]
    few, many = stages(told), stages([*told, *again])
    assert [[(e.day, e.value, e.wording, e.trust) for e in s.edges] for s in few] == [
        [(e.day, e.value, e.wording, e.trust) for e in s.edges] for s in many
    ]


@given(st.lists(SAID, max_size=8))
def test_no_edge_is_more_exact_than_words(told: list[Statement]) -> None:
    """Each drafted day lies within a day of one that some statement names; each other value is one of theirs."""
    values = {one.date.value for one in told if one.date}
    near = {(date.fromisoformat(v) + timedelta(days=n)).isoformat() for v in values if len(v) == 10 for n in (-1, 0, 1)}
    for stage in stages(told):
        for one in stage.edges:
            assert one.day in {"", *near}
            assert one.value == one.day or (not one.day and one.value in values)


@given(st.lists(SAID, max_size=8))
def test_every_statement_stands_once(told: list[Statement]) -> None:
    """Each statement that forbids, demands or allows stands behind one edge of one stage, its own act's."""
    found = [id_ for stage in stages(told) for id_ in stage.facts]
    assert sorted(set(found)) == sorted({one.id for one in told})
    assert all(MEANS[stage.act][0] in Modality for stage in stages(told))
