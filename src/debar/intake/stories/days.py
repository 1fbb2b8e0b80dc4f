# SPDX-License-Identifier: Apache-2.0
"""What days a stated date can mean, and from which day on a statement makes things different.

A date of reduced precision is an interval of days. Two statements agree as long as their intervals meet: a month
contradicts no day in it. What a role does to a day stands in `turn`, as numbered steps.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from debar.intake import hours
from debar.model.vocab.statements import DateRole, Precision, StatedAct

if TYPE_CHECKING:
    from debar.model.intake import Published, StatedDate, Statement

_DAY = timedelta(days=1)
_VALUE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d)(?:T.{1,40})?)?|W(\d\d)|Q([1-4])|H([12])))?")
_PARTS = (
    (re.compile(r"\b(?:early|beginning|start|first half)\b"), (1, 10)),
    (re.compile(r"\b(?:mid|middle)\b"), (10, 20)),
    (re.compile(r"\b(?:late|end|closing|second half)\b"), (21, 31)),
)
"""What parts of a month are usually taken for; an "end" is late too."""


class Reach(NamedTuple):
    """The days that a date can mean, both included."""

    first: date
    last: date

    def meets(self, other: Reach) -> bool:
        """Tell whether some day is in both."""
        return self.first <= other.last and other.first <= self.last

    def days(self) -> int:
        """Give how many days it holds."""
        return (self.last - self.first).days + 1

    def apart(self, other: Reach) -> int:
        """Give how many days lie between the two; 0 where they meet."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


class Side(StrEnum):
    """What changes on a day."""

    BEGINS = "begins"
    """A ban or a rule begins; what was allowed ends."""
    ENDS = "ends"
    """A ban or a rule ends; something is allowed again."""
    STARTS = "starts"
    """A process starts: a wind-down, a removal."""
    OVER = "over"
    """A process is over, a duty must have been done."""
    HAPPENS = "happens"
    """An event, on its day."""


class Turn(NamedTuple):
    """The first day that is different, according to one statement."""

    side: Side
    at: Reach
    raw: Reach
    """The days of the date itself, whatever its role."""


_PROCESSES = frozenset(
    {
        StatedAct.SUPPLIER_EXIT,
        StatedAct.SUPPLIER_LAYOFF,
        StatedAct.SUPPLIER_STOP_SALES,
        StatedAct.REQUIRE_REMOVE,
        StatedAct.REQUIRE_REPLACE,
        StatedAct.REQUIRE_BLOCK,
        StatedAct.REQUIRE_REPORT,
        StatedAct.REQUIRE_CERTIFY,
        StatedAct.COMPLY_DEADLINE,
    }
)
_RULES = frozenset({StatedAct.EFFECTIVE, StatedAct.SUPPLIER_STOP_UPDATES, StatedAct.PROHIBIT})
_LASTING = frozenset({StatedAct.EXTEND, StatedAct.EXEMPT})
"""What happens on a day, or lasts to one."""
_STARTING = re.compile(r"\b(?:start|begin|began|commenc|gradual|wind(?:s|ing)?[ -]down|phas)")
"""Words by which a process starts on a day that "on" or "by" gives; without them it is over then."""
_DEADLINE = re.compile(r"\bbefore (?:the|a|that|this)\b[^.;]{0,30}\bdeadline\b")
_TO = re.compile(r"\b(?:to|until|till|through)(?: the)? $")
_ENDING = frozenset({DateRole.BEFORE, DateRole.BY})
"""Roles of the end of what is allowed; a ban begins then."""
_HAPPENING = frozenset({DateRole.ON, DateRole.FROM})


def reach(stated: StatedDate) -> Reach | None:
    """Give the days that a date can mean; None where nobody can tell its year, and for a length of time."""
    parsed = _VALUE.fullmatch(stated.value)
    if parsed is None or stated.precision is Precision.DURATION:
        return None
    year, month, day, week, quarter, half = (int(part) if part else 0 for part in parsed.groups())
    try:
        if week:
            monday = date.fromisocalendar(year, week, 1)
            return Reach(monday, monday + 6 * _DAY)
        if day:
            return Reach(date(year, month, day), date(year, month, day))
        if month:
            return _month(stated, year, month)
        return _year(stated.precision, year, quarter, half)
    except (ValueError, OverflowError):
        return None


