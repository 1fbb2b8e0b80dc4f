# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about people: one's own account, everybody's accounts, organisations, members, keys, and who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.client import calling
from debar.client.organised import Organised
from debar.model.exchanged import MadeKey, TenantNamed
from debar.model.measures import Organisation
from debar.model.portfolio import Change, Key, Member, Page, Person, Tenant
from debar.model.viewed import SummaryRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from debar.client.asked import ChangesAsked, Days
    from debar.model.vocab.portfolio import Role


class People(Organised):
    """Who there is, and what they may."""

    def set_password(self, old: str, new: str) -> None:
        """Give one's own account another password; every session of it ends."""
        self._calls.ask("PUT", self._shared("me", "password"), type(None), sent={"old": old, "new": new})

    def end_sessions(self) -> None:
        """End every session of one's own account."""
        self._calls.ask("DELETE", self._shared("me", "sessions"), type(None))

    def organisations(self, **days: Unpack[Days]) -> tuple[SummaryRow, ...]:
        """List the organisations of whoever asks, with the figures of each."""
        return self._calls.ask("GET", self._shared("organisations"), Page[SummaryRow], query=days).items

    # for whoever runs the whole

    def tenants(self) -> Iterator[TenantNamed]:
        """List every organisation."""
        return self._calls.pages(self._shared("tenants"), Page[TenantNamed], {})

    def make_organisation(
        self, name: str, *, id_: str = "", admin: str = "", facts: Organisation | None = None
    ) -> Tenant:
        """Make an organisation; `admin` is the id of the account that administers it."""
        sent = {"name": name, "id": id_, "admin": admin, "facts": facts}
        return self._calls.ask("POST", self._shared("organisations"), Tenant, sent=sent)

    def accounts(self) -> Iterator[Person]:
        """List every account."""
        return self._calls.pages(self._shared("accounts"), Page[Person], {})

    def account(self, person: str) -> Person:
        """Give an account."""
        return self._calls.ask("GET", self._shared("accounts", person), Person)

    def make_account(self, email: str, name: str, *, password: str = "", is_operator: bool = False) -> Person:
        """Make an account; without a password only a provider of identities opens it."""
        sent = {"email": email, "name": name, "password": password, "is_operator": is_operator}
        return self._calls.ask("POST", self._shared("accounts"), Person, sent=sent)

    def change_account(self, person: str, *, is_active: bool | None = None, password: str | None = None) -> Person:
        """Open or close an account, or give it another password; what is None stays."""
        sent = {"is_active": is_active, "password": password}
        return self._calls.ask("PATCH", self._shared("accounts", person), Person, sent=sent)

    def shared_changes(self, **asked: Unpack[ChangesAsked]) -> Iterator[Change]:
        """List what was changed outside of organisations, the newest first."""
        return self._calls.pages(f"{calling.BASE}/audit", Page[Change], asked)

    # of the organisation

    def tenant(self) -> Tenant:
        """Give the organisation with what is known of it."""
        return self._get(Tenant)

    def rename(self, name: str) -> Tenant:
        """Give the organisation another name; its id stays."""
        return self._calls.ask("PATCH", self._path(), Tenant, sent={"name": name})

    def facts(self) -> Organisation:
        """Give what is known of the organisation."""
        return self._get(Organisation, "facts")

    def set_facts(self, facts: Organisation) -> Organisation:
        """Say what is known of the organisation."""
        return self._put(Organisation, facts, "facts")

    def members(self) -> Iterator[Member]:
        """List members."""
        return self._list(Page[Member], {}, "members")

    def member(self, person: str) -> Member:
        """Give a member."""
        return self._get(Member, "members", person)

    def add_member(self, email: str, role: Role | str, name: str = "") -> Member:
        """Make somebody a member."""
        return self._post(Member, {"email": email, "role": str(role), "name": name}, "members")

    def set_role(self, person: str, role: Role | str) -> Member:
        """Give a member another role."""
        return self._put(Member, {"role": str(role)}, "members", person)

    def remove_member(self, person: str) -> None:
        """Take a member out of the organisation; the account stays."""
        self._delete("members", person)

    def keys(self) -> Iterator[Key]:
        """List keys."""
        return self._list(Page[Key], {}, "keys")

    def key(self, prefix: str) -> Key:
        """Give what is known of a key."""
        return self._get(Key, "keys", prefix)

    def make_key(self, name: str, role: Role | str, expires: str) -> MadeKey:
        """Make a key, as somebody who is signed in: a key makes none."""
        return self._post(MadeKey, {"name": name, "role": str(role), "expires": expires}, "keys")

    def revoke_key(self, prefix: str) -> None:
        """Have a key open nothing from now on."""
        self._delete("keys", prefix)

    def changes(self, **asked: Unpack[ChangesAsked]) -> Iterator[Change]:
        """List what was changed, the newest first."""
        return self._list(Page[Change], asked, "audit")
