# SPDX-License-Identifier: Apache-2.0
"""Duties: what has to be done by when, about how many exposures, and who does it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.model.deeds import Recording
from debar.model.viewed import Owed
from debar.model.vocab import Force, State
from debar.portfolio import owed, records
from debar.portfolio.owed import Filters
from debar.web.here import Reading, Working
from debar.web.kept import kept
from debar.web.pages import asked, showing, wording
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
Text = Annotated[str, Form()]
NAMED = ("q", "state", "force", "owner", "measure", "due-before")
STATES = [(state.value, wording.spaced(state)) for state in State]


@router.get("/duties")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show what has to be done."""
    page = asked.paged(request, "force")
    rows = owed.listed(here.estate, here.clock, filters(request), **page._asdict())
    values: dict[str, Any] = {
        "rows": rows,
        "sort": page.sort,
        "filters": filters(request),
        "states": STATES,
        "forces": list(Force),
    }
    return showing.page(request, here, "duties.html", section="duties", named=NAMED, **values)


@router.get("/duties.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    rows = owed.rows(here.estate, here.clock, filters(request), sort=asked.text(request, "sort") or "force")
    return sheet(here, "duties", rows, Owed)


@router.get("/duties/{duty}")
@kept
def one(request: Request, here: Reading, duty: str) -> HTMLResponse:
    """Show one duty, with what was put on record of it."""
    row = owed.one(here.estate, here.clock, duty)
    done = [one for one in records.rows(here.estate, here.clock) if duty in one.obligations]
    return showing.page(request, here, "duty.html", section="duties", row=row, records=done)


@router.post("/duties/{duty}/records")
def record(request: Request, here: Working, duty: str, found: Text, on: Text = "", by: Text = "") -> RedirectResponse:
    """Put on record what was done of a duty."""
    records.add(here.portfolio, here.estate, here.clock, Recording(duty=duty, found=found, on=on, by=by))
    return showing.back(request, here, "duties", duty, said="recorded")


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        state=asked.several(request, "state"),
        force=asked.text(request, "force"),
        owner=asked.text(request, "owner"),
        measure=asked.text(request, "measure"),
        due_before=asked.text(request, "due-before"),
        words=asked.text(request, "q"),
    )
