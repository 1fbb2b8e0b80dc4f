# SPDX-License-Identifier: Apache-2.0
"""Promises on rival days that are seen without acts, and on what counts as a slip."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from debar.intake.reading import read
from debar.intake.stories.days import Reach
from debar.intake.stories.rivals import rivals
from debar.intake.stories.slips import is_slip, is_typed_alike

if TYPE_CHECKING:
    from debar.model.intake import Conflict
    from debar.register import Register

RELEASE = """Order on Orvantis meters

Warsaw, 8 October 2025

Grid operators in Poland must withdraw the meters of the maker Orvantis from cellars by {day}.
"""
UNREAD = """Orvantis meters: a note

Krakow, 10 October 2025

In Poland the meters of the maker Orvantis, in cellars and elsewhere, see themselves withdrawn {how} {day}.
"""


def days(first: str, last: str = "") -> Reach:
    """Give the days from one to another."""
    return Reach(date.fromisoformat(first), date.fromisoformat(last or first))


def conflicts(register: Register, *texts: str) -> list[Conflict]:
    """Give the conflicts between papers."""
    found = read([(f"{number}.txt", text.encode()) for number, text in enumerate(texts)], register)
    return [one for story in found.stories for one in story.conflicts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (days("2028-12-31"), days("2026-12-31")),
        (days("2026-06-30"), days("2026-07-30")),
        (days("2023-02-15"), days("2023-02-05")),
        (days("2027-12-31"), days("2028-01-01")),
        (days("2027-01-01", "2027-12-31"), days("2028-01-01", "2028-12-31")),
    ],
)
def test_slips(one: Reach, other: Reach) -> None:
    """Another year, another month, another digit, the day after: one date, misread; and so from either side."""
    assert is_slip(one, other)
    assert is_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (days("2026-06-30"), days("2026-06-30")),
        (days("2026-06-30"), days("2027-04-01")),
        (days("2026-12-31"), days("2029-07-01")),
    ],
)
def test_no_slips(one: Reach, other: Reach) -> None:
    """The same day is none, and days that differ in month and year are rather two stages."""
    assert not is_slip(one, other)


def test_days_of_a_month_are_typed_alike_where_they_share_a_digit() -> None:
    """The 18th is mistaken for the 28th and the 31st for the 1st, not the 15th for the 28th."""
    assert is_typed_alike(days("2025-02-18"), days("2025-02-28"))
    assert is_typed_alike(days("2025-01-31"), days("2025-02-01"))
    assert not is_typed_alike(days("2025-01-15"), days("2025-01-28"))


@pytest.mark.parametrize("how", ["by", "until"])
def test_a_rival_day_is_seen_though_no_act_was_read_of_it(register: Register, how: str) -> None:
    """Two papers withdraw the same meters by days that differ in the year alone; whichever act was read, they disagree."""
    told = conflicts(register, RELEASE.format(day="31 December 2028"), UNREAD.format(how=how, day="31 December 2026"))
    assert [str(one.type) for one in told] == ["date"]


def test_equal_days_are_no_rivals(register: Register) -> None:
    """The same day in other words is no disagreement."""
    assert not conflicts(register, RELEASE.format(day="31 December 2028"), UNREAD.format(how="by", day="31.12.2028"))


def test_other_stages_are_no_rivals(register: Register) -> None:
    """A day that differs in all its parts belongs to something else, unless acts say that it does not."""
    found = read([("0.txt", UNREAD.format(how="by", day="31 December 2028").encode()), ("1.txt", UNREAD.format(how="by", day="5 March 2027").encode())], register)  # fmt: skip
    assert not [
        one for story in found.stories for one in story.conflicts if any(value.passages for value in one.values)
    ]


def test_nothing_is_told_of_no_papers(register: Register) -> None:
    """No papers, no rivals."""
    assert not list(rivals((), {}, register.lexicon))


def test_a_side_without_statements_names_its_passages(register: Register) -> None:
    """Where no act was read of a day, the conflict says where it stands, in words that are the date itself."""
    texts = [RELEASE.format(day="31 December 2028"), UNREAD.format(how="by", day="31 December 2026")]
    found = read([(f"{number}.txt", text.encode()) for number, text in enumerate(texts)], register)
    papers = {paper.id: paper.text for paper in found.documents}
    for value in (value for story in found.stories for one in story.conflicts for value in one.values):
        assert value.facts or value.passages
        assert all(papers[one.document][one.start : one.end].endswith(("2026", "2028")) for one in value.passages)
