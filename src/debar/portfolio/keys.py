# SPDX-License-Identifier: Apache-2.0
"""Keys for programs: each opens one organisation with one role until a day; the key itself is shown once and never kept.

A key is `debar_<prefix>.<secret>`. The prefix tells it from others, in lists and in the audit log; of the secret only the
SHA-256 is kept, which is enough for one of 256 random bits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar import dates
from debar.errors import ForbiddenError, NotThereError, UsageError
from debar.model.portfolio import Caller, Key
from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import audit, estates, names
from debar.portfolio.tables import KEYS

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

LONGEST = 366
"""Days until a key expires, at most."""
_KEY = re.compile(r"debar_([0-9a-f]{12})\.([A-Za-z0-9_-]{43})")
_NEWS = timedelta(minutes=15)
"""How exactly it is known when a key was last used: not every request shall wait for the disk."""


def make(portfolio: Portfolio, estate: Estate, name: str, role: Role, expires: str) -> tuple[Key, str]:
    """Make a key of an organisation, and give it with the text that opens: it is not to be had again.

    Raises UsageError for an expiry that is past or more than a year away, ForbiddenError where a key asks for a key.
    """
    estate.needs(Permission.ADMINISTER)
    if estates.is_key(estate.caller):
        raise ForbiddenError("a key makes no keys", hint="sign in: a key could outlive itself otherwise")
    secret = secrets.token_urlsafe(32)
    key = Key(
        prefix=secrets.token_hex(6),
        organisation=estate.organisation,
        name=names.name(name, "a key"),
        role=role,
        created_by=estate.caller.id,
        created_at=dates.present(),
        expires=_expiry(expires),
    )
    row = {field: getattr(key, field) for field in key.__struct_fields__}
    with portfolio.writing() as connection:
        connection.execute(sa.insert(KEYS), {**row, "role": role.value, "hash": _hash(secret)})
        detail = {"label": key.name, "role": role.value, "expires": key.expires}
        audit.add(connection, estate.caller, "key.made", key.prefix, estate.organisation, **detail)
    return key, f"debar_{key.prefix}.{secret}"


def caller(portfolio: Portfolio, text: str) -> Caller | None:
    """Give who asks with a key; nothing for one that opens nothing, for whatever reason."""
    parts = _KEY.fullmatch(text)
    if not parts:
        return None
    now, prefix = dates.present(), parts.group(1)
    row = portfolio.common.recalled(("key", prefix), lambda: _row(portfolio, prefix))
    # Compared in any case, and in constant time: how long it takes tells nothing of prefixes or secrets.
    fits = hmac.compare_digest(row.hash if row else "0" * 64, _hash(parts.group(2)))
    if row is None or not fits or row.revoked_at or row.expires <= now:
        return None
    if not row.last_used or dates.key(now) - dates.key(row.last_used) >= _NEWS:
        with portfolio.writing() as connection:
            connection.execute(sa.update(KEYS).where(KEYS.c.prefix == row.prefix).values(last_used=now))
    return Caller(
        id=f"{estates.KEY}{row.prefix}",
        name=f"key {row.name} ({row.prefix})",
        roles={row.organisation: Role(row.role)},
        expires=row.expires,
    )


def _row(portfolio: Portfolio, prefix: str) -> Any:  # noqa: ANN401 - a row of the table of keys
    with portfolio.reading() as connection:
        return connection.execute(_BY_PREFIX, {"prefix": prefix}).first()


_BY_PREFIX = sa.select(KEYS).where(KEYS.c.prefix == sa.bindparam("prefix"))


def listed(portfolio: Portfolio, estate: Estate) -> tuple[Key, ...]:
    """Give the keys of an organisation, the newest first, those that were revoked or expired as well."""
    estate.needs(Permission.ADMINISTER)
    query = sa.select(KEYS).where(KEYS.c.organisation == estate.organisation)
    with portfolio.reading() as connection:
        rows = connection.execute(query.order_by(KEYS.c.created_at.desc(), KEYS.c.prefix)).all()
    return tuple(map(_key, rows))


def revoke(portfolio: Portfolio, estate: Estate, prefix: str) -> None:
    """Have a key open nothing from now on; NotThereError where the organisation has none of that prefix."""
    estate.needs(Permission.ADMINISTER)
    mine = sa.and_(KEYS.c.prefix == prefix, KEYS.c.organisation == estate.organisation)
    with portfolio.writing() as connection:
        row = connection.execute(sa.select(KEYS.c.revoked_at).where(mine)).first()
        if row is None:
            raise NotThereError("there is no such key", hint="the list of keys names each by its prefix")
        if not row.revoked_at:
            connection.execute(sa.update(KEYS).where(mine).values(revoked_at=dates.present()))
            audit.add(connection, estate.caller, "key.revoked", prefix, estate.organisation)


def _expiry(text: str) -> str:
    """Give the instant at which a day or instant has passed."""
    try:
        when = dates.ends(text, "UTC")
    except ValueError as e:
        raise UsageError(f"{text[:40]!r} is no day", hint="write the day on which the key expires: 2027-01-31") from e
    now = datetime.now(UTC)
    if not now < when <= now + timedelta(days=LONGEST + 1):
        raise UsageError("a key expires on a day to come, within a year", hint="name an earlier or a later day")
    return dates.stamp(when.astimezone(UTC).replace(microsecond=0))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: Any) -> Key:  # noqa: ANN401 - a row of the table of keys
    fields = {field: getattr(row, field) for field in Key.__struct_fields__}
    return Key(**{**fields, "role": Role(row.role)})
