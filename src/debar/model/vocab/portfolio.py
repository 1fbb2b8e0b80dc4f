# SPDX-License-Identifier: Apache-2.0
"""Words of the portfolio: what people may do in an organisation, and how far its work is."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in one organisation; each may what those before it may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    APPROVER = "approver"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a route asks for."""

    READ = "read"
    """See everything of the organisation."""
    WORK = "work"
    """Upload evidence, ask for decisions, plan, review documents, make proofs."""
    APPROVE = "approve"
    """Answer what somebody else has asked for."""
    ADMINISTER = "administer"
    """Facts of the organisation, members, keys, hooks, additions to the register."""


MAY = {
    Role.VIEWER: frozenset({Permission.READ}),
    Role.ANALYST: frozenset({Permission.READ, Permission.WORK}),
    Role.APPROVER: frozenset({Permission.READ, Permission.WORK, Permission.APPROVE}),
    Role.ADMIN: frozenset(Permission),
}


class JobKind(StrEnum):
    """Work that is done behind the pages."""

    READ = "read"
    """Read one uploaded file, in a process with limits."""
    RUN = "run"
    """Put together what all sources of an organisation say, and keep it as a run."""
    VIEW = "view"
    """Say what the law makes of a run on another day."""
    INTAKE = "intake"
    """Read notices and news."""
    PLAN = "plan"
    """Order the removal of what was found."""
    PROOF = "proof"
    """Write a proof."""
    TELL = "tell"
    """Deliver to hooks and by mail."""


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Moved(StrEnum):
    """What became of something from one run to another."""

    NEW = "new"
    """No run before met it."""
    CAME_BACK = "came-back"
    """The first had it not, and a run before that had."""
    COUNTS_AGAIN = "counts-again"
    """Set aside in the first: a decision ended, say."""
    GONE = "gone"
    """Somebody looked again, and it was not met."""
    NOT_LOOKED_AT = "not-looked-at"
    """Nobody looked again, so nothing is known."""
    CHANGED = "changed"
    """There on both sides, with another version or meaning, more or less sure, or set aside on one of them."""
    LAW = "law"
    """There on both sides, and the law says something else of it."""
    DECISION_ENDED = "decision-ended"
    """A decision that held in the first, and ended before the day of the second."""


class Asking(StrEnum):
    """How far a decision is that somebody asked for."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
