# SPDX-License-Identifier: Apache-2.0
"""Exposures: filtered, sorted, grouped, and decided on many at once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from debar.model.viewed import ExposureRow, GroupRow
from debar.model.vocab import Act, Meaning, Status
from debar.portfolio import exposures
from debar.portfolio.exposures import Filters
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing, wording
from debar.web.pages.sheets import every, sheet

router = APIRouter(prefix="/o/{organisation}")
NAMED = ("status", "act", "party", "product", "measure", "says", "asset", "pattern", "meaning", "level", "due-before",
         "obligation", "decision", "q", "aside")  # fmt: skip
"""Parameters by which the list is narrowed."""
STATUSES = [*((status.value, wording.status(status)) for status in Status), (wording.NO_ACT, "no act at stake")]
MEANINGS = [(meaning.value, wording.meaning(meaning)) for meaning in Meaning]
ACTS = [(act.value, wording.spaced(act)) for act in Act]
LEVELS = [(str(level), f"at least {wording.level(level)}") for level in (5, 4, 3, 2)]


@router.get("/exposures")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show exposures, one by one or in groups."""
    narrowed, page = filters(request), asked.paged(request, "status")
    by = asked.text(request, "group")
    values: dict[str, Any] = {"by": by, "filters": narrowed, "named": NAMED, "sort": page.sort}
    if by:
        found = exposures.grouped(
            here.estate, here.clock, narrowed, by=by, page_token=page.page_token, page_size=page.page_size
        )
        most = max((row.exposures for row in found.items), default=1)
        values |= {"groups": found, "most": most, "rows": None}
    else:
        rows = exposures.listed(here.estate, here.clock, narrowed, **page._asdict())
        values |= {"rows": rows, "groups": None}
    choices: dict[str, Any] = {
        "statuses": STATUSES,
        "meanings": MEANINGS,
        "acts": ACTS,
        "levels": LEVELS,
        "groups_by": exposures.GROUPS,
    }
    return showing.page(request, here, "exposures.html", section="exposures", **values, **choices)


@router.get("/exposures.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list, or its groups, as a file."""
    narrowed, by = filters(request), asked.text(request, "group")
    if by:
        groups = every(lambda token: exposures.grouped(here.estate, here.clock, narrowed, by=by, page_token=token))
        return sheet(here, f"exposures-by-{by}", groups, GroupRow)
    order = asked.text(request, "sort") or "status"
    rows = exposures.rows(here.estate, here.clock, narrowed, sort=order)
    return sheet(here, "exposures", rows, ExposureRow)


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        status=asked.several(request, "status"),
        act=asked.text(request, "act"),
        party=asked.text(request, "party"),
        product=asked.text(request, "product"),
        measure=asked.text(request, "measure"),
        measure_says=asked.several(request, "says"),
        asset=asked.text(request, "asset"),
        pattern=asked.text(request, "pattern"),
        meaning=asked.several(request, "meaning"),
        level=asked.number(request, "level"),
        due_before=asked.text(request, "due-before"),
        obligation=asked.text(request, "obligation"),
        decision=asked.text(request, "decision"),
        words=asked.text(request, "q"),
        aside=asked.flag(request, "aside"),
    )
