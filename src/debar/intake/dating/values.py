# SPDX-License-Identifier: Apache-2.0
"""What words of dates come to, as exactly as they are and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.dating import counting, leaning, nearing, passed, quotation, seen, succession, waves
from debar.intake.dating.context import Answer, Context, Told, bounds, paragraph, quoted, scene
from debar.intake.dating.reckoning import as_day, as_month, written
from debar.intake.dating.words import small
from debar.intake.dating.written import explicit, order
from debar.model.intake import Span, StatedDate
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.dating.context import Scene
    from debar.intake.dating.words import DateWords

__all__ = ["Context", "resolve"]

_BEGINNING = re.compile(r"\b(?:from|as of|starting|beginning|effective)(?: on)? $")
_BEHIND, _AHEAD = 60, 8
"""How many expressions before and after one it can count from."""


def resolve(found: Sequence[DateWords], flat: str, context: Context) -> tuple[StatedDate, ...]:
    """Give the value, role and basis of each expression, in the same order and number.

    What nothing tells has an empty value, or XXXX for a year that nobody tells: XXXX-07-20.

    1. What the words say by themselves.
    2. What publication, or dates beside it, imply.
    3. What is counted from another event, in the order of the text: some count from what was counted before.
    4. Once more, what follows such a date without a year of its own: a year on, in the autumn.
    5. A part of a week is the one day that the paragraph gives in it.
    """
    shown = order(found)
    outer = scene(context, flat, small(flat))
    told = [Told(words, _past(words, outer, explicit(words, shown))) if words.year else None for words in found]  # 1.
    inner = passed.passed_on(outer, [one for one in told if one])
    scenes = [passed.scene_at(words.start, outer, inner) for words in found] if inner else [outer] * len(found)
    # What was said is seen from when it was said, which stands behind the quotation: quotations come last.
    order_ = sorted(range(len(found)), key=lambda number: quoted(outer, found[number]) is not None)
    for number in order_:
        if told[number] is None and _is_near(found[number]):
            told[number] = Told(found[number], _near(found[number], scenes[number], _around(told, number)))  # 2.
    for number, words in enumerate(found):
        if told[number] is None:
            told[number] = Told(words, _counted(words, scenes[number], _around(told, number)))  # 3.
    for number, one in enumerate(told):
        if one and one.answer.basis is DateBasis.IMPLIED_YEAR and _follows_event(told, number):
            told[number] = Told(one.words, _near(one.words, scenes[number], _around(told, number)))  # 4.
    every = [one for one in told if one is not None]
    return tuple(
        _stated(words, _within(words, outer, _around(told, number), answer), flat)  # 5.
        if _is_part_of_week(words)
        else _stated(words, answer, flat)
        for number, (words, answer) in enumerate(every)
    )


def _follows_event(told: Sequence[Told | None], number: int) -> bool:
    """Tell whether one of the last dates before one was counted from another event."""
    return any(one and one.answer.basis is DateBasis.EVENT for one in told[max(0, number - _LAST) : number])


_LAST = 3
"""Dates before one, an event among which may tell its year."""


def _past(words: DateWords, at: Scene, answer: Answer) -> Answer:
    """Give the reading of 03/04/2024 that does not lie after publication, where the text looks ahead at neither."""
    if (
        answer.value
        or words.other == (0, 0)
        or at.window is None
        or leaning.lean(words, at.low, *bounds(at, words)) > 0
    ):
        return answer
    readings = [f"{words.year:04d}-{month:02d}-{day:02d}" for month, day in ((words.month, words.day), words.other)]
    past = [each for each in readings if each <= at.window[1].isoformat()]
    return (
        answer._replace(value=past[0], anchor=f"the other reading lies after {nearing.publication(at)}")
        if len(past) == 1
        else answer
    )


def _around(told: Sequence[Told | None], number: int) -> list[Told]:
    """Give what the expressions around one came to so far: those from which it can count."""
    return [one for one in told[max(0, number - _BEHIND) : number + _AHEAD] if one is not None]


def _is_near(words: DateWords) -> bool:
    """Tell whether an expression is seen from publication, and no count of units."""
    return words.precision is not Precision.DURATION and words.counts not in ("event", "fiscal")


def _near(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give what publication implies."""
    if words.form == "day-only":
        return nearing.day_only(words, at, told)
    if by_form := {"numbered-week": seen.numbered_week, "edge-of-unit": seen.edge}.get(words.form):
        return by_form(words, at)
    if words.month or (words.unit in ("quarter", "half", "season") and words.number and words.shift is None):
        return seen.of_year(words, at) if words.unit == "year" else nearing.implied_year(words, at, told)
    if words.unit in ("quarter", "half") and words.number:
        return seen.of_year(words, at)
    if quoted(at, words):
        return quotation.in_quotation(words, at, told)
    lean = leaning.lean(words, at.low, *bounds(at, words))
    if (
        words.weekday >= 0
        and words.role is DateRole.FROM
        and _BEGINNING.search(at.low, max(0, words.start - 20), words.start)
    ):
        lean = lean if lean == leaning.DONE else 1
    if words.form == "new-year" and lean < 0 and at.window and at.window[0].month <= _NEW:
        words = replace(words, shift=0)
    value = nearing.agreed(at, lambda day: seen.relative(words, day, lean))
    seen_from_now = Answer(value, words.precision, DateBasis.PUBLICATION, nearing.publication(at))
    return _of_older(words, at, told, lean) or waves.weekday(words, at, lean) or seen_from_now


