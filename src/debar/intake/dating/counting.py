# SPDX-License-Identifier: Apache-2.0
"""Counts of units worked out: within 30 days of, two years ago, a year later, 45 days after publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.dating import leaning, named, nearing, seen
from debar.intake.dating.anchors import (
    FILLING,
    ISSUANCE,
    bound_before,
    issuance,
    just_before,
    last_told,
    publication_of,
    words_of,
)
from debar.intake.dating.context import Answer, bounds, quoted
from debar.intake.dating.quotation import in_quotation
from debar.intake.dating.reckoning import PRECISION_OF, as_day, as_month, moved, written
from debar.intake.dating.spelled import begun, spelled_out
from debar.intake.dating.steps import duration, from_day, moved_value, resolved_role
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.anchors import Before
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


def counted(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the value of a number of units, from a date beside it, publication, issuance or what was told before."""
    open_ = Answer(duration(words), Precision.DURATION, DateBasis.EVENT, "an event that nobody dates")
    if start := begun(words, at, told):
        return from_day(words, at, start) or open_
    if told_itself := spelled_out(words, at, told):
        return told_itself
    if words.is_business:
        return open_._replace(anchor="business days")
    if words.counts == "nothing":
        return _further(words, at, told) or open_._replace(anchor="a length of time")
    in_days = _in_days(words)
    return (_from(in_days, at, told) if in_days else None) or open_


_DAY = 24
"""Hours of a day: 48 hours after what happened on a day is two days on."""


