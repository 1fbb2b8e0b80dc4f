# SPDX-License-Identifier: Apache-2.0
"""Nouns of evidence: what was read, what it says, and what points to a supplier."""

from __future__ import annotations

import msgspec

from debar.model.measures import Noun
from debar.model.vocab import Grade, Held, Kind, Meaning, Medium, Operator


class Source(Noun, frozen=True, kw_only=True):
    """One input that was read."""

    id: str
    path: str
    """As the user named it, or relative to the directory that was named; members as "archive!member"."""
    reader: str
    sha256: str
    """Digest of the bytes on disk, before decompression; empty for a file of a tree, of which only parts are read."""
    size: int
    """Bytes on disk."""
    observations: int
    """How many things it says something about."""
    counts: dict[str, int] = msgspec.field(default_factory=dict)
    """What the reader counted: components, nested components, rows ..."""
    remark: str = ""
    """What to know of how it was read, such as columns that were guessed."""


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


class Sign(Noun, frozen=True, kw_only=True):
    """How a product of others shows itself."""

    kind: Kind
    operator: Operator
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Embedding(Noun, frozen=True, kw_only=True):
    """Whether a product of others holds a party's technology: its engine, its hardware, its chip."""

    id: str
    host: str
    """The product, as its maker calls it."""
    host_maker: str
    party: str
    product: str = ""
    held: Held
    meaning: Meaning
    """What the party's technology is in it: embedded, component, hardware, client, residue."""
    level: int = 3
    """What recognising the product alone supports, where it is known to hold it."""
    text: str
    """What is known, in a sentence."""
    valid_from: str = ""
    valid_until: str = ""
    """For which time of manufacture or release it is known; the first day on which it no longer holds."""
    giveaway: str = ""
    """What betrays it inside the product, for whoever looks."""
    signs: tuple[Sign, ...] = ()
    falsepositives: str
    grade: Grade
    references: tuple[str, ...]
    note: str = ""


class Calibration(Noun, frozen=True, kw_only=True):
    """How often matches of one level, or of one kind at that level, were right in labelled cases."""

    id: str
    level: int
    kind: str = ""
    """Kind of observable; empty for all kinds of the level together."""
    probability: float
    cases: int
    """Labelled cases in which something matched so."""
    right: int
    """Those in which it was the party's."""


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


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a log, and what a layout must make of it."""

    line: str
    asset: str = ""
    """Compared when it is given, like the rest."""
    observed_at: str = ""
    values: dict[str, tuple[str, ...]]
    """Observable kind -> all values of it, in order; a kind that is not there must have none."""


class LineLayout(Noun, frozen=True, kw_only=True):
    """How the lines of one kind of log map to observables: the groups of its patterns are its columns."""

    id: str
    title: str
    medium: Medium
    meaning: Meaning
    programs: tuple[str, ...] = ()
    """Tags in syslog under which the lines are written; lines of other tags are then not looked at."""
    patterns: tuple[str, ...]
    """Expressions that match from where the message begins, behind headers of syslog and containers; the first that does is taken."""
    asset: tuple[str, ...] = ()
    """Groups with the client, best first; without one the host that wrote the line is taken."""
    label: tuple[str, ...] = ()
    observed_at: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    """Observable kind -> groups whose text carries it."""
    forms: dict[str, str] = msgspec.field(default_factory=dict)
    """Group -> how its text is written: url, labels, answer ... (`debar.readers.loglines.contacted.FORMS`)."""
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...]
    reference: str = ""


class FieldLayout(Noun, frozen=True, kw_only=True):
    """How the named fields of one kind of log map to observables, in JSON, as key=value or below a #Fields line."""

    id: str
    title: str
    medium: Medium
    meaning: Meaning
    required: tuple[tuple[str, ...], ...]
    """Groups of field names; an entry fits when it has one of each group. "a.b" is b inside a. Compared folded."""
    asset: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    observed_at: tuple[str, ...] = ()
    """A date and a time of day in two fields are written "date+time"."""
    columns: dict[str, tuple[str, ...]]
    """Observable kind -> names of the fields that carry it."""
    forms: dict[str, str] = msgspec.field(default_factory=dict)
    """Field -> how its text is written, where not plainly."""
    examples: tuple[Example, ...]
    counterexamples: tuple[str, ...]
    reference: str = ""


class LogLayouts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of logs."""

    lines: tuple[LineLayout, ...] = ()
    fields: tuple[FieldLayout, ...] = ()
