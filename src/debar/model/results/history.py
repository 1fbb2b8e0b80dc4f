# SPDX-License-Identifier: Apache-2.0
"""What became of it over time: runs that were kept, the course of exposures, progress, and two runs side by side."""

from __future__ import annotations

import msgspec

from debar.model.results.found import Decision, Result
from debar.model.results.report import Program
from debar.model.vocab import Act, Cause, Force, Presence, Status, Validity, Verdict


class Run(Result, frozen=True, kw_only=True):
    """A scan that was kept."""

    id: str
    """"run-" and 12 hex digits over its report: the same report is the same run."""
    kept_at: str
    """Instant in UTC at which it was kept: from then on it was known."""
    as_of: str
    """Day or instant that it asked about."""
    known_on: str | None
    organisation: str
    register: str
    """Version of the register."""
    register_sha256: str
    program: str
    """Version of the program."""
    is_complete: bool
    """False when the reading was interrupted: then nothing is said to be gone."""
    sources: int
    skips: int
    assets: int
    """Assets of which anything was looked at."""
    exposures: int
    set_aside: int
    findings: int
    obligations: int
    zones: tuple[str, ...]
    """Time zones of the authorities of its measures, in which their days end."""
    files: dict[str, str]
    """Kind of file -> SHA-256, which is its name: observations, findings, reports."""


class Progress(Result, frozen=True, kw_only=True):
    """How it stood after one run."""

    run: str
    day: str
    remaining: int
    """Exposures that are open, or were when their asset was last looked at."""
    open: int
    """Exposures that this run found and that count."""
    bound: int
    """Those of them of which an act is prohibited or required on the day of the run."""
    assets: int
    """Assets with a remaining exposure."""
    new: int
    came_back: int
    gone: int
    """Exposures whose asset was looked at again, in the same kinds of evidence, without meeting them."""
    restored: int = 0
    """Exposures that had been set aside before it, and count again."""
    put_aside: int = 0
    """Exposures that counted before it, and were set aside."""
    set_aside: int
    not_looked_at: int
    """Exposures that were there before, and whose asset was not looked at again: nothing is known of them."""


class Pace(Result, frozen=True, kw_only=True):
    """How fast it goes: an estimate, from nothing but the runs."""

    per_day: float
    """Exposures by which the remaining ones become fewer."""
    from_day: str
    done_on: str | None
    """Day on which none would remain at this rate; null where they do not become fewer."""
    is_in_time: bool | None
    """Whether that is by the deadline; null without either."""


class Course(Result, frozen=True, kw_only=True):
    """What became of one exposure."""

    exposure: str
    name: str
    """The product, as people call it."""
    asset: str
    presence: Presence
    first_seen: str
    """Day of the first run that met it."""
    last_seen: str
    gone_since: str | None
    """Day of the run that looked again and did not meet it."""
    came_back: tuple[str, ...]
    """Days of the runs that met it after it was gone."""
    statuses: tuple[Status, ...]
    """What the law said of its acts, when it was last met."""


class Standing(Result, frozen=True, kw_only=True):
    """How many findings of one measure have one status on the day."""

    measure: str
    status: Status
    findings: int


class KeptDecision(Result, frozen=True, kw_only=True):
    """A decision that the last run knew."""

    id: str
    about: str
    verdict: Verdict
    expires: str
    """Last day on which it holds."""
    state: Validity
    """On the day asked about; whether it is used is told by the run."""
    exposures: int
    """Exposures in its scope, as the run saw it."""


class KeptObligation(Result, frozen=True, kw_only=True):
    """An obligation of the last run that is overdue on the day: it binds, its day has passed, and no record says it is done."""

    id: str
    action: str
    due: str
    force: Force
    owner: str
    exposures: int


class History(Result, frozen=True, kw_only=True):
    """The state of things on a day, by the runs that were known then."""

    schema: int
    program: Program
    store: str
    on: str
    known_on: str | None
    """Null when every run counts that is kept now."""
    deadline: str | None
    runs: tuple[Run, ...]
    """In the order of the days that they asked about."""
    progress: tuple[Progress, ...]
    pace: Pace | None
    """Null where the runs allow no estimate."""
    exposures: tuple[Course, ...]
    standings: tuple[Standing, ...]
    """Of the findings of the last run, on the day."""
    decisions: tuple[KeptDecision, ...]
    overdue: tuple[KeptObligation, ...]
    notes: tuple[str, ...]


class Side(Result, frozen=True, kw_only=True):
    """One of two reports that are compared."""

    name: str
    """As it was named: a word for a run, or a file."""
    run: str
    as_of: str
    organisation: str
    register: str
    exposures: int


class Met(Result, frozen=True, kw_only=True):
    """An exposure of one side, in short."""

    exposure: str
    name: str
    asset: str
    level: int
    statuses: tuple[Status, ...]
    """What the law says of its acts on the day of that side."""


class Changed(Result, frozen=True, kw_only=True):
    """Something about an exposure that is another in the second report."""

    exposure: str
    name: str
    asset: str
    what: str
    """level, version, meaning, or set aside."""
    before: str
    after: str


class ChangedFinding(Result, frozen=True, kw_only=True):
    """A finding on an exposure of both sides whose status is another on the day of the second."""

    exposure: str
    asset: str
    measure: str
    provision: str
    """measure#provision."""
    act: Act
    contract: str | None
    before: Status | None
    """Null when it was not in force, or there was none."""
    after: Status | None
    cause: Cause


class Comparison(Result, frozen=True, kw_only=True):
    """What is different between two reports; nothing that was not looked at again is called gone."""

    schema: int
    program: Program
    before: Side
    after: Side
    new: tuple[Met, ...]
    came_back: tuple[Met, ...]
    """Not in the first, but met by a run of the history before it."""
    restored: tuple[Met, ...]
    """Set aside in the first, and counting in the second: a decision ended, say."""
    gone: tuple[Met, ...]
    not_looked_at: tuple[Met, ...]
    changed: tuple[Changed, ...]
    findings: tuple[ChangedFinding, ...]
    expired: tuple[Decision, ...]
    """Decisions that were in force in the first, and ended before the day of the second."""
    notes: tuple[str, ...] = msgspec.field(default=())
