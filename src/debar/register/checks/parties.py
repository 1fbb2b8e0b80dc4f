# SPDX-License-Identifier: Apache-2.0
"""Parties, their products, names and dated ties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import RelationKind
from debar.register.checks import names
from debar.register.checks.faults import Fault, under
from debar.register.checks.measures import BETWEEN_MEASURES
from debar.register.checks.provisions import LISTS
from debar.register.checks.sources import cited, claimed
from debar.register.checks.times import days, interval, order, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Party, Relation
    from debar.register import Register

TO_MEASURE = frozenset({RelationKind.LISTED, RelationKind.NOT_LISTED})
_COUNTRY = re.compile(r"[A-Z]{2}")
_WHOLE = 100


def party_faults(party: Party, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of a party."""
    if party.country and not _COUNTRY.fullmatch(party.country):
        yield Fault(("country",), f"{party.country!r} is no country: write its ISO 3166 code, such as CN")
    yield from cited(party.citations, register, stored)
    yield from names.twice("product", ("products",), [product.id for product in party.products])
    taken: dict[str, str] = {}
    for number, product in enumerate(party.products):
        found = list(names.form(product.id))
        if not product.categories:
            found.append(Fault(("categories",), "is of no category, so that measures about categories cannot reach it"))
        for name in (product.id, product.name, *product.aliases):
            other = taken.setdefault(name.casefold(), product.id)
            if other != product.id:
                found.append(Fault((), f"{name!r} is a name of product {other} too"))
        found += cited(product.citations, register, stored)
        yield from under(("products", number), found, f"product {product.id}")
    for number, relation in enumerate(party.relations):
        what = f"relation {relation.kind} to {relation.to}"
        found = [
            *_relation(relation, party, register),
            *cited(relation.citations, register, stored, relation.grade),
            *claimed(relation.claims, register, stored),
        ]
        if relation in party.relations[:number]:
            found.append(Fault((), "stands twice"))
        yield from under(("relations", number), found, what)
    yield from _others(party, register, stored)


def _relation(relation: Relation, party: Party, register: Register) -> Iterator[Fault]:
    if relation.kind in BETWEEN_MEASURES:
        yield Fault(("kind",), "that is a relation between measures")
    elif relation.kind in TO_MEASURE:
        yield from _listing(relation, register)
    elif relation.to not in register.parties:
        yield names.missing(("to",), "party", relation.to, register.parties)
    elif relation.to == party.id:
        yield Fault(("to",), "that is the party itself")
    if relation.share and not (re.fullmatch(r"\d+(\.\d+)?", relation.share) and float(relation.share) <= _WHOLE):
        yield Fault(("share",), f"share {relation.share!r} is no percentage")
    yield from interval(relation.valid_from, relation.valid_until, names=("valid_from", "valid_until"))
    yield from days({"known_from": relation.known_from})


def _others(party: Party, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of names that are said to be of somebody else: they are nobody's of the group, and stand once."""
    taken = {name.casefold(): said for said, one in _group(party, register) for name in _names(one)}
    for number, other in enumerate(party.unrelated):
        found = list(cited(other.citations, register, stored, other.grade))
        if not other.name.strip():
            found.append(Fault(("name",), "is no name"))
        if not other.text.strip():
            found.append(Fault(("text",), "does not say who that is"))
        if said := taken.get(other.name.casefold()):
            found.append(Fault(("name",), said))
        taken[other.name.casefold()] = "stands twice"
        yield from under(("unrelated", number), found, f"unrelated {other.name!r}")


def _group(party: Party, register: Register) -> Iterator[tuple[str, Party]]:
    """Yield the party after those that are tied to it, each with what is to be said of its names."""
    tied = {relation.to for relation in party.relations}
    for other in register.parties.values():
        if other.id in tied or any(relation.to == party.id for relation in other.relations):
            yield f"is a name of {other.id} too, and the two are tied", other
    yield "is a name of the party itself", party


def _names(party: Party) -> tuple[str, ...]:
    return (party.name, *party.legal_names, *party.aliases, *party.former_names)


def _listing(relation: Relation, register: Register) -> Iterator[Fault]:
    """Yield the faults of what says that a party is, or is not, on a list."""
    measure = register.measures.get(relation.to)
    if measure is None:
        yield names.missing(("to",), "measure", relation.to, register.measures)
        return
    if relation.kind is not RelationKind.LISTED:
        return
    if measure.instrument not in LISTS:
        yield Fault(("to",), f"{measure.id} is no list: its instrument is {measure.instrument}")
    if not relation.valid_from:
        yield Fault((), "without valid_from it would have been listed for ever")
    zone = zone_of(register.authorities.get(measure.authority))
    for fault in order((f"{measure.id} was issued on", measure.issued), ("valid_from", relation.valid_from), zone):
        yield Fault(("valid_from",), fault.said)
