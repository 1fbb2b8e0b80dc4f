# SPDX-License-Identifier: Apache-2.0
"""The register's own parties as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.listed import ListedName, ListedParty, ListedTie, PartyList
from debar.model.vocab import Grade, RelationKind
from debar.model.vocab.names import NameKind
from debar.readers.names import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Citation, Party, Relation
    from debar.register import Register

NAME = "debar register"
_KINDS = frozenset(numbers.KINDS.values())
"""Numbers of companies; the others of the register are numbers of devices and shares."""


def from_register(register: Register) -> PartyList:
    """Give the parties of a register, in the order of their ids."""
    parties = tuple(_listed(register, party) for party in register.parties.values())
    return PartyList(name=NAME, version=register.version, parties=parties)


def _listed(register: Register, party: Party) -> ListedParty:
    names = dict.fromkeys((party.name, *party.legal_names), NameKind.NAME)
    for kind, texts in ((NameKind.ALIAS, party.aliases), (NameKind.FORMER, party.former_names)):
        for text in texts:
            names.setdefault(text, kind)
    return ListedParty(
        id=party.id,
        names=tuple(ListedName(text, kind) for text, kind in names.items()),
        country=party.country,
        is_person=party.person,
        is_listed=any(
            relation.kind is RelationKind.LISTED and not relation.valid_until for relation in party.relations
        ),
        identifiers={kind: number for kind, number in party.identifiers.items() if kind in _KINDS},
        ties=tuple(_tie(relation) for relation in party.relations if relation.to in register.parties),
        unrelated=party.unrelated,
        because=tuple(_because(register, party)),
    )


def _tie(relation: Relation) -> ListedTie:
    """Give a tie; one that sources dispute, or that nobody has verified, says so."""
    doubt = "disputed" if relation.claims else "unverified" if relation.grade is Grade.UNVERIFIED else ""
    return ListedTie(
        kind=relation.kind,
        to=relation.to,
        share=relation.share,
        valid_from=relation.valid_from,
        valid_until=relation.valid_until,
        text=": ".join(filter(None, (doubt, relation.text))),
        because=_cited(relation.citations),
    )


def _because(register: Register, party: Party) -> Iterator[str]:
    """Yield which measures list the party, or say that they do not, and then the passages about it."""
    for relation in party.relations:
        measure = register.measures.get(relation.to)
        if measure and relation.kind in (RelationKind.LISTED, RelationKind.NOT_LISTED):
            word = "listed" if relation.kind is RelationKind.LISTED else "expressly not listed"
            doubt = "disputed" if relation.claims else ""
            since = relation.valid_from and f"from {relation.valid_from}"
            until = relation.valid_until and f"until {relation.valid_until}"
            cited = _cited(relation.citations)
            yield ", ".join(filter(None, (f"{word}: {measure.title}", since, until, doubt, cited)))
    if cited := _cited(party.citations):
        yield cited


def _cited(citations: Iterable[Citation]) -> str:
    """Give the passages of citations as "document#at", apart with semicolons."""
    return "; ".join(f"{each.document}#{each.at}" if each.at else each.document for each in citations)
