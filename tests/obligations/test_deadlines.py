# SPDX-License-Identifier: Apache-2.0
"""Promises about when a duty is due, and when again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from law import ZONE
from law import register as law_of

from debar import dates
from debar.errors import UsageError
from debar.model.measures import Calendar, Deadline, Holiday
from debar.obligations.deadlines import Due, due, interval

LAW = law_of()
OFFICE = LAW.authorities["us-office"]
LONG_AGO = "2000-01-01T00:00:00Z"
DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 31)).map(date.isoformat)
UNITS = st.sampled_from([("calendar-days", 30), ("business-days", 10), ("months", 3), ("years", 1), ("months", 1)])


def deadline(after: str, amount: int = 1, unit: str = "years", **more: object) -> Deadline:
    """Give a deadline that recurs on fixed days, changed."""
    return Deadline(**{"after": after, "amount": amount, "unit": unit, "repeats": True} | more)  # type: ignore[arg-type]


def when(
    asked: Deadline, *recorded: str, since: str = LONG_AGO, facts: dict[str, str] | None = None
) -> tuple[str, str]:
    """Give the day on which it is due where the authority sits, and the day of the record that answers it."""
    found = due(asked, OFFICE, LAW, facts or {}, since, recorded=recorded)
    return (local(found.at), found.done)


def local(stamp: str) -> str:
    """Give the day that an instant is of where the authority sits."""
    return dates.key(stamp).astimezone(dates.zone(ZONE)).date().isoformat() if stamp else ""


YEARLY = deadline("2022-03-31")
ANEW = deadline("last_look_on", 3, "months", resets=True)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ((), ("2023-03-31", "")),
        (("2023-03-10",), ("2024-03-31", "2023-03-10")),
        (("2023-03-31",), ("2024-03-31", "2023-03-31")),
        (("2023-04-05",), ("2024-03-31", "2023-04-05")),
        (("2023-03-10", "2023-03-20"), ("2024-03-31", "2023-03-10")),
        (("2023-03-10", "2023-03-10"), ("2024-03-31", "2023-03-10")),
        (("2023-03-10", "2024-02-01"), ("2025-03-31", "2024-02-01")),
        (("2026-02-01",), ("2026-03-31", "2026-02-01")),
        (("2022-01-01",), ("2023-03-31", "")),
    ],
)
def test_fixed_days_stay_where_they_are(recorded: tuple[str, ...], expected: tuple[str, str]) -> None:
    """A report in time answers its own year, a late one what lay before it, two in a year one, and an early one none."""
    assert when(YEARLY, *recorded) == expected


def test_no_day_before_the_provision_binds_is_missed() -> None:
    """The first of the fixed days that counts is the first in the provision's time."""
    assert when(YEARLY, since="2024-01-01T00:00:00Z") == ("2024-03-31", "")
    assert when(YEARLY, since=dates.stamp(dates.ends("2024-03-31", ZONE))) == ("2024-03-31", "")
    assert when(YEARLY, since=dates.stamp(dates.begins("2024-04-01", ZONE))) == ("2025-03-31", "")


@pytest.mark.parametrize(
    ("facts", "recorded", "expected"),
    [
        ({}, (), ("", "")),
        ({"last_look_on": "2024-07-01"}, (), ("2024-10-01", "")),
        ({"last_look_on": "2024"}, (), ("2024-04-01", "")),
        ({}, ("2024-07-01",), ("2024-10-01", "2024-07-01")),
        ({"last_look_on": "2024-08-01"}, ("2024-07-01",), ("2024-11-01", "2024-07-01")),
        ({"last_look_on": "2024-07-01"}, ("2024-07-15", "2024-08-31"), ("2024-11-30", "2024-08-31")),
    ],
)
def test_an_interval_begins_anew(facts: dict[str, str], recorded: tuple[str, ...], expected: tuple[str, str]) -> None:
    """Three months from the last look, whoever told of it: a fact or a record; without either nobody knows a day."""
    assert when(ANEW, *recorded, facts=facts) == expected