_NEW = 3
"""Months for which a year is new."""
_LONG_AGO = 62
"""Days before publication from which on the end of the month is that of the story, whatever the verb tells."""
_THE_UNIT = re.compile(r"(?:the )?(?:[a-z ]{1,24} of the (?:month|week|year)|(?:month|week|year)(?:'s|[- ])[- ]?end)$")


def _of_older(words: DateWords, at: Scene, told: Sequence[Told], lean: int) -> Answer | None:
    """Give the end of the month in which what the paragraph tells happened: on 12 August ... were given until the end of the month."""
    if (
        words.form not in ("part-of-unit", "unit-end")
        or lean > 0
        or not _THE_UNIT.match(at.low, words.start, words.end)
        or at.window is None
    ):
        return None
    before = [each for each in told if each.words.end <= words.start][-1:]
    value = before[0].answer.value if before else ""
    since = as_day(value) or (as_month(value) if words.unit in ("month", "year") else None)
    if since and lean == 0 and (at.window[0] - since).days <= _LONG_AGO:
        return None
    if not since or since > at.window[1] or paragraph(at, before[0].words.start) != paragraph(at, words.start):
        return None
    return Answer(
        written(since, words.unit),
        words.precision,
        DateBasis.EVENT,
        at.flat[before[0].words.start : before[0].words.end],
    )


def _counted(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give what another event implies."""
    if words.precision is Precision.DURATION:
        return counting.counted(words, at, told)
    return succession.from_event(words, at, told)


def _is_part_of_week(words: DateWords) -> bool:
    return words.form == "part-of-unit" and words.unit == "week"


def _within(words: DateWords, at: Scene, told: Sequence[Told], answer: Answer) -> Answer:
    """Give the one day of a week that its paragraph gives for the same thing, where the words are a part of that week."""
    text = at.low[words.start : words.end]
    if not answer.value or words.counts == "event" or not ("end" in text or "later" in text):
        return answer
    days = {
        other.answer.value: at.flat[other.words.start : other.words.end]
        for other in told
        if other.words.role in (DateRole.ON, DateRole.FROM)
        and (other.words.month or other.words.weekday >= 0)
        and (day := as_day(other.answer.value))
        and written(day, "week") == answer.value
        and paragraph(at, other.words.start) == paragraph(at, words.start)
    }
    if len(days) != 1:
        return answer
    ((value, beside),) = days.items()
    return Answer(value, Precision.DAY, DateBasis.EVENT, f"{beside}, told in the same paragraph")


def _stated(words: DateWords, answer: Answer, flat: str) -> StatedDate:
    return StatedDate(
        value=answer.value,
        role=answer.role or words.role,
        precision=answer.precision,
        basis=answer.basis,
        text=flat[words.start : words.end],
        span=Span(words.start, words.end),
        anchor=answer.anchor,
    )
