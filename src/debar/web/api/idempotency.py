# SPDX-License-Identifier: Apache-2.0
"""Requests that come again: the same key and the same request get the same answer, and nothing is done twice.

1. Whoever comes first writes the key down before anything is done; whoever comes while it is done is told to wait.
2. What was answered is kept for a day. Another request under the same key is refused.
3. What was refused, or failed, is forgotten: it may be tried again under the same key.
4. A key whose request never came to an end is free again after a while: the service was killed meanwhile.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from fastapi.responses import Response

from debar.errors import ConflictError, UsageError
from debar.portfolio import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Request

    from debar.web.api.declared import Operation

_LONGEST = 100
"""Characters of a key."""


class _Answer(msgspec.Struct, array_like=True):
    """What is kept of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Once(NamedTuple):
    key: str
    request: str


def once(one: Operation, request: Request, given: dict[str, Any], key: str, do: Callable[[], Response]) -> Response:
    """Give the answer to a request with a key: the one that it had, or what doing it comes to."""
    if not 1 <= len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
        raise UsageError(f"idempotency-key: is none of 1 to {_LONGEST} signs of ASCII", hint="send a random UUID")
    here = given[one.here]
    mine = _Once(f"{here.caller.id} {key}", _digest(request, given.get("body", b"")))
    kept = answers.begun(here.portfolio, mine.key, mine.request)  # 1.
    if kept is not None:
        return _again(kept, mine)
    try:
        response = do()
    except BaseException:
        answers.forgotten(here.portfolio, mine.key)  # 3.
        raise
    headers = {name: value for name, value in response.headers.items() if name in ("location", "content-type", "etag")}
    body = b"" if one.is_secret else bytes(getattr(response, "body", b""))
    content = msgspec.msgpack.encode(_Answer(response.status_code, headers, body))
    answers.ended(here.portfolio, mine.key, response.status_code if not one.is_secret else answers.SECRET, content)
    return response


def _again(kept: answers.Kept, mine: _Once) -> Response:
    if kept.request != mine.request:  # 2.
        raise UsageError("idempotency-key: was sent with another request", hint="send a new one with each request")
    if kept.status == answers.OPEN:
        raise ConflictError("the same request is being answered", hint="ask again in some seconds")
    if kept.status == answers.SECRET:
        raise ConflictError("this was done, and what is shown once was shown", hint="make another one")
    found = msgspec.msgpack.decode(kept.answer, type=_Answer)
    return Response(found.body, found.status, {**found.headers, "idempotency-replayed": "true"})


def _digest(request: Request, body: bytes) -> str:
    """Give the digest of what is asked for."""
    said = f"{request.method} {request.scope['path']}?".encode() + request.scope["query_string"]
    return hashlib.sha256(said + b"\n" + body).hexdigest()