def _in_days(words: DateWords) -> DateWords | None:
    """Give a count in units of the calendar: 48 hours are two days, if they go from something that is told; None for others."""
    if words.unit != "hour":
        return words if words.number else None
    is_days = words.number >= _DAY and words.number % _DAY == 0 and words.counts not in ("publication", "period")
    return replace(words, unit="day", number=words.number // _DAY) if is_days else None


def _from(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give what a count comes to from that from which its words say that it goes."""
    count = {"publication": _from_publication, "event": _from_told, "period": _within_issuance}.get(words.counts)
    return (count or _from_following)(words, at, told)


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
    value = nearing.agreed(at, lambda day: seen.relative(words, day, lean))
    if beside := re.search(r" ago this (week|month)$", text):
        return _anniversary(words, at, beside.group(1))
    if text.endswith((" today", " to the day")) and at.window and at.window[0] == at.window[1]:
        resolved = moved_value(words, at.window[0].isoformat())
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
    if _is_open(words, at, told):
        return None
    bound = bound_before(words, at, told)
    if bound and words.form == "unit-after" and words.unit != "day":
        return from_day(words, at, bound)  # The year following is a year, and no day in it.
    if bound and (resolved := moved_value(words, bound.value)):
        return Answer(*resolved, DateBasis.EVENT, bound.anchor, resolved_role(words))
    before = _told_before(words, at, told)
    return _counted_on(words, before) if before else None


def _told_before(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the date told before from which a count goes: what happened last, or the bound just told of what is to come."""
    before = last_told(words, at, told)
    near = just_before(words, at, told)
    if near and as_day(near.value) and leaning.lean(words, at.low, *bounds(at, words)) > 0:
        return near  # What may not be done a day later goes on from the bound just told, and not from what happened.
    is_too_rough = before is not None and words.unit in ("day", "week") and not as_day(before.value)
    return near if not before or is_too_rough else before


def _counted_on(words: DateWords, before: Before) -> Answer | None:
    """Give a value some units on, as exact as the unit."""
    count = words.number * (words.shift or 1)
    day = as_day(before.value) or (as_month(before.value) if words.unit in ("month", "year") else None)
    if day is None and words.unit == "year" and len(before.value) == 4:
        later = str(int(before.value) + count)
        return Answer(later, Precision.YEAR, DateBasis.EVENT, before.anchor, resolved_role(words))
    found = moved(day, count, words.unit) if day else None
    if found is None:
        return None
    value = written(found, words.unit)
    return Answer(value, PRECISION_OF[words.unit], DateBasis.EVENT, before.anchor, resolved_role(words))


def _is_open(words: DateWords, at: Scene, told: Sequence[Told]) -> bool:
    """Tell whether a count goes on from one in its sentence that nobody can place: 90 days after the final rule; sales, one year after."""
    first, _ = bounds(at, words)
    before = [each for each in told if first <= each.words.start < words.start][-1:]
    return (
        bool(before)
        and before[0].words.counts in ("after", "before")
        and before[0].answer.precision is Precision.DURATION
    )


def _from_following(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give 90 days after what follows: a date, or the publication or issuance of the measure."""
    following = next((each for each in told if each.words.start >= words.end), None)
    if following and (
        _JOINT.fullmatch(at.low, words.end, following.words.start)
        or _EVENT_OF.fullmatch(at.low, words.end, following.words.start)
        or _FORESEEN.fullmatch(at.low, words.end, following.words.start)
    ):
        resolved = moved_value(words, following.answer.value)
        if resolved:
            return Answer(*resolved, DateBasis.EVENT, f"{words_of(following, at)}, beside it", resolved_role(words))
    if deed := named.done(words, at, told):
        return from_day(words, at, deed)
    if _A_UNIT.match(at.low, words.start) and _is_after_now(words, at):
        # "says that it is leaving a month after the ban was announced": what is told now is that much later.
        value = nearing.agreed(
            at, lambda day: written(found, words.unit) if (found := moved(day, -1, words.unit)) else ""
        )
        if value:
            return Answer(value, PRECISION_OF[words.unit], DateBasis.PUBLICATION, nearing.publication(at), DateRole.ON)
    if _THEN.match(at.low, words.end):
        return from_day(words, at, just_before(words, at, told))
    if match := _PUBLICATION.match(at.low, words.end):
        own = publication_of(at, is_self="hereof" in match.group())
        is_any = bool(_NOT_YET.search(at.low, words.end, match.end() + 12))
        return from_day(words, at, own or (None if is_any else named.event(words, at, told)))
    issued = issuance(words, at, told) if ISSUANCE.match(at.low, words.end) else None
    return from_day(words, at, issued or named.event(words, at, told))


_NOT_YET = re.compile(r"\b(?:an?|any|each|every|final|new|future|next|such)\b")
"""In what is published, words that show that it is not yet: a final rule."""

_FURTHER = re.compile(r"\b(?:a |an )?(?:further|additional|extra|another)\b|\b(?:longer|more)\b")


def _further(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the bound told just before, put off by a length: the banks have until 31 December, their branches a further six months."""
    if words.is_business or not words.number or not _FURTHER.search(at.low, max(0, words.start - 12), words.end):
        return None
    bound = bound_before(words, at, told)
    return from_day(words, at, bound) if bound else None


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

_EVENT_OF = re.compile(r" (?:the|its|their|his|her|an?) (?:[a-z'’-]{2,18} ){1,5}(?:in|on|of|dated) (?:the )?")
"""The same where an event bears its date: six months after the law's adoption in May 2024."""

_FORESEEN = re.compile(
    r" {0,3}(?:the |its |their )?(?:[a-z'’-]{2,18} ){0,7}[a-z'’-]{2,18},? \(?(?:which (?:is|was) |that is |as )?(?:now |currently )?(?:expected|foreseen|planned|due|set|scheduled|envisaged|forecast|pencilled in) (?:for|on|in)(?: or about| around| about)? (?:the )?"
)
"""The same where it is to come: 36 months after its entry into force, foreseen for 1 March 2027."""

_THEN = re.compile(
    r" {1,4}(?:then|that|(?:that|this) (?:date|day|point|deadline|cut-?off|moment))(?= ?[,.;:)]| {1,4}(?:on|to|for|and|which|is|was|are|it|he|she|they|we|will|must|may|the)\b|$)"
)
"""Two years from then, a fortnight after that."""

_A_UNIT = re.compile(r"(?:just |only |about |less than |more than |over |barely |nearly |almost )?a ")


def _within_issuance(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer | None:
    """Give the day by which something is to be done, where only a time is set and it can but count from the measure."""
    first, last = bounds(at, words)
    if words.role is not DateRole.BY or quoted(at, words) or _OTHER_START.search(at.low, first, last):
        return None
    if words.unit in ("month", "year", "quarter"):
        return None  # Within one year: nobody says from which day, and a guess would be out by more than it says.
    return from_day(words, at, issuance(words, at, told))
