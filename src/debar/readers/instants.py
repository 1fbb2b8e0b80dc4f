# SPDX-License-Identifier: Apache-2.0
"""Moments and days as files write them, in ISO 8601; nothing where a text leaves the year or the day open.

Every reader gives times through this module, so that the latest of an asset's evidence can be told by comparing texts.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905
}
_EPOCH = re.compile(r"(\d{10})(?:\.(\d+)|(\d{3}|\d{6}|\d{9}))?")
"""Seconds with a fraction, or milli-, micro- or nanoseconds without a point."""
_FRACTION = re.compile(r":\d\d([.,]\d+)")
_TIME_BEGINS = re.compile(r"[T ]")
_CLOCK = len("2000-01-01T00:00:00")
_TIME = r"(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d))?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?(?:\s*[A-Z]{2,5})?"
_NAMED = r"(?P<mon>[A-Za-z]{3})[a-z]{0,6}"
_BETWEEN = r"(?:\s*[T :_,]\s*)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<y>\d{{4}})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:{_BETWEEN}{_TIME}{_ZONE})?",
        rf"(?P<d>\d\d?)[-/ ]{_NAMED}[-/ ](?P<y>\d{{4}}){_BETWEEN}{_TIME}{_ZONE}",
        rf"(?:[A-Za-z]{{3,9}},? )?{_NAMED} {{1,2}}(?P<d>\d\d?),? (?P<y>\d{{4}}){_BETWEEN}{_TIME}{_ZONE}",
        rf"(?:[A-Za-z]{{3}} )?{_NAMED} {{1,2}}(?P<d>\d\d?) {_TIME}{_ZONE} (?P<y>\d{{4}})",
        rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{{4}})(?:{_BETWEEN}{_TIME}{_ZONE})?",
        rf"(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-](?P<y>\d{{4}})(?:{_BETWEEN}{_TIME}{_ZONE})?",
        r"(?P<y>[12]\d{3})(?P<m>\d\d)(?P<d>\d\d)",
    )
)
_ZONES = {None: "", "Z": "Z", "UTC": "Z", "GMT": "Z"}


def instant(text: str) -> str:
    """Give a moment as ISO: in UTC for an epoch, with the zone if the text has one, else as the clock showed it."""
    text = text.strip(' []"')
    if epoch := _EPOCH.fullmatch(text):
        second, fraction, run = epoch.groups()
        return _ended(_second(second), (fraction or run or "").rstrip("0"), "Z")
    # Neighbouring lines differ in the fraction only: the rest is taken apart once.
    if split := _FRACTION.search(text):
        start, end = split.span(1)
        clock = _clock(text[:start] + text[end:])
        return _ended(clock[:_CLOCK], split[1][1:], clock[_CLOCK:]) if len(clock) >= _CLOCK else clock
    return _clock(text)


@lru_cache(maxsize=4096)
def day(text: str) -> str:
    """Give the day of a cell of a table, whatever time stands behind it; a number is no moment there."""
    return (_clock(text) or _clock(_TIME_BEGINS.split(text, maxsplit=1)[0]))[: len("2000-01-01")]


@lru_cache(maxsize=1 << 10)
def epoch(seconds: str | float) -> str:
    """Give whole seconds since 1970 as an instant in UTC; nothing for what is no number or outside the calendar."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def in_utc(text: str) -> str:
    """Give an instant of ISO 8601 in UTC, with the digits that it has; without a zone it stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        return text
    if text.endswith("+0000"):
        return f"{text[:-5]}Z"
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return ""


@lru_cache(maxsize=4096)
def _clock(text: str) -> str:
    """Give a moment without a fraction."""
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _written(found.groupdict())
    return ""


@lru_cache(maxsize=256)
def _second(epoch: str) -> str:
    """Give a second since 1970 in UTC; neighbouring lines share it."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(epoch))).strftime("%Y-%m-%dT%H:%M:%S")


def _ended(clock: str, fraction: str, zone: str) -> str:
    """Give date and time with the digits of the second up to microseconds."""
    return f"{clock}.{fraction[:6]}{zone}" if fraction else f"{clock}{zone}"


def _written(parts: dict[str, str | None]) -> str:
    day = _day(parts)
    if not day or not parts.get("H"):
        return day
    hour = int(parts["H"] or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if hour > 23 or int(parts["M"] or 0) > 59:
        return day
    zone = parts.get("z")
    shown = _ZONES[zone] if zone in _ZONES else f"{zone[:3]}:{zone[-2:]}" if zone else ""
    return f"{day}T{hour:02}:{parts['M']}:{parts['S'] or '00'}{shown}"


def _day(parts: dict[str, str | None]) -> str:
    """Give the day; nothing where day and month could be either way round."""
    year, name = int(parts["y"] or 0), parts.get("mon")
    if parts.get("first"):
        month, day = int(parts["first"] or 0), int(parts["second"] or 0)
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return ""
    else:
        month = _MONTHS.get(name.lower(), 0) if name else int(parts["m"] or 0)
        day = int(parts["d"] or 0)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
