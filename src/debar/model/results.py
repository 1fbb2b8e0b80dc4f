# SPDX-License-Identifier: Apache-2.0
"""Nouns of the answer: matches, exposures, the legal position, and what to do."""

from __future__ import annotations

import msgspec

from debar.model.inventory import Observable, Observation, Skip, Source
from debar.model.measures import Organisation
from debar.model.vocab import Act, Force, Grade, Instrument, Meaning, MeasureStatus, Medium, Status


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every noun that leaves debar in a report."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An observation met an indicator: where in the batch, which indicator, how. Positional, made in bulk."""

    observation: Observation
    observable: Observable
    indicator: int
    """Position in the index's list of indicators."""


class Match(Result, frozen=True, kw_only=True):
    """One way an exposure was found."""

    indicator: str
    observable: Observable
    source: str
    locator: str
    technique: str
    """Kind and operator of the indicator, such as "purl prefix"."""
    confidence: float
    """Probability that this alone is the party's technology."""
    level: int
    label: str
    """What the observed thing calls itself."""
    version: str
    medium: Medium
    meaning: Meaning
    count: int
    """How often the same was seen in the same source; the locator is the first place."""
    first_seen: str
    last_seen: str


class Exposure(Result, frozen=True, kw_only=True):
    """One asset has a party's product: all matches together."""

    id: str
    asset: str
    party: str
    product: str
    version: str
    meaning: Meaning
    level: int
    """5 proven, 4 strong, 3 moderate, 2 weak, 1 mention."""
    confidence: float
    techniques: tuple[str, ...]
    matches: tuple[Match, ...]
    first_seen: str
    last_seen: str


class SetAside(Result, frozen=True, kw_only=True):
    """Something that was recognised and does not count, with the reason."""

    exposure: Exposure
    reason: str


class Because(Result, frozen=True, kw_only=True):
    """A passage behind a finding."""

    citation: str
    text: str
    grade: Grade
    publisher: str
    """Whose words they are."""
    url: str


class Finding(Result, frozen=True, kw_only=True):
    """The legal position of one act under one provision."""

    id: str
    exposure: str | None
    """Exposure id; null where only a party or product was asked about."""
    measure: str
    provision: str
    act: Act
    status: Status
    since: str
    """Instant in UTC from which it holds; it may lie in the future."""
    until: str | None
    exemption: str | None
    missing: tuple[str, ...]
    """Open questions by id, when undetermined or when an exemption might still be claimed."""
    questions: tuple[str, ...]
    """The same in words."""
    grade: Grade
    doubts: tuple[str, ...]
    text: str
    because: tuple[Because, ...]


class Position(Result, frozen=True, kw_only=True):
    """What all findings on one act come to on the day asked about."""

    act: Act
    status: Status
    since: str | None
    until: str | None
    """When a known later stage changes it."""
    becomes: Status | None
    findings: tuple[str, ...]
    """Ids of the findings that decide it; empty when nothing in the register restricts the act."""


class Obligation(Result, frozen=True, kw_only=True):
    """What to do by when."""

    id: str
    exposures: tuple[str, ...]
    action: str
    due: str | None
    """Instant in UTC; null when it is due now without a fixed date, or depends on an event."""
    force: Force
    findings: tuple[str, ...]


class Coverage(Result, frozen=True, kw_only=True):
    """What was and was not looked at."""

    kinds_seen: tuple[str, ...]
    kinds_missing: tuple[str, ...]
    notes: tuple[str, ...]


class RegisterVersion(Result, frozen=True, kw_only=True):
    """Which law an answer is based on."""

    version: str
    sha256: str


class Program(Result, frozen=True, kw_only=True):
    """Which program gave an answer."""

    name: str
    version: str


class Brief(Result, frozen=True, kw_only=True):
    """What a reader needs to know of a measure."""

    title: str
    cite: str
    authority: str
    instrument: Instrument
    status: MeasureStatus
    zone: str


class Report(Result, frozen=True, kw_only=True):
    """Everything one scan found."""

    schema: int
    program: Program
    register: RegisterVersion
    as_of: str
    known_on: str | None
    """Null when nothing was left out for not being known yet."""
    organisation: Organisation
    assumed: bool
    """Nobody said who asks; the organisation was assumed."""
    measures: dict[str, Brief]
    names: dict[str, str]
    """What people call parties ("kaspersky") and products ("kaspersky/endpoint-security")."""
    sources: tuple[Source, ...]
    skips: tuple[Skip, ...]
    exposures: tuple[Exposure, ...]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    positions: dict[str, tuple[Position, ...]]
    """By exposure id."""
    obligations: tuple[Obligation, ...]
    coverage: Coverage


class Stage(Result, frozen=True, kw_only=True):
    """One dated step of a measure."""

    date: str
    """Instant in UTC."""
    zone: str
    """Where the authority sits; in its zone the instant has its day."""
    measure: str
    provision: str
    text: str


class Explanation(Result, frozen=True, kw_only=True):
    """What the register says about a party or product, without any evidence."""

    schema: int
    program: Program
    register: RegisterVersion
    party: str
    product: str | None
    meaning: Meaning
    """What the product was taken to be: installed, or embedded where it exists for that."""
    organisation: Organisation
    as_of: str
    known_on: str | None
    assumed: bool
    measures: dict[str, Brief]
    names: dict[str, str]
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]
    timeline: tuple[Stage, ...]


class Expectation(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a worked case expects of one act."""

    position: Status
    """On the day asked about."""
    provision: str = ""
    """measure#provision of a finding that must be there ..."""
    status: Status | None = None
    """... with this final status,"""
    since: str = ""
    until: str = ""
    exemption: str = ""
    missing: str = ""
    """... and asking this condition."""
    absent: tuple[str, ...] = ()
    """measure#provision that must not yield a finding for the act."""


class CaseExposure(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The exposure a case is about."""

    party: str
    product: str = ""
    meaning: Meaning = Meaning.INSTALLED


class Case(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worked example of a measure, written so that a lawyer can read it."""

    case: str
    as_of: str
    known_on: str = ""
    organisation: str
    """As on the command line: us/company."""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    exposure: CaseExposure
    expect: dict[Act, Expectation]
    query: str = ""
    """Number of the acceptance query it answers, if any."""
