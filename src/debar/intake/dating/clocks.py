# SPDX-License-Identifier: Apache-2.0
"""Times of day beside a date: 12:00 AM EDT on September 29, by 5pm on Friday, at midnight."""

from __future__ import annotations

import re
from typing import NamedTuple

OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "EDT": -240, "EST": -300, "CDT": -300, "MDT": -360, "MST": -420, "PDT": -420,
    "PST": -480, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "BST": 60, "MSK": 180, "JST": 540, "KST": 540,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes before or after UTC of zones whose letters mean one offset wherever news uses them.

CST is left out: it is Chicago's and Peking's.
"""
_NAMES = {
    f"{place.upper()} {season}": letters
    for place, (standard, daylight) in {
        "eastern": ("EST", "EDT"), "central": ("", "CDT"), "mountain": ("MST", "MDT"), "pacific": ("PST", "PDT"),
    }.items()
    for season, letters in (("STANDARD TIME", standard), ("DAYLIGHT TIME", daylight))
}  # fmt: skip
"""Zones whose name says which half of the year is meant; "Eastern Time" does not."""
_ZONE = r"(?:utc|gmt|edt|est|cdt|cst|mdt|mst|pdt|pst|cet|cest|eet|eest|bst|msk|jst|kst|aest|aedt|nzst|nzdt|et|pt|ct)"
_NAMED = r"(?:(?:u\.?s\.? )?(?:eastern|pacific|central|mountain|moscow|london|brussels|beijing|taipei|local|berlin|paris|canberra)(?: (?:daylight|standard|summer))?(?: time)?)"
_TIME = (
    rf"(?P<clock>(?:(?P<hour>\d{{1,2}})(?::(?P<minute>\d\d)(?::\d\d)?(?![\d.])|\.(?P<minute2>\d\d)(?= ?[ap]\.?m)) ?(?P<half>[ap]\.?m\b\.?)?|(?P<hour2>\d{{1,2}}) ?(?P<half2>[ap]\.?m\b\.?)"
    rf"|(?P<word>midnight|noon))(?: hours| hrs)?(?:,? ?\(?(?P<zone>{_ZONE}\b|{_NAMED}\b)\)?(?: \({_ZONE}\))?)?)"
)
_BEFORE = re.compile(rf"\b(?:at )?{_TIME},? ?(?:on |of )?(?:the )?$")
_AFTER = re.compile(
    rf"(?:,? (?:at|from|by|starting at|as of)|,| -| –)? ?(?:exactly |about )?{_TIME}(?!\w| ?(?:on|of) )"
)
_REACH = 64
"""Characters beside a date in which its time of day stands."""


class Clock(NamedTuple):
    """A time of day, and where it stands."""

    start: int
    end: int
    minutes: int
    """Of the day; -1 where it could be two times."""
    zone: str
    """In capitals, as OFFSETS has it; empty for one of several offsets."""


def beside(low: str, start: int, end: int, first: int, last: int) -> Clock | None:
    """Give the time of day directly before or after a date whose sentence stands between two offsets."""
    reach = max(first, start - _REACH)
    before = _BEFORE.search(low[reach:start])
    if before:
        return _clock(before, reach)
    after = _AFTER.match(low, end, min(last, end + _REACH))
    return _clock(after, 0) if after else None


def _clock(match: re.Match[str], offset: int) -> Clock | None:
    zone = " ".join((match["zone"] or "").upper().split())
    zone = _NAMES.get(zone, zone)
    start, end = offset + match.start(), offset + match.end("clock")
    if match["word"]:
        # Midnight of a day is its beginning for some and its end for others; noon is one instant.
        return Clock(start, end, 720 if match["word"] == "noon" else -1, zone if zone in OFFSETS else "")
    hour, minute = int(match["hour"] or match["hour2"]), int(match["minute"] or match["minute2"] or 0)
    half = (match["half"] or match["half2"] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59:
        return None
    minutes = -1 if hour == 24 else hour * 60 + minute
    return Clock(start, end, minutes, zone if zone in OFFSETS else "")
