# SPDX-License-Identifier: Apache-2.0
"""Rows of what is there and what the law says of it, as pages and the API show them; and what a view keeps."""

from __future__ import annotations

import msgspec

from debar.model.covered import CoverageTold
from debar.model.inventory import Source
from debar.model.measures import Organisation
from debar.model.portfolio import Asked, Remark
from debar.model.results import (
    AssetEvidence,
    Brief,
    Course,
    DecisionState,
    Exposure,
    Finding,
    OpenQuestion,
    Pace,
    Position,
    Progress,
    RegisterVersion,
    Statement,
    Why,
)
from debar.model.results.found import Result
from debar.model.vocab import (
    Act,
    Force,
    Grade,
    Instrument,
    Meaning,
    MeasureStatus,
    Medium,
    Modality,
    State,
    Status,
    Verdict,
)


class OnAct(Result, frozen=True, kw_only=True):
    """What the law says of one act on the day."""

    act: Act
    status: Status
    since: str = ""
    until: str = ""
    """Instant at which a known later stage changes it; empty for none."""
    becomes: Status | None = None


class Reached(Result, frozen=True, kw_only=True):
    """A finding in short: what one provision says of one act, from when to when."""

    provision: str
    """measure#provision."""
    act: Act
    status: Status
    since: str
    until: str = ""
    is_open: bool = False
    """A question about it has no answer."""


class Alike(Result, frozen=True, kw_only=True):
    """Exposures of which neither the law nor anybody's decision can tell a difference, and what is said of each of them."""

    id: str
    count: int
    row: int
    """Of the one that stands for all."""
    party: str
    product: str
    name: str
    """What people call the product."""
    meaning: Meaning
    level: int
    aside: str = ""
    """Why they do not count; empty when they do."""
    decision: str = ""
    """Id of the decision that holds of them."""
    verdict: Verdict | None = None
    status: Status | None = None
    """The gravest on the day; null where no act is at stake."""
    rank: int
    """By gravity, the gravest 0."""
    due: str = ""
    """Next instant by which something has to be done; of what is overdue, the day that has passed. Empty for none."""
    acts: tuple[OnAct, ...] = ()
    reached: tuple[Reached, ...] = ()


class Owed(Result, frozen=True, kw_only=True):
    """An obligation, with how many exposures it is about."""

    id: str
    action: str
    due: str
    """Instant in UTC; empty where it has no fixed date."""
    force: Force
    state: State
    owner: str
    repeats: str
    provisions: tuple[str, ...]
    measures: tuple[str, ...]
    contract: str
    includes: tuple[str, ...]
    done: str
    exposures: int
    assets: int
    kinds: tuple[str, ...] = ()
    """Ids of `Alike`: which exposures."""


class Ruling(Result, frozen=True, kw_only=True):
    """What became of a decision on the day."""

    id: str
    """Hash of all that it says."""
    state: DecisionState
    exposures: int
    """In its scope."""
    findings: int
    """That say so because of it."""


class Counts(Result, frozen=True, kw_only=True):
    """A view in figures."""

    as_of: str
    run: str = ""
    """Id of the run that it is about; empty where there is none."""
    run_as_of: str = ""
    kept_at: str = ""
    exposures: int = 0
    assets: int = 0
    """With an exposure that counts."""
    set_aside: int = 0
    statuses: dict[str, int] = msgspec.field(default_factory=dict)
    """By gravest status; "" counts those of which no act is at stake."""
    obligations: int = 0
    """That are not done."""
    overdue: int = 0
    due: str = ""
    """Next instant, from the day on, by which something has to be done that binds."""
    questions: int = 0
    measures: int = 0
    """That reach something."""


class Law(Result, frozen=True, kw_only=True):
    """What the law makes of a run on a day."""

    counts: Counts
    alike: tuple[Alike, ...]
    owed: tuple[Owed, ...]
    """In order of force, due date and action."""
    questions: tuple[OpenQuestion, ...]
    rulings: tuple[Ruling, ...]
    notes: tuple[str, ...]
    """What a reader has to know of decisions."""


