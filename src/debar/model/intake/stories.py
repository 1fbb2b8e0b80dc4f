# SPDX-License-Identifier: Apache-2.0
"""What papers on one measure say together: quotes, conflicts, and the draft of a measure."""

from __future__ import annotations

import msgspec

from debar.model.intake.papers import Passage
from debar.model.vocab.statements import ConflictKind, Severity


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One original utterance, however many papers print it in whatever wording."""

    speaker: str
    spans: tuple[Passage, ...]
    text: str = ""
    """Its fullest wording."""


class ConflictValue(msgspec.Struct, frozen=True, kw_only=True):
    """One of the readings that stand against each other, and the statements that have it."""

    value: str
    facts: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    """Where papers have it in words of which no statement was read."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Where papers of a story disagree; nothing is decided by how many say so."""

    type: ConflictKind
    severity: Severity
    topic: str
    values: tuple[ConflictValue, ...]
    official: str = ""
    """What an official text says, with its citation; empty where none is at hand."""


class DraftLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a draft that a person accepts or not."""

    id: str
    path: str
    """Where it goes in the measure: provisions[0].applies_from, issued."""
    text: str
    """What it says, in a sentence."""
    value: str = ""
    facts: tuple[str, ...] = ()
    """Statements on which it rests."""
    conflicts: tuple[int, ...] = ()
    """Indices of the story's conflicts that touch it."""
    alternatives: tuple[str, ...] = ()
    """Other values that papers give."""
    passages: tuple[Passage, ...] = ()
    """Where papers name it, for a line that rests on names and no statement."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A measure as papers tell it: a proposal to a person, never accepted by the machine."""

    id: str
    status: str
    """verified (every stage rests on official text) or reported."""
    measure: str
    """The measure as YAML of the register."""
    lines: tuple[DraftLine, ...] = ()


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Papers about one measure, and what they say together."""

    id: str
    title: str = ""
    supplier: str = ""
    """Id of a party of the register, or the name as papers print it."""
    jurisdiction: str = ""
    measure: str = ""
    """Id of the measure of the register that it is about; empty where there is none."""
    documents: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Who is behind what the papers say: copies and outlets count once."""
    copies: tuple[tuple[str, ...], ...] = ()
    """Documents that repeat one another."""
    quotes: tuple[Quote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()
    """What no paper gives, or not all of them, in words."""
    facts: tuple[str, ...] = ()
    """Statements about its measure."""
    others: tuple[str, ...] = ()
    """Statements about other measures, mentioned in passing."""
    draft: Draft | None = None
