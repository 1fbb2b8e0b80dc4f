# SPDX-License-Identifier: Apache-2.0
"""Who is told of what happens, and what they were told."""

from __future__ import annotations

import msgspec

from debar.model.exchanged import MadeHook
from debar.model.portfolio import Page
from debar.model.telling import Hook, Told
from debar.model.vocab.telling import Event, HookKind
from debar.portfolio import hooks
from debar.web.api.declared import Made, Operations, Paging
from debar.web.here import Administering


class NewHook(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is to be told."""

    kind: HookKind = HookKind.WEB
    """By which way."""
    to: str
    """An address of the web, or of mail."""
    events: tuple[Event, ...] = ()
    """What they want to hear of; everything where none is named."""


class NewState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody is told."""

    is_active: bool
    """False stops it."""


class OfHook(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages a list is about."""

    hook: str = ""
    """Those to one of those who are told."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/hooks")
    def list_hooks(here: Administering) -> Page[Hook]:
        """List who is told of what happens."""
        every = hooks.listed(here.estate)
        return Page(items=every, total=len(every))

    @operations.post("/hooks", gives=MadeHook, is_secret=True)
    def add_hook(here: Administering, sent: NewHook) -> Made:
        """Have somebody told of what happens from now on."""
        hook, secret = hooks.add(here.estate, sent.kind, sent.to, sent.events, here.settings.means)
        return Made(MadeHook(hook=hook, secret=secret), ("hooks", hook.id))

    @operations.get("/hooks/{hook}")
    def read_hook(here: Administering, hook: str) -> Hook:
        """Give one of those who are told."""
        return hooks.one(here.estate, hook)

    @operations.put("/hooks/{hook}", current=read_hook)
    def set_hook(here: Administering, hook: str, sent: NewState) -> Hook:
        """Stop telling somebody, or begin again with what happens from now on."""
        return hooks.set_active(here.estate, hook, is_active=sent.is_active)

    @operations.delete("/hooks/{hook}", current=read_hook)
    def remove_hook(here: Administering, hook: str) -> None:
        """Tell somebody nothing more."""
        hooks.remove(here.estate, hook)

    @operations.post("/hooks/{hook}/test", gives=Told, status=202)
    def test_hook(here: Administering, hook: str) -> Told:
        """Tell somebody that this is a test; what came of it stands in the list of messages."""
        return hooks.test(here.portfolio, here.estate, hook)

    @operations.get("/messages")
    def list_messages(here: Administering, asked: OfHook, page: Paging) -> Page[Told]:
        """List what was told in the last 30 days, the newest first."""
        return hooks.messages(here.estate, asked.hook, **page.place)

    @operations.post("/messages/{message}/repeat", gives=Told, status=202)
    def repeat_message(here: Administering, message: str) -> Told:
        """Send a message again."""
        return hooks.again(here.portfolio, here.estate, message)
