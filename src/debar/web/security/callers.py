# SPDX-License-Identifier: Apache-2.0
"""Who asks: a key in a header, or a session in a cookie; never both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.errors import DebarError
from debar.portfolio import keys, sessions

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.responses import Response

    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.sessions import Begun
    from debar.web.settings import Settings

_LONGEST = 200
"""Characters of what could be a key or a token."""


class UnknownCallerError(DebarError):
    """Nobody knows who asks: they did not sign in, or what they brought along opens nothing any longer."""


class Known(NamedTuple):
    """Who asks, and how that is known."""

    caller: Caller
    csrf: str = ""
    """What forms of this session bring along; empty where a key asks, which no browser sends by itself."""


def key_of(request: HTTPConnection) -> str | None:
    """Give the key that a request brings along, whatever it is worth; nothing where it brings none."""
    if key := request.headers.get("x-api-key"):
        return key
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    # Clients of screening services say ApiKey.
    return value.strip() if scheme.lower() in ("bearer", "apikey") else None


def known(request: HTTPConnection, portfolio: Portfolio, settings: Settings) -> Known:
    """Give who asks; UnknownCallerError for nobody. Where there is a key, a cookie counts for nothing."""
    key = key_of(request)
    if key is not None:
        caller = keys.caller(portfolio, key) if len(key) <= _LONGEST else None
        if caller is None:
            raise UnknownCallerError("this key opens nothing", hint="it may have expired, or was revoked")
        return Known(caller)
    session = _session(request, portfolio, settings)
    if session is None:
        raise UnknownCallerError("nobody is signed in", hint="sign in, or send a key in the header X-Api-Key")
    return Known(session.caller, session.csrf)


def _session(request: HTTPConnection, portfolio: Portfolio, settings: Settings) -> sessions.Session | None:
    token = request.cookies.get(cookie(settings), "")
    return sessions.found(portfolio, token) if token and len(token) <= _LONGEST else None


def cookie(settings: Settings, what: str = "session") -> str:
    """Give the name of a cookie: over HTTPS one that only this host can have set, and only for itself."""
    return f"__Host-debar-{what}" if settings.is_https else f"debar-{what}"


def remember(response: Response, settings: Settings, begun: Begun) -> None:
    """Have the browser bring the token of a session along from now on, until it is closed or the session ends."""
    put(response, settings, "session", begun.token, int(sessions.LASTS.total_seconds()))


def put(response: Response, settings: Settings, what: str, value: str, seconds: int) -> None:
    """Set a cookie that no script sees and no other site's form brings along; 0 seconds remove it."""
    response.set_cookie(
        cookie(settings, what),
        value,
        max_age=seconds,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )
