# SPDX-License-Identifier: Apache-2.0
"""Values of dates that are counted from publication: a year that nobody states, today, on Tuesday, last month.

A paper whose publication is known only as a window gives a value only if every day of the window gives the same.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from debar.intake.dating import clock, leaning
from debar.intake.dating.context import Answer, bounds, paragraph
from debar.intake.dating.reckoning import as_day, as_month, is_day, moved, years_around
from debar.intake.dating.written import middle_month, value_of
from debar.model.vocab.statements import DateBasis, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords

_SOON = 120
"""Days from the month of a date told before up to which a day without month is of it."""


def agreed(at: Scene, value: Callable[[date], str]) -> str:
    """Give what every day on which the paper may have been published gives; empty where they differ."""
    if at.window is None:
        return ""
    first, last = value(at.window[0]), value(at.window[1])
    return first if first == last else ""


def publication(at: Scene) -> str:
    """Name the publication from which something is counted."""
    if at.window is None:
        return "publication, whose day is not known"
    first, last = at.window
    if at.sent:
        return f"{at.sent} of {first}, which the paper holds"
    return f"publication on {first}" if first == last else f"publication between {first} and {last}"


def implied_year(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the value of a day, month, quarter or season without a year.

    1. A time that began goes on to its end; an older story told in the same paragraph goes on: September 2017 ... in December.
    2. The nearest to publication, on the side to which the verb looks.
    3. Without publication: what siblings lend, or the full dates of the paper if all of them give the same year.
    """
    lean = leaning.lean(words, at.low, *bounds(at, words))
    older = clock.range_end(words, at, told) or clock.older(words, at, told, lean)
    if older:  # 1.
        return older
    if at.window:  # 2.
        value = agreed(at, lambda day: _nearest(words, day, lean))
        return Answer(value or unknown(words), words.precision, DateBasis.IMPLIED_YEAR, f"nearest to {publication(at)}")
    return _without_publication(words, at, told, lean)  # 3.


def _without_publication(words: DateWords, at: Scene, told: Sequence[Told], lean: int) -> Answer:
    """Give what siblings lend, else what the full dates of the paper agree on, or those of its paragraph."""
    context = at.context
    issued = as_day(context.issued) if context.is_sibling else None
    if issued and (value := _nearest(words, issued, lean)):
        return Answer(value, words.precision, DateBasis.SIBLING, f"nearest to the announcement on {issued}")
    if context.year and (value := value_of(words, context.year)):
        lent = f"{context.year}, the year of other papers of the story"
        return Answer(value, words.precision, DateBasis.SIBLING, lent)
    beside = {each.answer.value: each for each in told if each.words.year and each.words.month}
    here = {
        value: each for value, each in beside.items() if paragraph(at, each.words.start) == paragraph(at, words.start)
    }
    for among in (beside, here):
        values: dict[str, str] = {}
        for given, each in among.items():
            if day := as_day(given) or as_month(given):
                values.setdefault(_nearest(words, day, lean), at.flat[each.words.start : each.words.end])
        if len(values) == 1 and "" not in values:
            ((value, shown),) = values.items()
            return Answer(value, words.precision, DateBasis.IMPLIED_YEAR, f"nearest to {shown}, beside it")
    return Answer(unknown(words), words.precision, DateBasis.IMPLIED_YEAR, "no year is told")


def unknown(words: DateWords) -> str:
    """Write a day or month of a year that nobody tells."""
    if words.unit in ("quarter", "half", "season", "week", "nth", "easter") or not words.month:
        return ""
    return f"XXXX-{words.month:02d}" + (f"-{words.day:02d}" if words.day else "")


def _nearest(words: DateWords, near: date, lean: int) -> str:
    """Give the value nearest to a day; empty where none is near."""
    if (words.is_most_recent or words.is_coming) and not words.day:
        return _directed(words, near)
    if words.month and words.day:
        if words.is_coming:
            return next(
                (value_of(words, each.year) for each in years_around(near, words.month, words.day) if each > near), ""
            )
        if words.is_most_recent:
            behind = [each for each in years_around(near, words.month, words.day) if each < near]
            return value_of(words, behind[-1].year) if behind else ""
        found = leaning.nearest_day(near, words, lean)
        return value_of(words, found.year) if found else ""
    length = {"quarter": 3, "half": 6}.get(words.unit, 1)
    first = (words.number - 1) * length + 1 if length > 1 else middle_month(words)
    found = leaning.nearest_month(near, first, lean * 2 if lean == 1 and length > 1 else lean, length)
    return value_of(words, found.year) if found else ""


def day_only(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give a day of the month: the first such after the date told before in its paragraph, else the nearest to publication."""
    if words.shift is not None:
        value = agreed(
            at,
            lambda day: (
                _in_month(words, found) if (found := moved(day.replace(day=1), words.shift or 0, "month")) else ""
            ),
        )
        return Answer(value, Precision.DAY, DateBasis.PUBLICATION, publication(at))
    before = [each for each in told if each.words.start < words.start][-1:]
    since = as_day(before[0].answer.value) or as_month(before[0].answer.value) if before else None
    if (
        since
        and before
        and paragraph(at, before[0].words.start) == paragraph(at, words.start)
        and words.day >= since.day
    ):
        beside = at.flat[before[0].words.start : before[0].words.end]
        value = _in_month(words, since)
        return Answer(value, Precision.DAY, DateBasis.EVENT, f"the month of {beside}, told before it")
    if since and at.window and abs((at.window[0] - since).days) > _SOON // 2:
        return Answer("", Precision.DAY, DateBasis.EVENT, "a month of an older story")
    lean = leaning.lean(words, at.low, *bounds(at, words))
    value = agreed(at, lambda day: _nearest_in_month(words, day, lean))
    return Answer(value, Precision.DAY, DateBasis.PUBLICATION, f"nearest to {publication(at)}")


def _in_month(words: DateWords, month: date) -> str:
    """Give a day of a month; empty where the month has none such."""
    return month.replace(day=words.day).isoformat() if is_day(month.year, month.month, words.day) else ""


def _nearest_in_month(words: DateWords, near: date, lean: int) -> str:
    """Give the day of this month or of that before or after it, on the side to which the verb looks."""
    months = [found for count in (-1, 0, 1) if (found := moved(near.replace(day=1), count, "month"))]
    days = [date.fromisoformat(value) for month in months if (value := _in_month(words, month))]
    fitting = [day for day in days if (day - near).days * lean >= 0] or days
    return min(fitting, key=lambda day: abs((day - near).days)).isoformat() if fitting else ""


def _directed(words: DateWords, near: date) -> str:
    """Give the last such month before a day, or the next after it: last October, next June."""
    month = middle_month(words)
    if words.is_most_recent:
        return value_of(words, near.year if month < near.month else near.year - 1)
    return value_of(words, near.year if month > near.month else near.year + 1)
