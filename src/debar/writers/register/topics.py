# SPDX-License-Identifier: Apache-2.0
"""Which risk topics of FollowTheMoney are true of a party on a day, by what binding law says of it by name.

sanction        it is designated under a sanctions programme
export.control  exports to it are prohibited, or need a licence
debarment       a public body must not buy from it, whatever the product; a ban on some of its
                products is none

Named means by its own name or as one on a list, on that day, and neither disputed nor unverified.
What is suspended on that day does not count, and what is merely not enforced does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.model.vocab import Act, AddresseeKind, Grade, Instrument, RelationKind, Status
from debar.register.standing import does, piece_at, pieces, reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from debar.model.measures import Authority, Measure, Party, Provision, Relation
    from debar.register import Register

_FORBIDS = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED})
_PUBLIC = frozenset({
    AddresseeKind.FEDERAL_AGENCY, AddresseeKind.DEFENCE_BODY, AddresseeKind.INTELLIGENCE_BODY, AddresseeKind.STATE_BODY,
    AddresseeKind.LOCAL_AUTHORITY, AddresseeKind.PURCHASING_BODY,
})  # fmt: skip


def topics(register: Register, party: Party, on: str) -> list[str]:
    """Give the topics that are true of a party on a day, in order."""
    return sorted(set(_topics(register, party, on)))


def _topics(register: Register, party: Party, on: str) -> Iterator[str]:
    for measure, provision, authority in reviewed(register):
        if does(measure, provision) not in _FORBIDS or not _stands(measure, provision, authority, on):
            continue
        if not _names(provision, party, authority, on):
            continue
        if measure.instrument is Instrument.DESIGNATION:
            yield "sanction"
        if Act.EXPORT in provision.acts:
            yield "export.control"
        if Act.ACQUIRE in provision.acts and _PUBLIC & set(provision.addressees) and _is_about_every_product(provision):
            yield "debarment"


def _stands(measure: Measure, provision: Provision, authority: Authority, on: str) -> bool:
    """Tell whether a provision is in force on a day and not suspended."""
    if provision.grade is Grade.UNVERIFIED:
        return False
    piece = piece_at(pieces(measure, provision, authority.zone), dates.ends(on, authority.zone))
    return piece is not None and not piece.is_suspended


def _names(provision: Provision, party: Party, authority: Authority, on: str) -> bool:
    """Tell whether a provision is about a party by name, or because it stands on a list on that day."""
    if party.id in provision.targets.parties:
        return True
    at = dates.ends(on, authority.zone)
    return any(
        relation.to in provision.targets.lists and is_certain(relation) and _holds(relation, authority.zone, at)
        for relation in party.relations
        if relation.kind is RelationKind.LISTED
    )


def is_certain(relation: Relation) -> bool:
    """Tell whether somebody has seen what a relation says, and nobody disputes it."""
    return not relation.claims and relation.grade is not Grade.UNVERIFIED


def _holds(relation: Relation, zone: str, at: datetime) -> bool:
    begun = not relation.valid_from or dates.begins(relation.valid_from, zone) <= at
    return begun and (not relation.valid_until or at < dates.begins(relation.valid_until, zone))


def _is_about_every_product(provision: Provision) -> bool:
    return not provision.targets.categories and not provision.targets.meanings
