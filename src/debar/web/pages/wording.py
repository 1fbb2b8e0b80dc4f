# SPDX-License-Identifier: Apache-2.0
"""What pages call things: the words of the reports, numbers, days, and how far away a day is."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from debar import dates
from debar.model.vocab import Status
from debar.writers import words
from debar.writers.history import pace_in_words
from debar.writers.legal import moment
from debar.writers.terminal import LEVELS, MEANINGS, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NO_ACT, LATER = "none", "later"
_SIZES = ("bytes", "kB", "MB", "GB", "TB")
_THOUSAND = 1000


def status(value: object) -> str:
    """Give a status in words; of what puts no act at stake, that."""
    return words.STATUSES.get(Status(str(value)), str(value)) if value and value != NO_ACT else "no act at stake"


def says(value: object) -> str:
    """Give in words what a measure says of something, which may be nothing on the day."""
    return "nothing yet, or no more" if value == LATER else status(value)


def number(value: float) -> str:
    """Give a number as people read it."""
    return f"{value:,}"


def counted(value: int, word: str, several: str = "") -> str:
    """Give a number with its word."""
    return f"{value:,} {word if value == 1 else several or word + 's'}"


def day(stamp: str, zone: str = "UTC") -> str:
    """Give an instant or a day as its day, where an authority sits."""
    if not stamp:
        return ""
    try:
        return moment(stamp, zone) if "T" in stamp else f"{date.fromisoformat(stamp[:10]):%-d %b %Y}"
    except ValueError:
        return stamp


def instant(stamp: str) -> str:
    """Give an instant to the minute, in UTC."""
    try:
        return f"{datetime.fromisoformat(stamp):%-d %b %Y, %H:%M} UTC" if "T" in stamp else day(stamp)
    except ValueError:
        return stamp


def away(stamp: str, today: str) -> str:
    """Give how far an instant lies from a day: "in 12 days", "3 days ago"."""
    try:
        days = (date.fromisoformat(stamp[:10]) - date.fromisoformat(today[:10])).days
    except ValueError:
        return ""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days:,} days" if days > 0 else f"{-days:,} days ago")


def size(octets: int) -> str:
    """Give a size of a file as people read it."""
    value, unit = float(octets), 0
    while value >= _THOUSAND and unit < len(_SIZES) - 1:
        value, unit = value / _THOUSAND, unit + 1
    return f"{octets:,} bytes" if unit == 0 else f"{value:.1f} {_SIZES[unit]}"


def level(value: int) -> str:
    """Give how sure something is in a word."""
    return LEVELS.get(value, str(value))


def meaning(value: object) -> str:
    """Give what something is taken for."""
    return next((text for known, text in MEANINGS.items() if known == value), str(value))


def spaced(value: object) -> str:
    """Give a word of a vocabulary as people write it."""
    return str(value).replace("-", " ").replace("_", " ")


def who(name: str) -> str:
    """Give what somebody is called, without the address that an audit log keeps beside it."""
    return name.partition(" <")[0]


def share(part: int, whole: int) -> str:
    """Give a part of a whole in percent."""
    return f"{round(100 * part / whole)} %" if whole else "-"


def is_late(stamp: str, today: str) -> bool:
    """Tell whether an instant lies before a day."""
    return bool(stamp) and dates.key(stamp) < dates.begins(today, "UTC")


FILTERS: Mapping[str, Callable[..., object]] = {
    "status": status,
    "says": says,
    "number": number,
    "counted": counted,
    "day": day,
    "instant": instant,
    "away": away,
    "size": size,
    "level": level,
    "meaning": meaning,
    "spaced": spaced,
    "percent": percent,
    "share": share,
    "who": who,
    "pace": pace_in_words,
}
