# SPDX-License-Identifier: Apache-2.0
"""The doors: to sign in with a password or at a provider of identities, and to sign out.

What is wrong with an attempt is told alike whatever it is, so that nobody learns who has an account.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from debar.errors import DebarError, LimitError
from debar.portfolio import audit, limits, people, sessions
from debar.web.here import SignedIn
from debar.web.pages import showing
from debar.web.security import callers, rates
from debar.web.security.identities import LASTS, Identities, Identity, IdentityError, unpacked

if TYPE_CHECKING:
    from fastapi import FastAPI

    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.web.settings import Settings

LOG = logging.getLogger("debar.web")
TRIES, WINDOW = 60, 15 * 60
"""So many attempts from one address in so many seconds: behind it there may be an office."""
_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,1000}")
"""A place of ours, and nothing that a browser could take for another host."""
_WRONG = "Address and password do not belong together."
_NOBODY = "You cannot sign in this way. An account has to be made for you first."
_LOST = "This sign-in was not finished. Begin it again."
Field = Annotated[str, Form()]
router = APIRouter(include_in_schema=False)


class Service(NamedTuple):
    """What the doors lead to, and from where somebody knocks."""

    portfolio: Portfolio
    settings: Settings
    identities: Identities | None
    address: str


def joined(app: FastAPI) -> None:
    """Have the application know the provider of identities, if there is one."""
    settings: Settings = app.state.settings
    provider = settings.provider
    app.state.identities = Identities(provider, f"{settings.url}/sign-in/back") if provider else None


@router.get("/sign-in")
def door(request: Request) -> Response:
    """Give the page on which people sign in."""
    service = service_of(request)
    if people.is_empty(service.portfolio):
        return RedirectResponse("/set-up", 303)
    return _door(request)


@router.post("/sign-in")
def sign_in(request: Request, email: Field = "", password: Field = "", next: Field = "") -> Response:  # noqa: A002 - it is called so in addresses
    """Let somebody in who knows the password of their account."""
    service = service_of(request)
    try:
        limits.counted(service.portfolio, f"sign-in from {service.address}", TRIES, WINDOW)
        caller = people.check_password(service.portfolio, email, password)
    except LimitError as e:
        return _door(request, f"Too many attempts: {e.hint}.", 429, {"retry-after": str(e.after)}, email=email)
    if caller is None:
        LOG.warning("sign-in refused, from %s", service.address)
        return _door(request, _WRONG, 403, email=email, next=next)
    return let_in(service, caller, "password", next)


@router.get("/sign-in/provider")
def leave(request: Request, next: str = "") -> Response:  # noqa: A002 - it is called so in addresses
    """Send somebody to the provider of identities."""
    service = service_of(request)
    if service.identities is None:
        return RedirectResponse("/sign-in", 303)
    try:
        limits.counted(service.portfolio, f"sign-in from {service.address}", TRIES, WINDOW)
        where, pending = service.identities.begin(inside(next))
    except (IdentityError, LimitError) as e:
        LOG.warning("the provider of identities: %s", e.message)
        return _door(request, "The provider of identities does not answer now.", 503)
    response = RedirectResponse(where, 303)
    callers.put(response, service.settings, "provider", pending.packed(), LASTS)
    return response


@router.get("/sign-in/back")
def come_back(request: Request) -> Response:
    """Let somebody in for whom the provider of identities vouches."""
    service = service_of(request)
    pending = unpacked(request.cookies.get(callers.cookie(service.settings, "provider"), ""))
    if pending is None or service.identities is None:
        return _door(request, _LOST, 403)
    try:
        limits.counted(service.portfolio, f"sign-in from {service.address}", TRIES, WINDOW)
        identity = service.identities.finish(pending, dict(request.query_params))
        response = _vouched(request, service, identity, pending.next)
    except DebarError as e:
        LOG.warning("sign-in at the provider refused, from %s: %s", service.address, e.message)
        response = _door(request, _LOST, 403)
    callers.put(response, service.settings, "provider", "", 0)
    return response


@router.post("/sign-out")
def sign_out(request: Request, here: SignedIn) -> Response:
    """End the session of whoever asks."""
    sessions.end(here.portfolio, request.cookies.get(callers.cookie(here.settings), ""))
    response = RedirectResponse("/sign-in", 303)
    callers.put(response, here.settings, "session", "", 0)
    # What the browser still holds of pages is forgotten as well, also behind the button that goes back.
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def inside(text: str) -> str:
    """Give a place of ours that somebody asked for; the first page for anything else."""
    return text if _PATH.fullmatch(text) and not text.startswith(("/sign-in", "/sign-out", "/set-up")) else "/"


def _vouched(request: Request, service: Service, identity: Identity, then: str) -> Response:
    """Let in whom the provider vouches for, if they have an account, or their domain gets one."""
    provider = service.settings.provider
    domain = identity.email.rpartition("@")[2].casefold()
    makes = provider is not None and identity.is_verified and domain in provider.domains
    caller = people.linked(
        service.portfolio,
        identity.issuer,
        identity.subject,
        email=identity.email,
        name=identity.name,
        is_verified=identity.is_verified and bool(identity.email),
        makes=makes,
    )
    if caller is None:
        LOG.warning("sign-in at the provider refused, from %s: nobody here is meant", service.address)
        return _door(request, _NOBODY, 403)
    return let_in(service, caller, "provider", then)


def let_in(service: Service, caller: Caller, way: str, then: str) -> Response:
    """Begin a new session, whatever session the browser had before, and put it on record."""
    begun = sessions.begin(service.portfolio, caller.id)
    with service.portfolio.writing() as connection:
        audit.add(connection, caller, "session.begun", caller.id, way=way)
    response = RedirectResponse(inside(then), 303)
    callers.remember(response, service.settings, begun)
    return response


def service_of(request: Request) -> Service:
    """Give what the doors lead to, and from where somebody knocks."""
    state = request.app.state
    address = rates.neighbourhood(request.client.host if request.client else "")
    return Service(state.portfolio, state.settings, state.identities, address)


def _door(
    request: Request, fault: str = "", status: int = 200, headers: dict[str, str] | None = None, **said: str
) -> Response:
    settings: Settings = request.app.state.settings
    values = {
        "fault": fault,
        "email": said.get("email", ""),
        "next": inside(said.get("next") or request.query_params.get("next", "")),
        "provider": settings.provider.label if settings.provider else "",
    }
    response = showing.alone(request, "sign-in.html", status=status, **values)
    response.headers.update(headers or {})
    return response
