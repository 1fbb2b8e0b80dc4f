# SPDX-License-Identifier: Apache-2.0
"""Days that others count from: when a measure was issued, what was told last, what was told just before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating import leaning, nearing
from debar.intake.dating.context import bounds, paragraph, quoted
from debar.intake.dating.reckoning import as_day, as_month
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


FILLING = r"(?:(?:the|its|their|this|that|his|her|of|on|in|date|day|official|initial|first|federal|government|commerce|department's|agency's|original|final|new|public|us|u\.s\.) ){0,6}"

ISSUANCE = re.compile(
    rf" {{0,4}}{FILLING}(?:announcement|announcing|signing|promulgation|order|determination|directive|direction|rule|proclamation|instruction|decree|circular|warning|measure|memorandum|memo|ban|issuance|issue|issuing|notice"
    r"|(?:day|date) (?:on which|when|that) (?:it|this [a-z]{1,14}|the [a-z]{1,14}) (?:was|is) (?:made|signed|issued|announced|adopted))\b"
    r"(?! (?:is|are|becomes final|takes|took|comes|came|enters|entered|becomes|became|is effective))"
)
"""What is counted from the day on which the measure was issued or announced."""

_SELF = re.compile(
    r"\b(?:this|the present) (?:public )?(?:notice|order|directive|direction|determination|rule|final rule|proclamation|decree|regulation|circular|bulletin|memorandum|instruction)\b"
)
"""How the text of a measure speaks of itself."""


class Before(NamedTuple):
    """A value told before, and in which words."""

    value: str
    anchor: str
    start: int = -1
    """Where those words stand, if they do."""


def issuance(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the day on which the measure was issued; None where several could be meant.

    1. The one day told before in the sentence.
    2. The one day on which the paper announces something, or the last before in the paragraph of several.
    3. The day that siblings lend.
    """
    first, _ = bounds(at, words)
    here = {
        each.answer.value: words_of(each, at)
        for each in told
        if first <= each.words.start < words.start
        and as_day(each.answer.value)
        and (each.answer.role or each.words.role) is DateRole.ON
    }
    if len(here) == 1:  # 1.
        ((value, shown),) = here.items()
        return Before(value, f"{shown}, told before it")
    announced = {value: f"the announcement on {value}" for _, value in at.context.announced if as_day(value)}
    if len(announced) > 1:
        near = [value for offset, value in at.context.announced if as_day(value) and offset < words.start and paragraph(at, offset) == paragraph(at, words.start)]  # fmt: skip
        return Before(near[-1], announced[near[-1]]) if near else None
    if announced:  # 2.
        return Before(*announced.popitem())
    issued = at.context.issued
    return Before(issued, f"the announcement on {issued}") if as_day(issued) else None  # 3.


def publication_of(at: Scene, *, is_self: bool = False) -> Before | None:
    """Give the day on which a measure was published, where the paper is its text and its day is known."""
    if at.window is None or at.window[0] != at.window[1] or not (is_self or _SELF.search(at.low)):
        return None
    return Before(at.window[0].isoformat(), nearing.publication(at))


def last_told(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the last date told before of which something happened on that date, or was announced."""
    happened = [
        (each.words.start, each.answer.value, at.flat[each.words.start : each.words.end])
        for each in told
        if each.words.start < words.start
        and each.answer.value
        and each.answer.precision is not Precision.DURATION
        and (each.answer.role or each.words.role) is DateRole.ON
        and not quoted(at, each.words)
        and paragraph(at, words.start) - paragraph(at, each.words.start) <= 2
    ]
    announced = [
        (offset, value, f"the announcement in {value}")
        for offset, value in at.context.announced
        if offset < words.start
    ]
    last = max(_done(words, at, happened + announced), default=None)
    return Before(last[1], last[2]) if last else None


def _done(words: DateWords, at: Scene, among: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Leave out what lies after publication, where the words tell what was done: nothing done follows what is to come."""
    is_past = at.window is not None and leaning.lean(words, at.low, *bounds(at, words)) < 0
    if not is_past or at.window is None:
        return among
    return [each for each in among if not _is_later(each[1], at.window[1])] or among


def _is_later(value: str, day: date) -> bool:
    """Tell whether the whole of a value lies after a day; of weeks and quarters, only whether their year does."""
    first = as_day(value) or as_month(value)
    return first > day if first else value[:4] > f"{day.year:04d}"


def just_before(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the date told just before, of whatever role: "until September 29, but after that"."""
    before = [
        each
        for each in told
        if each.words.end <= words.start and each.answer.precision is not Precision.DURATION
        and paragraph(at, words.start) - paragraph(at, each.words.start) <= 3
    ]  # fmt: skip
    # What counts from a time that nobody tells stays open, and what counts from it in turn.
    if before and before[-1].words.counts in ("after", "before") and words.start - before[-1].words.end <= 1:
        before.pop()  # "Two years from that date": the date from which it counts was told before it.
    if not before or not before[-1].answer.value:
        return None
    return Before(before[-1].answer.value, words_of(before[-1], at), before[-1].words.start)


def bound_before(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the bound just told in the sentence: "new plants after May 1, 2025 and existing ones a year later" is exact."""
    first, _ = bounds(at, words)
    before = [each for each in told if first <= each.words.start < words.start and as_day(each.answer.value)][-1:]
    is_bound = bool(before) and (before[0].answer.role or before[0].words.role) in (DateRole.FROM, DateRole.AFTER, DateRole.UNTIL, DateRole.BY)  # fmt: skip
    return Before(before[0].answer.value, words_of(before[0], at)) if is_bound else None


def words_of(each: Told, at: Scene) -> str:
    """Give the words of an expression."""
    return at.flat[each.words.start : each.words.end]


def event_basis(at: Scene) -> DateBasis:
    """Give on what a value rests that counts from an announcement: lent by a sibling, or of the paper."""
    return DateBasis.SIBLING if at.context.is_sibling else DateBasis.EVENT


def precision_of(value: str, told: Sequence[Told]) -> Precision:
    """Give how exact a value of the paper is."""
    return next((each.answer.precision for each in reversed(told) if each.answer.value == value), Precision.DAY)
