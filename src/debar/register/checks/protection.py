# SPDX-License-Identifier: Apache-2.0
"""Protection: what is said of products that protect, of their states, and of removals can be used as it stands."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from debar.model.vocab import Operator
from debar.register.checks import names
from debar.register.checks.faults import Fault
from debar.text import fold, header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.protected import Protector, Removal, StateField
    from debar.register import Register


def protector_faults(protector: Protector, register: Register) -> Iterator[Fault]:
    """Yield what is wrong with a product that protects: one of a party that measures name would replace ill by ill."""
    yield from _referenced(protector)
    if not protector.signs:
        yield Fault(("signs",), "a product that shows no sign is never found")
    for number, sign in enumerate(protector.signs):
        at = ("signs", number)
        if sign.operator not in (Operator.EQUALS, Operator.PHRASE):
            yield Fault(
                (*at, "operator"), "products that protect are told by whole values or phrases: equals or phrase"
            )
        if not sign.patterns or not sign.examples or not all(map(fold, sign.patterns)):
            yield Fault(at, "needs at least one pattern and one example, and no empty one")
    maker = fold(protector.maker)
    for party in register.parties.values():
        if maker in (fold(name) for name in (party.name, *party.aliases, *party.legal_names)):
            yield Fault(
                ("maker",), f"{protector.maker} is the party {party.id}: its products are removed, and replace none"
            )


def state_faults(state: StateField, register: Register) -> Iterator[Fault]:
    """Yield what is wrong with a field of states: values of two meanings, or that no number can have."""
    yield from _referenced(state)
    known = [protector.id for protector in register.protectors]
    for number, id_ in enumerate(state.protectors):
        if id_ not in known:
            yield names.missing(("protectors", number), "product that protects", id_, known)
    if not state.fields or not all(map(header, state.fields)):
        yield Fault(("fields",), "names no field")
    values = [fold(value) for value in chain(state.healthy, state.unhealthy, state.stands_back)]
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Fault(("healthy",), f"the value {value!r} has two meanings")
    for value in values if state.mask else ():
        if not value.isdecimal() or int(value) & ~state.mask:
            yield Fault(("mask",), f"the value {value!r} cannot be left of a number by the mask {state.mask}")


def removal_faults(removal: Removal, register: Register) -> Iterator[Fault]:
    """Yield what is wrong with a removal: products that there are none of, that two removals name, or that wait for themselves."""
    yield from _referenced(removal)
    party = register.parties.get(removal.party)
    if party is None:
        yield names.missing(("party",), "party", removal.party, register.parties)
        return
    known = [product.id for product in party.products]
    for field in ("products", "after_here", "after_everywhere"):
        for number, product in enumerate(getattr(removal, field)):
            if product not in known:
                yield names.missing((field, number), f"product of {party.id}", product, known)
    for other in register.removals:
        shared = set(other.products) & set(removal.products)
        if (
            other.id < removal.id
            and other.party == removal.party
            and (shared or not (other.products or removal.products))
        ):
            yield Fault(("products",), f"{', '.join(sorted(shared)) or party.id} is removed by {other.id} already")
    if waits := _circle(removal, register):
        yield Fault(("products",), f"{waits} would wait for itself")
    for number, remains in enumerate(removal.remains):
        if not remains.references:
            yield Fault(("remains", number, "references"), "needs at least one reference")


def _circle(removal: Removal, register: Register) -> str:
    """Give a product of a removal that leaves only after itself, or nothing."""
    before = {
        product: {*one.after_here, *one.after_everywhere}
        for one in register.removals
        if one.party == removal.party
        for product in one.products
    }
    for product in removal.products:
        reached: set[str] = set()
        ahead = [product]
        while ahead:
            fresh = before.get(ahead.pop(), set()) - reached
            reached |= fresh
            ahead += fresh
        if product in reached:
            return product
    return ""


def _referenced(noun: Protector | StateField | Removal) -> Iterator[Fault]:
    if not noun.references:
        yield Fault(("references",), "needs at least one reference")
