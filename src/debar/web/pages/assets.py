# SPDX-License-Identifier: Apache-2.0
"""Assets: what is on each, and what of each was and was not looked at."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from debar.model.results.report import AssetEvidence
from debar.model.viewed import AssetRow
from debar.model.vocab import Looked, Medium
from debar.portfolio import assets, exposures
from debar.portfolio.assets import Filters
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.exposures import STATUSES
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
NAMED = ("q", "pattern", "status", "exposed", "gaps", "medium", "looked")


class Seen(AssetEvidence, frozen=True, kw_only=True):
    """A kind of evidence about an asset, as a line of a file."""

    medium: Medium


@router.get("/assets")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the assets of the run."""
    page = asked.paged(request, "asset")
    rows = assets.listed(here.estate, here.clock, filters(request), **page._asdict())
    most = max((row.exposures for row in rows.items), default=1)
    choices: dict[str, Any] = {"statuses": STATUSES, "media": list(Medium), "looked": list(Looked), "named": NAMED}
    values: dict[str, Any] = {"rows": rows, "sort": page.sort, "filters": filters(request), "most": most}
    return showing.page(request, here, "assets.html", section="assets", **values, **choices)


@router.get("/assets.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    rows = assets.rows(here.estate, here.clock, filters(request), sort=asked.text(request, "sort") or "asset")
    return sheet(here, "assets", rows, AssetRow)


@router.get("/assets/{asset}/evidence.csv")
def evidence_as_csv(here: Reading, asset: str) -> Response:
    """Give what was and was not looked at of an asset as a file."""
    found = assets.one(here.estate, here.clock, asset).evidence
    rows = (Seen(medium=medium, **msgspec.structs.asdict(seen)) for medium, seen in found.items())
    return sheet(here, "evidence", rows, Seen)


@router.get("/assets/{asset}")
@kept
def one(request: Request, here: Reading, asset: str) -> HTMLResponse:
    """Show one asset with what is on it and what was looked at."""
    row = assets.one(here.estate, here.clock, asset)
    page = asked.paged(request, "status")
    found = exposures.listed(here.estate, here.clock, exposures.Filters(asset=asset), **page._asdict())
    return showing.page(request, here, "asset.html", section="assets", row=row, rows=found, sort=page.sort)


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        words=asked.text(request, "q"),
        pattern=asked.text(request, "pattern"),
        status=asked.several(request, "status"),
        exposed=asked.perhaps(request, "exposed"),
        gaps=asked.perhaps(request, "gaps"),
        medium=asked.text(request, "medium"),
        looked=asked.text(request, "looked"),
    )
