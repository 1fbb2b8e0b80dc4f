# SPDX-License-Identifier: Apache-2.0
"""What the law says of it: findings with their reasons, positions, obligations."""

from __future__ import annotations

from debar.model.results.found import Result
from debar.model.vocab import Act, Force, Grade, RelationKind, State, Status


class Because(Result, frozen=True, kw_only=True):
    """A passage behind a finding."""

    citation: str
    text: str
    grade: Grade
    publisher: str
    """Whose words they are."""
    url: str


class Pause(Result, frozen=True, kw_only=True):
    """A time in which an authority has said that it will not enforce a provision; the law is unchanged."""

    since: str
    until: str | None
    text: str
    grade: Grade


class Finding(Result, frozen=True, kw_only=True):
    """The legal position of one act under one provision."""

    id: str
    exposure: str | None
    """Exposure id; null where only a party or product was asked about, and of a duty that is owed whatever was found."""
    measure: str
    provision: str
    act: Act
    status: Status
    since: str
    """Instant in UTC from which it holds; it may lie in the future."""
    until: str | None
    contract: str | None
    """Contract of the organisation that it is about, where its facts decide."""
    exemption: str | None
    waiver: str | None
    """Granted waiver that takes the case out."""
    missing: tuple[str, ...]
    """Open questions by id, when undetermined or when an exemption might still be claimed."""
    questions: tuple[str, ...]
    """The same in words."""
    grade: Grade
    doubts: tuple[str, ...]
    pauses: tuple[Pause, ...]
    reached: str | None
    """Why the provision reaches it, when it does not name the party: a tie, a list, an origin."""
    text: str
    action: str
    """What to do about it, as an imperative; empty where nothing is."""
    consequence: str
    """What the text threatens, where that is known."""
    because: tuple[Because, ...]
    decision: str | None = None
    """Id of the decision of people that claims the exemption, holds the waiver, or accepts what is found."""


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
    """What to do by when: one action, however many findings it answers."""

    id: str
    """The same in every report in which the same is to be done by the same day, whatever it is about by then."""
    exposures: tuple[str, ...]
    """Those that it is about; none for a duty that is owed whatever was found."""
    action: str
    due: str | None
    """Instant in UTC; null when it is due now without a fixed date, or depends on an event."""
    force: Force
    findings: tuple[str, ...]
    """Those that it answers."""
    state: State = State.OPEN
    owner: str = ""
    """Who does it, as far as the organisation has said so."""
    repeats: str = ""
    """How often, in words such as "every 3 months"; empty for what is done once."""
    provisions: tuple[str, ...] = ()
    """measure#provision of each that demands it."""
    contract: str = ""
    """Contract under which it is owed, where each has a deadline of its own."""
    includes: tuple[str, ...] = ()
    """Other actions that are settled by doing this one."""
    done: str = ""
    """Day of the last record that says that it was done."""


class Outcome(Result, frozen=True, kw_only=True):
    """What would follow from one answer to an open question."""

    answer: str
    """A word that the register knows, or what any other answer would be."""
    says: str


class OpenQuestion(Result, frozen=True, kw_only=True):
    """A fact that nobody has stated, and what hangs on it."""

    fact: str
    question: str
    answers: tuple[str, ...]
    """Words that the register knows; none for a date, a number or a country."""
    form: str
    """How an answer is written: a word, date, number or country."""
    why: str
    """Why it matters, in a sentence."""
    provisions: tuple[str, ...]
    """measure#provision of each that it decides."""
    measures: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    undetermined: int
    """Findings that stay undetermined without it,"""
    exposures: int
    """on how many exposures."""
    exempting: int
    """Findings from which the answer might take the case out."""
    undated: int
    """Findings whose duty has no date without it."""
    contracts: tuple[str, ...]
    """Contracts of the organisation that have no answer of their own, where the question is about one."""
    systems: tuple[str, ...]
    """Systems of the organisation that have no answer of their own."""


class Statement(Result, frozen=True, kw_only=True):
    """Something that the register states of a party: a tie, a listing, or that it is expressly not listed."""

    text: str
    kind: RelationKind
    to: str
    since: str | None
    until: str | None
    claims: tuple[str, ...]
    """Who says what, where sources disagree."""
    grade: Grade
    because: tuple[Because, ...]
