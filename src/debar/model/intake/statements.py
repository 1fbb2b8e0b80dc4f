# SPDX-License-Identifier: Apache-2.0
"""What papers say: acts and dates, before and after the gate that lets statements in."""

from __future__ import annotations

import msgspec

from debar.model.intake.papers import Span
from debar.model.vocab.statements import DateBasis, DateRole, Precision, StatedAct, Trust, VsRegister


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