class ExposureRow(Result, frozen=True, kw_only=True):
    """An exposure in a list."""

    id: str
    asset: str
    asset_id: str
    party: str
    product: str
    name: str
    version: str
    meaning: Meaning
    level: int
    confidence: float
    first_seen: str
    last_seen: str
    status: Status | None
    acts: tuple[OnAct, ...]
    due: str
    measures: tuple[str, ...]
    decision: str
    verdict: Verdict | None
    aside: str


class GroupRow(Result, frozen=True, kw_only=True):
    """Exposures that have something in common."""

    key: str
    """The value to filter by."""
    label: str
    exposures: int
    statuses: dict[str, int]
    due: str


class ExposureTold(Result, frozen=True, kw_only=True):
    """One exposure with everything that is known of it."""

    row: ExposureRow
    exposure: Exposure
    """With its matches."""
    organisation: Organisation
    register: RegisterVersion
    sources: dict[str, Source]
    """Those of its matches, by id."""
    why: Why
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Owed, ...]
    measures: dict[str, Brief]
    names: dict[str, str]
    brands: tuple[Statement, ...]
    course: Course | None
    """What became of it over the runs that were known."""
    decisions: tuple[Asked, ...]
    """Asked about it by itself, or holding of it; the newest first."""
    remarks: tuple[Remark, ...]


class AssetRow(Result, frozen=True, kw_only=True):
    """An asset in a list."""

    id: str
    asset: str
    also: tuple[str, ...]
    exposures: int
    """That count."""
    status: Status | None
    """The gravest of them."""
    statuses: dict[str, int]
    due: str
    newest: str
    """Time of the latest evidence of it; empty where nothing has a date."""
    gaps: int
    """Kinds of evidence that are missing, stale or not whole."""
    evidence: dict[Medium, AssetEvidence]


class ProductRow(Result, frozen=True, kw_only=True):
    """What is there of one product."""

    product: str
    name: str
    exposures: int
    statuses: dict[str, int]


class PartyRow(Result, frozen=True, kw_only=True):
    """A party of which something is there."""

    party: str
    name: str
    country: str
    exposures: int
    assets: int
    status: Status | None
    statuses: dict[str, int]
    due: str
    measures: tuple[str, ...]
    products: tuple[ProductRow, ...]


class StageRow(Result, frozen=True, kw_only=True):
    """A dated step of a measure, and what it reaches."""

    day: str
    """Instant in UTC."""
    until: str
    provision: str
    """measure#provision."""
    text: str
    modality: Modality
    acts: tuple[Act, ...]
    is_past: bool
    """It has begun on the day."""
    exposures: int
    grade: Grade


class MeasureRow(Result, frozen=True, kw_only=True):
    """A measure that reaches something, or binds the organisation whatever it has."""

    id: str
    title: str
    cite: str
    authority: str
    jurisdiction: str
    instrument: Instrument
    status: MeasureStatus
    zone: str
    issued: str
    exposures: int
    assets: int
    gravest: Status | None
    """Of what it says itself, on the day."""
    statuses: dict[str, int]
    """Exposures by the gravest that it says of them on the day; "later" where it only will."""
    due: str
    obligations: int
    stages: tuple[StageRow, ...]


class NewlyRow(Result, frozen=True, kw_only=True):
    """Who was newly hit, and by what."""

    id: str
    at: str
    why: str
    exposures: int


class Overview(Result, frozen=True, kw_only=True):
    """How it stands."""

    counts: Counts
    next: tuple[Owed, ...]
    """What is due next, overdue first."""
    trend: tuple[Progress, ...]
    """After each run that was known, in the order of the days that they asked about."""
    pace: Pace | None
    deadline: str
    """Day of the next deadline that binds, to which the trend runs; empty for none."""
    gaps: CoverageTold
    newly: tuple[NewlyRow, ...]
    waiting: int
    """Decisions that were asked for and not answered."""
    questions: tuple[OpenQuestion, ...]
    notes: tuple[str, ...]


class SummaryRow(Result, frozen=True, kw_only=True):
    """An organisation in the list of all that a caller is a member of."""

    organisation: str
    name: str
    role: str
    counts: Counts | None
    """Null where nothing was worked out yet."""
    is_current: bool
    """The figures are of the day asked about, and of all that is known."""
    waiting: int
