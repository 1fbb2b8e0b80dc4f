# SPDX-License-Identifier: Apache-2.0
"""What every answer goes through: the host that was asked, how often, the headers, the time it took, and faults of our own.

It is written for ASGI itself: nothing is read ahead, copied or awaited that is not needed.
"""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from debar.errors import DebarError
from debar.web import errors_shown
from debar.web.security import origins, rates
from debar.web.timings import OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from debar.web.security.rates import Rates
    from debar.web.settings import Settings
    from debar.web.timings import Timings

Route = TypeVar("Route", bound="Callable[..., object]")
LOG = logging.getLogger("debar.web")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),  # for browsers that do not know frame-ancestors
    ("referrer-policy", "same-origin"),  # with no-referrer, browsers do not say where our own forms come from
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
)
_HTTPS = ("strict-transport-security", "max-age=31536000; includeSubDomains")
LARGEST_BODY = 1 << 20
"""Bytes that may be sent to a route which does not say that it takes files."""
ASSETS = "/assets/"
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
"""What machines beside this one ask, by whatever name they know it, and all the time."""
_LARGE: WeakSet[Callable[..., object]] = WeakSet()
_LONG = re.compile(r"[A-Za-z0-9_.~-]{40,}")
"""What could be a secret in an address."""


class Frame:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, settings: Settings, counted: Rates, timings: Timings) -> None:
        """Take what is inside, what was decided at the start, who asked how often, and what counts how long that took."""
        self._app, self._settings, self._rates, self._timings = app, settings, counted, timings
        self._headers = (*_ALWAYS, _HTTPS) if settings.is_https else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, received = time.perf_counter(), 0, 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST_BODY and received > self._largest(scope):
                raise HTTPException(413, "more was sent than is taken here")
            return message

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._finish(MutableHeaders(scope=message), scope, time.perf_counter() - began)
            await send(message)

        request = Request(scope, receive)
        try:
            self._check(request)
            await self._app(scope, receiving, sending)
        except (DebarError, HTTPException) as e:
            await errors_shown.shown(request, e)(scope, receive, sending)
        except ClientDisconnect:
            status = status or 499  # as proxies write it: nobody is there to be answered
        except Exception as e:
            LOG.exception("a fault of debar itself, at %s %s", scope["method"], _said(scope["path"]))
            if status:
                raise  # the answer has begun: all that is left is to break it off
            await errors_shown.shown(request, e)(scope, receive, sending)
        finally:
            took = time.perf_counter() - began
            self._timings.add(scope["method"], _route(scope), status, took)
            LOG.info("%s %s %d %.1f ms", scope["method"], _said(scope["path"]), status, 1000 * took)

    def _check(self, request: Request) -> None:
        """Refuse another name than ours (DNS rebinding), whoever asks too often, and other sites that ask for changes."""
        path = request.scope["path"]
        if path in WATCHED:
            return
        if request.headers.get("host", "").lower() not in self._settings.hosts:
            raise HTTPException(421, "this service goes by another name; debar serve --url tells it its own")
        if not path.startswith(ASSETS):
            rates.check_address(self._rates, request.client.host if request.client else "")
        origins.check_origin(request, self._settings)

    def _largest(self, scope: Scope) -> int:
        """Give how much the route that was found takes: the frame learns it by the time somebody reads."""
        return self._settings.largest_upload if takes_files(scope.get("endpoint")) else LARGEST_BODY

    def _finish(self, headers: MutableHeaders, scope: Scope, took: float) -> None:
        for name, value in self._headers:
            headers.setdefault(name, value)
        headers.setdefault("cache-control", _kept(scope))
        headers.append("server-timing", f"app;dur={1000 * took:.1f}")


def _route(scope: Scope) -> str:
    """Give the route that answered, as it was declared: what somebody asked for is nobody's business."""
    if scope["path"].startswith(ASSETS):
        return ASSETS
    return getattr(scope.get("route"), "path", None) or OTHER


def large(route: Route) -> Route:
    """Mark a route as one that takes files: `@router.post(...)` above `@large`."""
    _LARGE.add(route)
    return route


def takes_files(route: object) -> bool:
    """Tell whether a route was marked as one that takes files."""
    return route in _LARGE


def _kept(scope: Scope) -> str:
    """Tell how long an answer may be kept: what is signed in is nobody else's, and assets change with the program."""
    if not scope["path"].startswith(ASSETS):
        return "no-store"
    return "public, max-age=86400" if scope["query_string"] else "no-cache"


def _said(path: str) -> str:
    """Give an address as it may stand in a log: without line ends, and without what could be a secret."""
    return _LONG.sub("***", path.encode("ascii", "backslashreplace").decode().replace("\n", " ").replace("\r", " "))[
        :200
    ]
