# SPDX-License-Identifier: Apache-2.0
"""Nouns of intake: papers, the statements in them, the stories they tell together, and the draft of a measure.

Offsets are code points in the text of a paper as decoded, half-open. Nothing here is established as true: a statement
is what a paper says, with the passage in which it says so.
"""

from __future__ import annotations

import msgspec

from debar.model.inventory import Skip
from debar.model.vocab.statements import (
    Choice,
    ConflictKind,
    DateBasis,
    DateRole,
    PaperKind,
    Precision,
    Severity,
    StatedAct,
    Trust,
    VsRegister,
)


class Span(msgspec.Struct, frozen=True, order=True):
    """A slice of a text, half-open."""

    start: int
    end: int


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """When a paper was published: a day, or the window in which it must have been."""

    value: str = ""
    """ISO day or month; empty when only a window is known."""
    earliest: str = ""
    latest: str = ""
    basis: str = ""
    """Which words or metadata tell so."""
    span: Span | None = None


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One notice, article, release or letter that was read."""

    id: str
    path: str
    """As the user named it; of several in one file, with # and its number."""
    sha256: str
    """Of the file."""
    title: str = ""
    title_span: Span | None = None
    publisher: str = ""
    published: Published = Published()
    language: str = ""
    """ISO 639-1; empty when it cannot be told."""
    is_read: bool = True
    """Whether statements were looked for: False in languages that are not read."""
    kind: PaperKind = PaperKind.NEWS
    kind_basis: str = ""
    """Why it is taken for that kind."""
    url: str = ""
    form: str = "text"
    """text, html, pdf, mail, feed, federal-register."""
    main: tuple[tuple[int, int], ...] = ()
    """Where the main text stands, without title, clutter and date lines."""
    paragraphs: tuple[tuple[int, int], ...] = ()
    """The main text in paragraphs and items of lists, in order; a paragraph that was wrapped at a width is one."""
    text: str = ""
    """The whole text as people read it; offsets are counted in it."""
    runs: tuple[tuple[int, int, int, int], ...] = ()
    """Where that text stands in a file with markup: start and length in the text, start and length in the decoded file.

    Empty where the text is the decoded file itself, or where the file holds it in no readable form (PDF, mail).
    """
    notes: tuple[str, ...] = ()
    """What was left out or could not be told, in words."""


class StatedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date that a text gives, as exactly as its words do."""

    value: str
    """ISO 8601 with reduced precision: 2024-06-20, 2024-06, 2024-W29, 2024-Q3, 2024, P90D; empty when nothing tells."""
    role: DateRole
    precision: Precision
    basis: DateBasis
    text: str
    span: Span
    anchor: str = ""
    """What a relative date was counted from, in words."""
    clock: str = ""
    """The hour beside a day whose zone nobody tells, such as 00:00, or midnight; an instant has it in its value."""


class StatedNumber(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its modifier, such as "fewer than 50"."""

    text: str
    op: str
    """=, <, <=, >, >=, ~ (about), <~ (almost)."""
    value: int
    unit: str
    span: Span


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of texts puts forward: spans only. The gate decides whether it becomes a statement."""

    act: str
    evidence: Span
    date: Span | None = None
    """Where the date stands; its value comes from the date layer, never from a reader."""
    subject: Span | None = None
    object: Span | None = None
    number: Span | None = None
    is_denied: bool = False
    confidence: float = 1.0
    """For putting rival proposals in order; never shown as a probability."""
    role: DateRole | None = None
    """The role of the date for this act, where it differs from how the date alone reads; None for that."""


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that did not pass the gate, and why."""

    document: str
    reader: str
    reason: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one paper says: an act, with its date and with who says so, as far as the paper tells."""

    id: str
    document: str
    act: StatedAct
    subject: str = ""
    object: str = ""
    date: StatedDate | None = None
    number: StatedNumber | None = None
    polarity: str = "asserted"
    """asserted or denied."""
    said_by: tuple[str, ...] = ()
    """Origin first, then through whom; empty where the paper says it itself."""
    span: Span
    """The passage: an exact slice of the text."""
    measure: str = ""
    """Which measure it is about: jurisdiction/supplier, or the id of a measure of the register."""
    trust: Trust = Trust.NEWS
    vs_register: VsRegister = VsRegister.NOT_COVERED
    official: str = ""
    """What the register says on it, with its citation."""
    reader: str = "rules"


class Unexplained(msgspec.Struct, frozen=True, kw_only=True):
    """A date in a main text that belongs to no statement yet: somebody must look."""

    document: str
    value: str
    span: Span
    text: str = ""
    hint: str = ""
    """What it may be, in words."""
    id: str = ""
    """By paper and place; choices about it are kept under this."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A slice of one paper."""

    document: str
    start: int
    end: int


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


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read out of some papers."""

    schema: int
    debar: str
    register: str
    sha256: str
    """Digest of the register."""
    documents: tuple[Paper, ...] = ()
    facts: tuple[Statement, ...] = ()
    unexplained_dates: tuple[Unexplained, ...] = ()
    stories: tuple[Story, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    skips: tuple[Skip, ...] = ()
    """Files that could not be read."""
    notes: tuple[str, ...] = ()


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One choice of a person, as the log keeps it."""

    story: str
    line: str
    """Id of a line of the draft, or of an unexplained date."""
    choice: Choice
    by: str
    at: str
    """When, as a UTC instant."""
    value: str = ""
    """Given with an edit."""
    reason: str = ""
    digest: str = ""
    """Of this choice and all before it."""


class Where(msgspec.Struct, frozen=True):
    """A passage in words, with the paper that has it."""

    document: str
    """Its way in the folder."""
    published: str = ""
    """The day of the paper, or the window in which it must lie; empty where nothing tells."""
    text: str = ""
    """The passage; empty for a paper as a whole."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is new, other or gone in a folder of papers."""

    kind: str
    """new, changed or gone."""
    what: str
    """paper, story, statement, line of the draft, conflict, date to explain."""
    story: str = ""
    """supplier/jurisdiction."""
    text: str = ""
    before: str = ""
    """What it was, where it changed."""
    passages: tuple[Where, ...] = ()
    """Where papers say so: of a conflict one for each reading; of what is gone, where they did."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in a folder since it was last looked at."""

    schema: int
    debar: str
    register: str
    is_first: bool
    """Nothing was kept of an earlier look."""
    changes: tuple[Changed, ...] = ()
    skips: tuple[Skip, ...] = ()
