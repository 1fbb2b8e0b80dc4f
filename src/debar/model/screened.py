# SPDX-License-Identifier: Apache-2.0
"""Nouns of screening: what a name agrees with, and how."""

from __future__ import annotations

import msgspec

from debar.model.owned import Owned
from debar.model.vocab.names import Likeness, NameRelation


class Agreement(msgspec.Struct, frozen=True):
    """A part of one name that agrees with a part of another."""

    query: str
    """As the name has it, in small letters."""
    listed: str
    """As the list has it."""
    how: Likeness
    text: str
    """The same in words."""


class Unmatched(msgspec.Struct, frozen=True):
    """What found nothing on the other side; legal forms are left out."""

    query: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


class NameHit(msgspec.Struct, frozen=True, kw_only=True):
    """One party that a name may mean."""

    party: str
    listed_name: str
    relation: NameRelation
    score: float
    """0 to 1, for putting hits in order: no probability. 1 is for an agreeing identifier alone."""
    evidence: tuple[Agreement, ...] = ()
    unmatched: Unmatched = Unmatched()
    remarks: tuple[str, ...] = ()
    """What else should be known: how ambiguous the brand is, since when a tie holds, why it is somebody else."""
    because: tuple[str, ...] = ()
    """What the list says of the party, with the passages behind it."""


class ScreenedName(msgspec.Struct, frozen=True, kw_only=True):
    """One distinct name, and whom it may mean."""

    name: str
    rows: int = 1
    """Rows in which it stands."""
    amounts: dict[str, str] = msgspec.field(default_factory=dict)
    """Sum of what was spent, by currency ("" where none is told), as a decimal number."""
    first: str = ""
    last: str = ""
    """ISO days of the first and the last row, where rows have days."""
    places: tuple[str, ...] = ()
    """Some places where it stands: source and locator."""
    hits: tuple[NameHit, ...] = ()
    """The best first; empty where nobody is meant."""
    dismissed: tuple[NameHit, ...] = ()
    """Hits that somebody set aside earlier, while the list says the same of the party."""


class ListRelease(msgspec.Struct, frozen=True):
    """Which list was asked."""

    name: str
    version: str


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """The answer on many names."""

    schema: str
    list: ListRelease
    threshold: float
    names: tuple[ScreenedName, ...]
    """What matters most first."""
    owned: tuple[Owned, ...] = ()
    """For each party that a name is the name of, what a rule of ownership makes of it, where one was asked about."""
    notes: tuple[str, ...] = ()
    """What was looked at, what was not, and what a clean answer therefore says."""
