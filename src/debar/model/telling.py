# SPDX-License-Identifier: Apache-2.0
"""Nouns of telling people: whom to tell of what, what they were told, and by what means."""

from __future__ import annotations

from typing import Any

import msgspec

from debar.model.results.found import Result
from debar.model.vocab.telling import Event, HookKind, ToldState


class Hook(Result, frozen=True, kw_only=True):
    """Whom to tell of what."""

    id: str
    kind: HookKind
    to: str
    """An address of the web, or of mail."""
    events: tuple[Event, ...]
    """What they want to hear of; of everything where none is named."""
    by: str
    at: str
    is_active: bool = True
    """False where it was stopped: by somebody, or because the address said that it is gone."""


class Told(Result, frozen=True, kw_only=True):
    """A message to one of those who are told."""

    id: str
    """The same however often it is sent: whoever receives it tells a repetition by it."""
    hook: str
    event: Event
    at: str
    """When it happened."""
    state: ToldState
    attempts: int = 0
    next_at: str = ""
    """When it is sent again, or for the first time."""
    said: str = ""
    """What came of the last attempt."""
    body: dict[str, Any] = msgspec.field(default_factory=dict)
    """What is said."""


class Mail(Result, frozen=True, kw_only=True):
    """A server that takes mail."""

    host: str
    port: int
    sender: str
    is_tls: bool = False
    """TLS from the beginning; else by STARTTLS, which only a server on this machine may lack."""
    user: str = ""
    password: str = ""


class Means(Result, frozen=True, kw_only=True):
    """By what means people are told, as whoever runs the service decides; it holds a password and is never shown."""

    url: str = ""
    """How browsers reach the service; messages link to it."""
    mail: Mail | None = None
    allows_private: bool = False
    """Addresses of this machine and its network may be told, and without TLS."""
