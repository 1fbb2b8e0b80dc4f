# SPDX-License-Identifier: Apache-2.0
"""Who changed what, and when: in the log of each organisation's history, and in one of what lies outside of them."""

from __future__ import annotations

import heapq
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import StoreError, UsageError
from debar.model.portfolio import Change, Page
from debar.portfolio.tables import AUDIT
from debar.store import chain
from debar.store.tables import LOG
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

KIND = "audit"
"""Kind of the entries in the log of a history."""
_SECRET = frozenset({"password", "secret", "token", "key", "hash", "csrf"})


def body(by: Caller, action: str, about: str, detail: Mapping[str, Any]) -> str:
    """Give what an entry says, as JSON; ValueError for a detail that by its name is a secret."""
    if found := _SECRET & detail.keys():
        raise ValueError(f"no secret belongs in the audit log: {', '.join(sorted(found))}")
    said = {"by": by.id, "name": by.name, "action": action, "about": about, "detail": dict(detail)}
    return keepable(msgspec.json.encode(said).decode())


def add(
    connection: sa.Connection, by: Caller, action: str, about: str, organisation: str = "", **detail: object
) -> None:
    """Put on record what was changed outside of an organisation's own, within the transaction that changes it."""
    columns = [column for column in AUDIT.c if column.name != "organisation"]
    last = connection.execute(sa.select(*columns).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    said = body(by, action, about, {**detail, **({"organisation": organisation} if organisation else {})})
    entry = chain.entry(chain.Entry(*last) if last else None, dates.present(), KIND, said)
    connection.execute(sa.insert(AUDIT), {**entry._asdict(), "organisation": organisation})


class Filters(NamedTuple):
    """Which changes are asked for; what is empty asks for nothing."""

    by: str = ""
    """Id of a caller."""
    action: str = ""
    """An action, or how several begin: "member."."""
    about: str = ""
    """Id of what was changed."""
    words: str = ""
    """Text that stands somewhere in it."""
    since: str = ""
    until: str = ""
    """Instants, or days, which count whole."""


def listed(
    portfolio: Portfolio,
    estate: Estate,
    filters: Filters = Filters(),  # noqa: B008 - it is never changed
    *,
    page_token: str = "",
    page_size: int = 50,
) -> Page[Change]:
    """Give what was changed of an organisation, the newest first: its own log, and what the shared one says of it."""
    own, shared = _places(page_token)
    logged = sa.and_(LOG.c.kind == KIND, *_asked(LOG, filters))
    with estate.reading() as connection:
        mine = list(_changes(connection, LOG, logged, own, page_size))
        total = _count(connection, LOG, logged)
    about = sa.and_(AUDIT.c.organisation == estate.organisation, *_asked(AUDIT, filters))
    with portfolio.reading() as connection:
        others = list(_changes(connection, AUDIT, about, shared, page_size))
        total += _count(connection, AUDIT, about)
    merged = heapq.merge(mine, others, key=lambda change: change.at, reverse=True)
    return _page(list(islice(merged, page_size)), len(mine) + len(others), total, (own, shared))


def shared(
    portfolio: Portfolio,
    filters: Filters = Filters(),  # noqa: B008 - it is never changed
    *,
    page_token: str = "",
    page_size: int = 50,
) -> Page[Change]:
    """Give what was changed outside of organisations, the newest first; for whoever runs the whole."""
    _, before = _places(page_token)
    asked = sa.and_(sa.true(), *_asked(AUDIT, filters))
    with portfolio.reading() as connection:
        found = list(_changes(connection, AUDIT, asked, before, page_size))
        total = _count(connection, AUDIT, asked)
    return _page(found[:page_size], len(found), total, (1, before))


def breaks(portfolio: Portfolio) -> list[str]:
    """Give what is wrong with the chain of the shared log."""
    columns = [column for column in AUDIT.c if column.name != "organisation"]
    with portfolio.reading() as connection:
        rows = connection.execute(sa.select(*columns, AUDIT.c.organisation).order_by(AUDIT.c.seq)).all()
    faults = list(chain.breaks(chain.Entry(*row[:-1]) for row in rows))
    # The column is for finding; what it says stands in the body, which is chained.
    moved = (row.seq for row in rows if _change(row, is_shared=True).detail.get("organisation", "") != row.organisation)
    return faults + [f"log: entry {seq} was moved to another organisation" for seq in moved]


_PLACES = re.compile(r"([0-9]{1,10})-([0-9]{1,10})")
_END = 2**31 - 1


def _places(token: str) -> tuple[int, int]:
    """Give before which entries of the two logs a page begins."""
    if not token:
        return _END, _END
    found = _PLACES.fullmatch(token)
    if not found or max(map(int, found.groups())) > _END:
        raise UsageError("next_page_token: is none of this list", hint="ask for the first page again")
    return int(found.group(1)), int(found.group(2))


def _asked(log: sa.Table, filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions of filters; a body is JSON that this module wrote, so its text can be looked into."""
    body = log.c.body
    if filters.by:
        yield body.startswith(f'{{"by":{_quoted(filters.by)},', autoescape=True)
    if filters.action:
        yield body.contains(f'"action":{_quoted(filters.action)[:-1]}', autoescape=True)
    if filters.about:
        yield body.contains(f'"about":{_quoted(filters.about)},', autoescape=True)
    if filters.words:
        yield sa.func.lower(body).contains(_quoted(filters.words)[1:-1].lower(), autoescape=True)
    try:
        if filters.since:
            yield log.c.at >= dates.stamp(dates.begins(filters.since, "UTC"))
        if filters.until:
            yield log.c.at <= dates.stamp(dates.ends(filters.until, "UTC"))
    except ValueError as e:
        raise UsageError(f"{e}", hint="write days such as 2027-01-31") from e


def _quoted(text: str) -> str:
    return msgspec.json.encode(keepable(text)).decode()


def _changes(
    connection: sa.Connection, log: sa.Table, asked: sa.ColumnElement[bool], before: int, size: int
) -> Iterator[Change]:
    query = sa.select(log).where(asked, log.c.seq < before).order_by(log.c.seq.desc()).limit(size + 1)
    return (_change(row, is_shared=log is AUDIT) for row in connection.execute(query))


def _count(connection: sa.Connection, log: sa.Table, asked: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(log).where(asked)).scalar_one()


def _page(items: list[Change], found: int, total: int, before: tuple[int, int]) -> Page[Change]:
    """Give a page, and the places in both logs at which the next begins."""
    own = min((one.seq for one in items if not one.is_shared), default=before[0])
    shared_ = min((one.seq for one in items if one.is_shared), default=before[1])
    return Page(items=tuple(items), next_page_token=f"{own}-{shared_}" if found > len(items) else "", total=total)


def _change(row: Any, *, is_shared: bool) -> Change:  # noqa: ANN401 - a row of a log
    try:
        said = msgspec.json.decode(row.body, type=dict[str, Any])
        return Change(seq=row.seq, at=row.at, hash=row.hash, is_shared=is_shared, **said)
    except (msgspec.DecodeError, TypeError) as e:
        raise StoreError(
            f"entry {row.seq} of a log is none of debar's", hint="debar admin check tells what is whole"
        ) from e
