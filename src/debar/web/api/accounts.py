# SPDX-License-Identifier: Apache-2.0
"""Accounts, organisations, and the log of what changes outside of organisations; for whoever runs the whole."""

from __future__ import annotations

import msgspec

from debar.model.exchanged import TenantNamed
from debar.model.portfolio import Change, Page, Person
from debar.portfolio import audit, people, tenants
from debar.web.api.changes import Filters
from debar.web.api.declared import Made, Operations, Paging
from debar.web.here import Operating


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account that is to be made."""

    email: str
    """What they sign in with."""
    name: str
    """What people call them."""
    password: str = ""
    """Without one only a provider of identities opens it."""
    is_operator: bool = False
    """Runs the whole."""


class AccountChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be another; what is null stays."""

    is_active: bool | None = None
    """Open or closed; a closed account keeps its name in everything that it did."""
    password: str | None = None
    """A new password: every session of the account ends."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/accounts")
    def list_accounts(here: Operating) -> Page[Person]:
        """List every account."""
        every = people.listed(here.portfolio)
        return Page(items=every, total=len(every))

    @operations.post("/accounts", gives=Person)
    def make_account(here: Operating, sent: NewAccount) -> Made:
        """Make an account."""
        made = people.add(
            here.portfolio,
            here.caller,
            email=sent.email,
            name=sent.name,
            password=sent.password,
            is_operator=sent.is_operator,
        )
        return Made(made, ("accounts", made.id))

    @operations.get("/accounts/{person}")
    def read_account(here: Operating, person: str) -> Person:
        """Give an account."""
        return people.find(here.portfolio, person)

    @operations.patch("/accounts/{person}", current=read_account)
    def change_account(here: Operating, person: str, sent: AccountChange) -> Person:
        """Open or close an account, or give it another password."""
        if sent.password is not None:
            people.set_password(here.portfolio, here.caller, person, sent.password)
        if sent.is_active is not None:
            people.set_active(here.portfolio, here.caller, person, is_active=sent.is_active)
        return people.find(here.portfolio, person)

    @operations.get("/tenants")
    def list_tenants(here: Operating) -> Page[TenantNamed]:
        """List every organisation there is; to run the whole opens none of them."""
        every = tuple(
            TenantNamed(id=one.id, name=one.name, created_at=one.created_at) for one in tenants.listed(here.portfolio)
        )
        return Page(items=every, total=len(every))

    @operations.get("/audit")
    def list_shared_changes(here: Operating, asked: Filters, page: Paging) -> Page[Change]:
        """List what was changed outside of organisations, the newest first."""
        return audit.shared(here.portfolio, asked.wanted, **page.place)
