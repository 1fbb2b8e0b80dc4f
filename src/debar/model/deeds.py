# SPDX-License-Identifier: Apache-2.0
"""Nouns of what people do in an organisation: ask, record, read papers, add to the register, plan and prove."""

from __future__ import annotations

from debar.model.intake import Chosen, DraftLine, Passage, Statement, Story, Unexplained
from debar.model.intake import Paper as PaperRead
from debar.model.portfolio import Asked, Clock
from debar.model.results import Plan, Record, RegisterVersion
from debar.model.results.found import Result
from debar.model.vocab import Validity, Verdict
from debar.model.vocab.portfolio import Asking


class Ask(Result, frozen=True, kw_only=True):
    """What somebody wants to have decided; who they are is known."""

    verdict: Verdict
    exposures: tuple[str, ...] = ()
    """Each by itself; the other parts of the scope narrow all of them."""
    assets: tuple[str, ...] = ()
    purl: str = ""
    party: str = ""
    measure: str = ""
    exemption: str = ""
    granted_by: str = ""
    document: str = ""
    """Digest of a paper that was uploaded."""
    reference: str = ""
    reason: str
    ticket: str = ""
    created: str = ""
    """First day on which it holds; today where none is stated."""
    expires: str
    """Last day on which it holds."""


class Request(Result, frozen=True, kw_only=True):
    """What was asked for together, and what became of it."""

    id: str
    state: Asking
    standing: Validity | None = None
    """Whether it holds on the day asked about; null until it was approved."""
    verdict: Verdict
    about: str
    """What it is about, in words."""
    count: int
    """Decisions: one for each exposure that was chosen."""
    reason: str
    ticket: str = ""
    created: str
    expires: str
    """Last day on which it holds."""
    requester: str
    """Id of who asked ..."""
    requester_name: str
    """... and what they were called."""
    requested_at: str
    approver: str = ""
    approver_name: str = ""
    answered_at: str = ""
    answer: str = ""
    decisions: tuple[Asked, ...] = ()
    """Only where one request is told."""
    replaces: tuple[Asked, ...] = ()
    """Decisions that would end the day before it begins, while it is not answered."""


class Recording(Result, frozen=True, kw_only=True):
    """What somebody wants to put on record."""

    duty: str = ""
    """Id of an obligation, or measure#provision; empty for a look at exposures that no provision demands."""
    exposures: tuple[str, ...] = ()
    """For which it was done; all that the duty is about where none is named."""
    contract: str = ""
    on: str = ""
    """Day on which it was done; today where none is stated."""
    by: str = ""
    """Who did it; who writes it where nobody is named."""
    found: str
    """What was done, and what came of it."""
    evidence: str = ""
    """Digest of a paper that was uploaded."""


class Done(Result, frozen=True, kw_only=True):
    """A record, and what it comes to on the day asked about."""

    id: str
    by: str
    """Id of who wrote it."""
    at: str
    record: Record
    state: str
    """"counts", "not yet" where its day lies ahead, or "unused" where nothing that is owed is answered by it."""
    obligations: tuple[str, ...]
    """Ids of the obligations that it answers."""


class Paper(Result, frozen=True, kw_only=True):
    """A notice or news that was sent to be read, or a paper that proves something."""

    sha256: str
    name: str
    size: int
    added_by: str
    added_at: str
    removed_at: str = ""
    """When it was taken out of what is read; empty while it counts."""


class StoryRow(Result, frozen=True, kw_only=True):
    """A story that papers tell together, in a list."""

    id: str
    title: str
    supplier: str
    jurisdiction: str
    measure: str
    """Id of the measure of the register that it is about; empty where there is none."""
    documents: int
    facts: int
    conflicts: int
    lines: int
    """Lines of its draft and dates that somebody has to look at ..."""
    left: int
    """... and how many of them nobody has looked at."""
    has_draft: bool
    accepted: str = ""
    """Path of the measure that was written from it; empty while there is none."""


class StoryItem(Result, frozen=True, kw_only=True):
    """One thing that somebody has to look at: a line of the draft, or a date that no statement explains."""

    id: str
    text: str
    value: str
    line: DraftLine | None
    date: Unexplained | None
    passages: tuple[Passage, ...]
    """Where papers say so."""
    choices: tuple[str, ...]
    """What can be chosen."""
    chosen: Chosen | None
    """What holds; null while nobody has chosen."""


class StoryTold(Result, frozen=True, kw_only=True):
    """One story with its papers, statements, draft and choices."""

    row: StoryRow
    story: Story
    papers: tuple[PaperRead, ...]
    facts: tuple[Statement, ...]
    items: tuple[StoryItem, ...]
    history: tuple[Chosen, ...]
    """Every choice that was made, the oldest first."""
    is_current: bool
    """It is of the papers and the register of now."""


