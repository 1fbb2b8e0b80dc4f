# SPDX-License-Identifier: Apache-2.0
"""What is right and wrong of the statements of one paper: acts with dates, roles, polarity, and who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.statements import StatedAct
from quality.intake.naming import is_same
from quality.intake.noted import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.intake import Span, Statement
    from quality.intake.corpus import GoldFact, GoldPaper
    from quality.intake.located import Located
    from quality.intake.noted import Misses

DURATION = "P"
_LENGTH = re.compile(r"P(\d{1,6})([YMWD])")
_UNITS = {"Y": (12, "M"), "M": (1, "M"), "W": (7, "D"), "D": (1, "D")}


class Wanted(NamedTuple):
    """One act of the annotation, with where its evidence stands."""

    fact: GoldFact
    span: Span | None
    values: frozenset[str]
    """When it may be put: its date, and what the annotation takes for as right."""


class Pair(NamedTuple):
    """An act of the annotation, and the statement that tells it."""

    wanted: Wanted
    statement: Statement


def fact_marks(gold: GoldPaper, located: Located, statements: Sequence[Statement], note: Misses) -> Iterator[Mark]:
    """Mark acts with dates strictly, one to one; acts without dates by themselves; then what is said of those found."""
    every = [Wanted(fact, span, _values(gold, fact.date)) for fact, span in zip(gold.facts, located.facts, strict=True)]
    pairs, dated = _dated([one for one in every if value_of(one.fact.date)], statements, note)
    yield from dated
    loose, undated = _undated(every, statements, note)
    yield from undated
    for pair in (*pairs, *loose):
        yield from _said_of(pair, note)


def _values(gold: GoldPaper, value: str) -> frozenset[str]:
    others = (other for date in gold.dates if date.value == value for other in date.alternatives)
    return frozenset((value, *others))


def value_of(date: str) -> str:
    """Give a value that is a point in time; a time that is counted from nothing known is none."""
    return "" if date.startswith(DURATION) else date


def day_of(value: str) -> str:
    """Give a value as annotations are compared: the day of an hour, weeks in days and years in months."""
    if (span := _LENGTH.fullmatch(value)) is None:
        return value if value.startswith(DURATION) else value.partition("T")[0]
    factor, unit = _UNITS[span[2]]
    return f"{DURATION}{int(span[1]) * factor}{unit}"


def stated_value(statement: Statement) -> str:
    """Give when a statement puts its act; empty for one without a date."""
    return day_of(value_of(statement.date.value)) if statement.date else ""


def _dated(wanted: Sequence[Wanted], statements: Sequence[Statement], note: Misses) -> tuple[list[Pair], list[Mark]]:
    """Pair what is wanted with what is told, exact acts before like ones, what must be found before what may be.

    1. Each act and value counts once on both sides.
    2. What is told and left over is wrong, unless it is another way to take something that was found, or background,
       which demands nothing: annotations name some of it only.
    """
    gold = list({(one.fact.act, one.fact.date): one for one in reversed(wanted)}.values())
    told = {(one.act.value, stated_value(one)): one for one in reversed(statements) if stated_value(one)}  # 1.
    pairs: list[Pair] = []
    for optional in (False, True):
        for exact in (True, False):
            for one in [one for one in gold if one.fact.optional is optional]:
                acts = (one.fact.act,) if exact else one.fact.also
                key = next((key for act in acts for value in sorted(one.values) if (key := (act, value)) in told), None)
                if key:
                    pairs.append(Pair(one, told.pop(key)))
                    gold.remove(one)
    marks = [note.mark("act.recall", _line(one.fact), is_right=False) for one in gold if not one.fact.optional]
    must = [pair for pair in pairs if not pair.wanted.fact.optional]
    marks += [Mark(key, is_right=True) for _ in must for key in ("act.recall", "act.precision")]
    likewise = {
        (act, value)
        for pair in pairs
        for act in (pair.wanted.fact.act, *pair.wanted.fact.also)
        for value in pair.wanted.values
    }
    marks += [
        note.mark(
            "act.precision", f"told {act} {value}: {statement.date.text if statement.date else ''!r}", is_right=False
        )
        for (act, value), statement in told.items()
        if (act, value) not in likewise and act != StatedAct.BACKGROUND  # 2.
    ]
    return pairs, marks


def _undated(every: Sequence[Wanted], statements: Sequence[Statement], note: Misses) -> tuple[list[Pair], list[Mark]]:
    """Pair acts without dates with statements of that act, the nearest first."""
    pairs: list[Pair] = []
    marks: list[Mark] = []
    for one in every:
        if value_of(one.fact.date):
            continue
        acts = {one.fact.act, *one.fact.also}
        like = [statement for statement in statements if statement.act.value in acts]
        if like:
            pairs.append(Pair(one, max(like, key=lambda statement: _nearness(statement, one))))
        if not one.fact.optional:
            marks.append(note.mark("undated.recall", _line(one.fact), is_right=bool(like)))
    known = {act for one in every for act in (one.fact.act, *one.fact.also)}
    for act in dict.fromkeys(one.act.value for one in statements if not stated_value(one)):
        if act == StatedAct.BACKGROUND:
            continue
        marks.append(note.mark("undated.precision", f"told {act}", is_right=act in known))
    return pairs, marks


def _nearness(statement: Statement, wanted: Wanted) -> tuple[int, bool]:
    span = wanted.span
    shared = min(statement.span.end, span.end) - max(statement.span.start, span.start) if span else 0
    return shared, statement.polarity == wanted.fact.polarity


def _said_of(pair: Pair, note: Misses) -> Iterator[Mark]:
    """Mark role, polarity and origin of an act that was found."""
    fact, statement = pair.wanted.fact, pair.statement
    if statement.date and value_of(fact.date) and fact.role:
        right = statement.date.role.value == fact.role
        yield note.mark("role", f"{statement.date.role.value} for {fact.role}: {_line(fact)}", is_right=right)
    if statement.act.value == fact.act:
        right = statement.polarity == fact.polarity
        yield note.mark("polarity", f"{statement.polarity} for {fact.polarity}: {_line(fact)}", is_right=right)
    named = any(is_same(name, fact.said_by) for name in statement.said_by)
    told = f"{list(statement.said_by)} for {list(fact.said_by)}: {_line(fact)}"
    if fact.said_by:
        yield note.mark("origin.recall", told, is_right=named)
    if statement.said_by and fact.said_by:
        yield note.mark("origin.precision", told, is_right=named)
    elif statement.said_by:
        yield note.mark("origin.beyond", told, is_right=False)


def _line(fact: GoldFact) -> str:
    return f"{fact.act} {fact.date or '-'}: {fact.evidence[:70]!r}"
