# SPDX-License-Identifier: Apache-2.0
"""Nouns of evidence: what was read, what it says, and what points to a supplier."""

from __future__ import annotations

import msgspec

from debar.model.measures import Noun
from debar.model.vocab import Grade, Kind, Meaning, Medium, Operator


class Source(Noun, frozen=True, kw_only=True):
    """One input that was read."""

    id: str
    path: str
    """As the user named it, or relative to the directory that was named; members as "archive!member"."""
    reader: str
    sha256: str
    """Digest of the bytes on disk, before decompression."""
    size: int
    """Bytes on disk."""
    observations: int
    """How many things it says something about."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """What the reader counted: components, nested components, rows ..."""


class Skip(Noun, frozen=True, kw_only=True):
    """Something that could not be read."""

    source: str
    locator: str
    """Line, pointer or byte offset inside the source; empty for the whole of it."""
    reason: str


class Observable(msgspec.Struct, frozen=True, gc=False):
    """One checkable value. Positional, because readers make millions."""

    kind: Kind
    value: str


class Observation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a source says about one thing on one asset."""

    source: str
    """Id of the source."""
    locator: str
    asset: str
    """Host, product or other thing that has it."""
    label: str
    """What a person would call the observed thing."""
    version: str = ""
    medium: Medium
    meaning: Meaning
    """What the thing is, if it is the supplier's; an indicator may know better."""
    observables: tuple[Observable, ...]
    observed_at: str = ""
    """ISO instant or date as the source gives it; empty when it gives none."""


class Indicator(Noun, frozen=True, kw_only=True):
    """A pattern that points to a party's technology."""

    id: str
    party: str
    product: str = ""
    """Product of the party; empty when the pattern does not tell which."""
    kind: Kind
    operator: Operator
    patterns: tuple[str, ...]
    level: int
    """5 proven, 4 strong, 3 moderate, 2 weak, 1 mention: what one match alone supports."""
    meaning: Meaning | None = None
    """Overrides the observation's meaning: embedded, residue, mention ..."""
    valid_from: str = ""
    valid_until: str = ""
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    falsepositives: str
    """What else can look like this; "none known" is an answer."""
    grade: Grade
    references: tuple[str, ...]


class Layout(Noun, frozen=True, kw_only=True):
    """How the columns of one kind of table map to observables."""

    id: str
    title: str
    medium: Medium
    meaning: Meaning
    required: tuple[tuple[str, ...], ...]
    """Groups of header names; a table fits when each group has a column. Compared folded."""
    asset: tuple[str, ...] = ()
    label: tuple[str, ...]
    version: tuple[str, ...] = ()
    observed_at: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    """Observable kind -> header names whose cells carry it."""
    reference: str = ""
