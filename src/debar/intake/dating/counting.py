# SPDX-License-Identifier: Apache-2.0
"""Counts of units worked out: within 30 days of, two years ago, a year later, 45 days after publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating import leaning, named, nearing
from debar.intake.dating.anchors import (
    FILLING,
    ISSUANCE,
    Before,
    bound_before,
    event_basis,
    issuance,
    just_before,
    last_told,
    publication_of,
    words_of,
)
from debar.intake.dating.context import Answer, bounds, quoted
from debar.intake.dating.quotation import in_quotation
from debar.intake.dating.reckoning import PRECISION_OF, as_day, as_month, moved, written
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


_PUBLICATION = re.compile(
    rf" {{0,4}}{FILLING}(?:publication|publishing|release|posting|date hereof|(?:date|day) of this [a-z]{{3,14}}|(?:day|date) (?:on which|when) (?:it|this [a-z]{{1,14}}|the [a-z]{{1,14}}) (?:was|is) (?:published|posted|released))\b"
)
"""What is counted from the day on which its text was published, which may be later."""

_OTHER_START = re.compile(
    r"\b(?:discover\w*|detect\w*|receipt|received?|receives|receiving|request\w*|incident|aware|respond\w*|appeal\w*|comments?|petitions?|learn\w*|identify|identifie[ds]|identifying|reconsideration|per|each|every|invoice|refund\w*)\b"
)
"""Words of a sentence whose time counts from something else than the measure."""

_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "quarter": "Q"}


def duration(words: DateWords) -> str:
    """Write a count of units: P30D, P3M, PT72H; empty where nobody says how many."""
    if not words.number:
        return ""
    if words.unit == "hour":
        return f"PT{words.number}H"
    return f"P{words.number * 3}M" if words.unit == "quarter" else f"P{words.number}{_LETTERS[words.unit]}"


def counted(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the value of a number of units, from a date beside it, publication, issuance or what was told before."""
    open_ = Answer(duration(words), Precision.DURATION, DateBasis.EVENT, "an event that nobody dates")
    if spelled := _spelled_out(words, at, told):
        return spelled
    if words.is_business:
        return open_._replace(anchor="business days")
    if words.counts == "nothing":
        return _further(words, at, told) or open_._replace(anchor="a length of time")
    if words.unit == "hour" or not words.number:
        return open_
    count = {"publication": _from_publication, "event": _from_told, "period": _within_issuance}.get(words.counts)
    return (count or _from_following)(words, at, told) or open_


