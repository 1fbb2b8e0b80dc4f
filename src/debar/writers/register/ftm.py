# SPDX-License-Identifier: Apache-2.0
"""Parties, their ties and listings as FollowTheMoney entities, one JSON object a line.

A listing is a Sanction only where the list binds and nobody disputes it. What sources dispute or
nobody has verified is a link that says so, never an ownership. A party is a Person where the register
says so, a Company where it shows one (it has products, or somebody owns it), else a LegalEntity.
The topics are those of the day asked about.
"""

from __future__ import annotations

from json import dumps
from typing import IO, TYPE_CHECKING

import msgspec

from debar import dates
from debar.identity import stable_id
from debar.model.vocab import Grade, MeasureStatus, RelationKind
from debar.text import STEERING
from debar.writers.register import WITHOUT_FORCE, addresses
from debar.writers.register.topics import is_certain, topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Citation, Measure, Party, Relation
    from debar.register import Register
    from debar.writers.register import Part

Entity = dict[str, object]
_COUNTRIES = {"uk": "gb"}
"""Jurisdictions whose code is another in FollowTheMoney."""
_IDENTIFIERS = {
    "lei": "leiCode",
    "duns": "dunsCode",
    "uei": "uniqueEntityId",
    "uscc": "uscCode",
    "inn": "innCode",
    "ogrn": "ogrnCode",
    "wikidata": "wikidataId",
}
"""Identifiers that have a property of their own; the others are told in the notes."""
_OWNED = frozenset({RelationKind.SUBSIDIARY, RelationKind.MINORITY})
_UTC = "UTC"


def write(part: Part, out: IO[str]) -> None:
    """Write the parties, then their ties and listings, each line in the order of ids."""
    found = [*_parties(part), *_links(part), *_listings(part)]
    for entity in found:
        line = msgspec.json.encode(entity).decode("utf-8")
        # JSON allows these as they are, a terminal that it is printed on should not see them.
        out.write(STEERING.sub(lambda c: dumps(c.group())[1:-1], line) + "\n")


def _entity(id_: str, schema: str, properties: dict[str, Iterable[str]]) -> Entity:
    """Give an entity; values without control characters and needless blanks, each once, none empty."""
    clean = {name: list(dict.fromkeys(filter(None, map(_clean, values)))) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in clean.items() if values}}


def _clean(text: str) -> str:
    return STEERING.sub("", " ".join(text.split()))


def _id(party: str) -> str:
    return f"debar-party-{party}"


def _day(text: str, zone: str) -> str:
    """Give a date as it is, and an instant as its day in a zone."""
    return dates.begins(text, zone).astimezone(dates.zone(zone)).date().isoformat() if text else ""


# ---- parties ----------------------------------------------------------------------------------------------------------


def _parties(part: Part) -> Iterator[Entity]:
    for party in part.parties:
        yield _entity(_id(party.id), _schema(part.register, party), _party(part, party))


def _schema(register: Register, party: Party) -> str:
    if party.person:
        return "Person"
    owned = any(relation.kind in _OWNED for relation in party.relations)
    parents = (r for p in register.parties.values() for r in p.relations if r.kind is RelationKind.PARENT)
    is_company = party.products or owned or any(relation.to == party.id for relation in parents)
    return "Company" if is_company else "LegalEntity"


def _party(part: Part, party: Party) -> dict[str, Iterable[str]]:
    known = {_IDENTIFIERS[kind]: [value] for kind, value in party.identifiers.items() if kind in _IDENTIFIERS}
    others = [f"{kind}: {value}" for kind, value in party.identifiers.items() if kind not in _IDENTIFIERS]
    return {
        "name": [party.name],
        "alias": [*party.legal_names, *party.aliases],
        "previousName": party.former_names,
        "country": [party.country.lower()],
        **known,
        "topics": topics(part.register, party, part.on),
        "notes": [party.note, *others],
        "sourceUrl": addresses(part.register, party.citations),
    }


