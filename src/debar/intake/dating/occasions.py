# SPDX-License-Identifier: Apache-2.0
"""Days that are called by what happened on them: the day of the vote, the date of publication, the Friday before Christmas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating import named, seen
from debar.intake.dating.anchors import Before, event_basis, issuance, just_before, publication_of, words_of
from debar.intake.dating.context import Answer
from debar.intake.dating.reckoning import as_day, moved, written
from debar.model.vocab.statements import DateBasis, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


def _open(words: DateWords, why: str) -> Answer:
    return Answer("", words.precision, DateBasis.EVENT, why)


def event_day(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the day of the vote, the eve of the hearing, the week of the announcement."""
    own = named.own_event(words, at, told)
    day = as_day(own.value) if own else None
    found = moved(day, words.shift or 0, "day") if day else None
    if own is None or found is None:
        return _open(words, "an event that nobody dates")
    return Answer(written(found, words.unit), words.precision, event_basis(at), own.anchor)


def issuance_day(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the date of publication, the day it was signed."""
    start = (
        publication_of(at)
        or named.own_event(words, at, told)
        or issuance(words, at, told)
        or just_before(words, at, told)
    )
    if start is None or not as_day(start.value):
        return _open(words, "the publication, which nobody dates")
    return Answer(start.value, Precision.DAY, event_basis(at), start.anchor)


def fiscal_year(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the fiscal year after one told before; of the next one nobody can say which it is, for states begin theirs in other months."""
    before = [each for each in told if each.words.end <= words.start and each.answer.precision is Precision.FISCAL_YEAR]
    year = before[-1].answer.value[:4] if before else ""
    if words.counts != "event" or not year.isdecimal():
        return _open(words, "fiscal years begin on days of their own")
    return Answer(str(int(year) + (words.shift or 0)), words.precision, DateBasis.EVENT, words_of(before[-1], at))


def weekday_beside(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the Friday before Christmas, the Monday after the vote."""
    following = next((each for each in told if each.words.start >= words.end), None)
    start = named.event(words, at, told)
    if following and _NEXT.fullmatch(at.low, words.end, following.words.start):
        start = Before(following.answer.value, f"{words_of(following, at)}, beside it")
    day = as_day(start.value) if start else None
    if day is None or start is None:
        return _open(words, "an event that nobody dates")
    return Answer(seen.weekday(words, day, 0).isoformat(), Precision.DAY, DateBasis.EVENT, start.anchor)


_NEXT = re.compile(r" {1,4}(?:the )?")

OF_FORM = {
    "event-day": event_day,
    "fiscal-near": fiscal_year,
    "issuance-day": issuance_day,
    "weekday-beside": weekday_beside,
}
"""How the forms are worked out that name the event from which they count."""
