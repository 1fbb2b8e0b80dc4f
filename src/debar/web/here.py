# SPDX-License-Identifier: Apache-2.0
"""Who asks, for which organisation, and about which days: what every route begins with.

A route names what it needs by the type of an argument. There is no other way from a request to an organisation:

    Reading · Working · Approving · Administering    in the organisation that the address names: `Here`
    SignedIn                                         anybody who is known, in no organisation: `Visit`
    Operating                                        whoever runs the whole: `Visit`
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import Depends, Path, Request
from fastapi.routing import iter_route_contexts
from starlette.concurrency import run_in_threadpool

from debar import dates
from debar.errors import DebarError, ForbiddenError, UsageError
from debar.model.portfolio import Caller, Clock
from debar.model.vocab.portfolio import Permission
from debar.portfolio import estates
from debar.portfolio.databases import Portfolio
from debar.portfolio.estates import Estate
from debar.web.security import callers, origins, rates
from debar.web.security.callers import Known
from debar.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fastapi.dependencies.models import Dependant
    from fastapi.routing import RouteContext
    from starlette.routing import BaseRoute


class Visit(NamedTuple):
    """A request of somebody who is known, outside of organisations."""

    portfolio: Portfolio
    settings: Settings
    caller: Caller
    csrf: str
    """What forms on a page bring along in the field `csrf`, and scripts in the header X-CSRF-Token; keys need none."""


class Here(NamedTuple):
    """A request of somebody who was let into an organisation, with the two days that it is about."""

    portfolio: Portfolio
    settings: Settings
    caller: Caller
    csrf: str
    """As in `Visit`."""
    estate: Estate
    clock: Clock


class Entered(NamedTuple):
    """Somebody who was let into an organisation, to look at least."""

    known: Known
    estate: Estate


ENTERED = "debar.entered"
"""In the scope of a request whose caller was let in before its route was found (`kept`), or why they were not."""


class Needed:
    """What a route needs: a permission in the organisation that its address names."""

    def __init__(self, permission: Permission) -> None:
        """Take the permission."""
        self.permission = permission

    async def __call__(
        self, request: Request, organisation: Annotated[str, Path(description="Id of the organisation.")]
    ) -> Here:
        """Give the organisation to somebody who may do this there; in one go in a thread, where it asks databases.

        The token of a page may stand in a form behind gigabytes: nothing is read of whoever may not send them.
        """
        entered: Entered | DebarError | None = request.scope.get(ENTERED)
        if isinstance(entered, DebarError):
            raise entered
        if entered is None or entered.estate.organisation != organisation:
            entered = await run_in_threadpool(let_in, request, organisation, self.permission)
        known, estate = entered
        estate.needs(self.permission)
        here = Here(
            request.app.state.portfolio, request.app.state.settings, known.caller, known.csrf, estate, clock(request)
        )
        await origins.check_token(request, here.csrf)
        return here


def let_in(request: Request, organisation: str, permission: Permission = Permission.READ) -> Entered:
    """Let somebody into an organisation who was not too quick; NotThereError and ForbiddenError as `estates.entered`."""
    portfolio, settings = request.app.state.portfolio, request.app.state.settings
    known = callers.known(request, portfolio, settings)
    try:
        estate = estates.entered(portfolio, known.caller, organisation, permission)
    except DebarError:
        rates.check_caller(request.app.state.rates, known.caller)
        raise
    rates.check_caller(request.app.state.rates, known.caller)
    return Entered(known, estate)


class Signed:
    """What a route needs: somebody who is known, or who runs the whole."""

    def __init__(self, *, operates: bool = False) -> None:
        """Take whether only who runs the whole may do this."""
        self.operates = operates

    async def __call__(self, request: Request) -> Visit:
        """Give who asks."""
        visit = await run_in_threadpool(self._visit, request)
        await origins.check_token(request, visit.csrf)
        return visit

    def _visit(self, request: Request) -> Visit:
        portfolio, settings = request.app.state.portfolio, request.app.state.settings
        known = callers.known(request, portfolio, settings)
        rates.check_caller(request.app.state.rates, known.caller)
        if self.operates and not known.caller.is_operator:
            raise ForbiddenError("this is for whoever runs the whole", hint="ask an operator of the portfolio")
        return Visit(portfolio, settings, known.caller, known.csrf)


def Needs(permission: Permission) -> Needed:  # noqa: N802 - it stands where FastAPI wants Depends
    """Declare the permission that a route needs in the organisation of its address."""
    needed: Needed = Depends(Needed(permission))
    return needed


Reading = Annotated[Here, Needs(Permission.READ)]
Working = Annotated[Here, Needs(Permission.WORK)]
Approving = Annotated[Here, Needs(Permission.APPROVE)]
Administering = Annotated[Here, Needs(Permission.ADMINISTER)]
SignedIn = Annotated[Visit, Depends(Signed())]
Operating = Annotated[Visit, Depends(Signed(operates=True))]


def clock(request: Request) -> Clock:
    """Give the two days that a request is about: those of its address, else today with all that is known now."""
    said = request.query_params
    as_of = _day(said.get("as-of") or said.get("as_of") or "", "as-of")
    known_on = _day(said.get("known-on") or said.get("known_on") or "", "known-on")
    return Clock(as_of=as_of or today(), known_on=known_on)


def today() -> str:
    """Give the present day in UTC."""
    return datetime.now(UTC).date().isoformat()


def _day(text: str, name: str) -> str:
    if not text:
        return ""
    try:
        dates.parse(text if dates.is_date(text) else text[:40] + " ")
    except ValueError as e:
        raise UsageError(f"{name}: {e}", hint="write a day such as 2024-07-19") from e
    return text


def declared(route: RouteContext) -> Needed | Signed | None:
    """Give what a route says that it needs; nothing where everybody may ask."""
    dependant: Dependant | None = getattr(route, "dependant", None)
    found = [one for one in _calls(dependant) if isinstance(one, Needed | Signed)] if dependant else []
    return found[0] if found else None


def routes(of: Sequence[BaseRoute]) -> Iterator[RouteContext]:
    """Yield every route, those of included routers as well."""
    return iter_route_contexts(of)


def _calls(dependant: Dependant) -> Iterator[object]:
    for one in dependant.dependencies:
        yield one.call
        yield from _calls(one)
