# SPDX-License-Identifier: Apache-2.0
"""Instants in law: dates and times with a zone, days that end in an authority's zone, deadlines.

A bare date in a measure begins at 00:00 in its authority's zone. A bare date in a question means
the last instant of that day in the same zone, so "on 19 July" is decided at 23:59:59.999999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    DaysOff = Callable[[int], frozenset[date]]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""Beyond these no law of the register lies, and the calendar's own ends are near."""
SATURDAY = 5
FIRST = datetime(1, 1, 1, tzinfo=UTC)
"""Before every instant of law: the beginning of what has no beginning."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_date(text: str) -> bool:
    """Tell whether a text is a bare date."""
    return _DATE.fullmatch(text) is not None


def parse(text: str) -> date | datetime:
    """Give a date or an instant with offset; ValueError says what is wrong with anything else."""
    try:
        moment = date.fromisoformat(text) if is_date(text) else datetime.fromisoformat(text)
    except ValueError as e:
        msg = f"{text!r} is neither a date nor an instant"
        raise ValueError(msg) from e
    if not is_date(text) and "-" not in text[:8]:
        msg = f"{text!r} is neither a date nor an instant; write 2024-07-19"
        raise ValueError(msg)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        msg = f"{text!r} lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}"
        raise ValueError(msg)
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        msg = f"{text!r} has a time but no zone; write 2024-07-20T00:00-04:00 or 2024-07-20T04:00Z"
        raise ValueError(msg)
    return moment


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Give an IANA zone; ValueError for an unknown one."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # only where something falls under a measure

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as e:
        msg = f"time zone {name!r} is not known"
        raise ValueError(msg) from e


@lru_cache(maxsize=4096)
def begins(text: str, zone_name: str) -> datetime:
    """Give the first instant (UTC) of a date in a zone, or the instant itself."""
    when = parse(text)
    return when.astimezone(UTC) if isinstance(when, datetime) else _first(when, zone_name)


@lru_cache(maxsize=4096)
def ends(text: str, zone_name: str) -> datetime:
    """Give the last instant (UTC) of a date in a zone, or the instant itself."""
    when = parse(text)
    return when.astimezone(UTC) if isinstance(when, datetime) else _last(when, zone_name)


def _first(day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time(), zone(zone_name)).astimezone(UTC)


def _last(day: date, zone_name: str) -> datetime:
    """Give the instant before the next day begins: where clocks go back at midnight, the last hour comes twice."""
    return _first(day + timedelta(days=1), zone_name) - timedelta(microseconds=1)


def stamp(when: datetime) -> str:
    """Give an instant as ISO 8601 in UTC, to the second unless it has a fraction."""
    return (when if when.tzinfo is UTC else when.astimezone(UTC)).isoformat().replace("+00:00", "Z")


def key(text: str) -> datetime:
    """Give a stamp as an instant, for comparing."""
    return datetime.fromisoformat(text)


def seen(text: str) -> str:
    """Give the time of an observation as a UTC instant or a date, or nothing if it is neither."""
    if len(text) == 8 and (compact := _COMPACT.fullmatch(text)):
        text = "-".join(compact.groups())
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if is_date(text):
        return text
    # A time without a zone stays as it was written: guessing one would move evidence.
    try:
        return stamp(when) if when.tzinfo else when.isoformat()
    except OverflowError:
        return ""


def present() -> str:
    """Give the present to the second, in UTC: the time at which something is written down."""
    return stamp(datetime.now(UTC).replace(microsecond=0))


def now() -> str:
    """Give the present as the last full quarter of an hour, in UTC.

    Law begins on quarter hours in every zone on earth, so the answer is the same as for the exact
    instant, and two runs in a row give the same report.
    """
    present = datetime.now(UTC)
    return stamp(present.replace(minute=present.minute // 15 * 15, second=0, microsecond=0))


def due(after: str, amount: int, unit: str, zone_name: str, days_off: DaysOff | None = None) -> datetime:
    """Give the last instant (UTC) of the day that lies `amount` units after the day of `after`.

    Units are "calendar-days", "business-days" (Monday to Friday but for the days off, which are asked
    for year by year), "months" and "years"; a month that lacks the day ends on its last one.
    """
    start = begins(after, zone_name).astimezone(zone(zone_name)).date()
    if unit == "business-days":
        day = _business(start, amount, days_off or (lambda _: frozenset()))
    elif unit == "calendar-days":
        day = start + timedelta(days=amount)
    else:
        day = _months(start, amount * (12 if unit == "years" else 1))
    return _last(day, zone_name)


def _business(start: date, amount: int, days_off: DaysOff) -> date:
    """Give the day `amount` working days after `start`; the first is the day after."""
    day, left = start, amount
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in days_off(day.year)
    return day


def _months(start: date, amount: int) -> date:
    years, month = divmod(start.month - 1 + amount, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
