# SPDX-License-Identifier: Apache-2.0
"""Answers that were given to requests with a key, so that a request which comes again is not done again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from debar import dates
from debar.portfolio.tables import ANSWERED

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio

OPEN, SECRET = 0, 1
"""In the place of a status: nothing was answered yet, or what was answered is not kept."""
KEPT = timedelta(days=1)
_GIVEN_UP = timedelta(minutes=5)
"""After which a request without an answer counts as one that never came to its end."""


class Kept(NamedTuple):
    """What is known of a request that came before."""

    request: str
    status: int
    answer: bytes


def begun(portfolio: Portfolio, key: str, request: str) -> Kept | None:
    """Write down that a request is being answered; where it came before, give what is known of it instead."""
    now = datetime.now(UTC).replace(microsecond=0)
    mine = ANSWERED.c.key == key
    with portfolio.writing() as connection:
        row = connection.execute(sa.select(ANSWERED).where(mine)).first()
        if row is not None and not _is_over(row.at, row.status, now):
            return Kept(row.request, row.status, row.answer)
        connection.execute(sa.delete(ANSWERED).where(sa.or_(mine, ANSWERED.c.at < dates.stamp(now - KEPT))))
        said = {"key": key, "request": request, "status": OPEN, "answer": b"", "at": dates.stamp(now)}
        connection.execute(sa.insert(ANSWERED), said)
    return None


def ended(portfolio: Portfolio, key: str, status: int, answer: bytes) -> None:
    """Keep what was answered."""
    with portfolio.writing() as connection:
        connection.execute(sa.update(ANSWERED).where(ANSWERED.c.key == key).values(status=status, answer=answer))


def forgotten(portfolio: Portfolio, key: str) -> None:
    """Forget a request that came to nothing."""
    with portfolio.writing() as connection:
        connection.execute(sa.delete(ANSWERED).where(ANSWERED.c.key == key))


def _is_over(at: str, status: int, now: datetime) -> bool:
    # A clock that was put back is no reason to wait for longer.
    return abs(now - dates.key(at)) >= (_GIVEN_UP if status == OPEN else KEPT)
