# SPDX-License-Identifier: Apache-2.0
"""The organisations of whoever looks, and their own account."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.errors import ForbiddenError, UsageError
from debar.model.viewed import Counts
from debar.portfolio import across, people, sessions
from debar.web.here import SignedIn, clock
from debar.web.pages import showing
from debar.web.pages.sheets import named

router = APIRouter()


@router.get("/")
def listed(request: Request, here: SignedIn) -> Response:
    """Show every organisation of the caller with its figures; where there is one alone, go there."""
    if len(here.caller.roles) == 1 and not here.caller.is_operator:
        return RedirectResponse(f"/o/{next(iter(here.caller.roles))}/", 303)
    rows = across.summaries(here.portfolio, here.caller, clock(request))
    return showing.wide(request, here, "organisations.html", rows=rows)


class Line(Counts, frozen=True, kw_only=True):
    """How an organisation stands, as a line of a file."""

    organisation: str
    name: str
    role: str
    waiting: int


@router.get("/organisations.csv")
def as_csv(request: Request, here: SignedIn) -> Response:
    """Give how every organisation of the caller stands as a file; the figures of one are of the day that stands beside them."""
    days = clock(request)
    rows = (
        Line(
            **msgspec.structs.asdict(row.counts or Counts(as_of="")),
            **{name: getattr(row, name) for name in ("organisation", "name", "role", "waiting")},
        )
        for row in across.summaries(here.portfolio, here.caller, days)
    )
    return named(f"organisations-{days.as_of[:10]}", rows, Line)


@router.get("/account")
def account(request: Request, here: SignedIn) -> HTMLResponse:
    """Show the own account."""
    return showing.wide(request, here, "account.html", fault="")


@router.post("/account/password")
def password(request: Request, here: SignedIn, old: Annotated[str, Form()], new: Annotated[str, Form()]) -> Response:
    """Give the own account another password; every session of it ends, this one too."""
    if people.check_password(here.portfolio, here.caller.email, old) is None:
        return showing.wide(request, here, "account.html", status=403, fault="The old password does not fit.")
    try:
        people.set_password(here.portfolio, here.caller, here.caller.id, new)
    except (UsageError, ForbiddenError) as e:
        return showing.wide(request, here, "account.html", status=422, fault=f"{e.message}. {e.hint}.")
    return RedirectResponse("/sign-in", 303)


@router.post("/account/sessions")
def everywhere(here: SignedIn) -> Response:
    """End every session of the own account."""
    sessions.end_all(here.portfolio, here.caller.id)
    return RedirectResponse("/sign-in", 303)
