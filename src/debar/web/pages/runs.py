# SPDX-License-Identifier: Apache-2.0
"""Runs that were kept, and what is different between two of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from debar.errors import UsageError
from debar.model.covered import RunChange
from debar.model.results import Run
from debar.model.vocab.portfolio import Moved
from debar.portfolio import compared, paging
from debar.portfolio.compared import Filters
from debar.web.here import Here, Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.sheets import sheet

if TYPE_CHECKING:
    from debar.portfolio.compared import Compared

router = APIRouter(prefix="/o/{organisation}")
KINDS = {
    Moved.NEW: "new",
    Moved.CAME_BACK: "came back",
    Moved.COUNTS_AGAIN: "count again",
    Moved.GONE: "gone: somebody looked again",
    Moved.NOT_LOOKED_AT: "not looked at again",
    Moved.CHANGED: "changed",
    Moved.LAW: "where the law says otherwise",
    Moved.DECISION_ENDED: "decisions that ended",
}
"""What each count is called."""


@router.get("/runs")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the runs about the day or an earlier one, the last first, each with the way to what it changed."""
    every = compared.kept(here.estate, here.clock)
    wanted = paging.asked(("runs",), "", asked.text(request, "page"), asked.SIZE)
    rows = paging.of(wanted, every, lambda run: run.id)
    earlier = {run.id: before.id for run, before in pairwise(every)}
    return showing.page(request, here, "runs.html", rows=rows, earlier=earlier)


@router.get("/runs.csv")
def as_csv(here: Reading) -> Response:
    """Give the same list as a file."""
    return sheet(here, "runs", compared.kept(here.estate, here.clock), Run)


@router.get("/runs/changes")
@kept
def changes(request: Request, here: Reading) -> HTMLResponse:
    """Show what is different between two runs; between the last two where none are named."""
    every, found = _found(request, here)
    page = asked.text(request, "page")
    rows = compared.listed(found, filters(request), page_token=page, page_size=asked.SIZE) if found else None
    ids = [row.exposure for row in rows.items] if rows else []
    return showing.page(
        request, here, "changes.html", found=found, every=every, rows=rows, filters=filters(request), kinds=KINDS,
        there=compared.there(here.estate, here.clock, ids),
    )  # fmt: skip


@router.get("/runs/changes.csv")
def changes_as_csv(request: Request, here: Reading) -> Response:
    """Give the same changes as a file."""
    found = _found(request, here)[1]
    if found is None:
        raise UsageError("there are no two runs to compare", hint="upload a source, or ask about a later day")
    return sheet(here, "changes", compared.rows(found, filters(request)), RunChange)


def _found(request: Request, here: Here) -> tuple[list[Run], Compared | None]:
    """Give the runs that can be chosen, and the comparison of two of them; nothing where there are no two."""
    every = compared.kept(here.estate, here.clock)
    before, after = asked.text(request, "before"), asked.text(request, "after")
    match every:
        case [last, earlier, *_]:
            return every, compared.compared(here.estate, before or earlier.id, after or last.id)
        case _ if before and after:
            return every, compared.compared(here.estate, before, after)
    return every, None


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(kind=asked.text(request, "kind"), words=asked.text(request, "q"))
