# SPDX-License-Identifier: Apache-2.0
"""Everything in the register that has a day, as one list: what begins, ends, falls due, or happened.

Each change has two clocks: `at`, when it takes effect, and `known_from`, when the public could know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.vocab import Change, Grade, Halt, RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Authority, Exemption, Interruption, Measure, Party, Provision, Relation, Waiver
    from debar.register import Register

_UTC = "UTC"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that changes on a day."""

    at: str
    """Instant in UTC."""
    zone: str
    """Where its authority sits; in its zone the instant has its day."""
    change: Change
    known_from: str
    measure: str
    """Empty for a tie between parties."""
    provision: str
    """measure#provision, or empty for what is about a whole measure or a party."""
    part: str
    """Id of the exemption, waiver or interruption; the party of a listing or tie."""
    text: str
    grade: Grade
    is_renumbering: bool = False
    """The provision only restates another: nothing new is demanded."""


def chronicle(register: Register) -> list[Entry]:
    """Give every dated change of the register, by instant, measure, provision and kind."""
    found: list[Entry] = []
    for measure in register.measures.values():
        authority = register.authorities[measure.authority]
        for provision in measure.provisions:
            found += _provision(measure, provision, register)
        found += _measure(measure, authority)
    for party in register.parties.values():
        for relation in party.relations:
            found += _relation(party, relation, register)
    return sorted(found, key=lambda e: (dates.key(e.at), e.measure, e.provision, e.part, e.change))


def _provision(measure: Measure, provision: Provision, register: Register) -> Iterator[Entry]:
    authority = register.authorities[measure.authority]

    def entry(day: str, change: Change, text: str, *, part: str = "", known: str = "", grade: Grade) -> Entry:
        return Entry(
            at=dates.stamp(dates.begins(day, authority.zone)),
            zone=authority.zone,
            change=change,
            known_from=max(known or provision.known_from, provision.known_from),
            measure=measure.id,
            provision=f"{measure.id}#{provision.id}",
            part=part,
            text=text,
            grade=grade,
            is_renumbering=bool(provision.restates),
        )

    yield entry(provision.applies_from, Change.BEGINS, provision.text, grade=provision.grade)
    if provision.applies_until:
        known = provision.until_known_from
        yield entry(provision.applies_until, Change.ENDS, provision.text, known=known, grade=provision.grade)
    if provision.deadline and dates.is_date(provision.deadline.after):
        duty = provision.deadline
        last = dates.due(duty.after, duty.amount, duty.unit, authority.zone, register.days_off(authority))
        yield entry(dates.stamp(last), Change.DUE, provision.text, grade=provision.grade)
    parts: list[Exemption | Interruption] = [*provision.exemptions, *provision.interruptions]
    for part in parts:
        begins, ends = edges(part)
        if part.applies_from:
            yield entry(part.applies_from, begins, part.text, part=part.id, known=part.known_from, grade=part.grade)
        if part.applies_until:
            yield entry(part.applies_until, ends, part.text, part=part.id, known=part.known_from, grade=part.grade)


def edges(part: Exemption | Interruption | Waiver) -> tuple[Change, Change]:
    """Give what the beginning and the end of a part of a measure are called."""
    kind = getattr(part, "kind", None)
    if kind is Halt.NON_ENFORCEMENT:
        return Change.NOT_ENFORCED, Change.ENFORCED
    if kind is not None:
        return Change.HALTED, Change.RETURNS
    return Change.EXEMPT, Change.EXEMPT_ENDS


def _measure(measure: Measure, authority: Authority) -> Iterator[Entry]:
    def entry(day: str, change: Change, text: str, *, part: str = "", known: str = "", grade: Grade) -> Entry:
        return Entry(
            at=dates.stamp(dates.begins(day, authority.zone)),
            zone=authority.zone,
            change=change,
            known_from=known or day,
            measure=measure.id,
            provision="",
            part=part,
            text=text,
            grade=grade,
        )

    parts: Iterable[Interruption | Waiver] = (*measure.interruptions, *measure.waivers)
    for part in parts:
        begins, ends = edges(part)
        known = part.known_from or part.applies_from
        yield entry(part.applies_from, begins, part.text, part=part.id, known=known, grade=part.grade)
        if part.applies_until:
            yield entry(part.applies_until, ends, part.text, part=part.id, known=known, grade=part.grade)
    for event in measure.history:
        yield entry(event.day, Change.EVENT, event.text, part=event.kind, known=event.known_from, grade=event.grade)


def _relation(party: Party, relation: Relation, register: Register) -> Iterator[Entry]:
    listed = relation.kind is RelationKind.LISTED
    measure = register.measures.get(relation.to) if listed else None
    zone = register.authorities[measure.authority].zone if measure else _UTC
    words = relation.text or f"{party.name}: {relation.kind} of {relation.to}"

    def entry(day: str, change: Change) -> Entry:
        return Entry(
            at=dates.stamp(dates.begins(day, zone)),
            zone=zone,
            change=change,
            known_from=relation.known_from or day,
            measure=relation.to if listed else "",
            provision="",
            part=party.id,
            text=words,
            grade=Grade.UNVERIFIED if relation.claims else relation.grade,
        )

    if relation.valid_from:
        yield entry(relation.valid_from, Change.LISTED if listed else Change.TIED)
    if relation.valid_until:
        yield entry(relation.valid_until, Change.DELISTED if listed else Change.UNTIED)
