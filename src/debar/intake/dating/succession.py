# SPDX-License-Identifier: Apache-2.0
"""Dates that follow another: the next day, the same week, that month, after that date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating import occasions, seen
from debar.intake.dating.anchors import (
    ISSUANCE,
    Before,
    issuance,
    just_before,
    last_told,
    precision_of,
)
from debar.intake.dating.context import Answer, bounds
from debar.intake.dating.reckoning import PRECISION_OF, as_day, as_month, is_day, moved, written
from debar.intake.dating.written import middle_month, value_of
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords


_BOUNDS = frozenset({DateRole.FROM, DateRole.AFTER, DateRole.UNTIL, DateRole.BY, DateRole.BEFORE})


def from_event(words: DateWords, at: Scene, told: Sequence[Told]) -> Answer:
    """Give the next day, the same week, that date, after that, at the time: seen from what was told before."""
    open_ = Answer("", words.precision, DateBasis.EVENT, "nothing told before it")
    if words.form in occasions.OF_FORM:
        return occasions.OF_FORM[words.form](words, at, told)
    before = _meant(words, at, told)
    if before is None or before.value.startswith(("P", "X")):
        return open_
    if words.form == "anaphora" or (words.shift == 0 and words.unit == "day"):
        return Answer(before.value, precision_of(before.value, told), DateBasis.EVENT, before.anchor)
    if words.weekday >= 0:
        day = as_day(before.value)
        return (
            Answer(seen.weekday(words, day, 0).isoformat(), Precision.DAY, DateBasis.EVENT, before.anchor)
            if day
            else open_
        )
    return _shifted(words, before, at) or open_._replace(anchor=before.anchor)


def _meant(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the date told before that is meant.

    At the time: when something was announced. That date, after that: the date just told, whatever its role.
    The same day, the next day: when something happened last; from the same day on: the date just told, for it is a bound.
    """
    text = at.low[words.start : words.end]
    if words.form == "anaphora" and ("at the time" in text or "at that" in text):
        announced = [value for offset, value in at.context.announced if offset < words.start]
        return (
            Before(announced[-1], f"the announcement in {announced[-1]}") if announced else last_told(words, at, told)
        )
    if at.low.startswith(" after ", words.end) and ISSUANCE.match(at.low, words.end + 6):
        return issuance(words, at, told)
    if (
        words.form == "anaphora"
        or words.weekday >= 0
        or text == "that day"
        or (words.shift == 0 and words.unit in ("month", "year"))
        or (words.shift == 0 and words.role in _BOUNDS)
    ):
        return just_before(words, at, told)
    before = just_before(words, at, told)
    is_beside = (
        before is not None and words.unit == "day" and as_day(before.value) and before.start >= bounds(at, words)[0]
    )
    return last_told(words, at, told) or (before if words.shift == 0 or is_beside else None)


def _shifted(words: DateWords, before: Before, at: Scene) -> Answer | None:
    """Give the next day, the following year, that month, seen from a value that may be less exact."""
    shift = words.shift or 0
    day, month, issued = as_day(before.value), as_month(before.value), as_day(at.context.issued)
    basis, anchor = DateBasis.EVENT, before.anchor
    if day is None and words.unit in ("day", "week") and issued and month and before.value == at.context.issued[:7]:
        day, anchor = issued, f"the announcement on {issued}"
        basis = DateBasis.SIBLING if at.context.is_sibling else DateBasis.EVENT
    if words.month and not words.day and not words.unit:
        told = day or month
        return Answer(_month_beside(words, told), words.precision, basis, anchor) if told else None
    if words.unit == "season":
        return _season(words, day or month, before)
    if words.form == "day-only":
        found = (
            (day or month or issued)
            if before.value[:4].isdecimal() and len(before.value) > 4 and "-" in before.value
            else None
        )
        found = moved(found.replace(day=1), shift, "month") if found else None
        value = f"{found:%Y-%m}-{words.day:02d}" if found and is_day(found.year, found.month, words.day) else ""
        return Answer(value, Precision.DAY, basis, anchor) if value else None
    if words.unit == "year" and before.value[:4].isdecimal():
        year = int(before.value[:4]) + shift
        return Answer(value_of(words, year) if words.month else str(year), words.precision, basis, anchor)
    start = day or (month if words.unit in ("month", "quarter") else None)
    found = moved(start, shift, words.unit) if start else None
    return Answer(written(found, words.unit), PRECISION_OF[words.unit], basis, anchor) if found else None


def _season(words: DateWords, told: date | None, before: Before) -> Answer | None:
    """Give the following spring, that summer: the year of the next such season after what was told, or of the one in its year."""
    year = told.year if told else int(before.value) if len(before.value) == 4 and before.value.isdecimal() else 0
    if not year:
        return None
    middle, shift = middle_month(words) if words.number else 0, words.shift or 0
    if shift > 0 and (told is None or middle <= told.month):
        year += 1
    elif shift < 0 and (told is None or middle >= told.month):
        year -= 1
    elif shift == 0 and told and middle and middle + 1 < told.month:
        return None  # "In December 2023 ... that summer": of the one year, or of the other.
    return Answer(str(year), words.precision, DateBasis.EVENT, before.anchor)


def _month_beside(words: DateWords, told: date) -> str:
    """Give the following January, the same March, the previous June, seen from a date told before."""
    if words.shift == 0:
        return value_of(words, told.year)
    is_after = (words.shift or 0) > 0
    later = words.month > told.month if is_after else words.month >= told.month
    return value_of(words, told.year + (is_after and not later) - (not is_after and later))
