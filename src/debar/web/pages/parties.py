# SPDX-License-Identifier: Apache-2.0
"""Parties: whose technology is there, how much of it, and which products."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from debar.model.viewed import PartyRow, ProductRow
from debar.portfolio import parties
from debar.portfolio.parties import Filters
from debar.portfolio.register_of import register_of
from debar.web.here import Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.exposures import STATUSES
from debar.web.pages.sheets import sheet

router = APIRouter(prefix="/o/{organisation}")
NAMED = ("q", "status", "measure")


@router.get("/parties")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the parties of which something is there."""
    page = asked.paged(request, "status")
    rows = parties.listed(here.estate, here.clock, filters(request), **page._asdict())
    most = max((row.exposures for row in rows.items), default=1)
    values: dict[str, Any] = {
        "rows": rows,
        "sort": page.sort,
        "filters": filters(request),
        "most": most,
        "statuses": STATUSES,
    }
    return showing.page(request, here, "parties.html", section="parties", named=NAMED, **values)


@router.get("/parties.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    rows = parties.rows(here.estate, here.clock, filters(request), sort=asked.text(request, "sort") or "status")
    return sheet(here, "parties", rows, PartyRow)


@router.get("/parties/{party}/products.csv")
def products_as_csv(here: Reading, party: str) -> Response:
    """Give the products of a party as a file."""
    return sheet(here, "products", parties.one(here.estate, here.clock, party).products, ProductRow)


@router.get("/parties/{party}")
@kept
def one(request: Request, here: Reading, party: str) -> HTMLResponse:
    """Show one party: its products here, and the measures about them."""
    row = parties.one(here.estate, here.clock, party)
    most = max((one.exposures for one in row.products), default=1)
    return showing.page(
        request, here, "party.html", section="parties", row=row, most=most, law=register_of(here.estate).measures
    )


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    return Filters(
        words=asked.text(request, "q"),
        status=asked.several(request, "status"),
        measure=asked.text(request, "measure"),
    )
