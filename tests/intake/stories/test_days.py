# SPDX-License-Identifier: Apache-2.0
"""Promises of what days a date can mean, and of what a role does to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.stories.days import Reach, Side, published, reach, turn, worded
from debar.model.intake import Published
from debar.model.vocab.statements import Precision
from storied import dated, stated

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-07-20", "2024-07-20", "2024-07-20"),
        ("2024-07-20T00:00-04:00", "2024-07-20", "2024-07-20"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-W29", "2024-07-15", "2024-07-21"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
    ],
)
def test_a_date_is_as_wide_as_its_words(value: str, first: str, last: str) -> None:
    """Each form of reduced precision comes to all of its days, and to no other."""
    assert reach(dated(value, precision=Precision.DAY)) == Reach(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["", "XXXX-07-20", "P90D", "2024-13", "2024-02-30", "2024-W60", "July"])
def test_what_nobody_can_tell_has_no_days(value: str) -> None:
    """A year that nobody tells, a length of time and nonsense come to nothing rather than to some day."""
    assert reach(dated(value)) is None


def test_fiscal_and_model_years_are_wider_than_years() -> None:
    """A fiscal year may begin in July before it and end in June after it; a model year begins in the year before."""
    fiscal, model = (reach(dated("2022", precision=kind)) for kind in (Precision.FISCAL_YEAR, Precision.MODEL_YEAR))
    assert fiscal == Reach(date(2021, 7, 1), date(2023, 6, 30))
    assert model == Reach(date(2021, 1, 1), date(2022, 12, 31))


def test_before_a_deadline_is_by_it() -> None:
    """Before the deadline of a day the day itself is still in time."""
    said = stated("comply_deadline", "before 2026-04-17")
    idiom, plain = turn(said, "files comments before the april 17 deadline"), turn(said, "before april 17")
    assert idiom and plain
    assert (idiom.at.first, plain.at.first) == (date(2026, 4, 18), date(2026, 4, 17))


def test_a_length_of_time_is_no_day() -> None:
    """A duration stays one, even if its value looks like a date."""
    assert reach(dated("2024", precision=Precision.DURATION)) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("early June", 1, 10), ("mid-June", 10, 20), ("late June", 21, 30), ("the end of June", 21, 30), ("June", 1, 30)],
)
def test_parts_of_a_month_are_narrower(words: str, first: int, last: int) -> None:
    """Late June holds no 20 June; what names no part is the whole month."""
    found = reach(dated("2024-06", text=words, precision=Precision.PART_OF_MONTH))
    assert found == Reach(date(2024, 6, first), date(2024, 6, last))


@given(DAYS)
def test_from_a_day_is_after_the_day_before(day: date) -> None:
    """From D on and after D-1 are the same turn, whatever the day."""
    before = day - timedelta(days=1)
    one = turn(stated("prohibit.sell", f"from {day}"), "")
    other = turn(stated("prohibit.sell", f"after {before}"), "")
    assert one and other and one.at == other.at


@given(DAYS)
def test_until_a_day_ends_after_it_and_before_ends_at_it(day: date) -> None:
    """The first day that is different lies behind a last day, and is the day itself of what must be before it."""
    until = turn(stated("permit.update", f"until {day}"), "")
    before = turn(stated("prohibit.update", f"before {day}"), "")
    assert until and until.at.first == day + timedelta(days=1)
    assert before and before.at.first == day


@pytest.mark.parametrize(
    ("act", "when", "passage", "side"),
    [
        ("prohibit.sell", "from 2024-07-20", "", Side.BEGINS),
        ("prohibit.sell", "until 2024-07-20", "", Side.ENDS),
        ("permit.update", "until 2024-07-20", "", Side.BEGINS),
        ("permit.use", "from 2024-07-20", "", Side.ENDS),
        ("effective", "on 2024-07-20", "", Side.BEGINS),
        ("supplier.exit", "from 2024-07-20", "", Side.STARTS),
        ("supplier.exit", "on 2024-07-20", "will cease operations", Side.OVER),
        ("supplier.exit", "on 2024-07-20", "will begin to close its office", Side.STARTS),
        ("require.remove", "by 2024-07-20", "", Side.OVER),
        ("announce", "on 2024-07-20", "", Side.HAPPENS),
    ],
)
def test_what_changes_on_a_day(act: str, when: str, passage: str, side: Side) -> None:
    """A permission until a day is a ban from then on; a process starts or is over; an event happens."""
    found = turn(stated(act, when), passage)
    assert found is not None
    assert found.side is side


def test_a_denied_ban_is_a_permission() -> None:
    """Not banned until D means banned from then on."""
    found = turn(stated("prohibit.update", "until 2024-09-29", polarity="denied"), "")
    assert found is not None
    assert found.side is Side.BEGINS


@pytest.mark.parametrize("when", ["by 2024-07-20", "until 2024-07-20", "after 2024-07-20", "before 2024-07-20"])
def test_a_bound_of_an_event_is_no_day_of_it(when: str) -> None:
    """That something was announced before a day tells no day on which it was."""
    assert turn(stated("announce", when), "") is None


def test_by_a_month_is_some_day_of_it_or_the_one_after() -> None:
    """What must be done by April may be asked for at its beginning or its end."""
    found = turn(stated("require.remove", "by 2025-04"), "")
    assert found is not None
    assert found.at == Reach(date(2025, 4, 1), date(2025, 5, 1))


def test_the_last_days_of_the_calendar_are_no_fault() -> None:
    """There is no day after 31 December 9999, so that nothing can begin after it."""
    assert turn(stated("prohibit.sell", "after 9999-12-31"), "") is None


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (Published(value="2024-07-16"), "2024-07-16", "2024-07-16"),
        (Published(value="2024-07"), "2024-07-01", "2024-07-31"),
        (Published(value="2024"), "2024-01-01", "2024-12-31"),
        (Published(earliest="2024-07-15", latest="2024-07-19"), "2024-07-15", "2024-07-19"),
        (Published(latest="2024-07-19"), "2024-07-19", "2024-07-19"),
    ],
)
def test_publication_is_a_day_or_a_window(when: Published, first: str, last: str) -> None:
    """A window holds both of its ends; one end alone is all that is known."""
    assert published(when) == Reach(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("when", [Published(), Published(value="soon"), Published(value="2024-31-31")])
def test_what_tells_no_publication_gives_none(when: Published) -> None:
    """Nothing is made up where no day stands."""
    assert published(when) is None


def test_the_distance_of_days_that_meet_is_none() -> None:
    """Overlapping days are 0 apart, neighbours 1, and it does not matter which comes first."""
    june, july = reach(dated("2024-06")), reach(dated("2024-07"))
    day = reach(dated("2024-06-20"))
    assert june and july and day
    assert (june.apart(day), june.apart(july), july.apart(june), july.apart(day)) == (0, 1, 1, 11)
    assert (june.days(), day.days()) == (30, 1)


def test_a_reading_names_role_value_and_the_part_of_a_month() -> None:
    """Readings are told apart by role and value; a part of a month shows its words, since its value does not."""
    assert worded(dated("2024-07-20", "from")) == "from 2024-07-20"
    late = dated("2024-06", text="late\n June 2024", precision=Precision.PART_OF_MONTH)
    assert worded(late) == 'on 2024-06 ("late June 2024")'
