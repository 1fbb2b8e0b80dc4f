# SPDX-License-Identifier: Apache-2.0
"""Organisations of the portfolio: made by whoever runs the whole, described by their own admins."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, NotThereError, UsageError
from debar.model.portfolio import Tenant
from debar.model.vocab.portfolio import Permission, Role
from debar.obligations.organisation import check_facts, organisation
from debar.portfolio import audit, estates, membership, names
from debar.portfolio.tables import PERSONS, TENANTS

if TYPE_CHECKING:
    from debar.model.measures import Organisation
    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.register import Register

_OTHER = re.compile(r"[^a-z0-9]+")


def add(
    portfolio: Portfolio, by: Caller, *, name: str, id_: str = "", facts: Organisation | None = None, admin: str = ""
) -> Tenant:
    """Make an organisation, with a database of its own and the person who administers it.

    1. Its database first: what a kill leaves of it, the next attempt takes up.
    2. Then the row by which it is known, with its admin, in one transaction.

    Raises ConflictError where the id is taken, UsageError for an id or name that is none.
    """
    called = names.name(name, "an organisation")
    id_ = id_ or slug(called)
    if not estates.ID.fullmatch(id_):
        raise UsageError(
            f"{id_[:60]!r} is no id of an organisation", hint="write small letters, digits and hyphens, at most 40"
        )
    facts = facts or msgspec.structs.replace(organisation("us/company"), name=called)
    tenant = Tenant(id=id_, name=called, created_at=dates.present(), facts=facts)
    _check_free(portfolio, id_)
    portfolio.inside(id_, makes=True)  # 1.
    row = {"id": id_, "name": called, "created_at": tenant.created_at, "facts": msgspec.json.encode(facts).decode()}
    with portfolio.writing() as connection:  # 2.
        if connection.execute(sa.select(TENANTS.c.id).where(TENANTS.c.id == id_)).first():
            raise _taken(id_)
        connection.execute(sa.insert(TENANTS), row)
        audit.add(connection, by, "organisation.made", id_, id_, name=called)
        if admin:
            if connection.execute(sa.select(PERSONS.c.id).where(PERSONS.c.id == admin)).first() is None:
                raise NotThereError("there is no such account", hint="make it first")
            membership.put(connection, id_, admin, Role.ADMIN)
            audit.add(connection, by, "member.role", admin, id_, role=Role.ADMIN.value, before="")
    return tenant


def listed(portfolio: Portfolio) -> tuple[Tenant, ...]:
    """Give every organisation, by name; for whoever runs the whole."""
    return _some(portfolio, sa.true())


def mine(portfolio: Portfolio, caller: Caller) -> tuple[Tenant, ...]:
    """Give the organisations in which a caller has a role, by name."""
    return _some(portfolio, TENANTS.c.id.in_(caller.roles))


def rename(portfolio: Portfolio, estate: Estate, name: str) -> None:
    """Give an organisation another name; its id stays."""
    estate.needs(Permission.ADMINISTER)
    called = names.name(name, "an organisation")
    with portfolio.writing() as connection:
        connection.execute(sa.update(TENANTS).where(TENANTS.c.id == estate.organisation).values(name=called))
        audit.add(
            connection, estate.caller, "organisation.renamed", estate.organisation, estate.organisation, name=called
        )


def set_facts(portfolio: Portfolio, estate: Estate, facts: Organisation, register: Register) -> None:
    """Say what is known of an organisation; UsageError for a fact that nothing in its register asks for."""
    estate.needs(Permission.ADMINISTER)
    check_facts(facts, register)
    if facts.name:
        facts = msgspec.structs.replace(facts, name=names.name(facts.name, "an organisation"))
    said = msgspec.json.encode(facts).decode()
    with portfolio.writing() as connection:
        connection.execute(sa.update(TENANTS).where(TENANTS.c.id == estate.organisation).values(facts=said))
        # The whole of it: what was known of the organisation on a past day can be told from the log.
        detail = {"facts": msgspec.to_builtins(facts)}
        audit.add(connection, estate.caller, "organisation.facts", estate.organisation, estate.organisation, **detail)


def slug(name: str) -> str:
    """Give the id that a name suggests: its letters and digits in small ASCII, between hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain)[:40].strip("-")


def _some(portfolio: Portfolio, is_meant: sa.ColumnElement[bool]) -> tuple[Tenant, ...]:
    with portfolio.reading() as connection:
        rows = connection.execute(sa.select(TENANTS).where(is_meant).order_by(TENANTS.c.name, TENANTS.c.id)).all()
    return tuple(map(estates.tenant, rows))


def _check_free(portfolio: Portfolio, id_: str) -> None:
    with portfolio.reading() as connection:
        if connection.execute(sa.select(TENANTS.c.id).where(TENANTS.c.id == id_)).first():
            raise _taken(id_)


def _taken(id_: str) -> ConflictError:
    return ConflictError(f"{id_}: there is such an organisation already", hint="choose another id")
