# SPDX-License-Identifier: Apache-2.0
"""Measures and their provisions: references, dates, sources, and that no act is both forbidden and allowed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from debar import dates
from debar.model.measures import Citation
from debar.model.vocab import Grade, Modality, RelationKind
from debar.register.checks import names
from debar.register.checks.sources import cited
from debar.register.checks.times import days, interval, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.measures import Condition, Exemption, Interruption, Measure, Provision, Waiver
    from debar.register import Register

BETWEEN_MEASURES = frozenset(
    {
        RelationKind.BASED_ON,
        RelationKind.IMPLEMENTS,
        RelationKind.REPLACES,
        RelationKind.RENUMBERS,
        RelationKind.AMENDS,
    }
)
_FORBIDS = frozenset({Modality.PROHIBITED, Modality.LICENCE_REQUIRED})
_ALLOWS = frozenset({Modality.PERMITTED, Modality.REQUIRED})
_ANY_ZONE = "UTC"


def measure_faults(
    measure: Measure, register: Register, stored: dict[str, str], today: date
) -> Iterator[tuple[str, str]]:
    """Yield (text at the end of the line to point at, fault) for a measure and its provisions."""
    yield from (("", fault) for fault in _frame(measure, register, today))
    yield from (("", fault) for fault in _cited_facts(measure, register, stored))
    for provision in measure.provisions:
        found = (*_provision(provision, measure, register), *_cited_rules(provision, measure, register, stored))
        yield from ((f"id: {provision.id}", f"provision {provision.id}: {fault}") for fault in found)
    yield from _contradictions(measure, _zone(measure, register))


def _zone(measure: Measure, register: Register) -> str:
    authority = register.authorities.get(measure.authority)
    return authority.zone if authority else _ANY_ZONE


def _frame(measure: Measure, register: Register, today: date) -> Iterator[str]:
    authority = register.authorities.get(measure.authority)
    if authority is None:
        yield names.missing("authority", measure.authority, register.authorities)
    for document in measure.documents:
        if document not in register.documents:
            yield names.missing("document", document, register.documents)
    for relation in measure.relations:
        if relation.kind not in BETWEEN_MEASURES:
            yield f"relation {relation.kind} is one between parties; a measure has {', '.join(sorted(BETWEEN_MEASURES))}"
        # A legal basis outside the register may be named in words; an id must resolve.
        if names.ID.fullmatch(relation.to) and relation.to not in register.measures:
            yield f"relation {relation.kind}: {names.missing('measure', relation.to, register.measures)}"
    named = {"issued": measure.issued, "published": measure.published, "seen_until": measure.seen_until}
    yield from days({**named, "review.last": measure.review.last})
    yield from _freshness(measure, today)
    yield from (f"provision {fault}" for fault in names.twice(p.id for p in measure.provisions))
    own = {p.id for p in measure.provisions} | names.provisions(register)
    for waiver in measure.waivers:
        yield from (
            f"waiver {waiver.id}: {names.missing('provision', p, own)}" for p in waiver.provisions if p not in own
        )


def _freshness(measure: Measure, today: date) -> Iterator[str]:
    """Yield a fault for a review that is overdue by as much again as its period."""
    try:
        last = date.fromisoformat(measure.review.last)
    except ValueError:
        return
    if measure.review.every and today > last + timedelta(days=2 * measure.review.every):
        yield f"last reviewed on {last}, due every {measure.review.every} days: reread the sources"


def _cited_facts(measure: Measure, register: Register, stored: dict[str, str]) -> Iterator[str]:
    """Yield the faults of what a measure as a whole rests on."""
    facts: list[tuple[str, tuple[Citation, ...], Grade]] = [
        *((f"waiver {w.id}", w.citations, w.grade) for w in measure.waivers),
        *((f"interruption {i.id}", i.citations, i.grade) for i in measure.interruptions),
        *((f"history {e.day}", e.citations, e.grade) for e in measure.history),
        *((f"relation {r.kind}", r.citations, r.grade) for r in measure.relations),
    ]
    for what, citations, grade in facts:
        # A fact of a measure may rest on the measure's documents as a whole.
        rests = citations or _whole(measure)
        yield from (f"{what}: {fault}" for fault in cited(rests, grade, register, stored))
    for note in measure.notes:
        claims = [c for claim in note.claims for c in claim.citations]
        yield from _known((*note.citations, *claims), register, stored, f"note on {note.about}")
    zone = _zone(measure, register)
    parts: list[Interruption | Waiver] = [*measure.interruptions, *measure.waivers]
    for halt in parts:
        yield from (f"{halt.id}: {fault}" for fault in interval(halt.applies_from, halt.applies_until, zone))
    yield from (f"history: {fault}" for event in measure.history for fault in days({event.day: event.day}))


def _whole(measure: Measure) -> tuple[Citation, ...]:
    return tuple(Citation(document=document) for document in measure.documents)


def _known(citations: tuple[Citation, ...], register: Register, stored: dict[str, str], what: str) -> Iterator[str]:
    yield from (f"{what}: {fault}" for fault in cited(citations, Grade.UNVERIFIED, register, stored))


def _provision(provision: Provision, measure: Measure, register: Register) -> Iterator[str]:
    targets = provision.targets
    yield from (names.missing("party", p, register.parties) for p in targets.parties if p not in register.parties)
    yield from (names.missing("list", m, register.measures) for m in targets.lists if m not in register.measures)
    if not targets.parties and not targets.lists and not targets.origins:
        yield "the target names no party, no list and no origin"
    if form := names.fault_of_form(provision.id):
        yield form
    if not provision.acts or not provision.addressees:
        yield "a provision is about an act and binds somebody"
    known = names.provisions(register)
    yield from (names.missing("provision", one, known) for one in provision.restates if one not in known)
    yield from _conditions(provision)
    yield from _times(provision, measure, _zone(measure, register))


def _conditions(provision: Provision) -> Iterator[str]:
    every: list[Condition] = [*provision.conditions, *(c for e in provision.exemptions for c in e.conditions)]
    for condition in every:
        named = {"not_before": condition.not_before, "before": condition.before}
        years = {n: f"{text}-01-01" if text.isdecimal() else text for n, text in named.items()}
        yield from (f"condition {condition.id}: {fault}" for fault in days(years))
        if condition.above and (condition.not_before or condition.before):
            yield f"condition {condition.id}: a number and a date at once"
    # One id may stand in several exemptions, but then it is the same question.
    needs: dict[str, str] = {}
    for condition in every:
        if needs.setdefault(condition.id, condition.needs) != condition.needs:
            yield f"condition {condition.id}: two questions under one id"


def _times(provision: Provision, measure: Measure, zone: str) -> Iterator[str]:
    known = {"known_from": provision.known_from}
    yield from interval(provision.applies_from, provision.applies_until, zone)
    yield from days(known)
    for part in _parts(provision):
        yield from days({"known_from": part.known_from})
        yield from (f"{part.id}: {fault}" for fault in interval(part.applies_from, part.applies_until, zone))
    first = min([measure.issued, *(e.day for e in measure.history)], default="")
    if (
        first
        and not list(days({"": first, **known}))
        and dates.ends(provision.known_from, zone) < dates.begins(first, zone)
    ):
        yield f"known_from {provision.known_from} comes before the first act of the authority on {first}"


def _parts(provision: Provision) -> list[Exemption | Interruption]:
    return [*provision.exemptions, *provision.interruptions]


def _cited_rules(provision: Provision, measure: Measure, register: Register, stored: dict[str, str]) -> Iterator[str]:
    if not provision.citations:
        yield "no citation"
    yield from cited(provision.citations, provision.grade, register, stored)
    for document in sorted({c.document for c in provision.citations} - set(measure.documents)):
        yield f"document {document!r} is cited but not among the measure's documents"
    for part in _parts(provision):
        yield from (f"{part.id}: {fault}" for fault in cited(part.citations, part.grade, register, stored))
    for doubt in provision.doubts:
        claims = tuple(c for claim in doubt.claims for c in claim.citations)
        yield from _known((*doubt.citations, *claims), register, stored, f"doubt about {doubt.about}")


def _contradictions(measure: Measure, zone: str) -> Iterator[tuple[str, str]]:
    """Yield each pair of provisions that forbids and allows the same act to the same, at the same time."""
    for one, other in combinations(measure.provisions, 2):
        if {one.modality in _FORBIDS, other.modality in _FORBIDS} != {True, False}:
            continue
        allowing = one if other.modality in _FORBIDS else other
        if allowing.modality not in _ALLOWS or one.conditions or other.conditions or not _meet(one, other):
            continue
        times = ((one.applies_from, one.applies_until), (other.applies_from, other.applies_until))
        if not list(days({str(n): t for n, pair in enumerate(times) for t in pair})) and overlap(*times, zone):
            yield f"id: {other.id}", f"provision {other.id} and {one.id} forbid and allow the same act at the same time"


def _meet(one: Provision, other: Provision) -> bool:
    """Tell whether two provisions are about the same act, addressee and target; an empty line is no line."""
    mine, theirs = one.targets, other.targets
    exempt = {c for p in (one, other) for e in p.exemptions for c in e.categories}
    same = set(mine.categories) & set(theirs.categories) - exempt if mine.categories and theirs.categories else {""}
    meanings = set(mine.meanings) & set(theirs.meanings) if mine.meanings and theirs.meanings else {""}
    return bool(
        set(one.acts) & set(other.acts)
        and set(one.addressees) & set(other.addressees)
        and (
            set(mine.parties) & set(theirs.parties)
            or set(mine.lists) & set(theirs.lists)
            or set(mine.origins) & set(theirs.origins)
        )
        and same
        and meanings
    )
