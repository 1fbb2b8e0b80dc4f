# SPDX-License-Identifier: Apache-2.0
"""The days that a calendar of the register takes out of business, year by year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.dates import SATURDAY

if TYPE_CHECKING:
    from debar.model.measures import Calendar, Holiday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAREST = "nearest-weekday"


@lru_cache(maxsize=512)
def days_off(calendar: Calendar, year: int) -> frozenset[date]:
    """Give the days of a year on which a calendar's holidays are kept.

    New Year's Day of the next year may be kept on the last day of this one, and the reverse.
    """
    kept = (
        _kept(_falls(holiday, around), calendar.observed)
        for around in (year - 1, year, year + 1)
        for holiday in calendar.holidays
        if holiday.first_year <= around <= holiday.last_year
    )
    return frozenset(day for day in kept if day.year == year)


def _falls(holiday: Holiday, year: int) -> date:
    if not holiday.weekday:
        return date(year, holiday.month, holiday.day)
    wanted = WEEKDAYS.index(holiday.weekday)
    if holiday.nth < 0:
        last = date(year, holiday.month, monthrange(year, holiday.month)[1])
        return last - timedelta(days=(last.weekday() - wanted) % 7 + 7 * (-1 - holiday.nth))
    first = date(year, holiday.month, 1)
    return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (holiday.nth - 1))


def _kept(day: date, observed: str) -> date:
    if observed != NEAREST or day.weekday() < SATURDAY:
        return day
    return day + timedelta(days=-1 if day.weekday() == SATURDAY else 1)