def _from_publication(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give two years ago, in 100 days: as exact as the unit."""
    text = at.low[words.start : words.end]
    lean = leaning.lean(words, at.low, *bounds(at, words))
    if text.startswith("in ") and lean <= 0:
        return None
    if (
        re.match(r"(?:nearly|almost|over|more|less|about|around|some|roughly|approximately)\b", text)
        and words.unit == "year"
    ):
        return None
    if quoted(at, words):
        return in_quotation(words, at, told)
    value = nearing.agreed(at, lambda day: nearing.relative(words, day, lean))
    if beside := re.search(r" ago this (week|month)$", text):
        return _anniversary(words, at, beside.group(1))
    if text.endswith((" today", " to the day")) and at.window and at.window[0] == at.window[1]:
        resolved = _moved(words, at.window[0].isoformat())
        return Answer(*resolved, DateBasis.PUBLICATION, nearing.publication(at)) if resolved else None
    return Answer(value, PRECISION_OF[words.unit], DateBasis.PUBLICATION, nearing.publication(at)) if value else None


def _anniversary(words: DateWords, at: Scene, unit: str) -> Answer | None:
    """Give four years ago this week: the week, and no year."""

    def value(day: date) -> str:
        found = moved(day, words.number * (words.shift or 1), words.unit)
        return written(found, unit) if found else ""

    told = nearing.agreed(at, value)
    return Answer(told, PRECISION_OF[unit], DateBasis.PUBLICATION, nearing.publication(at)) if told else None


def _from_told(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give two weeks later, a year earlier: as exact as the unit, from the date told before."""
    bound = bound_before(words, at, told)
    if bound and (resolved := _moved(words, bound.value)):
        return Answer(*resolved, DateBasis.EVENT, bound.anchor)
    before = last_told(words, at, told)
    if not before or (words.unit in ("day", "week") and not as_day(before.value)):
        before = just_before(words, at, told)
    if not before:
        return None
    day = as_day(before.value) or (as_month(before.value) if words.unit in ("month", "year") else None)
    if day is None and words.unit == "year" and len(before.value) == 4:
        return Answer(
            str(int(before.value) + words.number * (words.shift or 1)), Precision.YEAR, DateBasis.EVENT, before.anchor
        )
    moved_ = moved(day, words.number * (words.shift or 1), words.unit) if day else None
    if not moved_:
        return None
    return Answer(written(moved_, words.unit), PRECISION_OF[words.unit], DateBasis.EVENT, before.anchor)


def _from_following(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give 90 days after what follows: a date, or the publication or issuance of the measure."""
    following = next((each for each in told if each.words.start >= words.end), None)
    if following and _JOINT.fullmatch(at.low, words.end, following.words.start):
        resolved = _moved(words, following.answer.value)
        if resolved:
            return Answer(*resolved, DateBasis.EVENT, f"{words_of(following, at)}, beside it", _resolved_role(words))
    if _A_UNIT.match(at.low, words.start) and _is_after_now(words, at):
        # "says that it is leaving a month after the ban was announced": what is told now is that much later.
        value = nearing.agreed(
            at, lambda day: written(found, words.unit) if (found := moved(day, -1, words.unit)) else ""
        )
        if value:
            return Answer(value, PRECISION_OF[words.unit], DateBasis.PUBLICATION, nearing.publication(at), DateRole.ON)
    if _THEN.match(at.low, words.end):
        return _from_day(words, at, just_before(words, at, told))
    if match := _PUBLICATION.match(at.low, words.end):
        own = publication_of(at, is_self="hereof" in match.group())
        is_any = bool(_NOT_YET.search(at.low, words.end, match.end() + 12))
        return _from_day(words, at, own or (None if is_any else named.event(words, at, told)))
    issued = issuance(words, at, told) if ISSUANCE.match(at.low, words.end) else None
    return _from_day(words, at, issued or named.event(words, at, told))


_NOT_YET = re.compile(r"\b(?:an?|any|each|every|final|new|future|next|such)\b")
"""In what is published, words that show that it is not yet: a final rule."""

_FURTHER = re.compile(r"\b(?:a |an )?(?:further|additional|extra|another)\b|\b(?:longer|more)\b")


def _further(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the bound told just before, put off by a length: the banks have until 31 December, their branches a further six months."""
    if words.is_business or not words.number or not _FURTHER.search(at.low, max(0, words.start - 12), words.end):
        return None
    bound = bound_before(words, at, told)
    return _from_day(words, at, bound) if bound else None


def _is_after_now(words: DateWords, at: Scene) -> bool:
    """Tell whether a month after something is that long before what is told now."""
    is_one = words.number == 1 and words.unit != "day" and words.shift == 1 and not quoted(at, words)
    is_past = leaning.lean(words, at.low, *bounds(at, words)) <= 0 and not at.low.startswith(" that ", words.end)
    return (
        is_one
        and is_past
        and not _PUBLICATION.match(at.low, words.end)
        and at.low.endswith("after", 0, words.end)
        and at.low[words.end : words.end + 1] == " "
    )


_JOINT = re.compile(
    r"[ ,]{0,4}(?:(?:the|on|its|their|of|date|day|order|publication|announcement|issuance|issue|dated|in|last|decision|ban|ruling|determination|directive|deadline)[ ,]{1,3}){0,6}(?:'s )?"
)
"""What may stand between a count and the date from which it counts."""

_THAT_IS = r"(?:that is|that means|which means|i\.e\.|ie|which is|which ends|namely|meaning|viz\.?|in other words)"

_SAID_AFTER = re.compile(
    rf"[^.;:]{{0,30}}(?:,| -| –| —| \() ?{_THAT_IS},? ?(?:(?:until|by|to|on|at|through|up to|no later than|from) )?(?:the )?|,? (?:until|ending on|ending|expiring on) (?:the )?| \((?:until|by|to|i\.e\.,?)? ?"
)
"""What stands between a count and the date that it comes to: 120 days, that is, until October 25."""

_SAID_BEFORE = re.compile(rf"(?:,| -| –| —| \() ?{_THAT_IS},? ?|,? or | \(")

_THEN = re.compile(
    r" {1,4}(?:then|that|that (?:date|day|point)|this date)(?= ?[,.;:)]| {1,4}(?:on|to|for|and|which)\b|$)"
)
"""Two years from then, a fortnight after that."""

_A_UNIT = re.compile(r"(?:just |only |about |less than |more than |over |barely |nearly |almost )?a ")


def _resolved_role(words: DateWords) -> DateRole | None:
    """Give the role of a day that 90 days after something come to: what happens then happens on it."""
    return DateRole.ON if words.role in (DateRole.AFTER, DateRole.BEFORE) else None


def _spelled_out(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
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


def _moved(words: DateWords, value: str) -> tuple[str, Precision] | None:
    """Give a value some units on, as exact as it was; None where a day is counted from a month."""
    count = words.number * (words.shift or 1)
    day, month = as_day(value), as_month(value)
    if day and (found := moved(day, count, words.unit)):
        return found.isoformat(), Precision.DAY
    if month and words.unit in ("month", "year", "quarter") and (found := moved(month, count, words.unit)):
        return written(found, "month"), Precision.MONTH
    if len(value) == 4 and value.isdecimal() and words.unit == "year":
        return str(int(value) + count), Precision.YEAR
    return None


def _within_issuance(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the day by which something is to be done, where only a time is set and it can but count from the measure."""
    first, last = bounds(at, words)
    if words.role is not DateRole.BY or quoted(at, words) or _OTHER_START.search(at.low, first, last):
        return None
    return _from_day(words, at, issuance(words, at, told))


def _from_day(words: DateWords, at: Scene, start: Before | None) -> Answer | None:
    """Give a count from a day."""
    resolved = _moved(words, start.value) if start else None
    if not resolved or start is None:
        return None
    day = as_day(resolved[0])
    if words.form == "unit-after" and words.unit != "day" and day:
        # The week after something is a week, and no day seven days on.
        return Answer(written(day, words.unit), PRECISION_OF[words.unit], event_basis(at), start.anchor)
    return Answer(*resolved, event_basis(at), start.anchor, _resolved_role(words))
