# SPDX-License-Identifier: Apache-2.0
"""The time of which a paragraph tells: dates without a year in an older story follow what was told before them.

September 2017 ... in December; autumn 2019 ... by spring; in December 2023 ... were to be off by March.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from debar.intake.dating import leaning
from debar.intake.dating.context import Answer, bounds, paragraph, quoted
from debar.intake.dating.numerals import number
from debar.intake.dating.reckoning import as_day, as_month, is_day, is_year
from debar.intake.dating.roles import is_range
from debar.intake.dating.written import middle_month, value_of
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords

_OLDER = leaning.FARTHEST // 2
"""Days before publication from which on what a paragraph tells is an older story."""
_SOON = 120
"""Days after a date of an older story within which even what looks ahead is part of it: the auction set for 10 November."""
_YEAR = 366
_THEN = re.compile(r"\b(?:(?:was|were) (?:to|due|meant|supposed|set|expected|scheduled|given|told|ordered|obliged)|had (?:to|until|till)|would)\b")  # fmt: skip
"""What was still to come when it was told: users were to be off by March."""
_NOW = re.compile(
    r"\b(?:now|meanwhile|today|current|latest|recent|recently|this (?:time|week|month|year)|(?:has|have) (?:since|now|been)|ever since)\b|\bsince[;,]"
)
"""Words with which a story comes back to the present."""
_AFTER = ", told before it"
"""End of the anchor of a date that follows another, and which others follow in turn."""
_QUARTER = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}


def older(words: DateWords, at: Scene, told: Sequence[Told], lean: int) -> Answer | None:
    """Give the value in an older story that the paragraph tells; None where it tells none."""
    if at.window is None or words.shift is not None or words.is_coming:
        return None
    before = _before(words, at, told)
    since = _began(before) if before else None
    if before is None or since is None or (at.window[0] - since).days <= _OLDER:
        return None
    if later := _LATER.match(at.low, words.end):
        return _years_on(
            words, since.year + (number(later[1]) if later[2] == "later" else -number(later[1])), before, at
        )
    first, _ = bounds(at, words)
    is_same = first <= before.words.start
    if _NOW.search(at.low, first, words.start):
        return None
    was_to_come = bool(_THEN.search(at.low, max(first, words.start - 90), words.start))
    if lean > 0 and not (is_same or was_to_come):
        return None
    most = _YEAR if lean <= 0 or was_to_come else _SOON
    found = _following(words, since, at.window[1], most)
    beside = at.flat[before.words.start : before.words.end]
    return Answer(found, words.precision, DateBasis.IMPLIED_YEAR, f"the next after {beside}{_AFTER}") if found else None


def _years_on(words: DateWords, year: int, before: Told, at: Scene) -> Answer | None:
    """Give May two years later."""
    value = value_of(words, year) if is_year(year) else ""
    beside = at.flat[before.words.start : before.words.end]
    return Answer(value, words.precision, DateBasis.EVENT, beside) if value else None


_LATER = re.compile(r",? (one|two|three|four|five|six|seven|ten|[1-9]|1[0-9]) years? (later|earlier)\b")


def _before(words: DateWords, at: Scene, told: Sequence[Told]) -> Told | None:
    """Give the last date told before in the paragraph, if its year is told or follows from one that is."""
    for each in reversed(told):
        if each.words.start >= words.start or each.answer.precision is Precision.DURATION:
            continue
        if paragraph(at, each.words.start) != paragraph(at, words.start):
            return None
        if quoted(at, each.words) != quoted(at, words) or _is_ahead(each, at):
            continue
        is_placed = each.words.year or each.answer.anchor.endswith(_AFTER) or each.answer.basis is DateBasis.EVENT
        return each if is_placed else None
    return None


def _is_ahead(each: Told, at: Scene) -> bool:
    """Tell whether a date lies after publication: an older story goes on past the deadline that it mentions."""
    return at.window is not None and each.answer.value[:4] > f"{at.window[1].year:04d}"


def _began(before: Told) -> date | None:
    """Give the first day of what was told before; of a season the middle, for its year is all that is kept of it."""
    value = before.answer.value
    if before.words.unit == "season" and before.words.number and value[:4].isdecimal():
        return date(int(value[:4]), middle_month(before.words), 1)
    if value[5:] in _QUARTER:
        return date(int(value[:4]), _QUARTER[value[5:]], 1)
    if before.answer.basis is DateBasis.EVENT and len(value) == len("2024") and value.isdecimal():
        return date(int(value), 1, 1)  # A year on, in the autumn.
    return as_day(value) or as_month(value)


def _following(words: DateWords, since: date, until: date, most: int) -> str:
    """Give the first such time from the month of a day on; empty where it lies too far after it, or after another day."""
    month = middle_month(words)
    for year in (since.year, since.year + 1):
        if not is_day(year, month, words.day or 1):
            continue
        day = date(year, month, words.day or 1)
        if since.replace(day=1) <= day <= until and (day - since).days <= most:
            return value_of(words, year)
    return ""


def range_end(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the end of a time of which the beginning was told just before: from May through July."""
    before = next((each for each in reversed(told) if each.words.start < words.start), None)
    if before is None or words.role is not DateRole.UNTIL or before.words.role is not DateRole.FROM or not words.month:
        return None
    since = _began(before)
    if since is None or not is_range(at.low[before.words.end : words.start], DateRole.FROM, ""):
        return None
    found = _following(words, since, date(since.year + 1, 12, 31), _YEAR) if since.year < date.max.year else ""
    beside = at.flat[before.words.start : before.words.end]
    return Answer(found, words.precision, DateBasis.IMPLIED_YEAR, f"the next after {beside}{_AFTER}") if found else None
