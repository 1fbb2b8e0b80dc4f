# SPDX-License-Identifier: Apache-2.0
"""What people are in organisations: who is a member, made one by an address, given another role, or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import ConflictError, ForbiddenError, NotThereError
from debar.model.portfolio import Member
from debar.model.vocab.portfolio import MAY, Permission, Role
from debar.portfolio import audit, estates, names, people
from debar.portfolio.tables import MEMBERS, PERSONS

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate


def members(portfolio: Portfolio, estate: Estate) -> tuple[Member, ...]:
    """Give who is a member of an organisation, by name: the one that its admin wrote, else that of the account."""
    name = sa.case((MEMBERS.c.name != "", MEMBERS.c.name), else_=PERSONS.c.name).label("name")
    query = sa.select(MEMBERS.c.person, name, PERSONS.c.email, MEMBERS.c.organisation, MEMBERS.c.role)
    query = query.join(PERSONS, PERSONS.c.id == MEMBERS.c.person).where(MEMBERS.c.organisation == estate.organisation)
    with portfolio.reading() as connection:
        found = connection.execute(query.order_by(name, PERSONS.c.id)).all()
    return tuple(Member(**{**row._asdict(), "role": Role(row.role)}) for row in found)


def set_role(portfolio: Portfolio, estate: Estate, person: str, role: Role | None) -> None:
    """Give a member of an organisation another role, or take them out of it.

    Raises NotThereError for whoever is no member, with an account or without: that would be news of other organisations;
    ConflictError where nobody would administer the organisation; ForbiddenError where a key gives a role that approves.
    """
    _set(portfolio, estate, person, role)


def _set(
    portfolio: Portfolio, estate: Estate, person: str, role: Role | None, *, name: str = "", joins: str = ""
) -> None:
    """Write what somebody is; whoever was no member becomes one by the address `joins`, and is called by it without a name."""
    _check_gives(estate, role)
    here = MEMBERS.c.organisation == estate.organisation
    mine = sa.and_(here, MEMBERS.c.person == person)
    with portfolio.writing() as connection:
        known = connection.execute(sa.select(MEMBERS.c.role, MEMBERS.c.name).where(mine)).first()
        if known is None and not joins:
            raise NotThereError("there is no such member", hint="the list of members names them")
        before, called = (known.role, known.name) if known else ("", joins)
        if before == role and name in ("", called):
            return
        others = sa.select(MEMBERS.c.person).join(PERSONS, PERSONS.c.id == MEMBERS.c.person).where(PERSONS.c.is_active)
        others = others.where(here, MEMBERS.c.person != person, MEMBERS.c.role == Role.ADMIN.value)
        if before == Role.ADMIN and role is not Role.ADMIN and not connection.execute(others.limit(1)).first():
            raise ConflictError("the last admin stays one", hint="make another member an admin first")
        connection.execute(sa.delete(MEMBERS).where(mine))
        if role is not None:
            put(connection, estate.organisation, person, role, name or called)
        detail = {"role": role.value if role else "", "before": before}
        audit.add(connection, estate.caller, "member.role", person, estate.organisation, **detail)


def _check_gives(estate: Estate, role: Role | None) -> None:
    """Raise ForbiddenError for a caller who may not give a role: a key approves nothing, and makes nobody who does."""
    estate.needs(Permission.ADMINISTER)
    if role is not None and Permission.APPROVE in MAY[role] and estates.is_key(estate.caller):
        raise ForbiddenError(
            "a key makes nobody an approver or an admin", hint="sign in: whoever has a key could approve otherwise"
        )


def join(portfolio: Portfolio, estate: Estate, *, email: str, name: str = "", role: Role) -> Member:
    """Make the person of an address a member; one without an account gets one, which a provider of identities opens.

    Nothing tells whether the account was there: that would be news of other organisations. So the list of members has the name
    that was written here, or the address, and not that of the account; that stands under what somebody does themselves.
    """
    _check_gives(estate, role)
    address = names.email(email)
    called = names.name(name, "a member") if name else ""
    try:
        person = people.by_email(portfolio, address)
    except NotThereError:
        try:
            person = people.add(portfolio, estate.caller, email=address, name=called or address)
        except ConflictError:  # somebody else made it meanwhile
            person = people.by_email(portfolio, address)
    _set(portfolio, estate, person.id, role, name=called, joins=address)
    return next(one for one in members(portfolio, estate) if one.person == person.id)


def put(connection: sa.Connection, organisation: str, person: str, role: Role, name: str = "") -> None:
    """Write that somebody is a member, within a transaction that puts it on record."""
    row = {"person": person, "organisation": organisation, "role": role.value, "name": name}
    connection.execute(sa.insert(MEMBERS), row)
