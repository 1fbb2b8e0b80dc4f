# SPDX-License-Identifier: Apache-2.0
"""Answers that are kept for whoever asks for the same again: given without being made, for as long as nothing has changed.

1. Who asks is looked up anew each time, and let in anew (`here`): a role that was taken away opens nothing that is kept.
2. An answer is kept under everything that could make it another: the organisation, who asks and what they may there, the
   address as it was asked for, the day, the register in use, and what the request says of the form that it wants.
3. Beside it stand the databases that it was read from, each as it was before (`debar.store.watching`). Where one of them has
   changed since, in whatever process, the answer is made anew.
4. What belongs to a session and to nobody else, the token of its forms, is taken out of what is kept, and put into what is given.

Only routes that are marked are kept: those whose answers rest on nothing else, such as the time of day or a file that is read.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from weakref import WeakKeyDictionary, WeakSet

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from debar.errors import DebarError
from debar.portfolio.hand import Hand
from debar.portfolio.register_of import base
from debar.store import watching
from debar.web import here

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from debar.portfolio.databases import Portfolio
    from debar.store.watching import Grounds
    from debar.web.here import Entered

Route = TypeVar("Route", bound="Callable[..., object]")
ROOM = 48 << 20
"""Bytes of answers that are kept in a process."""
_LARGEST = 1 << 20
"""Bytes of an answer that is kept."""
_AT_ONCE = 6
"""Answers that are made at once: threads that all compute only wait for each other."""
_BEGINNINGS = ("/o/", "/api/v1/organisations/")
_SAYS = (b"accept", b"host", b"hx-request", b"if-none-match")
"""Headers of a request on which an answer may depend, beside those that say who asks."""
_STATUSES = frozenset({200, 304})
_MARKED: WeakSet[Callable[..., object]] = WeakSet()
_encoded = msgspec.msgpack.Encoder().encode


def kept(route: Route) -> Route:
    """Mark a route as one whose answers are kept: `@router.get(...)` above `@kept`."""
    _MARKED.add(route)
    return route


def is_kept(route: object) -> bool:
    """Tell whether the answers of a route are kept."""
    return route in _MARKED


class Answer(NamedTuple):
    """An answer as it is kept."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    parts: tuple[bytes, ...]
    """The body, cut where the token of the session stands."""
    grounds: Grounds
    found: tuple[object, object]
    """The route that answered, for the figures, and its function."""


def _size(answer: Answer) -> int:
    return 1000 + sum(map(len, answer.parts))


class Kept:
    """Stands before the routes; what has a lifetime is what is kept."""

    def __init__(self, app: ASGIApp, portfolio: Portfolio) -> None:
        """Take what is inside, and over which portfolio."""
        self._app, self._portfolio = app, portfolio
        self._answers: Hand[Answer] = Hand(_size, ROOM)
        self._making: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, by what is kept or by what is inside."""
        organisation = _organisation(scope)
        if not organisation:
            await self._app(scope, receive, send)
            return
        entered = scope[here.ENTERED] = await self._entered(scope, organisation)
        if isinstance(entered, DebarError):
            await self._app(scope, receive, send)
            return
        key = _key(scope, entered)
        answer = self._answers.look(key)
        if answer is not None and await self._hold(answer.grounds):
            scope["route"], scope["endpoint"] = answer.found
            await _give(answer, entered.known.csrf, send)
            return
        await self._made(key, entered, scope, receive, send)

    async def _entered(self, scope: Scope, organisation: str) -> Entered | DebarError:
        """Let somebody in (1.), or give why not: they hear it from the route, as from every other."""
        request = Request(scope)
        try:
            if self._portfolio.place.server:
                return await run_in_threadpool(here.let_in, request, organisation)
            try:
                with watching.at_hand():  # most of the time nothing has changed, and nothing is to be waited for
                    return here.let_in(request, organisation)
            except watching.NotAtHandError:
                return await run_in_threadpool(here.let_in, request, organisation)
        except DebarError as e:
            return e

    async def _hold(self, grounds: Grounds) -> bool:
        """Tell whether what rests on these would be made again as it is (3.)."""
        if self._portfolio.place.server:
            return await run_in_threadpool(grounds.hold)
        return grounds.hold()

    def _turns(self) -> asyncio.Semaphore:
        """Give whose turn it is to be made, in the loop that answers."""
        return self._making.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))

    async def _made(self, key: Hashable, entered: Entered, scope: Scope, receive: Receive, send: Send) -> None:
        """Have an answer made, and keep it where it may be kept."""
        turns = self._turns()
        await turns.acquire()
        making = _Making(turns, send)
        with watching.resting() as grounds:
            try:
                await self._app(scope, receive, making.send)
            finally:
                making.begun()
        found = scope.get("route"), scope.get("endpoint")
        if making.is_whole and is_kept(found[1]) and await self._hold(grounds):
            csrf = entered.known.csrf.encode()
            parts = tuple(making.body.split(csrf)) if csrf else (making.body,)
            self._answers.put(key, Answer(making.status, making.headers, parts, grounds, found))


class _Making:
    """An answer on its way out, seen as far as it has to be."""

    def __init__(self, turn: asyncio.Semaphore, send: Send) -> None:
        """Take whose turn ends when the answer begins, and where it goes."""
        self._turn: asyncio.Semaphore | None = turn
        self._send = send
        self.status, self.body, self.is_whole = 0, b"", False
        self.headers: tuple[tuple[bytes, bytes], ...] = ()

    async def send(self, message: Message) -> None:
        """Send a part on. What is sent bit by bit, or is large, is not kept."""
        if message["type"] == "http.response.start":
            self.begun()
            self.status, self.headers = message["status"], tuple(message["headers"])
        elif message["type"] == "http.response.body":
            content, is_last = message.get("body", b""), not message.get("more_body", False)
            self.is_whole = is_last and not self.body and self.status in _STATUSES and len(content) <= _LARGEST
            self.body = content if self.is_whole else b"-"
        else:
            self.is_whole = False
        await self._send(message)

    def begun(self) -> None:
        """Let the next answer be made: what is left is to be sent, which may take whoever reads it long."""
        if self._turn is not None:
            self._turn.release()
            self._turn = None


async def _give(answer: Answer, csrf: str, send: Send) -> None:
    """Give what is kept, with the token of the session that asks (4.)."""
    body = csrf.encode().join(answer.parts)
    headers = [
        (name, b"%d" % len(body) if name == b"content-length" and answer.status == 200 else value)
        for name, value in answer.headers
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _organisation(scope: Scope) -> str:
    """Give the organisation that somebody wants to look at; nothing for other requests."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    path: str = scope["path"]
    beginning = next((one for one in _BEGINNINGS if path.startswith(one)), None)
    return path[len(beginning) :].partition("/")[0] if beginning else ""


def _key(scope: Scope, entered: Entered) -> Hashable:
    """Give everything that could make an answer another (2.), beside the databases."""
    estate = entered.estate
    said = tuple(pair for pair in scope["headers"] if pair[0] in _SAYS)
    about = _encoded((entered.known.caller, estate.tenant, bool(entered.known.csrf)))
    asked = scope["scheme"], scope["path"], scope["query_string"], said
    return estate.organisation, about, estate.permissions, asked, here.today(), base()
