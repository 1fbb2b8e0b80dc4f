# SPDX-License-Identifier: Apache-2.0
"""Authorities and the calendars of their holidays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from debar import dates
from debar.holidays import NEAREST, WEEKDAYS
from debar.register.checks import names
from debar.register.checks.faults import Fault, under
from debar.register.checks.sources import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Authority, Calendar, Holiday
    from debar.register import Register

_COMMON_YEAR = 2023
"""A year without 29 February: a holiday recurs in each."""
_EVERY_MONTH = 4
"""A weekday falls into each month so often; the fifth is missing in most."""


def authority_faults(authority: Authority, register: Register) -> Iterator[Fault]:
    """Yield the faults of an authority without a real zone or calendar."""
    try:
        dates.zone(authority.zone)
    except ValueError:  # also for what only looks like a file of the system's zones
        yield Fault(("zone",), f"time zone {authority.zone!r} is not known")
    if authority.calendar and authority.calendar not in register.calendars:
        yield names.missing(("calendar",), "calendar", authority.calendar, register.calendars)


def calendar_faults(calendar: Calendar, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of a calendar: a day that does not recur, a rule that is none."""
    yield from cited(calendar.citations, register, stored)
    if calendar.observed not in ("", NEAREST):
        yield Fault(("observed",), f"observed {calendar.observed!r} is no rule: write {NEAREST}, or leave it out")
    for number, holiday in enumerate(calendar.holidays):
        yield from under(("holidays", number), _holiday(holiday), holiday.name)


def _holiday(holiday: Holiday) -> Iterator[Fault]:
    if bool(holiday.weekday) == bool(holiday.day) or bool(holiday.weekday) != bool(holiday.nth):
        yield Fault((), "give either a day, or a weekday with its number in the month")
        return
    if holiday.weekday and holiday.weekday not in WEEKDAYS:
        yield Fault(("weekday",), f"{holiday.weekday!r} is no weekday")
    if abs(holiday.nth) > _EVERY_MONTH:
        yield Fault(("nth",), f"{holiday.nth} is not in every month: write 1 to {_EVERY_MONTH}, or -1 for the last")
    try:
        date(_COMMON_YEAR, holiday.month, holiday.day or 1)
    except (ValueError, OverflowError):
        yield Fault(("day" if holiday.day else "month",), "there is no such day in every year")
    if holiday.last_year < holiday.first_year:
        yield Fault(("last_year",), "last_year lies before first_year")