class Addition(Result, frozen=True, kw_only=True):
    """A file that the organisation adds to the register."""

    path: str
    sha256: str
    by: str
    at: str
    id: str
    part: str
    """measures, parties, documents and so on."""
    status: str = ""
    """Of a measure: draft, active or ended."""
    title: str = ""
    is_overtaken: bool = False
    """The register itself has come to hold what is called so, and that one counts."""
    text: str = ""
    """The file itself, where one is told."""


class InUse(Result, frozen=True, kw_only=True):
    """Which register answers an organisation."""

    release: RegisterVersion
    origin: str
    """shipped, or imported."""
    measures: int
    parties: int
    indicators: int
    warning: str
    """What its age means on the day asked about; empty where it says enough."""
    additions: tuple[Addition, ...]


class NewlyMeasure(Result, frozen=True, kw_only=True):
    """What a measure says since the register changed, of what was there already."""

    measure: str
    title: str
    newly: int
    """Exposures that it did not reach before."""
    changes: tuple[tuple[str, str, int], ...]
    """From which status to which, and of how many exposures; empty where it said nothing, or says nothing now."""


class NewlyTold(Result, frozen=True, kw_only=True):
    """Who was newly hit by a change of the register."""

    id: str
    at: str
    why: str
    as_of: str
    """Day that was asked about before and after."""
    exposures: int
    """Of which something else is said."""
    measures: tuple[NewlyMeasure, ...]


class PlanAsked(Result, frozen=True, kw_only=True):
    """What is asked of a plan."""

    as_of: str
    known_on: str = ""
    begins: str
    """First day on which work is done."""
    deadline: str = ""
    capacity: int | None = None
    """Visits of machines on one working day; null for as many as there are."""
    capacities: tuple[int, ...] = ()
    healthy_within: int = 30
    by: str
    """Id of who asked for it."""

    @property
    def clock(self) -> Clock:
        """Give the two days that it is about."""
        return Clock(as_of=self.as_of, known_on=self.known_on)


class PlanRow(Result, frozen=True, kw_only=True):
    """A plan in a list."""

    id: str
    by: str
    at: str
    asked: PlanAsked
    pinned: int
    """Steps that people have put on another day."""
    version: int
    """How often they did."""


class Bare(Result, frozen=True, kw_only=True):
    """A machine that would be unprotected, because its product goes before something else protects it."""

    asset: str
    since: str
    until: str
    """Day on which what replaces it is due by the plan."""
    what: str
    """The step that would come too early."""


class Disorder(Result, frozen=True, kw_only=True):
    """A step that would come before another that has to come first."""

    step: str
    asset: str
    on: str
    before: str
    """The other step ..."""
    due: str
    """... and its day."""


class Crowded(Result, frozen=True, kw_only=True):
    """A day with more visits than there are hands for."""

    day: str
    visits: int
    capacity: int


class Planned(Result, frozen=True, kw_only=True):
    """A plan as people have moved it, and what comes of that."""

    row: PlanRow
    plan: Plan
    """With the steps on their days, and what is late by them."""
    bare: tuple[Bare, ...]
    """Beside what the plan itself says of machines without protection."""
    disorder: tuple[Disorder, ...]
    crowded: tuple[Crowded, ...]
    idle: tuple[str, ...]
    """Days with work on which nobody works."""
    is_current: bool
    """It is of the newest run and decisions."""


class ProofAsked(Result, frozen=True, kw_only=True):
    """What a proof is to be of."""

    as_of: str
    known_on: str = ""
    forms: tuple[str, ...] = ()
    """Ids of forms to fill, beside those that are owed."""
    with_inputs: bool = False
    """With copies of the inputs."""
    by: str
    """Id of who asked for it."""

    @property
    def clock(self) -> Clock:
        """Give the two days that it is about."""
        return Clock(as_of=self.as_of, known_on=self.known_on)


class Proof(Result, frozen=True, kw_only=True):
    """A proof that was made."""

    id: str
    by: str
    at: str
    sha256: str
    size: int
    as_of: str
    known_on: str
    head: str
    """Hash of the last line of its log ..."""
    envelope: str
    """... and digest of its envelope, by which the next one names it."""
    after: str
    """Head of the proof that it follows; empty for the first."""
    key: str
    """Id of the key that signed it."""
    files: int
    inputs: int
    register: str
    stale: str
    """Why the register says too little about the day; empty where it does not."""
    forms: tuple[str, ...]
    exposures: int
