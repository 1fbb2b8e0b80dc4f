# SPDX-License-Identifier: Apache-2.0
"""What pages call things: the words of the reports, numbers, days, and how far away a day is."""

from __future__ import annotations

import re
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
_ISO = re.compile(r"(?<![\w-])(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?(?![\w-])")
"""A day in a text, perhaps with an hour."""
_OF_EXPOSURE = re.compile(r"^exp-[0-9a-f]{1,40} \(([^()]{1,400})\)")
_EVENTS = {
    "run.finished": "a run is finished",
    "exposure.new": "something is newly found",
    "deadline.near": "a deadline is near",
    "decision.asked": "somebody asks for a decision",
    "decision.answered": "a decision is answered",
    "waiver.expiring": "a waiver is about to end",
    "measure.new": "a new measure reaches something",
    "proof.made": "a proof is made",
    "job.failed": "work has failed",
    "test": "a test",
}


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


def weekday(stamp: str, zone: str = "UTC") -> str:
    """Give a day, or the day of an instant where an authority sits, with its day of the week."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return day(stamp, zone)
    local = at.astimezone(dates.zone(zone)) if "T" in stamp else at
    return f"{local:%a} {day(stamp, zone)}"


def dated(text: object) -> str:
    """Give a text in which days and instants of ISO 8601 stand as people write them."""
    return _ISO.sub(_read, str(text))


def _read(found: re.Match[str]) -> str:
    on, hour, zone = found.groups()
    said = {None: "", "Z": " UTC"}.get(zone, f" UTC{zone}")
    return f"{day(on)}{f' {hour}{said}' if hour else ''}"


def scope(text: str) -> str:
    """Give what a decision is about, by the name of its exposure rather than by its id."""
    return _OF_EXPOSURE.sub(r"\1", text)


def event(name: object) -> str:
    """Give in words what happens where a message is sent."""
    return _EVENTS.get(str(name), str(name))


def plainly(value: object) -> str:
    """Give a detail of a change as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


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
    "weekday": weekday,
    "dated": dated,
    "scope": scope,
    "event": event,
    "plainly": plainly,
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
