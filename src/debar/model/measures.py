# SPDX-License-Identifier: Apache-2.0
"""Nouns of the law: who orders what of whom, since when, and which passage says so."""

from __future__ import annotations

import msgspec

from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Effect,
    Grade,
    Instrument,
    Meaning,
    MeasureStatus,
    Modality,
)


class Noun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every noun of the register: frozen, keyword-only, refuses unknown fields."""


class Citation(Noun, frozen=True, kw_only=True):
    """A passage that proves a fact."""

    document: str
    """Id of a document of the register."""
    at: str = ""
    """Position inside it, such as "sec-iv.para-2" or "summary"."""
    quote: str = ""
    """Words that occur in the stored text; empty where the text may not be stored."""


class Document(Noun, frozen=True, kw_only=True):
    """A legal text or a report about one, stored as text where its licence allows."""

    id: str
    title: str
    publisher: str
    url: str
    grade: Grade
    """Primary for the authority's own words (or a verbatim copy), secondary for reports about them."""
    cite: str = ""
    """Short legal citation such as "89 FR 52434"."""
    published: str = ""
    retrieved: str = ""
    copied_from: str = ""
    """Where a verbatim copy was read, when it was not the publisher's own page."""
    licence: str = ""
    sha256: str = ""
    """Digest of the stored text; empty when no text is stored."""
    extent: str = ""
    """Which parts are stored, when it is not the whole."""


class Authority(Noun, frozen=True, kw_only=True):
    """Who made a measure."""

    id: str
    name: str
    short: str
    jurisdiction: str
    zone: str
    """IANA time zone in which its bare dates are read."""


class Relation(Noun, frozen=True, kw_only=True):
    """A dated tie to another party or measure."""

    kind: str
    """For parties: parent, subsidiary, affiliate, successor, officer. For measures: based-on, implements, replaces, renumbers."""
    to: str
    text: str = ""
    valid_from: str = ""
    valid_until: str = ""
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class Product(Noun, frozen=True, kw_only=True):
    """A product line of a party."""

    id: str
    name: str
    categories: tuple[Category, ...]
    aliases: tuple[str, ...] = ()
    embedded: bool = False
    """It exists to be built into others' products: an engine or SDK."""
    note: str = ""
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
    blind_spots: tuple[str, ...] = ()
    """Where its technology hides from the usual evidence."""
    note: str = ""
    citations: tuple[Citation, ...] = ()


class Target(Noun, frozen=True, kw_only=True):
    """What a provision reaches."""

    parties: tuple[str, ...]
    extends_to: tuple[str, ...] = ()
    """Relations that are caught too: subsidiaries, affiliates, parents, successors, assignees ..."""
    categories: tuple[Category, ...] = ()
    """Only products of these categories; empty means every product."""
    meanings: tuple[Meaning, ...] = ()
    """Only exposures of these meanings (embedded parts, say); empty means every one."""


class Condition(Noun, frozen=True, kw_only=True):
    """A fact the machine may lack."""

    id: str
    fact: str
    """Name of the fact in the organisation's file."""
    equals: str = "yes"
    """The answer under which the provision applies; any other answer takes the case out."""
    needs: str
    """The question to put to a human."""


class Exemption(Noun, frozen=True, kw_only=True):
    """Takes a case out of a provision by itself, for everybody it describes."""

    id: str
    text: str
    acts: tuple[Act, ...] = ()
    addressees: tuple[AddresseeKind, ...] = ()
    categories: tuple[Category, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    conditions: tuple[Condition, ...] = ()
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class Deadline(Noun, frozen=True, kw_only=True):
    """A duty's last moment, counted from an event."""

    after: str
    """A date ("2017-09-13"), or a fact of the organisation that holds one ("identified_on")."""
    amount: int
    unit: str
    """"calendar-days" or "business-days"."""
    repeats: bool = False
    """Recurs with the same interval until done."""


class Doubt(Noun, frozen=True, kw_only=True):
    """Something about a provision that its sources leave open."""

    about: str
    """Which field: applies_from, acts, addressees, targets ..."""
    text: str
    grade: Grade


class Provision(Noun, frozen=True, kw_only=True):
    """One rule of a measure: who must (not) do what, with what, from when."""

    id: str
    modality: Modality
    acts: tuple[Act, ...]
    addressees: tuple[AddresseeKind, ...]
    targets: Target
    counterparties: tuple[AddresseeKind, ...] = ()
    """Who stands on the other side of a supplier's duty and therefore gets nothing."""
    applies_from: str
    """An instant with offset, or a date that begins at 00:00 in the authority's zone."""
    applies_until: str = ""
    """First instant at which it no longer applies; empty for open-ended."""
    known_from: str
    """When the public could first know it."""
    conditions: tuple[Condition, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    deadline: Deadline | None = None
    effect: Effect = Effect.NONE
    text: str
    """The provision in one plain sentence."""
    action: str = ""
    """What an organisation in that position does about it, as an imperative."""
    consequence: str = ""
    grade: Grade
    doubts: tuple[Doubt, ...] = ()
    citations: tuple[Citation, ...]


class Review(Noun, frozen=True, kw_only=True):
    """When a human last reread the sources, and how often that is due."""

    last: str
    every: int
    """Days."""
    note: str = ""


class Measure(Noun, frozen=True, kw_only=True):
    """One legal instrument that restricts a supplier's technology."""

    id: str
    title: str
    authority: str
    jurisdiction: str
    instrument: Instrument
    status: MeasureStatus
    cite: str
    issued: str
    """Signed, announced or enacted."""
    published: str = ""
    summary: str
    documents: tuple[str, ...]
    provisions: tuple[Provision, ...]
    relations: tuple[Relation, ...] = ()
    notes: tuple[Doubt, ...] = ()
    """Facts about the whole measure worth telling, each with its grade."""
    review: Review


class Organisation(Noun, frozen=True, kw_only=True):
    """Who asks."""

    name: str
    jurisdictions: tuple[str, ...]
    kinds: tuple[AddresseeKind, ...]
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    """Answers to conditions, by fact name."""
