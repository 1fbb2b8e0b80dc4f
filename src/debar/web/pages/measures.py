# SPDX-License-Identifier: Apache-2.0
"""Measures: which laws reach something here, when each of their stages begins, and how much each reaches."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from debar.model.viewed import MeasureRow
from debar.portfolio import measures, owed
from debar.portfolio.measures import Filters
from debar.portfolio.register_of import register_of
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.drawn import stages
from debar.web.pages.exposures import STATUSES
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
NAMED = ("q", "status", "jurisdiction", "party")


@router.get("/measures")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the measures that reach something, with their stages on one time line."""
    page = asked.paged(request, "status")
    rows = measures.listed(here.estate, here.clock, filters(request), **page._asdict())
    drawn = Markup(stages.drawn(rows.items, here.clock.as_of, showing.links_of(request, here.estate.organisation)))  # noqa: S704 - escaped there
    most = max((row.exposures for row in rows.items), default=1)
    values: dict[str, Any] = {
        "rows": rows,
        "sort": page.sort,
        "filters": filters(request),
        "drawn": drawn,
        "most": most,
    }
    places = sorted({one.jurisdiction for one in register_of(here.estate).measures.values()})
    return showing.page(
        request, here, "measures.html", section="measures", named=NAMED, statuses=STATUSES, jurisdictions=places, **values
    )  # fmt: skip


@router.get("/measures.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    rows = measures.rows(here.estate, here.clock, filters(request), sort=asked.text(request, "sort") or "status")
    return sheet(here, "measures", rows, MeasureRow)


@router.get("/measures/{measure}")
@kept
def one(request: Request, here: Reading, measure: str) -> HTMLResponse:
    """Show one measure with its stages, what it asks for, and the passages behind it."""
    row = measures.one(here.estate, here.clock, measure)
    law = register_of(here.estate).measures[measure]
    links = showing.links_of(request, here.estate.organisation)
    drawn = Markup(stages.drawn([row], here.clock.as_of, links))  # noqa: S704 - escaped there
    asks = owed.rows(here.estate, here.clock, owed.Filters(measure=measure), sort="due")
    provisions = {f"{law.id}#{one.id}": one for one in law.provisions}
    return showing.page(
        request, here, "measure.html", section="measures", row=row, law=law, drawn=drawn, asks=asks, provisions=provisions
    )  # fmt: skip


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        words=asked.text(request, "q"),
        status=asked.several(request, "status"),
        jurisdiction=asked.text(request, "jurisdiction"),
        party=asked.text(request, "party"),
    )
