# SPDX-License-Identifier: Apache-2.0
"""The server: listens, answers, and ends when it is asked to, with what it has begun."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import uvicorn

from debar.errors import UsageError
from debar.web.together import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI

DRAINS = 15
"""Seconds that answers have to come to their end when the server is asked to end."""
_WAITING = 512
"""Connections that wait to be taken."""
_IDLE = 20
"""Seconds that a connection stays open on which nobody asks anything."""


class Address(NamedTuple):
    """Where a server listens."""

    host: str
    port: int

    @property
    def shown(self) -> str:
        """Give it as it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(text: str, named: str = "--listen") -> Address:
    """Give where to listen: HOST:PORT, [::1]:PORT or PORT; UsageError for what is none."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if colon else "127.0.0.1"
    if not host or not port.isascii() or not port.isdigit() or not 0 <= int(port[:6]) <= 65535:
        raise UsageError(f"{named}: {text[:80]!r} is no address and port", hint="write 127.0.0.1:8300")
    return Address(host, int(port))


def listening(where: Address) -> socket.socket:
    """Give a socket that listens; UsageError where that cannot be."""
    try:
        return socket.create_server((where.host, where.port), family=_family(where), backlog=_WAITING)
    except OSError as e:
        raise _taken(where, e) from e


@contextlib.contextmanager
def several(where: Address, count: int) -> Iterator[list[socket.socket]]:
    """Give a socket for each of some processes; UsageError where that cannot be.

    1. The address is taken as by one process: where another service has it, that is said.
    2. The system hands connections out evenly to the sockets of one address, where it knows how; elsewhere all share one. Those
       behind the first listen once their process does.
    """
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(listening(where))  # 1.
        found = [first] * count
        if count > 1 and sys.platform == "linux":  # 2.
            at = Address(where.host, first.getsockname()[1])
            first.close()
            try:
                found = [stack.enter_context(_bound(at)) for _ in range(count)]
                found[0].listen(_WAITING)
            except OSError as e:
                raise _taken(where, e) from e
        yield found


def another(before: socket.socket) -> socket.socket:
    """Give a socket of the same address as one that shares its address, for a process that comes in the place of another."""
    host, port = before.getsockname()[:2]
    return _bound(Address(host, port))


def _bound(where: Address) -> socket.socket:
    bound = socket.socket(_family(where), socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if bound.family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((where.host, where.port))
    except OSError:
        bound.close()
        raise
    return bound


def _family(where: Address) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in where.host else socket.AF_INET


def _taken(where: Address, e: OSError) -> UsageError:
    return UsageError(f"{where.shown}: {e.strerror or e}", hint="name another address: --listen 127.0.0.1:8301")


def serve(
    app: FastAPI,
    listener: socket.socket,
    *,
    behind: tuple[str, ...] = (),
    ready: Callable[[], None],
    ending: Callable[[], None] = lambda: None,
    until: Callable[[], bool] = lambda: False,
) -> None:
    """Answer until SIGTERM or SIGINT, or until something else has come; `ending` is called when it begins to end.

    1. What a proxy says of where a request comes from is believed of those that were named, and of nobody else.
    2. Asked to end, it takes no more, lets answers come to their end for a while, and comes back from here.
    """
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(behind),  # 1.
        forwarded_allow_ips=list(behind),
        backlog=_WAITING,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=DRAINS,
        ws="none",
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # 2. Once it has ended the server sends itself what it was sent, to end the process: here there is more to do.
        signal.signal(number, lambda *_: None)
    server = _Server(config, ready, ending, until)
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that says when it answers, and when it begins to end; and tells its figures to those beside it."""

    def __init__(
        self,
        config: uvicorn.Config,
        ready: Callable[[], None],
        ending: Callable[[], None],
        until: Callable[[], bool],
    ) -> None:
        super().__init__(config)
        self._ready, self._ending, self._until = ready, ending, until
        self._told = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        self.should_exit = self.should_exit or self._until()
        if (now := time.monotonic()) - self._told >= EVERY or self.should_exit:
            self._told = now
            state = self.config.app.state  # type: ignore[union-attr]  # it is ours
            state.together.tell(state.timings)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


@contextlib.contextmanager
def logged(*, quiet: bool) -> Iterator[None]:
    """Have what happens within written to standard error: every request by its path, unless it shall be quiet; never its query."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    # Who has lost a database says so once, in words of its own; the pool of connections would add pages of where.
    levels = {"debar.web": logging.WARNING if quiet else logging.INFO, "uvicorn.error": logging.WARNING}
    loggers = {
        logging.getLogger(name): level for name, level in {**levels, "sqlalchemy.pool": logging.CRITICAL}.items()
    }
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    for logger, level in loggers.items():
        logger.setLevel(level)
        if logger.name in levels:
            logger.handlers, logger.propagate = [handler], False
    try:
        yield
    finally:
        for logger, handlers, propagates, level in before:
            logger.handlers, logger.propagate = handlers, propagates
            logger.setLevel(level)
