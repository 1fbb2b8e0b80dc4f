# SPDX-License-Identifier: Apache-2.0
"""What stands around the rules: the history of the measures, what is said of the party, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from debar import dates
from debar.model.results import Past, Statement
from debar.model.vocab import Grade, RelationKind
from debar.obligations.because import because, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Authority, Measure, Party, Relation
    from debar.model.results import Exposure
    from debar.obligations.question import Question
    from debar.register import Register

_READS = {
    RelationKind.LISTED: "is on the list of",
    RelationKind.NOT_LISTED: "is not on the list of",
    RelationKind.DIVESTED: "was sold by",
    RelationKind.MINORITY: "is owned in part by",
    RelationKind.REBRANDER: "sells technology of",
}


_LISTS = frozenset({RelationKind.LISTED, RelationKind.NOT_LISTED, RelationKind.OFFICER})
"""Relations that tie a party to no other company."""


def history(measures: Iterable[Measure], register: Register, question: Question) -> tuple[Past, ...]:
    """Give what happened to some measures, as far as it could be known, by day."""
    found = []
    for measure in measures:
        authority = register.authorities[measure.authority]
        found += [
            Past(day=event.day, measure=measure.id, kind=event.kind, text=event.text, grade=event.grade)
            for event in measure.history
            if question.knows(event.known_from or event.day, authority)
        ]
    return tuple(sorted(found, key=lambda past: (past.day, past.measure)))


def statements(party: Party, register: Register, question: Question) -> tuple[Statement, ...]:
    """Give what the register states of a party: its ties, its listings, and what it is expressly not."""
    return tuple(
        Statement(
            text=relation.text or _read(party, relation),
            kind=relation.kind,
            to=relation.to,
            since=relation.valid_from or None,
            until=_until(relation, question),
            claims=tuple(f"{claim.by}: {claim.value} ({claim.grade})" for claim in relation.claims),
            grade=relation.grade,
            because=because(register, relation.citations),
        )
        for relation in party.relations
        if not question.known_on or (relation.known_from or relation.valid_from)[:10] <= question.known_on[:10]
    )


def brands(parties: Iterable[str], register: Register, question: Question) -> dict[str, tuple[Statement, ...]]:
    """Give, by party, whose technology it sells under a brand of its own; parties that do not are left out."""
    found = {
        id_: tuple(s for s in statements(register.parties[id_], register, question) if s.kind is RelationKind.REBRANDER)
        for id_ in sorted(parties)
    }
    return {id_: said for id_, said in found.items() if said}


def with_ties(exposures: Iterable[Exposure], register: Register, question: Question) -> Iterator[Exposure]:
    """Yield exposures with what ties their party to others on the day that their evidence is of."""
    for exposure in exposures:
        held = tuple(_ties(register.parties[exposure.party], exposure.identity.on, question))
        identity = structs.replace(exposure.identity, ties=held)
        yield structs.replace(exposure, identity=identity) if held else exposure


def ties(exposure: Exposure, register: Register, question: Question) -> Iterator[Statement]:
    """Yield what is stated of an exposure's party and holds on the day of its evidence."""
    party = register.parties.get(exposure.party)
    day = exposure.identity.on or question.as_of[:10]
    for said in statements(party, register, question) if party else ():
        has_ended = said.kind != RelationKind.DIVESTED and said.until and said.until[:10] <= day
        if said.kind not in _LISTS and (said.since or "")[:10] <= day and not has_ended:
            yield said


def _ties(party: Party, day: str, question: Question) -> Iterator[str]:
    """Yield each tie that holds on a day, and each sale that lies before it, as far as it could be known."""
    for relation in party.relations:
        known = relation.known_from or relation.valid_from
        if relation.kind in _LISTS or (question.known_on and known[:10] > question.known_on[:10]):
            continue
        since, until = relation.valid_from[:10], relation.valid_until[:10]
        if relation.kind is RelationKind.DIVESTED:
            if day >= since:
                yield f"sold by {relation.to}{f' on {since}' if since else ''}{_disputed(relation)}"
        elif day >= since and (not until or day < until):
            yield f"{relation.kind} of {relation.to}{_disputed(relation)}"


def _disputed(relation: Relation) -> str:
    """Give a remark on a tie that sources disagree on, or that nobody has verified."""
    if relation.claims:
        return " (disputed)"
    return " (unverified)" if relation.grade is Grade.UNVERIFIED else ""


def _until(relation: Relation, question: Question) -> str | None:
    """Give the end of a tie, which nobody knows of before its day."""
    if not relation.valid_until or (question.known_on and question.known_on[:10] < relation.valid_until[:10]):
        return None
    return relation.valid_until


def _read(party: Party, relation: Relation) -> str:
    reads = _READS.get(relation.kind, f"is the {relation.kind} of")
    return f"{party.name} {reads} {relation.to}."


def unknowns(measures: Iterable[Measure], register: Register, question: Question) -> tuple[str, ...]:
    """Give what is not known of some measures on the day asked about: what came after, what sources leave open."""
    found: list[str] = []
    for measure in measures:
        authority = register.authorities[measure.authority]
        if measure.seen_until and question.moment(authority) > dates.ends(measure.seen_until, authority.zone):
            found.append(
                f"{measure.id}: its newest state seen here is of {measure.seen_until}; what came later is not known"
            )
        found += _open(measure, question, authority)
    return tuple(found)


def _open(measure: Measure, question: Question, authority: Authority) -> Iterator[str]:
    for note in measure.notes:
        if not question.knows(note.known_from, authority):
            continue
        if note.claims or note.grade is Grade.UNVERIFIED:
            yield f"{measure.id}: {note.text}{side_by_side(note.claims)} ({note.grade})"
