# SPDX-License-Identifier: Apache-2.0
"""Messages on their way: from what happened to rows that wait to be sent, and from there to what came of them.

1. What the log says since a hook last heard becomes a message for it, in the same transaction that notes how far it has heard.
2. Whoever sends messages claims them first, and says afterwards what came of each. One that dies in between leaves them claimed
   for a while; they are sent again then, under the same id.
3. What does not arrive is tried again for more than a day, and given up then.

Nothing here opens a connection: `debar.web.telling` sends.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.identity import stable_id
from debar.model.telling import Told
from debar.model.vocab.portfolio import JobState
from debar.model.vocab.telling import Event, HookKind, ToldState
from debar.portfolio import happenings, hooks
from debar.portfolio.tables import HOOKS, JOBS, TOLD
from debar.store.tables import LOG
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.happenings import Happening

WAITS = (5, 300, 1800, 7200, 18_000, 36_000, 36_000)
"""Seconds from one attempt to the next, as Standard Webhooks proposes; after the last a message is given up."""
MAIL_AT = 6
"""Hour of the day, in UTC, at which mail is sent: one with all that happened since the last."""
_CLAIMED = 900
"""Seconds for which nobody else sends what somebody has claimed."""
_KEPT_DAYS = 30
"""How long it is known what somebody was told."""
_WORDS = 300
_NEAR = (Event.DEADLINE_NEAR, Event.WAIVER_EXPIRING)


class Outgoing(NamedTuple):
    """A message that is to be sent now."""

    told: Told
    kind: HookKind
    to: str
    secret: str


def due(portfolio: Portfolio, estate: Estate) -> bool:
    """Tell whether there is anything to tell, or to look for."""
    now = dates.present()
    with estate.reading() as connection:
        some = connection.execute(sa.select(HOOKS).where(HOOKS.c.is_active)).all()
        waiting = sa.and_(TOLD.c.state == ToldState.WAITING.value, TOLD.c.next_at <= now)
        if connection.execute(sa.select(TOLD.c.id).where(waiting).limit(1)).first():
            return True
        last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
    if any(one.heard < last or one.looked_at[:10] != now[:10] for one in some):
        return True
    if not some:
        return False
    mine = (JOBS.c.organisation == estate.organisation, JOBS.c.state == JobState.FAILED)
    with portfolio.reading() as connection:
        failed = connection.execute(sa.select(sa.func.max(JOBS.c.ended_at)).where(*mine)).scalar() or ""
    return any(failed >= one.looked_at for one in some)


def gather(portfolio: Portfolio, estate: Estate, *, now: str = "") -> int:
    """Make messages of what happened since everybody last heard; give how many there are.

    The same happening is the same message for a hook, however often it is looked for.
    """
    now = now or dates.present()
    with estate.reading() as connection:
        some = connection.execute(sa.select(HOOKS).where(HOOKS.c.is_active)).all()
    if not some:
        return 0
    wants_near = any(not one.events or set(one.events.split()) & set(_NEAR) for one in some)
    others = [*happenings.near(estate, now[:10])] if wants_near else []
    others += happenings.failed(portfolio, estate, min(one.looked_at or one.at for one in some))
    with estate.writing() as connection:
        last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
        rows = []
        for hook in connection.execute(sa.select(HOOKS).where(HOOKS.c.is_active)).all():
            wanted = set(hook.events.split())
            happened = itertools.chain(happenings.logged(connection, hook.heard, last), others)
            rows += [_row(hook, one, now) for one in happened if not wanted or one.event in wanted]
            values = {"heard": last, "looked_at": now}
            connection.execute(sa.update(HOOKS).where(HOOKS.c.id == hook.id).values(values))
        there = set(connection.execute(sa.select(TOLD.c.id)).scalars())
        fresh = {row["id"]: row for row in rows if row["id"] not in there}
        if fresh:
            connection.execute(sa.insert(TOLD), list(fresh.values()))
    return len(fresh)


def claim(estate: Estate, most: int) -> list[Outgoing]:
    """Give messages that are to be sent now, the oldest first; nobody else gets them for a while."""
    now = dates.present()
    waiting = sa.and_(TOLD.c.state == ToldState.WAITING.value, TOLD.c.next_at <= now, HOOKS.c.is_active)
    # Who tries a stopped hook wants to know whether it would arrive.
    waiting = sa.or_(
        waiting,
        sa.and_(TOLD.c.event == Event.TEST.value, TOLD.c.state == ToldState.WAITING.value, TOLD.c.next_at <= now),
    )
    query = sa.select(TOLD, HOOKS.c.kind, HOOKS.c.to, HOOKS.c.secret).join(HOOKS, HOOKS.c.id == TOLD.c.hook)
    with estate.writing() as connection:
        rows = connection.execute(query.where(waiting).order_by(TOLD.c.at, TOLD.c.id).limit(most)).all()
        ids = [row.id for row in rows]
        values = {"attempts": TOLD.c.attempts + 1, "next_at": _in(_CLAIMED)}
        connection.execute(sa.update(TOLD).where(TOLD.c.id.in_(ids)).values(values))
    return [
        Outgoing(
            msgspec.structs.replace(hooks.told(row), attempts=row.attempts + 1), HookKind(row.kind), row.to, row.secret
        )
        for row in rows
    ]


def settle(estate: Estate, some: Sequence[Told], said: str, *, is_told: bool) -> None:
    """Write down what came of sending some messages: they arrived, or are tried again until that was done for long enough."""
    with estate.writing() as connection:
        for one in some:
            values = {"said": keepable(said)[:_WORDS], "state": ToldState.TOLD.value, "next_at": ""}
            if not is_told and one.attempts <= len(WAITS):
                values |= {"state": ToldState.WAITING.value, "next_at": _in(WAITS[one.attempts - 1])}
            elif not is_told:
                values["state"] = ToldState.GIVEN_UP.value
            same = sa.and_(TOLD.c.id == one.id, TOLD.c.attempts == one.attempts)
            connection.execute(sa.update(TOLD).where(same).values(values))


def stop(estate: Estate, hook: str, why: str) -> None:
    """Tell somebody nothing more, because the address said that it is gone for good."""
    with estate.writing() as connection:
        connection.execute(sa.update(HOOKS).where(HOOKS.c.id == hook).values(is_active=False))
        estate.log(connection, "hook.stopped", hook, {"reason": why})


def forget(estate: Estate) -> int:
    """Take out what was told, or given up, long ago; give how much that was."""
    before = dates.stamp(_now() - timedelta(days=_KEPT_DAYS))
    is_over = sa.and_(TOLD.c.state != ToldState.WAITING.value, TOLD.c.at < before)
    with estate.reading() as connection:
        if connection.execute(sa.select(TOLD.c.id).where(is_over).limit(1)).first() is None:
            return 0
    with estate.writing() as connection:
        return connection.execute(sa.delete(TOLD).where(is_over)).rowcount


def waiting(estate: Estate) -> dict[ToldState, int]:
    """Give how many messages are how far."""
    with estate.reading() as connection:
        found = connection.execute(sa.select(TOLD.c.state, sa.func.count()).group_by(TOLD.c.state))
        return {ToldState(state): count for state, count in found}


def by_hook(some: Sequence[Outgoing]) -> Iterator[list[Outgoing]]:
    """Yield what is sent together: each message to the web by itself, all mail to one address as one."""
    for one in some:
        if one.kind is HookKind.WEB:
            yield [one]
    mails: dict[str, list[Outgoing]] = {}
    for one in some:
        if one.kind is HookKind.MAIL:
            mails.setdefault(one.told.hook, []).append(one)
    yield from mails.values()


def _row(hook: sa.Row[tuple[object, ...]], one: Happening, now: str) -> dict[str, object]:
    id_ = stable_id("msg", hook.id, one.event.value, one.key)
    told = Told(id=id_, hook=hook.id, event=one.event, at=one.at, state=ToldState.WAITING)
    return hooks.row(told, one.says, now if hook.kind == HookKind.WEB else _next_mail(now))


def _next_mail(now: str) -> str:
    when = dates.key(now).astimezone(UTC)
    at = when.replace(hour=MAIL_AT, minute=0, second=0, microsecond=0)
    return dates.stamp(at if at >= when else at + timedelta(days=1))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _in(seconds: int) -> str:
    return dates.stamp(_now() + timedelta(seconds=seconds))