# ---- ties -------------------------------------------------------------------------------------------------------------


def _links(part: Part) -> Iterator[Entity]:
    chosen = {party.id: party for party in part.parties}
    for party in part.parties:
        for relation in party.relations:
            if relation.to in chosen:
                yield _link(part.register, party, chosen[relation.to], relation)


def _link(register: Register, party: Party, other: Party, relation: Relation) -> Entity:
    """Give a tie as what it is, or as an unknown link where it is unsure or has no schema of its own."""
    schema, ends = _ends(register, party, other, relation) if is_certain(relation) else ("UnknownLink", {})
    ends = ends or {"subject": party.id, "object": other.id}
    status = "" if is_certain(relation) else "disputed" if relation.claims else "unverified"
    properties: dict[str, Iterable[str]] = {
        **{name: [_id(id_)] for name, id_ in ends.items()},
        "role": [relation.kind],
        "status": [status],
        "percentage": [relation.share] if schema == "Ownership" else [],
        "summary": [relation.text],
        # The days of a sale are no time in which a tie held.
        **_time(relation, _UTC, is_event=relation.kind is RelationKind.DIVESTED),
        "sourceUrl": addresses(register, relation.citations),
    }
    id_ = stable_id("debar-tie", party.id, relation.kind, other.id, relation.valid_from, relation.text)
    return _entity(id_, schema, properties)


def _ends(register: Register, party: Party, other: Party, relation: Relation) -> tuple[str, dict[str, str]]:
    """Give the schema of a certain tie, and which party stands at which end of it."""
    kind = relation.kind
    if kind in _OWNED and not party.person:
        return "Ownership", {"owner": other.id, "asset": party.id}
    if kind is RelationKind.PARENT and not other.person:
        return "Ownership", {"owner": party.id, "asset": other.id}
    if kind is RelationKind.SUCCESSOR:
        return "Succession", {"predecessor": other.id, "successor": party.id}
    if kind is RelationKind.PREDECESSOR:
        return "Succession", {"predecessor": party.id, "successor": other.id}
    if kind is RelationKind.OFFICER and party.person and _schema(register, other) == "Company":
        return "Employment", {"employee": party.id, "employer": other.id}
    return "UnknownLink", {}


def _time(relation: Relation, zone: str, *, is_event: bool = False) -> dict[str, Iterable[str]]:
    since, until = _day(relation.valid_from, zone), _day(relation.valid_until, zone)
    return {"date": [since]} if is_event else {"startDate": [since], "endDate": [until]}


# ---- listings ---------------------------------------------------------------------------------------------------------


def _listings(part: Part) -> Iterator[Entity]:
    measures = {measure.id: measure for measure in part.measures if _can_list(measure)}
    for party in part.parties:
        for relation in party.relations:
            if relation.kind is RelationKind.LISTED and relation.to in measures and is_certain(relation):
                yield _listing(part.register, party, relation, measures[relation.to])


def _can_list(measure: Measure) -> bool:
    return measure.instrument not in WITHOUT_FORCE and measure.status is not MeasureStatus.DRAFT


def _listing(register: Register, party: Party, relation: Relation, measure: Measure) -> Entity:
    authority = register.authorities[measure.authority]
    time = _time(relation, authority.zone)
    cited: tuple[Citation, ...] = relation.citations
    properties: dict[str, Iterable[str]] = {
        "entity": [_id(party.id)],
        "authority": [authority.name],
        "country": [_COUNTRIES.get(measure.jurisdiction, measure.jurisdiction)],
        "program": [measure.title],
        "programId": [measure.id],
        "listingDate": time["startDate"],
        **time,
        "namesMentioned": [relation.printed_as],
        "provisions": [provision.text for provision in measure.provisions if provision.grade is not Grade.UNVERIFIED],
        "summary": [relation.text],
        "sourceUrl": addresses(register, cited),
    }
    return _entity(stable_id("debar-listing", party.id, measure.id, relation.valid_from), "Sanction", properties)
