# SPDX-License-Identifier: Apache-2.0
"""Who is there: authorities with their calendars, parties with their products and ties."""

from __future__ import annotations

import msgspec

from debar.model.measures.sources import Citation, Claim, Noun
from debar.model.vocab import Category, Grade, RelationKind


class Authority(Noun, frozen=True, kw_only=True):
    """Who made a measure."""

    id: str
    name: str
    short: str
    jurisdiction: str
    zone: str
    """IANA time zone in which its bare dates are read."""
    calendar: str = ""
    """Id of the calendar of its holidays; empty when none is recorded, then only weekends are no business days."""


class Holiday(Noun, frozen=True, kw_only=True):
    """A day that recurs every year and is no business day: a fixed date, or the nth weekday of a month."""

    name: str
    month: int
    day: int = 0
    """Of the month; 0 for a holiday given by weekday."""
    weekday: str = ""
    """monday ... sunday."""
    nth: int = 0
    """1 is the first such weekday of the month, -1 the last."""
    first_year: int = 0
    last_year: int = 9999


class Calendar(Noun, frozen=True, kw_only=True):
    """The holidays that an authority's business days leave out."""

    id: str
    name: str
    jurisdiction: str
    holidays: tuple[Holiday, ...]
    observed: str = ""
    """"nearest-weekday": kept on Friday when it falls on a Saturday, on Monday when on a Sunday; empty: on its day."""
    note: str = ""
    citations: tuple[Citation, ...] = ()


class Relation(Noun, frozen=True, kw_only=True):
    """A dated tie to another party or measure."""

    kind: RelationKind
    to: str
    text: str = ""
    share: str = ""
    """How much of it the other owns, in percent, where known."""
    printed_as: str = ""
    """The name as a list prints it."""
    valid_from: str = ""
    valid_until: str = ""
    """First instant at which it no longer holds."""
    known_from: str = ""
    """When the public could first know it, if not when it began."""
    claims: tuple[Claim, ...] = ()
    """Sources that disagree on whether it holds in this interval; it then yields a question only."""
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class VersionPair(Noun, frozen=True, kw_only=True):
    """One build of a product under its two version numbers."""

    sold: str
    """As uninstall entries, purchases and the maker's site call it."""
    inside: str
    """As its files, drivers and services call it."""
    reference: str
    """Where both numbers stand together."""


class Product(Noun, frozen=True, kw_only=True):
    """A product line of a party."""

    id: str
    name: str
    categories: tuple[Category, ...]
    aliases: tuple[str, ...] = ()
    embedded: bool = False
    """It exists to be built into others' products: an engine or SDK."""
    versions: tuple[VersionPair, ...] = ()
    """Builds whose files carry another version number than the one they are sold under."""
    note: str = ""
    citations: tuple[Citation, ...] = ()


class Unrelated(Noun, frozen=True, kw_only=True):
    """Somebody whose name is like the party's, and who is somebody else."""

    name: str
    """The whole of it, as it stands on invoices: a part of it could be the party's."""
    text: str
    """Who that is."""
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class Party(Noun, frozen=True, kw_only=True):
    """The designated supplier, or any organisation or person that a measure names."""

    id: str
    name: str
    country: str = ""
    person: bool = False
    legal_names: tuple[str, ...] = ()
    """Full names of the companies of the group, as they stand on invoices and certificates."""
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    identifiers: dict[str, str] = msgspec.field(default_factory=dict)
    products: tuple[Product, ...] = ()
    relations: tuple[Relation, ...] = ()
    unrelated: tuple[Unrelated, ...] = ()
    """Others of a like name, which a ledger could hold."""
    blind_spots: tuple[str, ...] = ()
    """Where its technology hides from the usual evidence."""
    note: str = ""
    citations: tuple[Citation, ...] = ()
