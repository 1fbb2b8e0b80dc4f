# SPDX-License-Identifier: Apache-2.0
"""Nouns of the portfolio: who is there, what they may, what was uploaded, and what is worked on."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from debar.model.measures import Organisation
from debar.model.results import Decision
from debar.model.results.found import Result
from debar.model.vocab.portfolio import MAY, Asking, JobKind, JobState, Permission, Role

Row = TypeVar("Row")


class Person(Result, frozen=True, kw_only=True):
    """Somebody with an account."""

    id: str
    name: str
    email: str
    """In small letters; what people sign in with."""
    is_operator: bool = False
    """Runs the whole: makes organisations and accounts. It opens no organisation by itself."""
    is_active: bool = True
    created_at: str = ""


class Member(Result, frozen=True, kw_only=True):
    """What a person is in one organisation."""

    person: str
    name: str
    email: str
    organisation: str
    role: Role


class Caller(Result, frozen=True, kw_only=True):
    """Who asks: a person who signed in, or a key of one organisation."""

    id: str
    """Of the person, or "key:" and the prefix of the key."""
    name: str
    """What the audit log calls the caller: name and address of a person, or the name of a key."""
    email: str = ""
    is_operator: bool = False
    roles: dict[str, Role] = msgspec.field(default_factory=dict)
    """By organisation; of a key there is one."""
    expires: str = ""

    def may(self, organisation: str, permission: Permission) -> bool:
        """Tell whether the caller may do this in an organisation."""
        role = self.roles.get(organisation)
        return role is not None and permission in MAY[role]


class Tenant(Result, frozen=True, kw_only=True):
    """An organisation of the portfolio, as who runs it knows it."""

    id: str
    """Small letters, digits and hyphens; it stands in addresses."""
    name: str
    created_at: str
    facts: Organisation
    """Who asks the law, with what is known of them."""


class Key(Result, frozen=True, kw_only=True):
    """A key of an organisation for programs; the key itself is shown once and never kept."""

    prefix: str
    """The part before the dot, by which it is told from others."""
    organisation: str
    name: str
    role: Role
    created_by: str
    created_at: str
    expires: str
    """Instant after which it opens nothing."""
    last_used: str = ""
    revoked_at: str = ""


class Upload(Result, frozen=True, kw_only=True):
    """A source of an organisation: one file as it was sent."""

    id: str
    name: str
    """As whoever sent it called it; a newer file of the same name takes its place."""
    sha256: str
    size: int
    added_by: str
    added_at: str
    removed_at: str = ""
    """When it was taken out or replaced; empty while it counts."""
    reader: str = ""
    """What it was taken for; empty until it was read."""
    state: JobState = JobState.QUEUED
    observations: int = 0
    skips: int = 0
    fault: str = ""
    """Why it could not be read."""


class Folder(Result, frozen=True, kw_only=True):
    """A folder of the server that is looked through again and again."""

    id: str
    path: str
    every: int
    """Minutes from one look to the next."""
    next_at: str
    by: str
    at: str
    is_active: bool = True
    said: str = ""
    """What came of the last look."""


class Job(Result, frozen=True, kw_only=True):
    """Work behind the pages: taken by one worker at a time, and taken again where that one died."""

    id: str
    organisation: str
    kind: JobKind
    about: str
    """What it works on: an upload, a run, a proof."""
    state: JobState
    created_by: str
    created_at: str
    started_at: str = ""
    ended_at: str = ""
    attempts: int = 0
    done: int = 0
    """Of `of`: bytes, files or rows; 0 of 0 where nobody knows."""
    of: int = 0
    says: str = ""
    """What it does now, or what it came to."""
    fault: str = ""
    result: str = ""
    """Id of what it made."""


class Asked(Result, frozen=True, kw_only=True):
    """A decision that somebody asked for, and what became of it. It counts once another person has approved it."""

    id: str
    decision: Decision
    state: Asking
    requester: str
    """Id of the caller who asked."""
    requested_at: str
    approver: str = ""
    """Id of the person who answered, never the requester."""
    answered_at: str = ""
    answer: str = ""
    """Why."""
    request: str = ""
    """What it was asked for with."""
    until: str = ""
    """Last day that was agreed on, where somebody ended it before: `decision` says what counts."""
    ended_at: str = ""
    ended_by: str = ""
    """Id of who ended or withdrew it."""


class Remark(Result, frozen=True, kw_only=True):
    """What somebody wrote under an exposure."""

    id: str
    exposure: str
    by: str
    at: str
    text: str


class Change(Result, frozen=True, kw_only=True):
    """Something that somebody changed, as the audit log holds it."""

    seq: int
    """Place in its log; the changes of members, keys and facts stand in another log than all else."""
    at: str
    by: str
    """Id of the caller."""
    name: str
    """What the caller was called then."""
    action: str
    """Such as "member.role"."""
    about: str
    """Id of what was changed."""
    detail: dict[str, Any]
    hash: str
    """Of the entry, which holds the hash of the one before."""
    is_shared: bool = False
    """It stands in the log that all organisations share."""


class Clock(Result, frozen=True, kw_only=True):
    """The two days that every page is about."""

    as_of: str
    """What is true on it."""
    known_on: str = ""
    """With whose knowledge; empty for all that is known now."""


class Page(Result, Generic[Row], frozen=True, kw_only=True):
    """Some rows of a list."""

    items: tuple[Row, ...]
    next_page_token: str = ""
    """Asks for what comes after; opaque; empty at the end."""
    total: int = 0
    """Rows of the whole list."""
