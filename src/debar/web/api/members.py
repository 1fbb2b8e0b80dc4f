# SPDX-License-Identifier: Apache-2.0
"""Members of an organisation, and its keys for programs."""

from __future__ import annotations

import msgspec

from debar.errors import NotThereError
from debar.model.exchanged import MadeKey
from debar.model.portfolio import Key, Member, Page
from debar.model.vocab.portfolio import Role
from debar.portfolio import keys, membership
from debar.web.api.declared import Made, Operations
from debar.web.here import Administering, Here, Reading


class NewMember(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is to be a member."""

    email: str
    """Of an account; where there is none, one is made that a provider of identities opens."""
    role: Role
    """What they may."""
    name: str = ""
    """What people call them, where an account is made."""


class NewRole(msgspec.Struct, frozen=True, kw_only=True):
    """What a member may from now on."""

    role: Role
    """Each may what those before it may."""


class NewKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that is to be made."""

    name: str
    """What it is for."""
    role: Role
    """What it may."""
    expires: str
    """Day after which it opens nothing, within a year."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/members", has_days=False)
    def list_members(here: Reading) -> Page[Member]:
        """List the members of an organisation."""
        every = membership.members(here.portfolio, here.estate)
        return Page(items=every, total=len(every))

    @operations.post("/members", gives=Member)
    def add_member(here: Administering, sent: NewMember) -> Made:
        """Make somebody a member."""
        made = membership.join(here.portfolio, here.estate, email=sent.email, name=sent.name, role=sent.role)
        return Made(made, ("members", made.person))

    @operations.get("/members/{person}", has_days=False)
    def read_member(here: Reading, person: str) -> Member:
        """Give a member."""
        return _member(here, person)

    @operations.put("/members/{person}", current=read_member)
    def set_role(here: Administering, person: str, sent: NewRole) -> Member:
        """Give a member another role."""
        _member(here, person)
        membership.set_role(here.portfolio, here.estate, person, sent.role)
        return _member(here, person)

    @operations.delete("/members/{person}", current=read_member)
    def remove_member(here: Administering, person: str) -> None:
        """Take a member out of the organisation; the account stays."""
        _member(here, person)
        membership.set_role(here.portfolio, here.estate, person, None)

    @operations.get("/keys")
    def list_keys(here: Administering) -> Page[Key]:
        """List the keys of an organisation, those that were revoked or expired as well."""
        every = keys.listed(here.portfolio, here.estate)
        return Page(items=every, total=len(every))

    @operations.post("/keys", gives=MadeKey, is_secret=True)
    def make_key(here: Administering, sent: NewKey) -> Made:
        """Make a key; what opens is in this answer and nowhere else. A key makes no keys."""
        key, secret = keys.make(here.portfolio, here.estate, sent.name, sent.role, sent.expires)
        return Made(MadeKey(key=key, secret=secret), ("keys", key.prefix))

    @operations.get("/keys/{prefix}")
    def read_key(here: Administering, prefix: str) -> Key:
        """Give what is known of a key."""
        return _key(here, prefix)

    @operations.delete("/keys/{prefix}", current=read_key)
    def revoke_key(here: Administering, prefix: str) -> None:
        """Have a key open nothing from now on."""
        keys.revoke(here.portfolio, here.estate, prefix)


def _member(here: Here, person: str) -> Member:
    found = next((one for one in membership.members(here.portfolio, here.estate) if one.person == person), None)
    if found is None:
        raise NotThereError("there is no such member", hint="the list of members names them")
    return found


def _key(here: Here, prefix: str) -> Key:
    found = next((one for one in keys.listed(here.portfolio, here.estate) if one.prefix == prefix), None)
    if found is None:
        raise NotThereError("there is no such key", hint="the list of keys names each by its prefix")
    return found
