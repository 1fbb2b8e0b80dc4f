# SPDX-License-Identifier: Apache-2.0
"""Pages for people: a router for each, templates filled on the server, nothing that needs a script to be read or sent.

request ──► here (who, where, which days) ──► portfolio (rows) ──► templates/*.html ──► page
                                                  ▲
links.py carries the two days on · asked.py reads what a list is asked for · showing.py draws the frame around it
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from fastapi import FastAPI

PAGES = (
    "organisations",
    "overview",
    "runs",
    "measures",
    "exposures",
    "exposure",
    "assets",
    "parties",
    "duties",
    "decisions",
    "plan",
    "evidence",
    "uploads",
    "documents",
    "register",
    "settings",
    "hooks",
    "operate",
    "audit",
)
"""Modules of this package with a `router`."""

router = APIRouter(include_in_schema=False)
for _name in PAGES:
    router.include_router(import_module(f"{__name__}.{_name}").router)


def joined(app: FastAPI) -> None:
    """Have the application draw what goes wrong as a page."""
    from debar.web.pages.faults import fault

    app.state.draw_fault = fault
