# SPDX-License-Identifier: Apache-2.0
"""All organisations that a caller is a member of, a row each: every one is entered by its own door."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar.errors import ForbiddenError, NotThereError, StoreError
from debar.model.viewed import Counts, SummaryRow
from debar.model.vocab.portfolio import Permission
from debar.portfolio import estates, overview, tenants
from debar.portfolio.tables import VIEWS
from debar.portfolio.views import held, view

if TYPE_CHECKING:
    from debar.model.portfolio import Caller, Clock
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

PATIENCE = 0.5
"""Seconds in which views are made for the list; for what is left it shows the last that was kept."""


def summaries(portfolio: Portfolio, caller: Caller, clock: Clock, *, patience: float = PATIENCE) -> list[SummaryRow]:
    """Give how each organisation of a caller stands, by name.

    One whose view is not at hand is worked out while there is time; after that the newest that was kept is told, as what
    it is. Asked again, the list goes on where it was.
    """
    until = time.monotonic() + patience
    found = []
    for tenant in sorted(tenants.mine(portfolio, caller), key=lambda one: (one.name.casefold(), one.id)):
        try:
            estate = estates.entered(portfolio, caller, tenant.id, Permission.READ)
            found.append(_summary(estate, caller, clock, may_make=time.monotonic() < until))
        except (NotThereError, ForbiddenError):
            continue  # the membership ended meanwhile
        except StoreError:
            found.append(_row(tenant.id, tenant.name, caller, None))
    return found


def _row(
    id_: str, name: str, caller: Caller, counts: Counts | None, waiting: int = 0, *, is_current: bool = False
) -> SummaryRow:
    role = str(caller.roles.get(id_, ""))
    return SummaryRow(organisation=id_, name=name, role=role, counts=counts, is_current=is_current, waiting=waiting)


def _summary(estate: Estate, caller: Caller, clock: Clock, *, may_make: bool) -> SummaryRow:
    tenant = estate.tenant
    with estate.reading() as connection:
        waiting = overview.waiting(connection, clock)
        now = held(connection, estate, clock)
        if now is None and not may_make:
            newest = sa.select(VIEWS.c.summary).order_by(VIEWS.c.made_at.desc(), VIEWS.c.id).limit(1)
            kept = connection.execute(newest).scalar()
            counts = msgspec.json.decode(kept, type=Counts) if kept else None
            return _row(tenant.id, tenant.name, caller, counts, waiting)
    now = now or view(estate, clock)
    return _row(tenant.id, tenant.name, caller, now.law.counts, waiting, is_current=True)