def _year(precision: Precision, year: int, quarter: int, half: int) -> Reach:
    """Give a year, or the part of it that is named.

    Fiscal years begin between July of the year before and April of the year itself; models are sold a year ahead.
    """
    if precision is Precision.FISCAL_YEAR:
        return Reach(date(year - 1, 7, 1), date(year + 1, 6, 30))
    if precision is Precision.MODEL_YEAR:
        return Reach(date(year - 1, 1, 1), date(year, 12, 31))
    months = 3 if quarter else 6 if half else 12
    start = months * ((quarter or half or 1) - 1) + 1
    return Reach(date(year, start, 1), _last(year, start + months - 1))


def published(when: Published) -> Reach | None:
    """Give the days in which a paper may have been published; None where nothing tells."""
    ends = [span for text in (when.value, when.earliest, when.latest) if (span := _span(text))]
    return Reach(min(one.first for one in ends), max(one.last for one in ends)) if ends else None


def _span(text: str) -> Reach | None:
    """Give the days of an ISO day, month or year."""
    try:
        parts = [int(part) for part in text[:10].split("-")]
        first = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    last = first if len(parts) == 3 else _last(first.year, first.month if len(parts) == 2 else 12)
    return Reach(first, last)


def _month(stated: StatedDate, year: int, month: int) -> Reach:
    """Give a month, or the part of it that the words name."""
    last = _last(year, month)
    if stated.precision is Precision.PART_OF_MONTH:
        words = stated.text.casefold()
        for pattern, (start, end) in _PARTS:
            if pattern.search(words):
                return Reach(date(year, month, start), min(date(year, month, min(end, last.day)), last))
    return Reach(date(year, month, 1), last)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def turn(statement: Statement, passage: str) -> Turn | None:
    """Give the first day that is different; the passage, in small letters, tells whether a process starts or is over.

    1. On a day and from a day on: that day. From or on a month: some day of it. What is over on a day may be so at its
       beginning or its end.
    2. After a day: the one after it.
    3. By a day or until it: the one after it. By a month: a day of it, or the one after it.
    4. Before a day: that day, since it is the first on which things must be different. Before a deadline is by it.
    5. An hour decides whatever the role: until the first instant of a day, and from it on, are one boundary.
    """
    stated = statement.date
    if stated is None or (raw := reach(stated)) is None or (side := _side(statement, stated.role, passage)) is None:
        return None
    try:
        if side is not Side.HAPPENS and (hour := hours.days(stated)):  # 5.
            at = Reach(raw.first + hour.least * _DAY, raw.first + hour.most * _DAY)
        elif stated.role in _HAPPENING:  # 1.
            at = Reach(raw.first, raw.last + _DAY) if side is Side.OVER else raw
        elif stated.role is DateRole.AFTER:  # 2.
            at = Reach(raw.last + _DAY, raw.last + _DAY)
        elif stated.role is DateRole.BEFORE and not _DEADLINE.search(passage):  # 4.
            at = Reach(raw.first, raw.first)
        else:  # 3.
            at = Reach(raw.first + _DAY if raw.first == raw.last else raw.first, raw.last + _DAY)
    except OverflowError:
        return None
    return Turn(side, at, raw)


def _side(statement: Statement, role: DateRole, passage: str) -> Side | None:
    """Give what changes on the day of a statement; None where a role only bounds an event."""
    act = statement.act
    if act in _LASTING and (role not in _HAPPENING or _is_new_end(statement, passage)):
        return Side.OVER
    allows = act.startswith("permit.") != (statement.polarity == "denied")
    if act in _PROCESSES:
        is_start = role is DateRole.FROM or (role is DateRole.ON and bool(_STARTING.search(passage)))
        return Side.STARTS if is_start else Side.OVER
    if act in _RULES or act.startswith(("prohibit.", "permit.")):
        is_end = role is DateRole.UNTIL or (allows and role in _ENDING)
        return Side.BEGINS if allows == is_end else Side.ENDS
    return Side.HAPPENS if role in _HAPPENING else None


def _is_new_end(statement: Statement, passage: str) -> bool:
    """Tell whether something lasts to a date, which is then its end and not the day on which that was decided."""
    text = " ".join(statement.date.text.casefold().split()) if statement.date else ""
    before, found, _ = passage.partition(text)
    return bool(found and text and _TO.search(before))


def worded(stated: StatedDate) -> str:
    """Give a date with its role as a reading to compare: "from 2024-07-20"."""
    part = stated.text if stated.precision is Precision.PART_OF_MONTH else ""
    hour = f" {stated.clock}" if stated.clock else ""
    return f"{stated.role} {stated.value}{hour}" + (f' ("{" ".join(part.split())}")' if part else "")
