# SPDX-License-Identifier: Apache-2.0
"""Audit: every change with who and when, each entry chained to the one before."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from debar.model.portfolio import Change
from debar.portfolio import audit
from debar.portfolio.audit import Filters
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.sheets import every, sheet

router = APIRouter(prefix="/o/{organisation}")
_AT_ONCE = 500


@router.get("/audit")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show what was changed, the newest first."""
    rows = audit.listed(
        here.portfolio, here.estate, filters(request), page_token=asked.text(request, "page"), page_size=asked.SIZE
    )
    return showing.page(request, here, "audit.html", section="audit", rows=rows, filters=filters(request))


@router.get("/audit.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    narrowed = filters(request)
    found = every(
        lambda token: audit.listed(here.portfolio, here.estate, narrowed, page_token=token, page_size=_AT_ONCE)
    )
    return sheet(here, "audit", found, Change)


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        by=asked.text(request, "by"),
        action=asked.text(request, "action"),
        about=asked.text(request, "about"),
        words=asked.text(request, "q"),
        since=asked.text(request, "since"),
        until=asked.text(request, "until"),
    )
