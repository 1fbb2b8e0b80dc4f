# SPDX-License-Identifier: Apache-2.0
"""Counts of which the text itself tells the end or the beginning: 120 days, that is, until October 25."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating.anchors import Before, words_of
from debar.intake.dating.context import Answer
from debar.intake.dating.reckoning import as_day
from debar.model.vocab.statements import DateBasis, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


_THAT_IS = r"(?:that is|that means|which means|i\.e\.|ie|which is|which ends|namely|meaning|viz\.?|in other words)"

_SAID_AFTER = re.compile(
    rf"[^.;:]{{0,30}}(?:,| -| –| —| \() ?{_THAT_IS},? ?(?:(?:until|by|to|on|at|through|up to|no later than|from) )?(?:the )?|,? (?:until|ending on|ending|expiring on) (?:the )?| \((?:until|by|to|i\.e\.,?)? ?"
)
"""What stands between a count and the date that it comes to: 120 days, that is, until October 25."""

_SAID_BEFORE = re.compile(rf"(?:,| -| –| —| \() ?{_THAT_IS},? ?|,? or | \(")


def spelled_out(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the date that the text itself says a count comes to, before it or after."""
    for each in told:
        if not each.answer.value or each.answer.precision is Precision.DURATION:
            continue
        if each.words.end <= words.start and words.start - each.words.end <= 24:
            is_said = _SAID_BEFORE.fullmatch(at.low, each.words.end, words.start)
        elif 0 <= each.words.start - words.end <= 70:
            is_said = _SAID_AFTER.fullmatch(at.low, words.end, each.words.start)
        else:
            continue
        if is_said:
            return Answer(each.answer.value, each.answer.precision, DateBasis.EVENT, f"{words_of(each, at)}, beside it")
    return None


_OF_A_DATE = re.compile(
    r" {0,3}(?:(?:the|its|their|this|of) ){0,3}(?:[a-z]{3,14} ){0,3}(?:date|day|deadline|cut-?off)(?:,? which (?:is|was|falls on|fell on)| \(|, (?:that is|i\.e\.|namely),?) {0,2}(?:on )?(?:the )?"
)
"""What stands between a count and the date from which it counts: within 90 days of the effective date, which is 1 July."""


def begun(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the date from which a count goes, where the text adds it to the name of that day; None where it adds none."""
    if words.counts not in ("after", "before"):
        return None
    for each in told:
        if 0 <= each.words.start - words.end <= 70 and as_day(each.answer.value):
            is_said = _OF_A_DATE.fullmatch(at.low, words.end, each.words.start)
            return Before(each.answer.value, f"{words_of(each, at)}, beside it") if is_said else None
    return None
