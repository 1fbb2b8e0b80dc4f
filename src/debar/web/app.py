# SPDX-License-Identifier: Apache-2.0
"""The application: every route there is, behind one frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from debar.errors import DebarError
from debar.release import VERSION
from debar.web import api, calendar, errors_shown, events, health, here, metrics, pages
from debar.web.kept import Kept
from debar.web.security import doors, first
from debar.web.security.frame import Frame
from debar.web.security.rates import Rates
from debar.web.together import Together

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from debar.portfolio.databases import Portfolio
    from debar.web.settings import Settings

PARTS = (doors, first, health, metrics, calendar, events, api, pages)
"""Each has a `router`, and some have something done when the application is made (`joined`)."""
PUBLIC = frozenset(
    {
        "/assets",
        "/favicon.ico",
        "/llms.txt",
        "/api/v1/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
        "/calendar/{token}.ics",
        "/set-up",
        "/sign-in",
        "/sign-in/provider",
        "/sign-in/back",
    }
)
"""What anybody may ask for; every other route declares what it needs (`here`)."""
_ASSETS = Path(__file__).parent / "assets"


def application(portfolio: Portfolio, settings: Settings, together: Together | None = None) -> FastAPI:
    """Give the application over an open portfolio; `together` with others where several processes serve."""
    together = together or Together()
    counted, timings = Rates(settings.rate, together=together), together.before()
    app = FastAPI(
        title="debar",
        version=VERSION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        middleware=[
            Middleware(Frame, settings=settings, counted=counted, timings=timings),
            Middleware(Kept, portfolio=portfolio),
        ],
    )
    app.state.portfolio, app.state.settings, app.state.rates = portfolio, settings, counted
    app.state.timings, app.state.together = timings, together
    app.state.identities, app.state.draw_fault, app.state.crew = None, None, None
    for kind in (DebarError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _shown)
    for part in PARTS:
        app.include_router(part.router)
        if joined := getattr(part, "joined", None):
            joined(app)
    app.mount("/assets", StaticFiles(directory=_ASSETS, check_dir=False), name="assets")
    _check_declared(app)
    return app


def _check_declared(app: FastAPI) -> None:
    """Refuse to begin with a route that says nothing of what it needs, and is not public."""
    silent = sorted({route.path or "" for route in here.routes(app.routes) if here.declared(route) is None} - PUBLIC)
    if silent:
        raise TypeError(f"routes that anybody could ask for: {', '.join(silent)}")


async def _shown(request: Request, raised: Exception) -> Response:
    return errors_shown.shown(request, raised)
