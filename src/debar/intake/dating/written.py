# SPDX-License-Identifier: Apache-2.0
"""Values of dates whose words say all of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.clocks import OFFSETS
from debar.intake.dating.context import Answer
from debar.intake.dating.feasts import movable
from debar.intake.dating.reckoning import is_day, written
from debar.model.vocab.statements import DateBasis, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.intake.dating.expression import DateWords


class Order(NamedTuple):
    """What shows how dates with slashes are to be read in a paper."""

    days: frozenset[tuple[int, int, int]]
    """Days that are written out."""
    is_month_first: bool | None
    """The order of other dates with slashes; None where none is plain, or they differ."""


def order(found: Iterable[DateWords]) -> Order:
    """Give what the dates of a paper show."""
    every = list(found)
    plain = {
        each.number == each.month
        for each in every
        if each.form == "slashed" and each.other == (0, 0) and each.month != each.day
    }
    days = frozenset((each.year, each.month, each.day) for each in every if each.form != "slashed" and each.year)
    return Order(days, plain.pop() if len(plain) == 1 else None)


def explicit(words: DateWords, shown: Order) -> Answer:
    """Give the value of an expression with a year."""
    if words.other != (0, 0):
        return _ordered(words, shown)
    value = value_of(words, words.year)
    return Answer(value, words.precision if value else Precision.DAY, DateBasis.EXPLICIT, _at(words))


SEASON_MONTHS = (4, 7, 10, 1)
"""The months in the middle of spring, summer, autumn and winter; the year is all that is kept of them."""


def middle_month(words: DateWords) -> int:
    """Give the month in the middle of what words name."""
    if words.unit == "season":
        return SEASON_MONTHS[words.number - 1]
    return words.month or {"quarter": words.number * 3 - 1, "half": words.number * 6 - 3}.get(words.unit, 6)


def value_of(words: DateWords, year: int) -> str:
    """Write an expression as of some year, as exactly as its words are; empty for a 29 February that there is not."""
    if words.unit in ("nth", "easter"):
        day = movable(words, year)
        return day.isoformat() if day else ""
    if words.unit == "week" and words.number:
        return f"{year:04d}-W{words.number:02d}"
    if words.unit in ("quarter", "half"):
        return f"{year:04d}-{words.unit[0].upper()}{words.number}"
    if not words.day:
        return f"{year:04d}-{words.month:02d}" if words.month else f"{year:04d}"
    return _day(words, year) if is_day(year, words.month, words.day) else ""


def _day(words: DateWords, year: int) -> str:
    """Write a day of some year, its week, or an instant in it."""
    day = date(year, words.month, words.day)
    if words.unit == "week":
        return written(day, "week")
    return day.isoformat() + (_time(words) if words.precision is Precision.INSTANT else "")


def _time(words: DateWords) -> str:
    """Give the time of day with its offset."""
    hours, minutes = divmod(words.minutes, 60)
    offset = OFFSETS[words.zone] if words.zone in OFFSETS else _offset(words.zone)
    sign, away = ("-", -offset) if offset < 0 else ("+", offset)
    return f"T{hours:02d}:{minutes:02d}{sign}{away // 60:02d}:{away % 60:02d}"


def _offset(zone: str) -> int:
    """Give the minutes of an offset such as -04:00."""
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _at(words: DateWords) -> str:
    return f"time of day: {words.clock}" if words.clock else ""


def _ordered(words: DateWords, shown: Order) -> Answer:
    """Give the value of 03/04/2024 where another date of the paper shows the order; both readings where none does."""
    first, second = (words.year, words.month, words.day), (words.year, *words.other)
    is_first, is_second = first in shown.days, second in shown.days
    if is_first != is_second:
        chosen = first if is_first else second
        return Answer(
            date(*chosen).isoformat(), Precision.DAY, DateBasis.EXPLICIT, "the same day is written out beside"
        )
    if shown.is_month_first is not None:
        chosen = first if shown.is_month_first else second
        return Answer(date(*chosen).isoformat(), Precision.DAY, DateBasis.EXPLICIT, "in the order of the other dates of the paper")  # fmt: skip
    readings = f"{date(*first).isoformat()} or {date(*second).isoformat()}"
    return Answer("", Precision.DAY, DateBasis.EXPLICIT, readings)
