# SPDX-License-Identifier: Apache-2.0
"""What went wrong, as those who asked can read it: a page, or a problem of RFC 9457; the one place that decides it."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from debar import errors
from debar.text import printable
from debar.web.security.callers import UnknownCallerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

LOG = logging.getLogger("debar.web")
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UnknownCallerError, 401),
    (errors.NotThereError, 404),
    (errors.ForbiddenError, 403),
    (errors.ConflictError, 409),
    (errors.LimitError, 429),
    (errors.UsageError, 422),
    (errors.SourceError, 422),
    (errors.StoreError, 503),
    (errors.DependencyMissing, 501),
)
"""By kind of refusal; what is none of them is a fault of our own."""
PROGRAMS = ("/api/", "/match", "/search", "/entities", "/catalog", "/algorithms", "/healthz", "/readyz", "/metrics")
"""Beginnings of the addresses that programs ask for; all others are pages."""
_FAULT = "something went wrong here; it was written down in the log of the service"
_AWAY = "the database does not answer now; nothing that was acknowledged is lost"


class Fault(NamedTuple):
    """What went wrong, as it is told."""

    status: int
    title: str
    detail: str
    hint: str = ""
    headers: Mapping[str, str] | None = None
    faults: tuple[Mapping[str, str], ...] = ()
    """By field, where what was sent says something wrong."""


def shown(request: Request, raised: Exception) -> Response:
    """Give the answer to a request that went wrong, in the form that whoever asked reads."""
    fault = told(raised)
    if request.scope["path"].startswith(PROGRAMS):
        return problem(request, fault)
    if fault.status == HTTPStatus.UNAUTHORIZED:
        return _to_the_door(request)
    draw: Callable[[Request, Fault], Response] = request.app.state.draw_fault or plain
    try:
        return draw(request, fault)
    except Exception:
        LOG.exception("a fault of debar itself, in telling what went wrong")
        return plain(request, fault)


def told(raised: Exception) -> Fault:
    """Give what went wrong; of a fault of our own nothing but that it is one, as it may hold what is nobody's business."""
    if isinstance(raised, HTTPException):
        return Fault(raised.status_code, _title(raised.status_code), str(raised.detail), headers=raised.headers)
    if isinstance(raised, RequestValidationError):
        faults = tuple(_of_field(one) for one in raised.errors()[:20])
        return Fault(
            422, _title(422), "what was sent says something wrong", "mend the fields that are named", None, faults
        )
    status = next((status for kind, status in _STATUS if isinstance(raised, kind)), 500)
    if status == 500 or not isinstance(raised, errors.DebarError):
        return Fault(500, _title(500), _FAULT)
    if status == 503:
        return Fault(503, _title(503), _AWAY, "ask again in some seconds", {"retry-after": "5"})
    headers = {"www-authenticate": 'Bearer realm="debar"'} if status == 401 else None
    if isinstance(raised, errors.LimitError):
        headers = {"retry-after": str(max(1, raised.after))}
    where = ": ".join(part for part in (getattr(raised, "path", ""), getattr(raised, "locator", "")) if part)
    detail = f"{where}: {raised.message}" if where else raised.message
    return Fault(status, _title(status), printable(detail), printable(raised.hint), headers)


def problem(request: Request, fault: Fault) -> Response:
    """Give what went wrong as `application/problem+json`."""
    said: dict[str, object] = {
        "type": "about:blank",
        "title": fault.title,
        "status": fault.status,
        "detail": fault.detail,
        "instance": request.scope["path"],
    }
    said |= {"hint": fault.hint} if fault.hint else {}
    said |= {"errors": fault.faults} if fault.faults else {}
    content = msgspec.json.encode(said)
    return Response(content, fault.status, fault.headers, media_type="application/problem+json")


def plain(_request: Request, fault: Fault) -> Response:
    """Give what went wrong as text, where there are no pages."""
    text = "\n".join(part for part in (f"{fault.status} {fault.title}", fault.detail, fault.hint) if part)
    return Response(f"{text}\n", fault.status, fault.headers, media_type="text/plain")


def _to_the_door(request: Request) -> Response:
    """Send somebody who is not signed in to the page where they can, and from there back."""
    path = request.scope["path"]
    query = request.scope["query_string"].decode("ascii", "replace")
    is_page = request.method == "GET" and path != "/"
    back = f"?next={quote(f'{path}?{query}' if query else path, safe='')}" if is_page else ""
    where = f"/sign-in{back}"
    if request.headers.get("hx-request"):  # a part of a page cannot be a page: the whole goes there
        return Response(status_code=401, headers={"hx-redirect": where})
    return RedirectResponse(where, 303)


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _of_field(error: Mapping[str, object]) -> Mapping[str, str]:
    """Give what is wrong with one field; never what was sent, which may be a secret."""
    place = error.get("loc")
    where = "/".join(map(str, place)) if isinstance(place, tuple | list) else ""
    return {"at": printable(where)[:200], "detail": printable(str(error.get("msg", "")))[:400]}
