# SPDX-License-Identifier: Apache-2.0
"""Arithmetic of calendars: days, months and years counted on, and written no more exactly than they are known."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Years that a text can mean; a number beyond them is none."""

_MOST_DAYS = 365 * (LAST_YEAR - FIRST_YEAR)


def is_day(year: int, month: int, day: int) -> bool:
    """Tell whether a day exists; in year 0, whether it exists in any year."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]


def is_year(year: int) -> bool:
    """Tell whether a number is a year that a text can mean."""
    return FIRST_YEAR <= year <= LAST_YEAR


def moved(day: date, count: int, unit: str) -> date | None:
    """Give a day some units later, or earlier for a negative count; None beyond the years a text can mean.

    A month later than 31 January is the last day of February.
    """
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        found = day + timedelta(days=days) if abs(days) < _MOST_DAYS else None
        return found if found and is_year(found.year) else None
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(months, 12)
    if not is_year(year):
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def written(day: date, unit: str) -> str:
    """Write a day as the unit in which it lies: 2024-07-20, 2024-W29, 2024-07, 2024-Q3, 2024."""
    match unit:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "half":
            return f"{day.year:04d}-H{(day.month + 5) // 6}"
    return f"{day.year:04d}"


def as_day(value: str) -> date | None:
    """Read a value that is a day or an instant; None for every other."""
    if len(value) < 10 or not value[:4].isdecimal():
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def as_month(value: str) -> date | None:
    """Read a value that is a month, as its first day; None for every other."""
    if len(value) != 7 or not (value[:4] + value[5:]).isdecimal():
        return None
    return date(int(value[:4]), int(value[5:]), 1) if is_day(int(value[:4]), int(value[5:]), 1) else None


def last_of_month(day: date) -> date:
    """Give the last day of the month in which a day lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def years_around(near: date, month: int, day: int) -> Iterator[date]:
    """Yield the days of that month and day in the year of a date and in those beside it; 29 February where it exists."""
    for year in (near.year - 1, near.year, near.year + 1):
        if is_year(year) and is_day(year, month, day):
            yield date(year, month, day)


PRECISION_OF = {
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "weekend": Precision.WEEK,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "half": Precision.HALF,
    "season": Precision.SEASON,
    "year": Precision.YEAR,
}
"""How exact a date of each unit is."""
