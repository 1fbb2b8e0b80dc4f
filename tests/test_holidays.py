# SPDX-License-Identifier: Apache-2.0
"""Promises about days off: which days a calendar takes out of business, and the federal one day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar import dates
from debar.holidays import WEEKDAYS, days_off
from debar.model.measures import Calendar, Holiday
from debar.register import Register

ZONE = "America/New_York"
KEPT = """
2020: 01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25
2021: 01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31
2022: 01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26
2023: 01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25
2024: 01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25
2025: 01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25
2026: 01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25
2027: 01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31
2028: 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25
2029: 01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25
2030: 01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25
"""
"""Days on which federal holidays are kept, as the Office of Personnel Management lists them, by the year they lie in.

Without Inauguration Day, which is kept around Washington only, and days that a President gives off by order.
"""
PUBLISHED = {
    int(line[:4]): frozenset(date.fromisoformat(f"{line[:4]}-{day}") for day in line[5:].split())
    for line in KEPT.strip().splitlines()
}


def calendar(*holidays: Holiday, observed: str = "nearest-weekday") -> Calendar:
    """Give a calendar of some holidays."""
    return Calendar(id="some", name="Some", jurisdiction="us", holidays=holidays, observed=observed)


def fixed(month: int, day: int, first_year: int = 0, last_year: int = 9999) -> Holiday:
    """Give a holiday of a fixed day."""
    return Holiday(name=f"{month}-{day}", month=month, day=day, first_year=first_year, last_year=last_year)


# ---- the federal calendar


@pytest.mark.parametrize("year", sorted(PUBLISHED))
def test_federal_holidays_are_those_that_are_published(year: int, register: Register) -> None:
    """Every day of the year that is off, and no other."""
    assert PUBLISHED[year] == days_off(register.calendars["us-federal"], year)


def test_new_years_day_of_a_saturday_is_kept_on_the_last_day_of_the_year(register: Register) -> None:
    """The year 2022 begins with a working Monday; its holiday was the Friday before, in 2021."""
    federal = register.calendars["us-federal"]
    assert date(2021, 12, 31) in days_off(federal, 2021)
    assert not {day for day in days_off(federal, 2022) if day.month == 1 and day.day < 17}


def test_juneteenth_is_a_holiday_since_2021(register: Register) -> None:
    """Before the law of June 2021 it was a day like any other."""
    federal = register.calendars["us-federal"]
    assert [False, True] == [any(day.month == 6 for day in days_off(federal, year)) for year in (2020, 2021)]


@given(day=st.dates(date(2020, 1, 1), date(2029, 6, 30)), amount=st.integers(1, 60))
def test_federal_deadlines_are_as_counted_by_hand(day: date, amount: int) -> None:
    """With the published days: the day on which that many working days have passed, never a weekend, never a holiday."""
    off = frozenset().union(*PUBLISHED.values())
    passed, last = 0, day
    while passed < amount:
        last += timedelta(days=1)
        passed += last.weekday() < 5 and last not in off
    due = dates.due(day.isoformat(), amount, "business-days", ZONE, lambda year: PUBLISHED.get(year, frozenset()))
    assert dates.ends(last.isoformat(), ZONE) == due


@pytest.mark.parametrize("authority", ["us-bis", "us-dhs", "us-far-council"])
def test_authorities_of_the_united_states_keep_federal_holidays(authority: str, register: Register) -> None:
    """Their business days are those of the federal calendar."""
    days = register.days_off(register.authorities[authority])
    assert days
    assert PUBLISHED[2024] == days(2024)


def test_an_authority_without_a_calendar_keeps_none(register: Register) -> None:
    """Where no calendar is recorded only weekends are off."""
    without = [one for one in register.authorities.values() if not one.calendar]
    assert without
    assert {None} == {register.days_off(one) for one in without}


def test_every_authority_has_a_calendar_that_is_there(register: Register) -> None:
    """A name of a calendar leads to one."""
    named = {one.calendar for one in register.authorities.values() if one.calendar}
    assert named <= set(register.calendars)
    assert named


# ---- any calendar


@pytest.mark.parametrize(
    ("weekday", "nth", "expected"),
    [
        ("monday", 1, "2024-07-01"),
        ("monday", 5, "2024-07-29"),
        ("thursday", 4, "2024-07-25"),
        ("monday", -1, "2024-07-29"),
        ("wednesday", -1, "2024-07-31"),
        ("monday", -2, "2024-07-22"),
        ("sunday", 1, "2024-07-08"),
        ("saturday", 1, "2024-07-05"),
    ],
)
def test_a_holiday_may_be_a_weekday_of_a_month(weekday: str, nth: int, expected: str) -> None:
    """The first of the month counts, the last counts from the end; one that falls on a weekend is kept beside it."""
    holiday = Holiday(name="some", month=7, weekday=weekday, nth=nth)
    assert {date.fromisoformat(expected)} == days_off(calendar(holiday), 2024)


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        ("nearest-weekday", {"2021-12-31", "2022-07-04", "2022-12-26"}),
        ("", {"2022-01-01", "2022-07-04", "2022-12-25"}),
    ],
)
def test_a_holiday_on_a_weekend_is_kept_beside_it_or_lost(observed: str, expected: set[str]) -> None:
    """Saturday's on Friday, Sunday's on Monday, unless the calendar keeps each on its day."""
    some = calendar(fixed(1, 1), fixed(7, 4), fixed(12, 25), observed=observed)
    days = {day.isoformat() for year in (2021, 2022) for day in days_off(some, year)}
    assert expected == {day for day in days if day >= "2021-12-26"}


def test_a_holiday_at_the_end_of_a_year_may_be_kept_in_the_next() -> None:
    """New Year's Eve of a Sunday is kept on the Monday, which is New Year's Day."""
    eve = calendar(fixed(12, 31))
    assert [set(), {date(2024, 1, 1), date(2024, 12, 31)}] == [set(days_off(eve, year)) for year in (2023, 2024)]


def test_a_holiday_has_its_years() -> None:
    """From its first year to its last; the day it is kept on may lie in the year before."""
    some = calendar(fixed(1, 1, first_year=2022, last_year=2023))
    assert [set(), {date(2021, 12, 31)}, set(), {date(2023, 1, 2)}, set()] == [
        set(days_off(some, year)) for year in (2020, 2021, 2022, 2023, 2024)
    ]


HOLIDAYS = st.builds(fixed, st.integers(1, 12), st.integers(1, 28)) | st.builds(
    lambda month, weekday, nth: Holiday(name="some", month=month, weekday=weekday, nth=nth),
    st.integers(1, 12),
    st.sampled_from(WEEKDAYS),
    st.sampled_from([1, 2, 3, 4, -1]),
)


@given(holidays=st.lists(HOLIDAYS, max_size=5), year=st.integers(1900, 2200))
def test_every_holiday_is_kept_once_and_on_a_weekday(holidays: list[Holiday], year: int) -> None:
    """Over three years no holiday is lost between them, and none is kept on a weekend or in another year."""
    some = calendar(*holidays)
    years = {around: days_off(some, around) for around in range(year - 1, year + 2)}
    assert all(day.year == around and day.weekday() < 5 for around, days in years.items() for day in days)
    for holiday in holidays:
        assert any(_kept(holiday, year) in days for days in years.values())


def _kept(holiday: Holiday, year: int) -> date:
    """Give the day on which a holiday of a year is kept, found by looking at every day of its month."""
    month = [day for n in range(31) if (day := date(year, holiday.month, 1) + timedelta(days=n)).month == holiday.month]
    if holiday.weekday:
        found = [day for day in month if day.weekday() == WEEKDAYS.index(holiday.weekday)]
        day = found[holiday.nth - 1 if holiday.nth > 0 else holiday.nth]
    else:
        day = month[holiday.day - 1]
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
