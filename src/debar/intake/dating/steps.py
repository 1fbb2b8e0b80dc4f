# SPDX-License-Identifier: Apache-2.0
"""Steps of a number of units: written as a duration, or taken from a day that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating.anchors import Before, event_basis
from debar.intake.dating.context import Answer
from debar.intake.dating.reckoning import PRECISION_OF, as_day, as_month, moved, written
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.dating.context import Scene
    from debar.intake.dating.expression import DateWords


_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "quarter": "Q"}


def duration(words: DateWords) -> str:
    """Write a count of units: P30D, P3M, PT72H; empty where nobody says how many."""
    if not words.number or words.form == "first-of-month":
        return ""
    if words.unit == "hour":
        return f"PT{words.number}H"
    return f"P{words.number * 3}M" if words.unit == "quarter" else f"P{words.number}{_LETTERS[words.unit]}"


def moved_value(words: DateWords, value: str) -> tuple[str, Precision] | None:
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


def from_day(words: DateWords, at: Scene, start: Before | None) -> Answer | None:
    """Give a count from a day."""
    resolved = moved_value(words, start.value) if start else None
    if not resolved or start is None:
        return None
    day = as_day(resolved[0])
    if words.form == "first-of-month" and day:
        return Answer(day.replace(day=1).isoformat(), Precision.DAY, event_basis(at), start.anchor, DateRole.FROM)
    if words.form == "unit-after" and words.unit != "day" and day and " to the " not in at.low[words.start : words.end]:
        # The week after something is a week, and no day seven days on.
        return Answer(written(day, words.unit), PRECISION_OF[words.unit], event_basis(at), start.anchor)
    return Answer(*resolved, event_basis(at), start.anchor, resolved_role(words))


def resolved_role(words: DateWords) -> DateRole | None:
    """Give the role of a day that 90 days after something come to: what happens then happens on it."""
    return DateRole.ON if words.role in (DateRole.AFTER, DateRole.BEFORE) else None
