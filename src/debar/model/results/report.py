# SPDX-License-Identifier: Apache-2.0
"""A scan as a whole, with what it rests on and what it did not see."""

from __future__ import annotations

from debar.model.inventory import Skip, Source
from debar.model.measures import Organisation
from debar.model.results.found import DecisionState, Exposure, Result, SetAside
from debar.model.results.position import Finding, Obligation, OpenQuestion, Position, Statement
from debar.model.results.protection import Protection
from debar.model.results.recorded import Recorded
from debar.model.vocab import Grade, Instrument, Looked, MeasureStatus, Medium


class AssetEvidence(Result, frozen=True, kw_only=True):
    """One kind of evidence about one asset."""

    state: Looked
    observations: int
    newest: str
    """ISO time of the latest observation; empty when its sources give none."""
    readers: tuple[str, ...] = ()
    """Readers of the sources that list what is there; one that tells the state of products alone lists nothing."""


class AssetCoverage(Result, frozen=True, kw_only=True):
    """What was looked at of one asset."""

    asset: str
    also: tuple[str, ...]
    """Other names and identifiers under which its evidence was found."""
    evidence: dict[Medium, AssetEvidence]
    """Absent kinds are listed as well, where such an asset could have them."""


class Coverage(Result, frozen=True, kw_only=True):
    """What was and was not looked at."""

    kinds_seen: tuple[str, ...]
    kinds_missing: tuple[str, ...]
    notes: tuple[str, ...]
    stale_after: int
    """Days after which evidence counts as stale."""
    assets: tuple[AssetCoverage, ...]
    """Assets in the order of their names; a place of purchases is none."""


class RegisterVersion(Result, frozen=True, kw_only=True):
    """Which law an answer is based on."""

    version: str
    sha256: str
    added: tuple[str, ...]
    """Names of the directories that the organisation added."""
    age: int | None
    """Days from the register's date to the day asked about; null when its version is no date."""
    warning: str
    """What to say about that age; empty below thirty days."""


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


class IndicatorBrief(Result, frozen=True, kw_only=True):
    """Where an indicator is from, and how far it carries."""

    party: str
    product: str
    """Empty where the pattern tells the party only."""
    level: int
    probability: float
    """That a match of it is right."""
    grade: Grade
    references: tuple[str, ...]
    falsepositives: str
    """What else can look like this."""


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
    brands: dict[str, tuple[Statement, ...]]
    """By party, whose technology it sells under a brand of its own, as far as the register knows."""
    sources: tuple[Source, ...]
    skips: tuple[Skip, ...]
    indicators: dict[str, IndicatorBrief]
    """Those that were met, by id."""
    exposures: tuple[Exposure, ...]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    positions: dict[str, tuple[Position, ...]]
    """By exposure id."""
    obligations: tuple[Obligation, ...]
    coverage: Coverage
    questions: tuple[OpenQuestion, ...] = ()
    """What nobody has answered, by how much hangs on it."""
    records: tuple[Recorded, ...] = ()
    """What people put on record, by day."""
    decisions: tuple[DecisionState, ...] = ()
    """What became of every decision of people on the day asked about: the soonest to expire first."""
    protection: tuple[Protection, ...] = ()
    """What protects the assets beside the products that are to go, with what it reports of itself."""
