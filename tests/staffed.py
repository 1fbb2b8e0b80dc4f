# SPDX-License-Identifier: Apache-2.0
"""A portfolio of two organisations, each with a person of every role, and somebody who runs the whole."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import databases, estates, membership, people, tenants
from debar.portfolio.estates import PROGRAM
from debar.portfolio.tables import REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.store.places import Place

ORGANISATIONS = ("alpha", "beta-2")


@contextlib.contextmanager
def staffed(place: Place) -> Iterator[Portfolio]:
    """Give the portfolio, new at a place."""
    with databases.opened(place, makes=True) as portfolio:
        people.add(portfolio, PROGRAM, email="operator@example.org", name="Olga Operator", is_operator=True)
        for organisation in ORGANISATIONS:
            tenants.add(portfolio, PROGRAM, name=f"Firm {organisation}", id_=organisation)
            estate = estates.behind(portfolio, organisation)
            for role in Role:
                membership.join(portfolio, estate, email=address(organisation, role), name=f"{role} of it", role=role)
        yield portfolio


def address(organisation: str, role: Role) -> str:
    """Give the address of the person with a role in an organisation."""
    return f"{role.value}@{organisation}.example"


def caller(portfolio: Portfolio, organisation: str, role: Role) -> Caller:
    """Give the person with a role in an organisation as who asks."""
    found = people.caller(portfolio, people.by_email(portfolio, address(organisation, role)).id)
    assert found
    return found


def estate(portfolio: Portfolio, organisation: str = "alpha", role: Role = Role.ADMIN) -> Estate:
    """Give an organisation as the person with a role sees it."""
    return estates.entered(portfolio, caller(portfolio, organisation, role), organisation, Permission.READ)


def remark(estate_: Estate, text: str) -> None:
    """Write something down in an organisation, and put it on record."""
    row = {"id": f"rem-{text}", "exposure": "exp-1", "by": estate_.caller.id, "at": "2026-01-01", "text": text}
    with estate_.writing() as connection:
        connection.execute(sa.insert(REMARKS), row)
        estate_.log(connection, "remark.made", row["id"])


def remarks(estate_: Estate) -> list[str]:
    """Give what was written down in an organisation."""
    with estate_.reading() as connection:
        return list(connection.execute(sa.select(REMARKS.c.text).order_by(REMARKS.c.text)).scalars())
