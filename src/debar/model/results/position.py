# SPDX-License-Identifier: Apache-2.0
"""What the law says of it: findings with their reasons, positions, obligations."""

from __future__ import annotations

from debar.model.results.found import Result
from debar.model.vocab import Act, Force, Grade, RelationKind, Status


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
    """Exposure id; null where only a party or product was asked about."""
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
