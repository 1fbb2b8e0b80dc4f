# SPDX-License-Identifier: Apache-2.0
"""Settings: who is told of what, what they were told, and the calendar of what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.errors import DebarError
from debar.model.telling import Hook, Told
from debar.model.vocab.portfolio import Role
from debar.model.vocab.telling import HookKind
from debar.portfolio import hooks, keys
from debar.web.here import Administering, Here
from debar.web.pages import showing
from debar.web.pages.sheets import every, sheet

router = APIRouter(prefix="/o/{organisation}/settings/hooks")
Text = Annotated[str, Form()]
_CALENDAR_DAYS = 365
_SHOWN = 50
"""Messages on the page."""


@router.get("")
def listed(request: Request, here: Administering) -> HTMLResponse:
    """Show who is told of what, and what they were told."""
    return _page(request, here)


@router.get("/told.csv")
def as_csv(here: Administering) -> Response:
    """Give who is told as a file."""
    return sheet(here, "told", hooks.listed(here.estate), Hook)


@router.get("/messages.csv")
def messages_as_csv(here: Administering) -> Response:
    """Give every message of the last 30 days as a file."""
    rows = every(lambda token: hooks.messages(here.estate, page_token=token))
    return sheet(here, "messages", rows, Told)


def _page(
    request: Request, here: Here, *, secret: str = "", calendar: str = "", fault: str = "", status: int = 200
) -> HTMLResponse:
    told = hooks.messages(here.estate, page_size=_SHOWN)
    return showing.page(
        request, here, "hooks.html", status=status, section="settings", tab="hooks", hooks=hooks.listed(here.estate),
        messages=told.items, total=told.total, offered=hooks.OFFERED, secret=secret,
        calendar=calendar, fault=fault, has_mail=here.settings.means.mail is not None,
    )  # fmt: skip


@router.post("")
def add(
    request: Request,
    here: Administering,
    kind: Text,
    to: Text,
    events: Annotated[list[str] | None, Form()] = None,
) -> HTMLResponse:
    """Have somebody told, and show the secret of the signatures this once."""
    try:
        way = HookKind.MAIL if kind == HookKind.MAIL else HookKind.WEB
        _, secret = hooks.add(here.estate, way, to, events or (), here.settings.means)
    except DebarError as e:
        return _page(request, here, fault=f"{e.message}. {e.hint}.", status=422)
    return _page(request, here, secret=secret)


@router.post("/calendar")
def calendar(request: Request, here: Administering) -> HTMLResponse:
    """Make an address of the calendar, and show it this once."""
    until = (datetime.now(UTC) + timedelta(days=_CALENDAR_DAYS)).date().isoformat()
    _, secret = keys.make(here.portfolio, here.estate, "calendar", Role.VIEWER, until)
    return _page(request, here, calendar=f"{here.settings.url}/calendar/{secret}.ics")


@router.post("/{hook}/test")
def test(request: Request, here: Administering, hook: str) -> RedirectResponse:
    """Tell somebody that this is a test."""
    hooks.test(here.portfolio, here.estate, hook)
    return showing.back(request, here, "settings", "hooks", said="tested")


@router.post("/{hook}/state")
def set_active(
    request: Request, here: Administering, hook: str, is_active: Annotated[bool, Form()]
) -> RedirectResponse:
    """Stop telling somebody, or begin again."""
    hooks.set_active(here.estate, hook, is_active=is_active)
    return showing.back(request, here, "settings", "hooks", said="hooked")


@router.post("/{hook}/remove")
def remove(request: Request, here: Administering, hook: str) -> RedirectResponse:
    """Tell somebody nothing more."""
    hooks.remove(here.estate, hook)
    return showing.back(request, here, "settings", "hooks", said="hooked")


@router.post("/messages/{message}/again")
def again(request: Request, here: Administering, message: str) -> RedirectResponse:
    """Send a message again."""
    hooks.again(here.portfolio, here.estate, message)
    return showing.back(request, here, "settings", "hooks", said="tested")
