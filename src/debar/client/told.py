# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about who is told of what happens, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.client.organised import Organised
from debar.model.exchanged import MadeHook
from debar.model.portfolio import Page
from debar.model.telling import Hook, Told
from debar.model.vocab.telling import HookKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from debar.client.asked import MessagesAsked


class Hearing(Organised):
    """Who is told of what."""

    def hooks(self) -> Iterator[Hook]:
        """List who is told of what happens."""
        return self._list(Page[Hook], {}, "hooks")

    def hook(self, id_: str) -> Hook:
        """Give one of those who are told."""
        return self._get(Hook, "hooks", id_)

    def add_hook(self, to: str, *, kind: HookKind | str = HookKind.WEB, events: Sequence[str] = ()) -> MadeHook:
        """Have somebody told of what happens from now on; the secret is in this answer and nowhere else."""
        sent = {"kind": str(kind), "to": to, "events": [str(event) for event in events]}
        return self._post(MadeHook, sent, "hooks")

    def set_hook(self, id_: str, *, is_active: bool) -> Hook:
        """Stop telling somebody, or begin again with what happens from now on."""
        return self._put(Hook, {"is_active": is_active}, "hooks", id_)

    def remove_hook(self, id_: str) -> None:
        """Tell somebody nothing more."""
        self._delete("hooks", id_)

    def test_hook(self, id_: str) -> Told:
        """Tell somebody that this is a test."""
        return self._post(Told, None, "hooks", id_, "test")

    def messages(self, **asked: Unpack[MessagesAsked]) -> Iterator[Told]:
        """List what was told in the last 30 days, the newest first."""
        return self._list(Page[Told], asked, "messages")

    def repeat_message(self, id_: str) -> Told:
        """Send a message again."""
        return self._post(Told, None, "messages", id_, "repeat")
