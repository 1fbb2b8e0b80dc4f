# SPDX-License-Identifier: Apache-2.0
"""How old a register is on the day that is asked about, and from when that must be said.

A register knows no law made after its own date. One that stays the same for months answers as
confidently as on its first day, so every answer that leans on it says how old it is.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from debar import dates

AGE_WARNING = 30
"""Days from which a reader is warned: measures on suppliers come out every few weeks."""
AGE_LIMIT = 100
"""Days above which nothing is proven with a register: FAR 52.204-30 has contractors look for new orders every three months."""
_CALVER = re.compile(r"([0-9]{4})\.([0-9]{2})\.([0-9]{2})(?:\.([0-9]{1,4}))?")


def calver(version: str) -> tuple[date, int]:
    """Give the day of a version such as 2026.11.22 or 2026.11.22.1 and its number on that day, for comparing.

    Raises ValueError for anything else.
    """
    found = _CALVER.fullmatch(version)
    if not found:
        msg = f"{version!r} is no version of a register; one looks like 2026.11.22"
        raise ValueError(msg)
    year, month, day, number = found.groups()
    try:
        return date(int(year), int(month), int(day)), int(number or 0)
    except ValueError as e:
        msg = f"{version!r} is no version of a register: there is no such day"
        raise ValueError(msg) from e


def age(version_or_built_at: str, as_of: str) -> int:
    """Give the days from the date of a register to the day asked about; 0 when that day is earlier.

    The first is a version (2026.11.22), a date or an instant; the second a date or an instant.
    Instants count as their day in UTC. Raises ValueError for what is none of these.
    """
    return max((_day(as_of) - _day(version_or_built_at)).days, 0)


def warning(days: int) -> str:
    """Give what to tell a reader about a register of that age, or nothing below AGE_WARNING."""
    if days < AGE_WARNING:
        return ""
    return f"{days} days old: measures made since are not in it; import a newer bundle"


def _day(text: str) -> date:
    """Give the day that a version, a date or an instant names."""
    if _CALVER.fullmatch(text):
        return calver(text)[0]
    when = dates.parse(text)
    return when.astimezone(UTC).date() if isinstance(when, datetime) else when
