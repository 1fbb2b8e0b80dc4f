# SPDX-License-Identifier: Apache-2.0
"""What was and what was not looked at, by the run that a clock means: nothing found is worth only as much as this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar.coverage import WHAT_IS_MISSED
from debar.model.covered import CoverageTold, MediumRow, RunTold, SourceRow
from debar.model.inventory import Skip, Source
from debar.model.results.found import Result
from debar.portfolio import choosing, columns, paging
from debar.portfolio.filling import SKIP
from debar.portfolio.tables import SOURCES, TOLD_BY_RUNS
from debar.portfolio.views import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.portfolio import Clock, Page
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View

_NOTHING = "no run is about that day or an earlier one: nothing is known"
_AT_ONCE = 1_000


class Filters(Result, frozen=True, kw_only=True):
    """What a list of inputs is about; each part that is stated has to fit."""

    words: str = ""
    """All of these stand in its path."""
    faulty: bool | None = None
    """Only places that could not be read, or only what was."""


ALL = Filters()


def told(estate: Estate, clock: Clock) -> CoverageTold:
    """Give what was and was not looked at."""
    with estate.reading() as connection:
        return of(connection, seen(connection, estate, clock))


def of(connection: sa.Connection, view: View) -> CoverageTold:
    """Give the same for a view."""
    body = connection.execute(sa.select(TOLD_BY_RUNS.c.body).where(TOLD_BY_RUNS.c.run == view.seq)).scalar()
    if view.run is None or body is None:
        return CoverageTold(run=None, run_as_of="", media=(), assets=0, with_gaps=0, notes=(_NOTHING,))
    run = msgspec.json.decode(body, type=RunTold)
    notes = [*view.law.notes, *run.notes]
    if view.run.as_of[:10] != view.question.as_of[:10]:
        what = f"what was looked at is that of the run about {view.run.as_of[:10]}"
        notes.insert(0, f"{what}, {view.question.as_of[:10]} is asked about")
    media = sorted({*run.media, *WHAT_IS_MISSED})
    return CoverageTold(
        run=run,
        run_as_of=view.run.as_of,
        media=tuple(
            MediumRow(
                medium=medium,
                assets=run.media.get(medium, {}),
                missed=WHAT_IS_MISSED.get(medium, "") if medium in run.kinds_missing else "",
            )
            for medium in media
        ),
        assets=run.assets,
        with_gaps=run.with_gaps,
        notes=tuple(notes),
    )


def sources(
    estate: Estate, clock: Clock, filters: Filters = ALL, *, page_token: str = "", page_size: int = paging.USUAL
) -> Page[SourceRow]:
    """Give a page of what was read, by path, with the places that could not be."""
    choosing.check(choosing.Filters(words=filters.words))
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        wanted = paging.asked(("sources", filters), view.id, page_token, page_size)
        conditions = _conditions(connection, view, filters)
        total = connection.execute(sa.select(sa.func.count()).select_from(SOURCES).where(*conditions)).scalar() or 0
        return paging.page(
            wanted, total, lambda start, end: _rows(connection, conditions, start, end), lambda row: row.id
        )


def rows(estate: Estate, clock: Clock, filters: Filters = ALL) -> Iterator[SourceRow]:
    """Yield every input of a list."""
    with estate.reading() as connection:
        conditions = _conditions(connection, seen(connection, estate, clock), filters)
        start = 0
        while some := list(_rows(connection, conditions, start, start + _AT_ONCE)):
            yield from some
            start += len(some)


def _conditions(connection: sa.Connection, view: View, filters: Filters) -> list[sa.ColumnElement[bool]]:
    found = [
        columns.at(SOURCES, view.seq),
        *choosing.searched(connection, sa.func.lower(SOURCES.c.path), filters.words),
    ]
    return found if filters.faulty is None else [*found, SOURCES.c.is_fault == filters.faulty]


def _rows(
    connection: sa.Connection, conditions: list[sa.ColumnElement[bool]], start: int, end: int
) -> Iterator[SourceRow]:
    query = sa.select(SOURCES.c.id, SOURCES.c.path, SOURCES.c.body).where(*conditions)
    for row in connection.execute(query.order_by(SOURCES.c.path, SOURCES.c.row).offset(start).limit(end - start)):
        if row.id.startswith(SKIP):
            skip = msgspec.json.decode(row.body, type=Skip)
            yield SourceRow(
                id=row.id,
                path=row.path,
                reader="",
                size=0,
                observations=0,
                remark="",
                locator=skip.locator,
                fault=skip.reason,
            )
            continue
        source = msgspec.json.decode(row.body, type=Source)
        yield SourceRow(
            id=row.id,
            path=row.path,
            reader=source.reader,
            size=source.size,
            observations=source.observations,
            remark=source.remark,
            locator="",
            fault="",
        )
