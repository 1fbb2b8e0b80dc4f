# SPDX-License-Identifier: Apache-2.0
"""Dates inside a quotation, which count from when it was said."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from debar.intake.dating import leaning, nearing, seen
from debar.intake.dating.context import Answer, bounds, quoted, sentence_bounds
from debar.intake.dating.reckoning import PRECISION_OF, as_day
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


_INSTRUMENT = re.compile(
    r"\b(?:determination|decision|announce\w{0,5}|action|rule|ruling|order|ban|bans|banned|measures?|listing|designation|directive|direction|restrictions?|steps?|sanctions|prohibition|notice|vote|law)\b"
)
"""In a quotation, what was done on the day of which it says today."""

_SPEAKING = re.compile(
    r"\b(?:said|says|told|stated|wrote|added|announced|declared|posted|tweeted|explained|warned|commented|communicated?|replied|responded|noted|argued|insisted|informed|confirmed|answered|remarked|conceded|admitted|promised|vowed|pledged|assured|predicted|claimed|complained|recalled|let)\b[^.;]{0,60}$"
)


def in_quotation(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the value of today or last month inside a quotation: seen from when it was said, never from publication.

    1. The paper says when: "...", she said on Tuesday.
    2. It speaks of what was announced that day, and that day is known.
    3. A whole week, month or year is the same from whichever day before publication it is seen, if it is.
    """
    quote = quoted(at, words)
    said = _said_on(words, at, told)
    lean = leaning.lean(words, at.low, *bounds(at, words))
    if said and (value := seen.relative(words, said, lean)):  # 1.
        return Answer(value, _unit_precision(words), DateBasis.QUOTE, f"when it was said, on {said}")
    issued = as_day(at.context.issued)
    if (
        quote
        and issued
        and _INSTRUMENT.search(at.low, max(quote.start, words.start - 80), min(quote.end, words.end + 80))
    ):  # 2.
        value = seen.relative(words, issued, lean)
        basis = DateBasis.SIBLING if at.context.is_sibling else DateBasis.QUOTE
        return Answer(value, _unit_precision(words), basis, f"the announcement on {issued}, of which it speaks")
    if value := _in_news(words, at, lean):  # 3.
        return Answer(value, _unit_precision(words), DateBasis.QUOTE, f"shortly before {nearing.publication(at)}")
    return Answer("", _unit_precision(words), DateBasis.QUOTE, "when it was said, which nobody tells")


_FRESH = {"week": 2, "month": 7, "quarter": 7, "year": 7, "season": 7}
"""Days up to which what is said is old when it is printed: so many before publication the unit must be the same."""


def _in_news(words: DateWords, at: Scene, lean: int) -> str:
    """Give this week, next month or last year in a quotation, where a few days before publication it is the same."""
    fresh = _FRESH.get(words.unit, 0)
    if not fresh or words.weekday >= 0 or at.window is None or _unit_precision(words) is Precision.DAY:
        return ""
    first, last = at.window[0] - timedelta(days=fresh), at.window[1]
    values = {seen.relative(words, day, lean) for day in (first, at.window[0], last)}
    return values.pop() if len(values) == 1 else ""


def _unit_precision(words: DateWords) -> Precision:
    return PRECISION_OF[words.unit] if words.precision is Precision.DURATION else words.precision


def _said_on(words: DateWords, at: Scene, told: Sequence[Told]) -> date | None:
    """Give the day on which a quotation was said, from the words around it in the sentences where it begins and ends."""
    quote = quoted(at, words)
    if quote is None:
        return None
    first = sentence_bounds(at, quote.start)[0]
    for each in told:
        day = as_day(each.answer.value)
        if not day or quoted(at, each.words) or each.words.role is not DateRole.ON:
            continue
        is_after = 0 <= each.words.start - quote.end <= 90 and _SPEAKING.search(at.low, quote.end, each.words.start)
        is_before = first <= each.words.start < quote.start and re.search(r"\b(?:said|told|stated|wrote|announced|declared)\b[^.;]{0,140}$", at.low[each.words.end : quote.start])  # fmt: skip
        if is_after or is_before:
            return day
    return None
