# SPDX-License-Identifier: Apache-2.0
"""A measure as a whole: its frame, its relations and history, its waivers, and what they rest on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from debar import dates
from debar.model.measures import Citation
from debar.model.vocab import Halt, Instrument, MeasureStatus, Modality, RelationKind
from debar.register.checks import names
from debar.register.checks.contradictions import BINDS, contradictions, restated
from debar.register.checks.faults import Fault, under
from debar.register.checks.provisions import conditions, known_late, provision_faults
from debar.register.checks.sources import cited, claimed
from debar.register.checks.times import days, interval, is_day, order, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.measures import Exemption, Interruption, Measure, Provision, Waiver
    from debar.model.vocab import Grade
    from debar.register import Register
    from debar.register.shape import Where

BETWEEN_MEASURES = frozenset(
    {
        RelationKind.BASED_ON,
        RelationKind.IMPLEMENTS,
        RelationKind.REPLACES,
        RelationKind.RENUMBERS,
        RelationKind.AMENDS,
    }
)
_CHANGES = frozenset({RelationKind.REPLACES, RelationKind.RENUMBERS, RelationKind.AMENDS})
_ADVISE = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION})
_LONGEST = 3660
"""Days between two reviews: ten years."""


def measure_faults(
    measure: Measure, register: Register, stored: Mapping[str, str], every: Mapping[str, Provision]
) -> Iterator[Fault]:
    """Yield the faults of a measure and its provisions; `every` are all provisions as measure#provision."""
    zone = zone_of(register.authorities.get(measure.authority))
    first = min((day for day in (measure.issued, *(e.day for e in measure.history)) if is_day(day)), default="")
    yield from _frame(measure, register, zone)
    yield from _relations(measure, register, stored)
    yield from _history(measure, register, stored)
    yield from _notes(measure, register, stored)
    yield from _interruptions(measure, register, stored, zone, first)
    yield from _waivers(measure, register, stored, zone, first, every)
    yield from _own_ids(measure)
    for number, provision in enumerate(measure.provisions):
        found = provision_faults(provision, measure, register, stored, zone, first)
        yield from under(("provisions", number), found, f"provision {provision.id}")
    yield from _by_instrument(measure)
    yield from contradictions(measure, zone)
    yield from restated(measure, every)


def freshness(measure: Measure, today: date) -> Iterator[Fault]:
    """Yield the faults that come with time: a review overdue by as much again as its period, and dates to come."""
    try:
        last = date.fromisoformat(measure.review.last)
    except ValueError:
        return
    if last > today:
        yield Fault(("review", "last"), f"review.last {last} lies in the future")
    period = measure.review.every
    if 0 < period <= _LONGEST and today > last + timedelta(days=2 * period):
        yield Fault(("review", "last"), f"last reviewed on {last}, due every {period} days: reread the sources")


def _frame(measure: Measure, register: Register, zone: str) -> Iterator[Fault]:
    authority = register.authorities.get(measure.authority)
    if authority is None:
        yield names.missing(("authority",), "authority", measure.authority, register.authorities)
    elif authority.jurisdiction != measure.jurisdiction:
        said = f"jurisdiction {measure.jurisdiction}, but its authority {authority.id} is of {authority.jurisdiction}"
        yield Fault(("jurisdiction",), said)
    yield from names.references(("documents",), "document", measure.documents, register.documents)
    yield from names.twice("provision", ("provisions",), [p.id for p in measure.provisions])
    named = {"issued": measure.issued, "published": measure.published, "seen_until": measure.seen_until}
    yield from days({**named, "review.last": measure.review.last})
    if not dates.is_date(measure.review.last):
        yield Fault(("review", "last"), "review.last: a day without a time")
    yield from order(("issued", measure.issued), ("published", measure.published), zone)
    yield from order(("issued", measure.issued), ("seen_until", measure.seen_until), zone)
    if not 0 <= measure.review.every <= _LONGEST:
        yield Fault(("review", "every"), f"review.every: {measure.review.every} is not from 0 to {_LONGEST} days")


def _by_instrument(measure: Measure) -> Iterator[Fault]:
    """Yield the faults of a measure that does what its instrument cannot do, or is over while something of it bites."""
    for number, provision in enumerate(measure.provisions):
        if measure.instrument in _ADVISE and provision.modality not in (Modality.ADVISED, Modality.PERMITTED):
            said = f"provision {provision.id}: {measure.instrument} can only advise, not make {provision.modality}"
            yield Fault(("provisions", number, "modality"), said)
        if measure.status is MeasureStatus.ENDED and provision.modality in BINDS and not _has_end(provision, measure):
            said = f"the measure is ended, but provision {provision.id} has no applies_until"
            yield Fault(("provisions", number), said)
    if measure.instrument is not Instrument.PROPOSAL:
        return
    for number, relation in enumerate(measure.relations):
        if relation.kind in _CHANGES:
            yield Fault(("relations", number, "kind"), f"a proposal {relation.kind} nothing: it has no effect yet")
    for field in ("waivers", "interruptions"):
        if getattr(measure, field):
            yield Fault((field,), f"a proposal has no {field}: it has no effect yet")


