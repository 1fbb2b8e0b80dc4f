# SPDX-License-Identifier: Apache-2.0
"""Overview: what is due next, how exposures stand, whether it will be done in time, and what was not looked at."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from debar.model.covered import MediumRow
from debar.model.vocab import State
from debar.model.vocab.portfolio import Asking
from debar.portfolio import coverage, overview, owed, requests, uploads
from debar.portfolio.requests import Filters
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import showing
from debar.web.pages.drawn import trend
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
_SHOWN = 6


@router.get("/")
@kept
def overviewed(request: Request, here: Reading) -> HTMLResponse:
    """Show how it stands."""
    found = overview.overview(here.estate, here.clock)
    drawn = Markup(trend.drawn(found.trend, found.pace, found.deadline, here.clock.as_of))  # noqa: S704 - escaped there
    asked = requests.listed(here.estate, here.clock, Filters(state=(Asking.ASKED,)), page_size=_SHOWN)
    told = {duty.id for duty in found.next}
    standing = [
        duty for duty in owed.rows(here.estate, here.clock) if duty.id not in told and duty.state is not State.DONE
    ]
    values: dict[str, Any] = {
        "standing": standing[: max(_SHOWN - len(found.next), 2)],
        "told": found,
        "drawn": drawn,
        "requests": asked,
        "has_uploads": bool(found.counts.run) or bool(uploads.listed(here.estate, page_size=1).total),
    }
    return showing.page(request, here, "overview.html", section="", **values)


@router.get("/coverage.csv")
def coverage_as_csv(here: Reading) -> Response:
    """Give how far each kind of evidence reaches as a file."""
    return sheet(here, "coverage", coverage.told(here.estate, here.clock).media, MediumRow)
