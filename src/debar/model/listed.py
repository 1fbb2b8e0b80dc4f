# SPDX-License-Identifier: Apache-2.0
"""Nouns of lists of parties: who is on one, under which names, and who owns whom."""

from __future__ import annotations

import msgspec

from debar.model.measures.parties import Unrelated
from debar.model.vocab.names import NameKind
from debar.model.vocab.parties import RelationKind


class ListedName(msgspec.Struct, frozen=True, array_like=True):
    """One name of a party."""

    text: str
    kind: NameKind = NameKind.NAME


class ListedTie(msgspec.Struct, frozen=True, kw_only=True):
    """A dated tie of a party to another ("this party is the SUBSIDIARY of that one")."""

    kind: RelationKind
    to: str
    """Id of the other party."""
    share: str = ""
    """Percent of this party that the other owns, where the source says so."""
    valid_from: str = ""
    valid_until: str = ""
    """First day on which it no longer holds."""
    text: str = ""
    because: str = ""
    """The source: a document and place of the register, or what the list names."""


class ListedParty(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a list."""

    id: str
    names: tuple[ListedName, ...]
    """The first is the one under which it is shown."""
    country: str = ""
    """ISO 3166, capital letters."""
    is_person: bool = False
    is_listed: bool = True
    """The list itself aims at it; else it is there because of its ties to others."""
    identifiers: dict[str, str] = msgspec.field(default_factory=dict)
    """By kind: lei, uei, cage, duns, registration, tax, isin ...; several numbers stand apart with a blank."""
    ties: tuple[ListedTie, ...] = ()
    unrelated: tuple[Unrelated, ...] = ()
    because: tuple[str, ...] = ()
    """What the list says of it: programme, measure, passage, date of the listing."""


class PartyList(msgspec.Struct, frozen=True, kw_only=True):
    """A list of parties, as one whole."""

    name: str
    version: str
    """As the list says; else the first twelve digits of the digest of its file."""
    parties: tuple[ListedParty, ...]
    notes: tuple[str, ...] = ()
    """What was left out of it when it was read, and why."""
