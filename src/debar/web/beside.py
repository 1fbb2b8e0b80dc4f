# SPDX-License-Identifier: Apache-2.0
"""Processes that answer beside the first: begun with it, begun again where one dies, and ended with it.

    python -m debar.web.beside

Each hears on standard input what it
serves, and ends when that ends: nobody answers for a service that is gone. What they have in common is `together`.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

from debar.errors import DebarError
from debar.model.telling import Means
from debar.store.places import Place
from debar.text import printable
from debar.web import serving
from debar.web.settings import Provider, Settings
from debar.web.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.portfolio.databases import Portfolio

_LOOK = 0.5
"""Seconds between two looks at who is alive."""
_PAUSE = 1.0
"""Seconds before a process that died is begun again, so that one that cannot begin does not keep the processor."""
_PATIENCE = 20.0
"""Seconds that the others have to bring answers to their end, before they are killed."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a process serves; it holds secrets, and goes by standard input alone."""

    server: str
    lake: str
    shown: str
    listener: int
    """Number of the file that is the socket."""
    folder: str
    """What the processes share."""
    number: int
    behind: tuple[str, ...]
    is_quiet: bool
    url: str
    provider: Provider | None
    rate: int
    largest_upload: int
    data_roots: tuple[str, ...]
    means: Means
    metrics: str
    set_up: str

    @property
    def settings(self) -> Settings:
        """Give what the application is told."""
        said = {name: getattr(self, name) for name in Settings._fields}
        return Settings(**{**said, "data_roots": tuple(map(Path, self.data_roots))})


class Company:
    """The processes that answer beside this one, and who looks after them; none where one is enough."""

    def __init__(self, portfolio: Portfolio, settings: Settings, listeners: Sequence[socket.socket]) -> None:
        """Take what is served, and the sockets by which processes are asked; the first of them is that of this one."""
        self._portfolio, self._settings, self._listeners = portfolio, settings, list(listeners)
        self._folder = tempfile.TemporaryDirectory(prefix="debar-") if len(listeners) > 1 else None
        self.together = Together(Path(self._folder.name) if self._folder else None)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._is_over = threading.Event()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.part()
        until = time.monotonic() + _PATIENCE
        for process in self._processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for listener in self._listeners[1:]:
            listener.close()
        self.together.close()
        if self._folder:
            self._folder.cleanup()

    def begin(self, pids: Callable[[], list[int]], *, behind: tuple[str, ...] = (), is_quiet: bool = False) -> None:
        """Begin the others, once this one answers; `pids` gives the numbers of the workers."""
        if self._folder is None:
            return

        def look() -> None:
            """Begin another for each that died, and tell all who there is."""
            while not self._is_over.wait(_LOOK):
                for number, process in enumerate(self._processes):
                    if process.poll() is not None and not self._is_over.wait(_PAUSE):
                        _close(process)
                        self._renew(number + 1)
                        self._processes[number] = self._begun(number + 1, behind, is_quiet=is_quiet)
                self.together.tell_pids([os.getpid(), *(one.pid for one in self._processes)], pids())

        self._processes = [self._begun(number, behind, is_quiet=is_quiet) for number in range(1, len(self._listeners))]
        self._watch = threading.Thread(target=look, name="company", daemon=True)
        self._watch.start()

    def part(self) -> None:
        """Have the others bring their answers to an end."""
        self._is_over.set()
        if self._watch is not None:
            self._watch.join(_PATIENCE)  # it may be beginning one
        for process in self._processes:
            _close(process)

    def _renew(self, number: int) -> None:
        """Have no connection wait for a process that died: the system hands them to the others until another listens."""
        before = self._listeners[number]
        if before is not self._listeners[0]:
            self._listeners[number] = serving.another(before)
            before.close()

    def _begun(self, number: int, behind: tuple[str, ...], *, is_quiet: bool) -> subprocess.Popen[bytes]:
        place, folder = self._portfolio.place, self._folder
        assert folder is not None
        said = {**self._settings._asdict(), "data_roots": tuple(map(str, self._settings.data_roots))}
        order = Order(
            server=place.server,
            lake=str(place.lake),
            shown=place.shown,
            listener=self._listeners[number].fileno(),
            folder=folder.name,
            number=number,
            behind=behind,
            is_quiet=is_quiet,
            **said,
        )
        command = [sys.executable, "-m", "debar.web.beside"]
        process = subprocess.Popen(  # noqa: S603 - debar itself
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=(order.listener,)
        )
        with contextlib.suppress(BrokenPipeError):
            if process.stdin:
                process.stdin.write(msgspec.json.encode(order) + b"\n")
                process.stdin.flush()
        return process


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()


def main() -> int:
    """Answer for whom standard input says, until it ends or somebody asks for the end."""
    from debar.portfolio import databases
    from debar.web import warm
    from debar.web.app import application

    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)

    def is_over() -> bool:
        return bool(select.select([0], [], [], 0)[0]) and not os.read(0, 1)

    together = Together(Path(order.folder), order.number)
    try:
        with (
            serving.logged(quiet=order.is_quiet),
            databases.opened(Place(order.server, Path(order.lake), order.shown)) as portfolio,
            socket.socket(fileno=order.listener) as listener,
        ):
            app = application(portfolio, order.settings, together)
            app.state.crew = together
            with warm.warmed(portfolio):
                serving.serve(app, listener, behind=order.behind, ready=lambda: None, until=is_over)
    except DebarError as e:
        sys.stderr.write(f"debar: {printable(e.message)}\n")
        return e.exit_code
    finally:
        together.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
