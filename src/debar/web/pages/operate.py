# SPDX-License-Identifier: Apache-2.0
"""Who runs the service: accounts and organisations are made here, and accounts closed; it opens no organisation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.errors import ConflictError, ForbiddenError, NotThereError, UsageError
from debar.model.portfolio import Person, Tenant
from debar.portfolio import people, tenants
from debar.web.here import Operating
from debar.web.pages import showing
from debar.web.pages.sheets import named

router = APIRouter(prefix="/operate")
Text = Annotated[str, Form()]
_REFUSED = (ConflictError, ForbiddenError, NotThereError, UsageError)


@router.get("")
def everything(request: Request, here: Operating) -> HTMLResponse:
    """Show every organisation and every account."""
    return _page(request, here)


@router.get("/organisations.csv")
def organisations_as_csv(here: Operating) -> Response:
    """Give the organisations as a file."""
    return named("organisations", tenants.listed(here.portfolio), Tenant)


@router.get("/accounts.csv")
def accounts_as_csv(here: Operating) -> Response:
    """Give the accounts as a file."""
    return named("accounts", people.listed(here.portfolio), Person)


@router.post("/organisations")
def make_organisation(request: Request, here: Operating, name: Text, admin: Text, id_: Annotated[str, Form(alias="id")] = "") -> Response:  # fmt: skip
    """Make an organisation, administered by an account that is there."""
    try:
        tenants.add(here.portfolio, here.caller, name=name, id_=id_, admin=people.by_email(here.portfolio, admin).id)
    except _REFUSED as e:
        return _page(request, here, f"{e.message}. {e.hint}")
    return RedirectResponse("/operate", 303)


@router.post("/accounts")
def make_account(
    request: Request, here: Operating, email: Text, name: Text, password: Text = "", is_operator: Text = ""
) -> Response:
    """Make an account; without a password only a provider of identities opens it."""
    try:
        people.add(
            here.portfolio, here.caller, email=email, name=name, password=password, is_operator=is_operator == "yes"
        )
    except _REFUSED as e:
        return _page(request, here, f"{e.message}. {e.hint}")
    return RedirectResponse("/operate", 303)


@router.post("/accounts/{person}")
def change_account(request: Request, here: Operating, person: str, is_active: Text) -> Response:
    """Close an account, or open it again; its name stays in everything that it did."""
    try:
        people.set_active(here.portfolio, here.caller, person, is_active=is_active == "true")
    except _REFUSED as e:
        return _page(request, here, f"{e.message}. {e.hint}")
    return RedirectResponse("/operate", 303)


def _page(request: Request, here: Operating, fault: str = "") -> HTMLResponse:
    return showing.wide(
        request, here, "operate.html", status=422 if fault else 200, fault=fault,
        organisations=tenants.listed(here.portfolio), accounts=people.listed(here.portfolio),
    )  # fmt: skip
