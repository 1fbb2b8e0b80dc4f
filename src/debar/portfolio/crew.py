# SPDX-License-Identifier: Apache-2.0
"""The workers of a server: processes of their own, begun with it, begun again where one dies, and ended with it."""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from debar.errors import DebarError
from debar.model.telling import Means
from debar.portfolio import holding
from debar.portfolio.working import Order

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio

_LOOK = 0.5
"""Seconds between two looks at who is alive."""
_PAUSE = 2.0
"""Seconds before a worker that died is begun again, so that one that cannot begin does not keep the processor."""
_PATIENCE = 20.0
"""Seconds that workers have to put their jobs back, before they are killed."""


class _Worker(NamedTuple):
    name: str
    process: subprocess.Popen[bytes]


class Crew:
    """Some workers, and who looks after them."""

    def __init__(
        self, portfolio: Portfolio, count: int, roots: tuple[str, ...] = (), means: Means | None = None
    ) -> None:
        """Take for whom they work, how many there are, and by what means they tell people; nothing is begun yet."""
        self._portfolio, self._count, self._roots, self._means = portfolio, count, roots, means or Means()
        self._workers: list[_Worker] = []
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._look, name="crew", daemon=True)

    def __enter__(self) -> Self:
        self._workers = [self._begin() for _ in range(self._count)]
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def alive(self) -> int:
        """Give how many workers are at work."""
        return sum(worker.process.poll() is None for worker in self._workers)

    def pids(self) -> list[int]:
        """Give the numbers of their processes."""
        return [worker.process.pid for worker in self._workers]

    def end(self) -> None:
        """End all of them; what they had in hand waits for whoever comes next."""
        self._is_over.set()
        if self._watch.is_alive():
            self._watch.join(_PATIENCE)
        for worker in self._workers:
            _close(worker)
        until = time.monotonic() + _PATIENCE
        for worker in self._workers:
            try:
                worker.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        self._workers.clear()

    def _begin(self) -> _Worker:
        place, name = self._portfolio.place, f"worker-{secrets.token_hex(6)}"
        where = {"server": place.server, "lake": str(place.lake), "shown": place.shown}
        order = Order(**where, worker=name, roots=self._roots, means=self._means)
        command = [sys.executable, "-m", "debar.portfolio.working"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603 - debar itself
        with contextlib.suppress(BrokenPipeError):
            if process.stdin:
                # What may have a password in it is no argument, which everybody on the machine can see.
                process.stdin.write(msgspec.json.encode(order) + b"\n")
                process.stdin.flush()
        return _Worker(name, process)

    def _look(self) -> None:
        """Begin another worker for each that died, and let others have its job."""
        while not self._is_over.wait(_LOOK):
            for number, worker in enumerate(self._workers):
                if worker.process.poll() is not None and not self._is_over.wait(_PAUSE):
                    _close(worker)
                    with contextlib.suppress(DebarError):
                        holding.release(self._portfolio, worker.name)
                    self._workers[number] = self._begin()


def _close(worker: _Worker) -> None:
    if worker.process.stdin:
        with contextlib.suppress(OSError):
            worker.process.stdin.close()
