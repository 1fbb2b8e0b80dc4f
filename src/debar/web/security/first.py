# SPDX-License-Identifier: Apache-2.0
"""The first door: whoever can read the terminal of a new service makes its first account and organisation."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from debar.errors import ConflictError, LimitError, UsageError
from debar.obligations.organisation import organisation as described
from debar.portfolio import estates, limits, people, tenants
from debar.web.pages import showing
from debar.web.security.doors import TRIES, WINDOW, Service, let_in, service_of

_FIELDS = ("token", "email", "name", "organisation", "describes")
router = APIRouter(include_in_schema=False)


@router.get("/set-up")
def first(request: Request, token: str = "") -> Response:
    """Give the page on which the first account is made."""
    if not people.is_empty(service_of(request).portfolio):
        return RedirectResponse("/sign-in", 303)
    return _page(request, token=token)


@router.post("/set-up")
async def set_up(request: Request) -> Response:
    """Make the first account and organisation, for whoever can read the terminal of the service."""
    form = await request.form()
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_set_up, request, said)


def _set_up(request: Request, said: dict[str, str]) -> Response:
    """Set a portfolio up, if the token is the one of the terminal, and sign whoever did it in."""
    service = service_of(request)
    shown = {name: said.get(name, "") for name in _FIELDS}
    try:
        limits.counted(service.portfolio, f"set-up from {service.address}", TRIES, WINDOW)
        if not service.settings.lets_set_up(shown["token"].strip()):
            return _page(request, "This is not the token that stands in the terminal.", 403, **shown)
        return _made(service, said)
    except ConflictError:  # somebody else was first
        return RedirectResponse("/sign-in", 303)
    except (UsageError, LimitError) as e:
        return _page(request, f"{e.message}: {e.hint}" if e.hint else e.message, 422, **shown)


def _made(service: Service, said: dict[str, str]) -> Response:
    """Make the first account and organisation.

    1. What the organisation is, is understood before anything is made.
    2. The account runs the whole; it is made only while there is no other.
    3. It administers the organisation.
    """
    called = said.get("organisation", "").strip()
    facts = described(said.get("describes", "").strip() or "us/company")  # 1.
    if not called:
        raise UsageError("the organisation has no name", hint="write what people call it")
    id_ = tenants.slug(called)
    person = people.add(  # 2.
        service.portfolio,
        estates.PROGRAM,
        email=said.get("email", ""),
        name=said.get("name", ""),
        password=said.get("password", "") or "-",  # an empty one would mean that none is needed
        is_operator=True,
        is_first=True,
    )
    caller = people.caller(service.portfolio, person.id)
    if caller is None:
        raise ConflictError("the account was closed meanwhile", hint="sign in")
    named = {"name": called, "id_": id_ if estates.ID.fullmatch(id_) else "organisation"}
    tenants.add(  # 3.
        service.portfolio, caller, **named, facts=msgspec.structs.replace(facts, name=called), admin=person.id
    )
    return let_in(service, caller, "set-up", "/")


def _page(request: Request, fault: str = "", status: int = 200, **said: str) -> Response:
    shown = {**dict.fromkeys(_FIELDS, ""), "describes": "us/company"} | said
    return showing.alone(request, "first-run.html", status=status, fault=fault, **shown)
