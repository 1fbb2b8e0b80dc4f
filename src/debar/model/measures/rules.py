# SPDX-License-Identifier: Apache-2.0
"""The rules themselves: measures, provisions, and what takes a case out of them."""

from __future__ import annotations

from debar.model.measures.parties import Relation
from debar.model.measures.sources import Citation, Doubt, Noun
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Effect,
    Grade,
    Halt,
    Instrument,
    Meaning,
    MeasureStatus,
    Milestone,
    Modality,
    OriginTest,
    Tie,
)


class Target(Noun, frozen=True, kw_only=True):
    """What a provision reaches."""

    parties: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """Measures that are lists: whoever stands on one at the time is reached."""
    origins: tuple[str, ...] = ()
    """Countries (ISO 3166), or "foreign" for every one but the jurisdiction's own: no party is named."""
    origin_test: OriginTest = OriginTest.SUPPLIER
    """What makes a product come from there."""
    extends_to: tuple[Tie, ...] = ()
    """Ties that are caught too."""
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
    not_before: str = ""
    """Instead of `equals`: the answer is a date or year, and this is the first that counts."""
    before: str = ""
    """Instead of `equals`: the first date or year that no longer counts."""
    above: str = ""
    """Instead of `equals`: the answer is a number, and only larger ones count."""
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
    applies_from: str = ""
    """First instant; empty when it has been there as long as the provision."""
    applies_until: str = ""
    known_from: str = ""
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class Waiver(Noun, frozen=True, kw_only=True):
    """Granted by an authority, to one organisation or to all that meet its conditions; it expires, and can be revoked."""

    id: str
    provisions: tuple[str, ...]
    """measure#provision, each; a measure's own waivers may name the provision alone."""
    holder: str = ""
    """Name of the organisation that holds it; empty for all that meet the conditions."""
    granted_by: str
    text: str
    acts: tuple[Act, ...] = ()
    conditions: tuple[Condition, ...] = ()
    applies_from: str
    applies_until: str = ""
    """When it expires or was revoked."""
    known_from: str = ""
    grade: Grade = Grade.UNVERIFIED
    citations: tuple[Citation, ...] = ()


class Interruption(Noun, frozen=True, kw_only=True):
    """A time in which a provision stands but does not bite, or is not enforced."""

    id: str
    kind: Halt
    text: str
    applies_from: str
    applies_until: str = ""
    """When the provision comes back by itself; empty for good."""
    known_from: str
    grade: Grade
    citations: tuple[Citation, ...] = ()


class Deadline(Noun, frozen=True, kw_only=True):
    """A duty's last moment, counted from an event."""

    after: str
    """A date ("2017-09-13"), or a fact of the organisation that holds one ("identified_on")."""
    amount: int
    unit: str
    """"calendar-days", "business-days" (of the authority), "months" or "years"."""
    repeats: bool = False
    """Recurs with the same interval."""
    resets: bool = False
    """The interval begins anew each time that it is done; otherwise its days stay those counted from the event."""
    follows: tuple[str, ...] = ()
    """Provisions of the same measure: that one of them was done is the event, unless the fact says when it was."""


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
    until_known_from: str = ""
    """When the public could know of its end, if later: a sunset is known at once, a replacement is not."""
    conditions: tuple[Condition, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    deadline: Deadline | None = None
    interruptions: tuple[Interruption, ...] = ()
    restates: tuple[str, ...] = ()
    """measure#provision that this one only renumbers or repeats: it prohibits nothing new."""
    effect: Effect = Effect.NONE
    owed: bool = False
    """A duty of every addressee, whatever was found: its targets say what it is about, not whom it binds."""
    text: str
    """The provision in one plain sentence."""
    action: str = ""
    """What an organisation in that position does about it, as an imperative."""
    consequence: str = ""
    grade: Grade
    doubts: tuple[Doubt, ...] = ()
    citations: tuple[Citation, ...]


class Event(Noun, frozen=True, kw_only=True):
    """A day in the history of a measure."""

    day: str
    kind: Milestone
    text: str
    known_from: str = ""
    """When the public could know it, if not on the day."""
    grade: Grade
    citations: tuple[Citation, ...] = ()


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
    waivers: tuple[Waiver, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    """Of every provision of the measure."""
    history: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    seen_until: str = ""
    """The newest state of the source that was seen; what came later is not known here."""
    notes: tuple[Doubt, ...] = ()
    """Facts about the whole measure worth telling, each with its grade."""
    review: Review
