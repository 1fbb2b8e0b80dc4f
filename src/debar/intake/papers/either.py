# SPDX-License-Identifier: Apache-2.0
"""Which of the two days that 03/04/2024 can mean a paper shows to be meant, by the way it writes its other days."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from debar.intake.papers import publishers
from debar.intake.papers.cues import is_changed
from debar.intake.papers.days import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.papers.cues import Cues
    from debar.intake.papers.days import Grammar

_NUMERIC = re.compile(r"(?<![\w./-])([0-9]{1,2})([./-])([0-9]{1,2})\2(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![\w/-])")
_WORDS = re.compile(
    r"(?P<month_first>\b[A-Z][a-z]{2,8}\.? [0-9]{1,2}\b(?!:))|(?P<day_first>\b[0-9]{1,2}(?:st|nd|rd|th|\.)? (?:of )?[A-Z][a-z]{2,8}\b)"
)
_BESIDE = re.compile(r"([^\W\d_]{2,12})\.?,? {0,3}$")
_ZONES = (
    (True, re.compile(r"\b(?:CET|CEST|EET|EEST|WET|BST|MSK|IST|AEST|AEDT|NZST|NZDT)\b")),
    (False, re.compile(r"\b(?:EDT|EST|CDT|CST|MDT|MST|PDT|PST|ET)\b")),
)
"""Zones of a time of day beside a date, which tell where it was written, and whether the day comes first there."""
_NAME = re.compile(r"[A-Z][a-z]{2,8}")
_NEAR = 31
"""Days between a day that is written out and one of the readings: news is near to what it tells."""
_LINE = 100
"""Characters before a day in which a word may say that the paper was only changed, read or saved on it."""
_BOUND = re.compile(
    r"\b(?:until|till|by|before|after|from|through|effective|deadline|expires|no later than)(?: the)?(?: on)? {1,3}$",
    re.IGNORECASE,
)
"""Words before a day that bounds something: deadlines are far from the day on which they are told."""
_MOST = 40_000
"""Characters that are looked through."""
_MONTH_FIRST = ("us", "ca", "ph")
_DAY_FIRST = (
    "uk",
    "au",
    "nz",
    "ie",
    "in",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pl",
    "pt",
    "ro",
    "cz",
    "lt",
    "se",
    "dk",
    "fi",
    "eu",
    "za",
    "ng",
    "rs",
)


def order_of(text: str) -> str:
    """Give what comes first in the numeric days of a text: "day", "month", or nothing where none is plain or they differ."""
    plain: set[str] = set()
    for match in _NUMERIC.finditer(text[:_MOST]):
        first, second = int(match[1]), int(match[3])
        if 12 < first <= 31 and second <= 12:
            plain.add("day")
        elif 12 < second <= 31 and first <= 12:
            plain.add("month")
    return plain.pop() if len(plain) == 1 else ""


def shown(writing: str, values: Sequence[str], text: str, known: Grammar, cues: Cues | None = None) -> str:
    """Give the one reading of 03/04/2024 that a text shows; empty where it shows none.

    1. The one to which days that the text writes out are near.
    2. The order in which the text writes days in words. Translations leave numbers in the order of another language.
    3. Dots stand between day and month in all languages; firms in the United States that use them write June 20 in words.
    """
    full = [
        date.fromisoformat(day.values[0])
        for day in days(text[:_MOST], known)
        if len(day.values) == 1
        and not _BOUND.search(text[max(0, day.start - _LINE) : day.start])
        and not (cues and is_changed(text[max(0, day.start - _LINE) : day.start], cues))
    ]
    near = [value for value in values if any(abs((date.fromisoformat(value) - other).days) <= _NEAR for other in full)]
    if len(near) == 1:  # 1.
        return near[0]
    orders = _in_words(text, known)
    is_dotted = "." in writing
    if orders == {"day"} or (is_dotted and not orders):  # 2. 3.
        return _read(writing, values, is_day_first=True)
    if orders == {"month"} and not is_dotted and "translat" not in text.lower():
        return _read(writing, values, is_day_first=False)
    return ""


def beside(text: str, start: int, end: int, values: Sequence[str], known: Grammar) -> str:
    """Give the one reading that the words beside a writing show: the day of the week, or a zone; empty where they show none."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    name = _BESIDE.search(before)
    weekday = known.weekdays.get(name[1].lower()) if name else None
    if weekday is not None:
        fitting = [value for value in values if date.fromisoformat(value).weekday() == weekday]
        return fitting[0] if len(fitting) == 1 else ""
    firsts = {is_day_first for is_day_first, zone in _ZONES if zone.search(after)}
    return _read(text[start:end], values, is_day_first=firsts.pop()) if len(firsts) == 1 else ""


_REACH = 24
"""Characters beside a day in which the day of the week, or the zone of its time of day, stands."""


def _in_words(text: str, known: Grammar) -> set[str]:
    """Give in which orders a text writes days with names of months: June 20, 20 June."""
    return {
        (match.lastgroup or "").removesuffix("_first")
        for match in _WORDS.finditer(text[:_MOST])
        if (name := _NAME.search(match.group())) and name.group().lower() in known.months
    }


def _read(writing: str, values: Sequence[str], *, is_day_first: bool) -> str:
    """Give the reading in one order."""
    first = int(re.split(r"[./-]", writing)[0])
    return next(
        (value for value in values if date.fromisoformat(value).day == first)
        if is_day_first
        else (value for value in values if date.fromisoformat(value).month == first),
        "",
    )


def of_place(address: str, language: str) -> str:
    """Give what comes first in 03/04/2024 on pages of a country or language: "day", "month", or nothing known."""
    suffix = publishers.host(address).rpartition(".")[2]
    if suffix in ("gov", "mil", *_MONTH_FIRST):
        return "month"
    if suffix in _DAY_FIRST or language not in ("", "en", "zh", "ja", "ko"):
        return "day"
    return ""