def _has_end(provision: Provision, measure: Measure) -> bool:
    """Tell whether a provision ends, or was stopped for good."""
    halts = (*provision.interruptions, *measure.interruptions)
    stopped = any(halt.kind is not Halt.NON_ENFORCEMENT and not halt.applies_until for halt in halts)
    return bool(provision.applies_until) or stopped


def _relations(measure: Measure, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    for number, relation in enumerate(measure.relations):
        found = list(_cited(relation.citations, relation.grade, measure, register, stored))
        if relation.kind not in BETWEEN_MEASURES:
            known = ", ".join(sorted(BETWEEN_MEASURES))
            found.append(Fault(("kind",), f"that is one between parties; a measure has {known}"))
        # A legal basis outside the register may be named in words; an id must resolve.
        elif names.ID.fullmatch(relation.to) and relation.to not in register.measures:
            found.append(names.missing(("to",), "measure", relation.to, register.measures))
        yield from under(("relations", number), found, f"relation {relation.kind}")


def _history(measure: Measure, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    for number, event in enumerate(measure.history):
        found = (
            *days({"day": event.day, "known_from": event.known_from}),
            *_cited(event.citations, event.grade, measure, register, stored),
        )
        yield from under(("history", number), found, f"history {event.day}")


def _notes(measure: Measure, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    for number, note in enumerate(measure.notes):
        found = (*cited(note.citations, register, stored), *claimed(note.claims, register, stored))
        yield from under(("notes", number), found, f"note on {note.about}")


def _interruptions(
    measure: Measure, register: Register, stored: Mapping[str, str], zone: str, first: str
) -> Iterator[Fault]:
    for number, halt in enumerate(measure.interruptions):
        found = (
            *names.form(halt.id),
            *interval(halt.applies_from, halt.applies_until, zone),
            *days({"known_from": halt.known_from}),
            *known_late(halt.known_from, first, zone),
            *_cited(halt.citations, halt.grade, measure, register, stored),
        )
        yield from under(("interruptions", number), found, f"interruption {halt.id}")


def _waivers(
    measure: Measure,
    register: Register,
    stored: Mapping[str, str],
    zone: str,
    first: str,
    every: Mapping[str, Provision],
) -> Iterator[Fault]:
    own = {provision.id for provision in measure.provisions} | set(every)
    for number, waiver in enumerate(measure.waivers):
        found = (
            *names.form(waiver.id),
            *names.references(("provisions",), "provision", waiver.provisions, own),
            *_granted(waiver, register),
            *conditions(waiver.conditions),
            *interval(waiver.applies_from, waiver.applies_until, zone),
            *days({"known_from": waiver.known_from}),
            *known_late(waiver.known_from, first, zone),
            *_cited(waiver.citations, waiver.grade, measure, register, stored),
        )
        yield from under(("waivers", number), found, f"waiver {waiver.id}")


def _granted(waiver: Waiver, register: Register) -> Iterator[Fault]:
    """Yield the fault of an authority that is none; somebody who is no authority of the register is named in words."""
    by = waiver.granted_by
    if "-" in by and names.ID.fullmatch(by) and by not in register.authorities:
        yield names.missing(("granted_by",), "authority", by, register.authorities)


def _own_ids(measure: Measure) -> Iterator[Fault]:
    """Yield a fault for each id within a measure that names two things.

    The same exemption or interruption may stand in several provisions, in the same words.
    """
    groups: list[tuple[Where, str, Sequence[Exemption | Interruption | Waiver]]] = [
        *((("provisions", n, "exemptions"), "exemption", p.exemptions) for n, p in enumerate(measure.provisions)),
        *(
            (("provisions", n, "interruptions"), "interruption", p.interruptions)
            for n, p in enumerate(measure.provisions)
        ),
        (("interruptions",), "interruption", measure.interruptions),
        (("waivers",), "waiver", measure.waivers),
    ]
    seen: dict[str, tuple[str, str]] = {}
    for at, what, parts in groups:
        yield from names.twice(what, at, [part.id for part in parts])
        for number, part in enumerate(parts):
            if seen.setdefault(part.id, (what, part.text)) != (what, part.text):
                said = f"{what} {part.id!r}: the id stands for something else in this measure too"
                yield Fault((*at, number, "id"), said)


def _cited(
    citations: tuple[Citation, ...], grade: Grade, measure: Measure, register: Register, stored: Mapping[str, str]
) -> Iterator[Fault]:
    """Yield the faults of what a fact of a measure rests on: its own citations, or the measure's documents as a whole."""
    if citations:
        yield from cited(citations, register, stored, grade)
        return
    whole = (Citation(document=document) for document in measure.documents if document in register.documents)
    yield from cited(whole, register, stored, grade)
