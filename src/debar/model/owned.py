# SPDX-License-Identifier: Apache-2.0
"""Nouns of ownership: who holds how much of whom on a day, what a rule makes of it, and through whom parties are tied."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from debar.model.vocab.law import Grade
from debar.model.vocab.parties import RelationKind


class Bound(NamedTuple):
    """A percentage, or what lies directly below or above it; bounds are in order as tuples are."""

    percent: Decimal
    side: int = 0
    """-1: below it by less than any amount ("less than 50"); 1: above it ("more than 50"); 0: it."""


NOTHING, EVERYTHING = Bound(Decimal(0)), Bound(Decimal(100))


class Share(msgspec.Struct, frozen=True):
    """How much of a party somebody owns, as far as a source tells."""

    low: Bound = NOTHING
    high: Bound = EVERYTHING
    text: str = ""
    """As the source writes it."""
    remark: str = ""
    """Why it was not understood."""


class TieState(StrEnum):
    """What a tie is to the day asked about."""

    HOLDS = "holds"
    PERHAPS = "perhaps"
    """Sources dispute it, nobody has verified it, or only the month or year is told in which it began or ended."""
    FORMER = "former"
    COMING = "coming"


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A part of one party that another owned on a day, or may have owned."""

    owner: str
    owned: str
    share: Share
    kind: RelationKind
    state: TieState
    valid_from: str = ""
    valid_until: str = ""
    because: str = ""
    doubt: str = ""
    """"disputed" or "unverified"."""


class Through(StrEnum):
    """How a holding counts that belongs to a party which is itself owned in part."""

    WHOLE = "whole-stake"
    """All of it if its owner is owned as the rule asks; else nothing of it."""
    PRODUCT = "product"
    """The percentage of it by which its owner is owned."""


class Standing(StrEnum):
    """Whether a rule of ownership has force on a day."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"
    """Nothing was seen that tells it."""


class Force(msgspec.Struct, frozen=True, kw_only=True):
    """A time for which it is known whether a rule has force."""

    valid_from: str = ""
    valid_until: str = ""
    """First day of which this no longer tells."""
    standing: Standing
    text: str
    """The same in words, with the source."""


class OwnershipRule(msgspec.Struct, frozen=True, kw_only=True):
    """From which percentage on, and counted how, a party shares the fate of its owners."""

    id: str
    title: str
    jurisdiction: str
    threshold: Decimal
    is_inclusive: bool
    """The threshold itself is enough ("50 percent or more"); else more is needed."""
    aggregates: bool
    """Holdings of several owners are added up; else each stands for itself."""
    through: tuple[Through, ...]
    """One way, or each that the texts leave open: an answer is then given where all agree."""
    citation: str
    grade: Grade
    forces: tuple[Force, ...]
    """On any other day it is unknown."""
    beside: str = ""
    """What reaches a party besides, and is not asked here."""
    doubts: tuple[str, ...] = ()
    measure: str = ""
    """Id of the measure in the register."""


class OwnedStatus(StrEnum):
    """What the holdings come to under a rule."""

    MET = "met"
    NOT_MET = "not-met"
    """By the holdings that the list names."""
    UNDETERMINED = "undetermined"
    """What is not known could change the answer."""


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """What the holdings in a party come to under a rule on a day, with the arithmetic."""

    party: str
    rule: str
    on: str
    status: OwnedStatus
    standing: Standing
    lines: tuple[str, ...]
    """The arithmetic, the standing of the rule, and what it does not ask."""
    low: str = "0"
    """Percent that counts at least, in words: "55", "more than 50"; 0 to 100 where nothing was worked out."""
    high: str = "100"
    """The same at most."""
    unnamed: str = "100"
    """Percent of which the list names no holder, at most."""
    missing: tuple[str, ...] = ()
    """What has to be found out for a certain answer."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One tie on the way from a party to another."""

    party: str
    to: str
    kind: RelationKind
    """What the party is to the other."""
    state: TieState
    share: Share
    valid_from: str = ""
    valid_until: str = ""
    because: str = ""
    doubt: str = ""
    """"disputed" or "unverified"."""


class Path(msgspec.Struct, frozen=True):
    """Ties one after the other."""

    steps: tuple[Step, ...]
    is_cut: bool = False
    """Further ties follow, and were not walked."""
