# SPDX-License-Identifier: Apache-2.0
"""From a request to an answer: what was asked is read, the function is called, and what it gives is written.

1. A change that names what it is about (If-Match) is only made where that is still there as it was.
2. A request that comes again under the same Idempotency-Key gets the answer that it had.
3. What is read has a name (ETag); whoever has it already is told so, and gets nothing again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from fastapi.responses import Response, StreamingResponse

from debar.portfolio import paging, sheets
from debar.web.api import etags, idempotency, sent

if TYPE_CHECKING:
    from fastapi import Request

    from debar.web.api.declared import Operation
    from debar.web.together import Together

BASE = "/api/v1"
_PAGING = ("sort", "page_token", "page_size")
_ENCODER = msgspec.json.Encoder()


def answer(one: Operation, request: Request, given: dict[str, Any]) -> Response:
    """Give the answer to a request for an operation."""
    sent.check_path(request)
    arguments = _arguments(one, request, given)
    if one.method == "POST" and (key := request.headers.get("idempotency-key")):
        return idempotency.once(one, request, given, key, lambda: _done(one, request, given, arguments))  # 2.
    return _done(one, request, given, arguments)


def _done(one: Operation, request: Request, given: dict[str, Any], arguments: dict[str, Any]) -> Response:
    if one.current is None or not (wanted := request.headers.get("if-match")):
        return written(one, request, given, one.function(**arguments))
    together: Together = request.app.state.together
    # 1. From the look at what is there until it is changed nobody else changes it, in whatever process.
    with together.alone(request.path_params.get("organisation") or ""):
        before = one.current(**{name: given[name] for name in (one.here, *one.names) if name in given})
        etags.check_match(wanted, etags.of(_ENCODER.encode(before)))
        return written(one, request, given, one.function(**arguments))


def _arguments(one: Operation, request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """Give what the function takes."""
    from debar.web.api.declared import Paging  # it is made of this module

    found = {name: value for name, value in given.items() if name != "body"}
    others = [*(_PAGING if one.sorts else _PAGING[1:])] if one.is_list else []
    asked = sent.queried(request, one.asked, others)
    if one.asked is not None:
        found["asked"] = asked
    if one.is_list:
        sort = sent.one(request, "sort", one.sorts[0] if one.sorts else "")
        size = sent.number(request, "page_size", paging.USUAL)
        found["page"] = Paging(sort, sent.one(request, "page_token"), size)
    if one.sent is not None:
        found["sent"] = sent.decoded(given["body"], one.sent, is_lenient=one.is_lenient)
    if one.sheet and _wants_sheet(request):
        found["page"] = found["page"]._replace(page_token="", page_size=1)
    return found | ({"request": request} if one.wants_request else {})


def written(one: Operation, request: Request, given: dict[str, Any], value: Any) -> Response:  # noqa: ANN401 - any answer
    """Give an answer as it is sent."""
    from debar.web.api.declared import Begun, Made  # they are made of this module

    if isinstance(value, Response):
        return value
    if one.sheet and _wants_sheet(request):
        return _sheet(one, request, given)
    if value is None:
        return Response(status_code=204)
    headers = {}
    if isinstance(value, Made):
        headers, value = {"location": located(request, *value.at)}, value.value
    elif isinstance(value, Begun):
        headers, value = {"location": located(request, "jobs", value.value.id)}, value.value
    content = _ENCODER.encode(value)
    if one.method == "GET":
        return _read(request, content)  # 3.
    if one.method in ("PUT", "PATCH"):
        headers["etag"] = etags.of(content)
    return Response(content, one.status, headers, media_type="application/json")


def located(request: Request, *parts: str) -> str:
    """Give the address of something of the organisation that the request is about, or of something outside of any."""
    organisation = request.path_params.get("organisation")
    before = ("organisations", organisation) if organisation else ()
    return "/".join((BASE, *(quote(part, safe="") for part in (*before, *parts))))


def _read(request: Request, content: bytes) -> Response:
    tag = etags.of(content)
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "accept, cookie, authorization, x-api-key"}
    if etags.is_known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, media_type="application/json")


def _wants_sheet(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/csv" in accepted and "application/json" not in accepted


def _sheet(one: Operation, request: Request, given: dict[str, Any]) -> Response:
    """Give a list as CSV: all of its rows, written while they are sent."""
    assert one.sheet
    here, (rows, of) = given[one.here], one.sheet
    order = {"sort": sent.one(request, "sort", one.sorts[0])} if one.sorts else {}
    asked = sent.queried(request, one.asked, _PAGING)
    every = rows(here.estate, here.clock, asked, **order) if one.asked else rows(here.estate, here.clock, **order)
    name = f"{one.path.rpartition('/')[2]}-{here.estate.organisation}-{here.clock.as_of[:10]}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(sheets.written(every, of), media_type="text/csv; charset=utf-8", headers=headers)
