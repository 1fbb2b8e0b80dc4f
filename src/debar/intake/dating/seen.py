# SPDX-License-Identifier: Apache-2.0
"""Values seen from one day: on Tuesday, last month, next spring, week 12, the last day of next month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from debar.intake.dating.context import Answer
from debar.intake.dating.nearing import agreed, publication, unknown
from debar.intake.dating.reckoning import moved, written
from debar.intake.dating.written import SEASON_MONTHS, value_of
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.dating.context import Scene
    from debar.intake.dating.expression import DateWords


def numbered_week(words: DateWords, at: Scene) -> Answer:
    """Give a week by its number alone: of this or next year if so said, else the nearest to publication."""

    def week(near: date) -> str:
        years = [near.year + words.shift] if words.shift is not None else [near.year - 1, near.year, near.year + 1]
        mondays = [date.fromisocalendar(year, words.number, 1) for year in years if words.number <= _weeks(year)]
        found = min(mondays, key=lambda day: abs((day - near).days), default=None)
        return written(found, "week") if found else ""

    return Answer(agreed(at, week), Precision.WEEK, DateBasis.IMPLIED_YEAR, f"nearest to {publication(at)}")


def _weeks(year: int) -> int:
    """Give how many weeks a year has: the day four days before its end lies in the last."""
    return date(year, 12, 28).isocalendar().week


def edge(words: DateWords, at: Scene) -> Answer:
    """Give the first or last day of this week, next month, last year."""

    def day(near: date) -> str:
        start = {"week": near - timedelta(days=near.weekday()), "month": near.replace(day=1)}.get(words.unit, date(near.year, 1, 1))  # fmt: skip
        first, after = (moved(start, (words.shift or 0) + later, words.unit) for later in (0, 1))
        found = first if words.number == 1 else after and after - timedelta(days=1)
        return found.isoformat() if found else ""

    return Answer(agreed(at, day), Precision.DAY, DateBasis.PUBLICATION, publication(at))


def of_year(words: DateWords, at: Scene) -> Answer:
    """Give the value of June of last year, the third quarter of this year."""
    value = agreed(at, lambda day: value_of(words, day.year + (words.shift or 0)))
    return Answer(value or unknown(words), words.precision, DateBasis.PUBLICATION, publication(at))


def weekday(words: DateWords, base: date, lean: int) -> date:
    """Give the day of the week that is meant, seen from a day: the last one, or the next if the words look ahead."""
    behind = (base.weekday() - words.weekday) % 7
    if words.unit == "week" and words.shift is not None:
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=words.shift)
        return monday + timedelta(days=words.weekday)
    if words.shift == 0:
        return base - timedelta(days=base.weekday() - words.weekday)
    more = timedelta(weeks=max(words.number - 1, 0))
    if words.is_most_recent:
        return base - timedelta(days=behind or 7) - more
    if words.is_coming:
        return base + timedelta(days=(7 - behind) if behind else 7) + more
    # "were given until Friday": the time that was given ends later, whenever it was given.
    is_ahead = (
        lean > 0
        or words.role is DateRole.UNTIL
        or (lean == 0 and words.role in (DateRole.BY, DateRole.UNTIL, DateRole.BEFORE))
    )
    return base + timedelta(days=-behind % 7) if is_ahead else base - timedelta(days=behind)


def relative(words: DateWords, base: date, lean: int) -> str:
    """Give the value of today, on Tuesday, last month, two years ago, seen from a day."""
    if words.weekday >= 0:
        return weekday(words, base, lean).isoformat()
    count = (words.number or 1) * (words.shift or 0) if words.precision is Precision.DURATION else (words.shift or 0)
    if words.unit == "season":
        return _season(words, base)
    day = moved(base, count, words.unit)
    return written(day, words.unit) if day else ""


def _season(words: DateWords, base: date) -> str:
    """Give the year of the last, this or the next such season; of one that has no name, that of the day."""
    shift = words.shift or 0
    if not words.number:
        return f"{base.year + shift}"
    month = SEASON_MONTHS[words.number - 1]
    if shift < 0:
        return f"{base.year if month + 1 < base.month else base.year - 1}"
    return f"{base.year + (shift > 0 and month - 1 <= base.month)}"
