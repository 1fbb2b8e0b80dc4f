# SPDX-License-Identifier: Apache-2.0
"""Days that are called by a feast or by their place among the days of a month: Easter Monday, the first Friday of May."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING, year_of
from debar.intake.dating.reckoning import is_year, last_of_month
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from debar.intake.dating.hits import Found, Hit

_FIXED = {"new year's day": (1, 1), "new year's eve": (12, 31), "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
          "boxing day": (12, 26), "st stephen's day": (12, 26), "epiphany": (1, 6), "all saints' day": (11, 1), "all saints day": (11, 1),
          "may day": (5, 1), "halloween": (10, 31), "valentine's day": (2, 14)}  # fmt: skip
_FROM_EASTER = {"ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "easter": 0, "easter sunday": 0,
                "easter monday": 1, "ascension day": 39, "pentecost": 49, "whit sunday": 49, "whitsun": 49, "whit monday": 50}  # fmt: skip
_NTH_OF_MONTH = {"thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4)}
"""Month, day of the week, and which of them."""
NAMES = "|".join(
    re.escape(name).replace(r"\ ", " ")
    for name in sorted((*_FIXED, *_FROM_EASTER, *_NTH_OF_MONTH), key=len, reverse=True)
)
_SEASONS = frozenset({"christmas", "easter", "whitsun", "pentecost", "thanksgiving"})
"""Feasts that are a time as well as a day: around Christmas, over Easter."""
_VAGUE = re.compile(r"\b(?:right|shortly|just|soon|immediately|days|weeks|not long) (?:before|after)$|\b(?:around|over|about|towards?|near|at|during|this|last|next)$")  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 5, "final": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip
_MIDDLE = 1000
"""What is added to days from Easter, so that none of them is the 0 of a number that is not told."""


def feast(hit: Hit) -> Found:
    """Give a day that is called by its feast; the time around it, where the words name no day of it."""
    name = " ".join(hit.match["name"].replace("’", "'").split())
    month, day, weekday, number, unit = *_FIXED.get(name, (0, 0)), -1, 0, ""
    if name in _NTH_OF_MONTH:
        month, weekday, number = _NTH_OF_MONTH[name]
        unit = "nth"
    elif name in _FROM_EASTER:
        month, number, unit = 4, _MIDDLE + _FROM_EASTER[name], "easter"
    start, end = hit.match.span()
    before = hit.match.string[max(0, start - 24) : start].rstrip()
    if name in _SEASONS and _VAGUE.search(before):
        is_movable = unit == "easter"
        return (DateWords(start=start, end=end, form=hit.form, year=year_of(hit.match["year"]), month=0 if is_movable else month,
                          unit="season" if is_movable else "", number=1 if is_movable else 0,
                          precision=Precision.SEASON if is_movable else Precision.PART_OF_MONTH),)  # fmt: skip
    return (DateWords(start=start, end=end, form=hit.form, year=year_of(hit.match["year"]), month=month, day=day,
                      weekday=weekday, number=number, unit=unit),)  # fmt: skip


def nth_weekday(hit: Hit) -> Found:
    """Give the first Friday of May, the last Thursday in January 2026."""
    month = hit.names.months[hit.match["mon"].rstrip(".")]
    name = hit.match["weekday"].rstrip(".")
    if not hit.flat[hit.match.start("mon")].isupper():
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year_of(hit.match["year"]), month=month,
                      weekday=hit.names.weekdays[name], number=_ORDINALS[hit.match["ordinal"]], unit="nth"),)  # fmt: skip


def edge_of_month(hit: Hit) -> Found:
    """Give the last day of February, the first day of May 2026."""
    month = hit.names.months[hit.match["mon"].rstrip(".")]
    is_last = hit.match["edge"] in ("last", "final", "very last")
    if not hit.flat[hit.match.start("mon")].isupper():
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year_of(hit.match["year"]), month=month,
                      day=0 if is_last else 1, number=_ORDINALS["last"] if is_last else 0, unit="nth" if is_last else ""),)  # fmt: skip


def movable(words: DateWords, year: int) -> date | None:
    """Give the day in some year of what falls on another each year; None where it is told otherwise, or never falls."""
    if not is_year(year):
        return None
    if words.unit == "easter":
        return _easter(year) + timedelta(days=words.number - _MIDDLE)
    first = date(year, words.month, 1)
    if words.number == _ORDINALS["last"]:
        last = last_of_month(first)
        if words.weekday < 0:
            return last
        return last - timedelta(days=(last.weekday() - words.weekday) % 7)
    found = first + timedelta(days=(words.weekday - first.weekday()) % 7 + 7 * (words.number - 1))
    return found if found.month == words.month else None


def _easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
