# SPDX-License-Identifier: Apache-2.0
"""Lists of assets: what was looked at of each, and the gravest of what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar.errors import NotThereError, UsageError, did_you_mean
from debar.model.results import AssetCoverage
from debar.model.results.found import Result
from debar.model.viewed import AssetRow
from debar.model.vocab import Looked, Medium, Status
from debar.portfolio import choosing, columns, paging, summing
from debar.portfolio.tables import ASSETS
from debar.portfolio.views import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.portfolio import Clock, Page
    from debar.portfolio.columns import Chosen, Numbers
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View

SORTS = ("asset", "exposures", "status", "gaps", "newest")
"""Orders of a list; "-" before one turns it round."""
WHOLE = frozenset({Looked.READ, Looked.LOOKED_THROUGH})
"""Evidence of an asset was looked at, as far as it goes."""
_AT_ONCE = 1_000


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    words: str = ""
    """All of these stand in its names."""
    pattern: str = ""
    """Of its name, such as "kiosk-*"."""
    status: tuple[str, ...] = ()
    """One of these is the gravest of what is on it."""
    exposed: bool | None = None
    """Something is on it that counts, or nothing is."""
    gaps: bool | None = None
    """Some kind of evidence of it is missing, stale or not whole, or all is there; with `medium`, the evidence of that."""
    medium: str = ""
    """Evidence of this kind is there, or should be."""
    looked: str = ""
    """What became of the evidence of that medium."""


ALL = Filters()


class _Standing:
    """What is on the assets of a view: how much of it counts, and the gravest of that."""

    def __init__(self, view: View) -> None:
        counting = columns.flagged(view.rows.kind, [not one.aside for one in view.alike])
        self.of, self.kind = view.rows.asset[counting], view.rows.kind[counting]
        count = len(view.assets.row)
        self.many = columns.numbers(columns.counted(self.of, count))
        self.rank = columns.least(self.of, columns.mapped(self.kind, [one.rank for one in view.alike]), count)


def listed(
    estate: Estate,
    clock: Clock,
    filters: Filters = ALL,
    *,
    sort: str = "asset",
    page_token: str = "",
    page_size: int = paging.USUAL,
) -> Page[AssetRow]:
    """Give a page of assets; UsageError for an order, token, size or word that is none."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        wanted = paging.asked(("assets", filters, sort), view.id, page_token, page_size)
        standing = view.put_together("assets", _Standing)
        places = _places(connection, view, standing, filters, sort)
        return paging.page(
            wanted,
            len(places),
            lambda start, end: _rows(connection, view, standing, places[start:end]),
            lambda row: row.id,
            lambda id_: _again(connection, view, places, id_),
        )


def rows(estate: Estate, clock: Clock, filters: Filters = ALL, *, sort: str = "asset") -> Iterator[AssetRow]:
    """Yield every asset of a list, as one state of the database has it."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        standing = view.put_together("assets", _Standing)
        places = _places(connection, view, standing, filters, sort)
        for start in range(0, len(places), _AT_ONCE):
            yield from _rows(connection, view, standing, places[start : start + _AT_ONCE])


def one(estate: Estate, clock: Clock, id_: str) -> AssetRow:
    """Give one asset; NotThereError where the run that is meant knows none of that id."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        place = columns.asset(connection, view.seq, view.assets, id_)
        if place < 0:
            raise NotThereError(f"there is no asset {id_[:40]}", hint="the list of assets shows those of the day")
        return next(_rows(connection, view, view.put_together("assets", _Standing), columns.numbers([place])))


def _again(connection: sa.Connection, view: View, places: Numbers, id_: str) -> int | None:
    found = columns.where(places == columns.asset(connection, view.seq, view.assets, id_))
    return int(found[0]) if len(found) else None


def _places(connection: sa.Connection, view: View, standing: _Standing, filters: Filters, sort: str) -> Numbers:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise UsageError(f"no order is called {name!r}{did_you_mean(name, SORTS)}", hint=f"one of: {', '.join(SORTS)}")
    every = columns.every(len(view.assets.row))
    keys = {
        "asset": every,
        "exposures": standing.many,
        "status": standing.rank,
        "gaps": view.assets.gaps,
        "newest": view.assets.newest,
    }
    chosen = _chosen(connection, view, standing, filters)
    return columns.sorted_by(columns.where(chosen), [-keys[name] if sort.startswith("-") else keys[name]])


def _chosen(connection: sa.Connection, view: View, standing: _Standing, filters: Filters) -> Chosen:
    """Tell of each asset whether the list is about it."""
    choosing.check(choosing.Filters(status=filters.status, words=filters.words, pattern=filters.pattern))
    found: Chosen = view.assets.row > 0
    if filters.status:
        ranks = {str(one.status or choosing.NO_ACT): one.rank for one in view.alike if not one.aside}
        found &= columns.among(standing.rank, [ranks[word] for word in filters.status if word in ranks])
    if filters.exposed is not None:
        found &= (standing.many > 0) == filters.exposed
    if filters.gaps is not None and not filters.medium:
        found &= (view.assets.gaps > 0) == filters.gaps
    if conditions := tuple(_of_rows(connection, filters)):
        query = sa.select(ASSETS.c.row).where(columns.at(ASSETS, view.seq), *conditions)
        found &= columns.among(view.assets.row, connection.execute(query).scalars().all())
    return found


def _of_rows(connection: sa.Connection, filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    yield from choosing.searched(connection, ASSETS.c.words, filters.words)
    if filters.pattern:
        yield choosing.fits(ASSETS.c.asset, filters.pattern)
    if filters.looked and not filters.medium:
        raise UsageError("name a medium and what became of it", hint="such as medium network, looked absent")
    if filters.medium:
        choosing.known(filters.medium, tuple(map(str, Medium)), "medium")
        states = [state for state in Looked if filters.gaps is None or (state not in WHOLE) == filters.gaps]
        if filters.looked:
            choosing.known(filters.looked, tuple(map(str, Looked)), "state of evidence")
            states = [state for state in states if state == filters.looked]
        # As `filling` writes it: the state comes first in what is said of a medium.
        texts = [f'"{filters.medium}":{{"state":"{state}"' for state in states]
        yield sa.or_(sa.false(), *(one for text in texts for one in choosing.holds(connection, ASSETS.c.body, text)))


def _rows(connection: sa.Connection, view: View, standing: _Standing, places: Numbers) -> Iterator[AssetRow]:
    """Yield the assets at some places, in their order."""
    numbers = view.assets.row[places].tolist()
    found = {row.row: row for row in connection.execute(sa.select(ASSETS).where(ASSETS.c.row.in_(numbers)))}
    every = columns.among(standing.of, places.tolist())
    own = columns.pairs(standing.of[every], standing.kind[every])
    for place, number in zip(places.tolist(), numbers, strict=True):
        row, many = found[number], {view.alike[kind].id: count for kind, count in own.get(place, {}).items()}
        kinds = [view.alike[kind] for kind in sorted(own.get(place, {}))]
        looked = msgspec.json.decode(row.body, type=AssetCoverage)
        status = kinds[0].status if kinds else None
        yield AssetRow(
            id=row.id,
            asset=row.asset,
            also=looked.also,
            exposures=sum(many.values()),
            status=Status(status) if status else None,
            statuses=summing.by_status(kinds, many),
            due=min((kind.due for kind in kinds if kind.due), default=""),
            newest=row.newest,
            gaps=row.gaps,
            evidence=looked.evidence,
        )
