# SPDX-License-Identifier: Apache-2.0
"""Who is signed in: a session is known by a random text, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from debar import dates
from debar.portfolio import people
from debar.portfolio.tables import SESSIONS

if TYPE_CHECKING:
    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio

LASTS, IDLE = timedelta(hours=12), timedelta(hours=1)
"""How long a session lasts, and how long when nobody asks anything."""
_NEWS = timedelta(minutes=5)
"""How exactly it is known when somebody last asked: not every request shall wait for the disk."""


class Begun(NamedTuple):
    """A session that has just begun."""

    token: str
    """What the browser brings along; nobody has it but the browser."""
    csrf: str
    """What every form brings along."""
    expires: str


class Session(NamedTuple):
    """A session that goes on."""

    caller: Caller
    csrf: str
    expires: str


def begin(portfolio: Portfolio, person: str) -> Begun:
    """Begin a session of somebody who has just shown who they are."""
    now = datetime.now(UTC).replace(microsecond=0)
    begun = Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(32), dates.stamp(now + LASTS))
    row = {"hash": _hash(begun.token), "person": person, "csrf": begun.csrf, "expires": begun.expires}
    with portfolio.writing() as connection:
        connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.expires <= dates.stamp(now)))
        connection.execute(sa.insert(SESSIONS), {**row, "created_at": dates.stamp(now), "seen_at": dates.stamp(now)})
    return begun


def found(portfolio: Portfolio, token: str) -> Session | None:
    """Give the session of a token; nothing for one that ended, ran out, or whose account was closed."""
    now = datetime.now(UTC).replace(microsecond=0)
    hashed = _hash(token)
    known = portfolio.common.recalled(("session", hashed), lambda: _known(portfolio, hashed))
    if known is None or known.session.expires <= dates.stamp(now) or now - known.seen >= IDLE:
        return None
    if now - known.seen >= _NEWS:
        with portfolio.writing() as connection:
            connection.execute(sa.update(SESSIONS).where(SESSIONS.c.hash == hashed).values(seen_at=dates.stamp(now)))
    return known.session


class _Known(NamedTuple):
    session: Session
    seen: datetime


def _known(portfolio: Portfolio, hashed: str) -> _Known | None:
    with portfolio.reading() as connection:
        row = connection.execute(_BY_HASH, {"hash": hashed}).first()
        if row is None:
            return None
        caller = people.called(connection, row.person, row.expires)
    return _Known(Session(caller, row.csrf, row.expires), dates.key(row.seen_at)) if caller else None


_BY_HASH = sa.select(SESSIONS).where(SESSIONS.c.hash == sa.bindparam("hash"))


def caller(portfolio: Portfolio, token: str) -> Caller | None:
    """Give who is signed in by a token; nothing for nobody."""
    session = found(portfolio, token)
    return session.caller if session else None


def end(portfolio: Portfolio, token: str) -> None:
    """End a session."""
    with portfolio.writing() as connection:
        connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.hash == _hash(token)))


def end_all(portfolio: Portfolio, person: str) -> None:
    """End every session of somebody."""
    with portfolio.writing() as connection:
        connection.execute(sa.delete(SESSIONS).where(SESSIONS.c.person == person))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
