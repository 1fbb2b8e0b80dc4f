# SPDX-License-Identifier: Apache-2.0
"""Nouns of protection: which products protect a machine, what they say of themselves, and what removal leaves behind."""

from __future__ import annotations

from debar.model.inventory import Sign
from debar.model.measures.sources import Noun
from debar.model.vocab import Grade


class Protector(Noun, frozen=True, kw_only=True):
    """A product that protects an endpoint, of whatever maker, and how inventories call it."""

    id: str
    name: str
    maker: str
    signs: tuple[Sign, ...]
    stands_back: str = ""
    """Why it does not protect beside another product, and what must happen before it does."""
    grade: Grade
    references: tuple[str, ...]
    note: str = ""


class StateField(Noun, frozen=True, kw_only=True):
    """What the values of a field mean that says how a protection product is."""

    id: str
    fields: tuple[str, ...]
    """Names of the field, compared without case, spaces and punctuation."""
    protectors: tuple[str, ...] = ()
    """Ids of the products of which it is asked; empty for all."""
    healthy: tuple[str, ...] = ()
    unhealthy: tuple[str, ...] = ()
    stands_back: tuple[str, ...] = ()
    """Values of a product that is there and leaves the work to another."""
    mask: int = 0
    """Bits of a number that are compared, where the field is one."""
    is_enough: bool = False
    """A healthy value says that the product is at work; of others that only something of it is in order."""
    text: str
    """What the field says, in a sentence."""
    grade: Grade
    references: tuple[str, ...]


class Remains(Noun, frozen=True, kw_only=True):
    """One thing that the removal of a product may leave behind."""

    kind: str
    """service, driver, certificate, task, folder, registry key, package, profile, agent or server."""
    look: str
    """What to look for, and where."""
    grade: Grade
    references: tuple[str, ...]


class Removal(Noun, frozen=True, kw_only=True):
    """What the removal of some products of a party takes: what goes before, how, and what may be left."""

    id: str
    party: str
    products: tuple[str, ...]
    """Ids of products of the party; empty for all that no other removal names."""
    protects: bool | None = None
    """Whether the machine is bare without it; where it is not said, the categories of the product tell."""
    after_here: tuple[str, ...] = ()
    """Products that leave the same machine first, because this one removes them."""
    after_everywhere: tuple[str, ...] = ()
    """Products that leave every machine first, because this one manages them."""
    how: str
    """How it is removed, in a sentence or two."""
    remains: tuple[Remains, ...] = ()
    grade: Grade
    references: tuple[str, ...]
