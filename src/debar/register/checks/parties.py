# SPDX-License-Identifier: Apache-2.0
"""Parties, their dated ties, their identifiers, and the calendars of authorities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.holidays import WEEKDAYS, days_off
from debar.model.vocab import Grade, Operator, RelationKind
from debar.register.checks import names
from debar.register.checks.measures import BETWEEN_MEASURES
from debar.register.checks.sources import cited
from debar.register.checks.times import days, interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Indicator
    from debar.model.measures import Calendar, Party, Relation
    from debar.register import Register

_LEVEL_CAP = {Grade.PRIMARY: 5, Grade.SECONDARY: 5, Grade.UNVERIFIED: 2}
_TO_MEASURE = frozenset({RelationKind.LISTED, RelationKind.NOT_LISTED})
_SOME_YEAR = 2024
_WHOLE = 100


def party_faults(party: Party, register: Register, stored: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (text at the end of the line to point at, fault) for a party."""
    yield from (("", f"product {fault}") for fault in names.twice(p.id for p in party.products))
    yield from (("", fault) for fault in cited(party.citations, Grade.UNVERIFIED, register, stored))
    for product in party.products:
        found = cited(product.citations, Grade.UNVERIFIED, register, stored)
        yield from ((f"id: {product.id}", f"product {product.id}: {fault}") for fault in found)
    for relation in party.relations:
        faults = (*_relation(relation, register), *cited(relation.citations, relation.grade, register, stored))
        yield from ((f"to: {relation.to}", f"relation {relation.kind} to {relation.to}: {fault}") for fault in faults)


def _relation(relation: Relation, register: Register) -> Iterator[str]:
    if relation.kind in BETWEEN_MEASURES:
        yield "that is a relation between measures"
    elif relation.kind in _TO_MEASURE:
        if relation.to not in register.measures:
            yield names.missing("measure", relation.to, register.measures)
    elif relation.to not in register.parties:
        yield names.missing("party", relation.to, register.parties)
    if relation.share and not (re.fullmatch(r"\d+(\.\d+)?", relation.share) and float(relation.share) <= _WHOLE):
        yield f"share {relation.share!r} is no percentage"
    yield from interval(relation.valid_from, relation.valid_until, names=("valid_from", "valid_until"))
    yield from days({"known_from": relation.known_from})


def calendar_faults(calendar: Calendar, register: Register, stored: dict[str, str]) -> Iterator[str]:
    """Yield the faults of a calendar: a day that does not exist, a citation that leads nowhere."""
    yield from cited(calendar.citations, Grade.UNVERIFIED, register, stored)
    for holiday in calendar.holidays:
        if holiday.weekday and holiday.weekday not in WEEKDAYS:
            yield f"{holiday.name}: {holiday.weekday!r} is no weekday"
        if bool(holiday.weekday) == bool(holiday.day) or bool(holiday.weekday) != bool(holiday.nth):
            yield f"{holiday.name}: give either a day, or a weekday with its number in the month"
            return
    try:
        days_off(calendar, _SOME_YEAR)
    except ValueError as e:
        yield str(e)


def indicator_faults(indicator: Indicator, register: Register) -> Iterator[str]:
    """Yield what can be told of an indicator without matching it."""
    party = register.parties.get(indicator.party)
    if party is None:
        yield names.missing("party", indicator.party, register.parties)
    elif indicator.product and indicator.product not in (known := [p.id for p in party.products]):
        yield names.missing(f"product of {party.id}", indicator.product, known)
    if not 1 <= indicator.level <= _LEVEL_CAP[indicator.grade]:
        yield f"level {indicator.level} is not allowed for a fact graded {indicator.grade}"
    if not indicator.examples or not indicator.patterns or not indicator.references:
        yield "needs at least one pattern, one example and one reference"
    if indicator.operator is Operator.REGEX:
        for pattern in indicator.patterns:
            try:
                re.compile(pattern)
            except re.error as e:
                yield f"pattern {pattern!r} is no regular expression: {e}"
    elif any(not pattern.strip() for pattern in indicator.patterns):
        yield "an empty pattern fits everything"
    yield from days({"valid_from": indicator.valid_from, "valid_until": indicator.valid_until})
