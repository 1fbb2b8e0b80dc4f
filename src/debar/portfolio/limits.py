# SPDX-License-Identifier: Apache-2.0
"""How often something may be tried: counted in the common database, so that every process of the service knows."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import LimitError
from debar.portfolio.tables import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.portfolio.databases import Portfolio

FAILURES, WINDOW = 10, 15 * 60
"""So many failures in so many seconds lock an account."""
_FIRST, _LONGEST = 60, 60 * 60
"""Seconds of the first lock, which doubles with each further failure, and of the longest."""
_FORGOTTEN = 24 * 60 * 60
"""Seconds after the last failure until nobody remembers it."""


def attempted(portfolio: Portfolio, account: str, clock: Callable[[], float] = time.time) -> None:
    """Count an attempt to sign in before it is looked at, so that many at once cannot pass; LimitError while it is locked.

    The name of an account is counted whether there is such an account or not.
    """
    what, now = _what("sign-in", account), clock()
    with portfolio.writing() as connection:
        since, count = _row(connection, what)
        lock = _lock(count)
        if lock and now < since + lock:
            raise _too_often(since + lock - now)
        is_over = now - since >= (_FORGOTTEN if lock else WINDOW)
        # The window begins with the first failure; a lock with the last.
        count = 1 if is_over else count + 1
        _keep(connection, what, now if count == 1 or count >= FAILURES else since, count)


def forgotten(portfolio: Portfolio, account: str) -> None:
    """Forget the failures of an account: the attempt was no failure, or whoever runs the whole unlocks it."""
    with portfolio.writing() as connection:
        connection.execute(sa.delete(LIMITS).where(LIMITS.c.what == _what("sign-in", account)))


def counted(portfolio: Portfolio, what: str, most: int, seconds: int, clock: Callable[[], float] = time.time) -> None:
    """Count one use of something that may be used so often in so many seconds; LimitError when it was used up."""
    name, now = _what("use", what), clock()
    with portfolio.writing() as connection:
        since, count = _row(connection, name)
        if now - since >= seconds:
            since, count = now, 0
        if count >= most:
            raise _too_often(since + seconds - now)
        _keep(connection, name, since, count + 1)


def swept(portfolio: Portfolio, clock: Callable[[], float] = time.time) -> int:
    """Remove what nobody needs to remember any longer, and give how much that was."""
    with portfolio.writing() as connection:
        return connection.execute(sa.delete(LIMITS).where(LIMITS.c.since < clock() - _FORGOTTEN)).rowcount


def _what(kind: str, text: str) -> str:
    """Give the name of a row: whoever tries chooses the text, which may be long and need not be kept."""
    return f"{kind}:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _lock(count: int) -> int:
    return 0 if count < FAILURES else min(_LONGEST, _FIRST << min(count - FAILURES, 10))


def _row(connection: sa.Connection, what: str) -> tuple[float, int]:
    row = connection.execute(sa.select(LIMITS.c.since, LIMITS.c.count).where(LIMITS.c.what == what)).first()
    return (row[0], row[1]) if row else (0.0, 0)


def _keep(connection: sa.Connection, what: str, since: float, count: int) -> None:
    connection.execute(sa.delete(LIMITS).where(LIMITS.c.what == what))
    connection.execute(sa.insert(LIMITS), {"what": what, "since": since, "count": count})


def _too_often(seconds: float) -> LimitError:
    after = max(1, int(seconds) + 1)
    return LimitError("too many attempts", hint=f"try again in {after} seconds", after=after)
