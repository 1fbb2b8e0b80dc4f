# SPDX-License-Identifier: Apache-2.0
"""Accounts of people: whoever has one can sign in; what they may is told by what they are a member of (`membership`)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, NotThereError
from debar.model.portfolio import Caller, Person
from debar.model.vocab.portfolio import Role
from debar.portfolio import audit, limits, names
from debar.portfolio.tables import MEMBERS, PERSONS, SESSIONS
from debar.store.texts import keepable

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio

_SHOWN = tuple(PERSONS.c[name] for name in ("id", "email", "name", "is_operator", "is_active", "created_at"))

_CALLERS = (
    sa.select(*_SHOWN, MEMBERS.c.organisation, MEMBERS.c.role)
    .select_from(PERSONS.outerjoin(MEMBERS, MEMBERS.c.person == PERSONS.c.id))
    .where(PERSONS.c.is_active, PERSONS.c.id == sa.bindparam("person"))
)
"""Made once: every request asks it."""


def is_empty(portfolio: Portfolio) -> bool:
    """Tell whether there is no account yet: whoever comes first sets the portfolio up."""
    with portfolio.reading() as connection:
        return connection.execute(sa.select(PERSONS.c.id).limit(1)).first() is None


def add(
    portfolio: Portfolio,
    by: Caller,
    *,
    email: str,
    name: str,
    password: str = "",
    is_operator: bool = False,
    is_first: bool = False,
) -> Person:
    """Make an account; without a password only a provider of identities opens it.

    Raises ConflictError where the address has an account, and where the first is to be made and there is one;
    UsageError for an address, a name or a password that is none.
    """
    address, called = names.email(email), names.name(name, "an account")
    kept = _hashed(password, (address.partition("@")[0], called)) if password else ""
    person = Person(
        id=f"per-{secrets.token_hex(6)}",
        name=called,
        email=address,
        is_operator=is_operator,
        created_at=dates.present(),
    )
    with portfolio.writing() as connection:
        if is_first and connection.execute(sa.select(PERSONS.c.id).limit(1)).first():
            raise ConflictError("the portfolio is set up already", hint="sign in")
        _insert(connection, by, person, password=kept)
    return person


def find(portfolio: Portfolio, id_: str) -> Person:
    """Give an account by its id; NotThereError for none."""
    return _one(portfolio, PERSONS.c.id == id_)


def by_email(portfolio: Portfolio, email: str) -> Person:
    """Give an account by its address; NotThereError for none."""
    return _one(portfolio, PERSONS.c.email == names.email(email))


def listed(portfolio: Portfolio) -> tuple[Person, ...]:
    """Give every account, by address; for whoever runs the whole."""
    with portfolio.reading() as connection:
        return tuple(map(_person, connection.execute(sa.select(*_SHOWN).order_by(PERSONS.c.email))))


def caller(portfolio: Portfolio, id_: str) -> Caller | None:
    """Give somebody with an account as who asks; nothing where there is none, or it was closed."""
    with portfolio.reading() as connection:
        return called(connection, id_)


def called(connection: sa.Connection, id_: str, expires: str = "") -> Caller | None:
    """Give the caller of an open account, with their roles."""
    rows = connection.execute(_CALLERS, {"person": id_}).all()
    if not rows:
        return None
    one = rows[0]
    roles = {row.organisation: Role(row.role) for row in rows if row.organisation}
    return Caller(
        id=one.id,
        name=f"{one.name} <{one.email}>",
        email=one.email,
        is_operator=one.is_operator,
        roles=roles,
        expires=expires,
    )


def check_password(portfolio: Portfolio, email: str, password: str) -> Caller | None:
    """Give who signs in with an address and a password; nothing where they do not fit, for whatever reason.

    1. The attempt is counted; LimitError while the address is locked, whether it has an account or not.
    2. A password is hashed in any case: the time tells nothing.
    3. What fits is forgotten as an attempt, and kept anew where the parameters became stronger.
    """
    from debar.portfolio import passwords  # needs argon2: loaded where somebody signs in

    address = keepable(email.strip().casefold())
    limits.attempted(portfolio, address)  # 1.
    with portfolio.reading() as connection:
        query = sa.select(PERSONS.c.id, PERSONS.c.password)
        row = connection.execute(query.where(PERSONS.c.email == address, PERSONS.c.is_active)).first()
    kept = row.password if row else ""
    if not passwords.fits(kept, password):  # 2.
        return None
    if row is None:
        return None
    limits.forgotten(portfolio, address)  # 3.
    if passwords.is_outdated(kept):
        with portfolio.writing() as connection:
            same = sa.and_(PERSONS.c.id == row.id, PERSONS.c.password == kept)
            connection.execute(sa.update(PERSONS).where(same).values(password=passwords.hashed(password)))
    return caller(portfolio, row.id)


def set_password(portfolio: Portfolio, by: Caller, id_: str, password: str) -> None:
    """Give an account another password, and end its sessions: whoever knew the old one is out."""
    person = find(portfolio, id_)
    kept = _hashed(password, (person.email.partition("@")[0], person.name))
    with portfolio.writing() as connection:
        connection.execute(sa.update(PERSONS).where(PERSONS.c.id == id_).values(password=kept))
        connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.person == id_))
        audit.add(connection, by, "account.password", id_)
    limits.forgotten(portfolio, person.email)


def set_active(portfolio: Portfolio, by: Caller, id_: str, *, is_active: bool) -> None:
    """Open or close an account; a closed one keeps its name in everything that it did. ConflictError for the last operator."""
    person = find(portfolio, id_)
    with portfolio.writing() as connection:
        others = sa.select(PERSONS.c.id).where(PERSONS.c.is_operator, PERSONS.c.is_active, PERSONS.c.id != id_)
        if person.is_operator and not is_active and not connection.execute(others.limit(1)).first():
            raise ConflictError("the last operator stays", hint="make another account an operator first")
        connection.execute(sa.update(PERSONS).where(PERSONS.c.id == id_).values(is_active=is_active))
        connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.person == id_))
        audit.add(connection, by, "account.opened" if is_active else "account.closed", id_)


def linked(
    portfolio: Portfolio, issuer: str, subject: str, *, email: str, name: str, is_verified: bool, makes: bool = False
) -> Caller | None:
    """Give whom a provider of identities vouches for; nothing where nobody here is meant.

    1. Whoever came by this identity before is the same person, whatever their address is now.
    2. Else an account of the same address, if the provider has verified it and no other identity opens that account.
    3. Else a new account, if the portfolio makes them; it is a member of nothing.
    """
    if not issuer or not subject:
        return None
    same = sa.and_(PERSONS.c.issuer == issuer, PERSONS.c.subject == subject)
    with portfolio.writing() as connection:
        mine = sa.select(PERSONS.c.id).where(same)
        known = connection.execute(mine).scalar()  # 1.
        if not known and is_verified and _tied(connection, (issuer, subject), email, name, makes=makes):
            known = connection.execute(mine).scalar()
        return called(connection, known) if known else None


def _tied(connection: sa.Connection, identity: tuple[str, str], said: str, name: str, *, makes: bool) -> bool:
    """Tie an identity to the account of an address (2.), or to a new one (3.); tell whether that was done."""
    (issuer, subject), address = identity, names.email(said)
    # Small letters make one address of some that are two mailboxes: the sign of Kelvin is k then.
    is_exact = address.isascii() == said.isascii()
    row = connection.execute(sa.select(PERSONS).where(PERSONS.c.email == address)).first()
    if row is not None:
        if row.issuer or not is_exact:
            return False
        one = PERSONS.c.id == row.id
        connection.execute(sa.update(PERSONS).where(one).values(issuer=issuer, subject=subject))
        by = Caller(id=row.id, name=f"{row.name} <{row.email}>")
        audit.add(connection, by, "account.linked", row.id, issuer=issuer)
        return True
    makes = makes and is_exact
    if makes:
        called_ = names.name(name or address, "an account")
        person = Person(id=f"per-{secrets.token_hex(6)}", name=called_, email=address, created_at=dates.present())
        _insert(connection, Caller(id=person.id, name=f"{called_} <{address}>"), person, issuer=issuer, subject=subject)
    return makes


def _insert(
    connection: sa.Connection, by: Caller, person: Person, *, password: str = "", issuer: str = "", subject: str = ""
) -> None:
    if connection.execute(sa.select(PERSONS.c.id).where(PERSONS.c.email == person.email)).first():
        raise ConflictError(f"{person.email}: has an account already", hint="give that one a role")
    row = {name: getattr(person, name) for name in person.__struct_fields__}
    connection.execute(sa.insert(PERSONS), {**row, "password": password, "issuer": issuer, "subject": subject})
    audit.add(connection, by, "account.made", person.id, email=person.email, is_operator=person.is_operator)


def _hashed(password: str, about: tuple[str, ...]) -> str:
    from debar.portfolio import passwords  # needs argon2: loaded where somebody has a password

    return passwords.hashed(password, about=about)


def _one(portfolio: Portfolio, is_meant: sa.ColumnElement[bool]) -> Person:
    with portfolio.reading() as connection:
        row = connection.execute(sa.select(*_SHOWN).where(is_meant)).first()
    if row is None:
        raise _nobody()
    return _person(row)


def _person(row: Any) -> Person:  # noqa: ANN401 - a row of the table of accounts
    return Person(**{**row._asdict(), "is_operator": bool(row.is_operator), "is_active": bool(row.is_active)})


def _nobody() -> NotThereError:
    return NotThereError("there is no such account", hint="debar admin user list names them")
