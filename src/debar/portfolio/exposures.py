# SPDX-License-Identifier: Apache-2.0
"""Lists of exposures, for pages and the API alike: filtered, sorted, grouped, counted, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import UsageError, did_you_mean
from debar.model.viewed import GroupRow
from debar.portfolio import columns, paging, shown, summing
from debar.portfolio.choosing import NO_ACT, Filters, chosen, order
from debar.portfolio.single import one
from debar.portfolio.tables import ASSETS, HELD
from debar.portfolio.views import seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.model.portfolio import Clock, Page
    from debar.model.viewed import Alike, ExposureRow
    from debar.portfolio.columns import Chosen, Numbers
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View

__all__ = ["ALL", "GROUPS", "SORTS", "Filters", "grouped", "ids", "listed", "one", "rows"]

ALL = Filters()
SORTS = ("status", "due", "asset", "party", "level", *columns.RANKED)
"""Orders of a list; "-" before one turns it round."""
GROUPS = ("status", "party", "product", "measure", "meaning", "level", "asset")
"""What a list can be grouped by."""
_AT_ONCE = 1_000
"""Rows that are fetched in one go for a whole list."""


def listed(
    estate: Estate,
    clock: Clock,
    filters: Filters = ALL,
    *,
    sort: str = "status",
    page_token: str = "",
    page_size: int = paging.USUAL,
) -> Page[ExposureRow]:
    """Give a page of exposures; UsageError for an order, token, size or word that is none."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        wanted = paging.asked(("exposures", filters, sort), view.id, page_token, page_size)
        places = _places(connection, view, filters, sort)
        return paging.page(
            wanted,
            len(places),
            lambda start, end: shown.rows(connection, view, places[start:end]),
            lambda row: row.id,
            lambda id_: _again(connection, view, places, id_),
        )


def rows(estate: Estate, clock: Clock, filters: Filters = ALL, *, sort: str = "status") -> Iterator[ExposureRow]:
    """Yield every exposure of a list, as one state of the database has it."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        places = _places(connection, view, filters, sort)
        for start in range(0, len(places), _AT_ONCE):
            yield from shown.rows(connection, view, places[start : start + _AT_ONCE])


def ids(estate: Estate, clock: Clock, filters: Filters, *, most: int) -> tuple[str, ...]:
    """Give the ids of all exposures of a list, for a decision on many at once; UsageError where they are too many."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        found = columns.where(chosen(connection, view, filters))
        if len(found) > most:
            raise UsageError(f"{len(found):,} exposures at once", hint=f"choose at most {most:,}, or decide on a scope")
        return tuple(dict.fromkeys(row.id for row in shown.rows(connection, view, found)))


def _places(connection: sa.Connection, view: View, filters: Filters, sort: str) -> Numbers:
    every = order(connection, view, sort, _keys(view))
    return every[chosen(connection, view, filters)[every]]


def _keys(view: View) -> dict[str, Callable[[], Numbers]]:
    """Give by what a list can be sorted without asking the database; what is equal stays in the order of assets."""
    alike, kind = view.alike, view.rows.kind

    def by(key: Callable[[Alike], object]) -> Callable[[], Numbers]:
        return lambda: columns.mapped(kind, columns.ranked([key(one) for one in alike]).tolist())

    return {
        "status": by(lambda one: (one.rank, one.due or summing.LAST)),
        "due": by(lambda one: (one.due or summing.LAST, one.rank)),
        "asset": lambda: view.rows.asset,
        "party": by(lambda one: (one.party, one.name.casefold())),
        "level": by(lambda one: one.level),
    }


def _again(connection: sa.Connection, view: View, places: Numbers, id_: str) -> int | None:
    """Give the place of an exposure in the order of a list."""
    query = sa.select(HELD.c.row).where(HELD.c.exposure == id_, columns.at(HELD, view.seq))
    held = connection.execute(query).scalars().all()
    found = columns.where(columns.among(view.rows.row[places], held))
    return int(found[-1]) if len(found) else None


def grouped(
    estate: Estate,
    clock: Clock,
    filters: Filters = ALL,
    *,
    by: str = "party",
    page_token: str = "",
    page_size: int = paging.USUAL,
) -> Page[GroupRow]:
    """Give a page of groups, the gravest first, then the largest; UsageError for what nothing is grouped by."""
    if by not in GROUPS:
        raise UsageError(f"nothing is grouped by {by!r}{did_you_mean(by, GROUPS)}", hint=f"one of: {', '.join(GROUPS)}")
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        wanted = paging.asked(("groups", filters, by), view.id, page_token, page_size)
        mask = chosen(connection, view, filters)
        if by == "asset":
            return _by_asset(connection, view, mask, wanted)
        many = dict(
            zip((one.id for one in view.alike), columns.counted(view.rows.kind[mask], len(view.alike)), strict=True)
        )
        groups: dict[str, list[Alike]] = defaultdict(list)
        for one in view.alike:
            for key in _of(one, by) if many[one.id] else ():
                groups[key].append(one)
        found = [_group(key, _label(view, by, key), those, many) for key, those in groups.items()]
        found.sort(key=lambda group: (_gravest(groups[group.key]), -group.exposures, group.key))
        return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda group: group.key)


def _of(one: Alike, by: str) -> tuple[str, ...]:
    """Give the groups that a kind is in."""
    if by == "measure":
        return shown.measures(one)
    told = {
        "status": str(one.status or NO_ACT),
        "party": one.party,
        "product": f"{one.party}/{one.product}",
        "meaning": str(one.meaning),
        "level": str(one.level),
    }
    return (told[by],)


def _label(view: View, by: str, key: str) -> str:
    register = view.register
    if by == "measure":
        return register.measures[key].title
    party, _, product = key.partition("/")
    if by in ("party", "product") and party in register.parties:
        known = register.parties[party]
        return next((one.name for one in known.products if by == "product" and one.id == product), known.name)
    return key


def _gravest(alike: Iterable[Alike]) -> int:
    return min(one.rank for one in alike)


def _group(key: str, label: str, alike: Sequence[Alike], many: dict[str, int]) -> GroupRow:
    return GroupRow(
        key=key,
        label=label,
        exposures=sum(many[one.id] for one in alike),
        statuses=summing.by_status(alike, many),
        due=min((one.due for one in alike if one.due), default=""),
    )


def _by_asset(connection: sa.Connection, view: View, mask: Chosen, wanted: paging.Asked) -> Page[GroupRow]:
    """Give a page of assets; only those of the page are put together."""
    assets, kinds = view.rows.asset[mask], view.rows.kind[mask]
    many = columns.counted(assets, len(view.assets.row))
    gravest = columns.least(assets, columns.mapped(kinds, [one.rank for one in view.alike]), len(many))
    there = columns.where(gravest < columns.NOTHING)
    places = columns.sorted_by(there, [gravest, columns.negative(many)])

    def told(start: int, end: int) -> Iterator[GroupRow]:
        some = places[start:end].tolist()
        query = sa.select(ASSETS.c.row, ASSETS.c.id, ASSETS.c.asset)
        numbers = view.assets.row[places[start:end]].tolist()
        names = {one.row: one for one in connection.execute(query.where(ASSETS.c.row.in_(numbers)))}
        for place, number in zip(some, numbers, strict=True):
            counts = columns.counted(kinds[assets == place], len(view.alike))
            own = {one.id: count for one, count in zip(view.alike, counts, strict=True) if count}
            yield _group(names[number].id, names[number].asset, [one for one in view.alike if one.id in own], own)

    return paging.page(wanted, len(places), told, lambda group: group.key)