def test_what_is_counted_from_before_the_law_is_due_with_it() -> None:
    """A last look years ago does not make a duty late before there was one."""
    since = dates.stamp(dates.begins("2023-12-04", ZONE))
    assert due(ANEW, OFFICE, LAW, {"last_look_on": "2020-01-01"}, since) == Due(since, "")


def test_what_was_done_first_gives_the_day_of_what_follows() -> None:
    """The follow-up report counts from the record of the first, unless the fact says when that was."""
    follow_up = Deadline(after="reported_on", amount=10, unit="calendar-days", follows=("first",))
    told = [
        local(due(follow_up, OFFICE, LAW, facts, LONG_AGO, followed=followed).at)
        for facts, followed in (
            ({}, ()),
            ({}, ("2024-10-01", "2024-10-04")),
            ({"reported_on": "2024-10-02"}, ("2024-10-04",)),
        )
    ]
    assert told == ["", "2024-10-14", "2024-10-12"]


def test_an_answer_that_is_no_day_is_told() -> None:
    """Whoever answers "yesterday" is told so, also where the interval begins anew."""
    with pytest.raises(UsageError, match=r"last_look_on.*yesterday"):
        when(ANEW, "2024-07-01", facts={"last_look_on": "yesterday"})


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (None, ""),
        (Deadline(after="2024-01-01", amount=3, unit="months"), ""),
        (deadline("2024-01-01", 3, "months"), "every 3 months"),
        (deadline("2024-01-01", 1, "years"), "every year"),
        (deadline("2024-01-01", 30, "calendar-days"), "every 30 calendar days"),
    ],
)
def test_how_often_is_said_in_words(asked: Deadline | None, words: str) -> None:
    """Only of what recurs."""
    assert interval(asked) == words


def test_business_days_leave_out_holidays_again_and_again() -> None:
    """Each of the fixed days is counted from the event, over the holidays that lie between."""
    calendar = Calendar(
        id="c", name="C", jurisdiction="us", holidays=(Holiday(name="New Year", month=1, day=1),), observed=""
    )
    law = law_of(calendar=calendar)
    asked = deadline("2023-12-29", 1, "business-days")
    found = due(asked, law.authorities["us-office"], law, {}, LONG_AGO, recorded=("2024-01-02",))
    assert local(found.at) == "2024-01-03"


@given(DAYS, UNITS, st.lists(DAYS, max_size=6), DAYS, st.booleans())
def test_a_record_only_moves_the_next_day_later(
    event: str, unit: tuple[str, int], recorded: list[str], another: str, resets: bool
) -> None:
    """Whatever was put on record before, one more record never makes a duty due earlier."""
    asked = deadline(event, unit[1], unit[0], resets=resets)
    before = due(asked, OFFICE, LAW, {}, LONG_AGO, recorded=sorted(recorded))
    after = due(asked, OFFICE, LAW, {}, LONG_AGO, recorded=sorted([*recorded, another]))
    assert dates.key(before.at) <= dates.key(after.at)


@given(DAYS, UNITS, st.lists(DAYS, max_size=6), st.booleans())
def test_due_never_before_its_event(event: str, unit: tuple[str, int], recorded: list[str], resets: bool) -> None:
    """Nor on it, where there is an interval; and a record of a day is never answered by a due day long past it."""
    asked = deadline(event, unit[1], unit[0], resets=resets)
    found = due(asked, OFFICE, LAW, {}, LONG_AGO, recorded=sorted(recorded))
    assert local(found.at) > event
    assert not found.done or local(found.at) >= found.done


@given(DAYS, UNITS, DAYS)
def test_fixed_days_are_counted_from_the_event(event: str, unit: tuple[str, int], record: str) -> None:
    """Every due day is a whole number of intervals after it, whenever something was recorded."""
    asked = deadline(event, unit[1], unit[0])
    found = due(asked, OFFICE, LAW, {}, LONG_AGO, recorded=[record])
    number, grid = 0, list[str]()
    last = (date.fromisoformat(max(event, record)) + timedelta(days=800)).isoformat()
    while not grid or grid[-1] < last:
        number += 1
        grid.append(local(dates.stamp(dates.due(event, unit[1] * number, unit[0], ZONE))))
    assert local(found.at) in grid
