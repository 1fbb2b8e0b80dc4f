# SPDX-License-Identifier: Apache-2.0
"""One job, done in a copy of this process that has limits: what it says on its way, and what it came to.

The copy may die of anything, and whoever started it goes on. What it did is in the databases by then, or it is not.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from importlib import import_module
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import workers
from debar.errors import DebarError, StoreError
from debar.model.vocab.portfolio import JobKind
from debar.portfolio import estates, limits_of_work
from debar.portfolio.limits_of_work import Limits
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.model.portfolio import Job
    from debar.portfolio.databases import Portfolio

_LENGTH = Struct("<I")
_OFTEN = 1.0
"""Seconds between two words of a job about how far it is."""
_WORDS = 300
_MAY_PASS = StoreError
"""What may go better another time: a database that is away, a disk that is full."""
_READ = 1 << 16


class Work(NamedTuple):
    """What does a kind of job."""

    module: str
    """Its work(portfolio, estate, about, told) gives (id of what it made, what it came to); told(done, of, says) may be called."""
    limits: Limits


_GB = 1 << 30
KINDS = {
    JobKind.READ: Work("debar.portfolio.readings", Limits(memory=2 * _GB, cpu=600, clock=900)),
    JobKind.RUN: Work("debar.portfolio.running", Limits(memory=4 * _GB, cpu=3600, clock=3600)),
    JobKind.VIEW: Work("debar.portfolio.views", Limits(memory=4 * _GB, cpu=1800, clock=1800)),
    JobKind.INTAKE: Work("debar.portfolio.papers", Limits(memory=2 * _GB, cpu=600, clock=900)),
    JobKind.PLAN: Work("debar.portfolio.plans", Limits(memory=4 * _GB, cpu=1800, clock=1800)),
    JobKind.PROOF: Work("debar.portfolio.proofs", Limits(memory=2 * _GB, cpu=1800, clock=1800)),
    JobKind.TELL: Work("debar.web.telling", Limits(memory=_GB, cpu=300, clock=900)),
}
"""By kind of job: which module does it, and what it may cost."""


class Said(msgspec.Struct, frozen=True, array_like=True, tag="said"):
    """How far a job is."""

    done: int
    of: int
    says: str


class Came(msgspec.Struct, frozen=True, array_like=True, tag="came"):
    """What a job came to."""

    result: str = ""
    says: str = ""
    fault: str = ""
    """Why it came to nothing."""
    is_final: bool = False
    """Another attempt would come to the same."""


class Errand:
    """A copy at work, from its beginning to its end."""

    def __init__(self, portfolio: Portfolio, job: Job, limits: Limits | None = None) -> None:
        """Begin: no connection is open while the process is copied, so that none is shared."""
        self._limits = limits or KINDS[job.kind].limits
        self._begun = time.monotonic()
        self._partial, self.came = bytearray(), None
        self.said = Said(0, 0, "")
        self._heard, told = os.pipe()
        portfolio.close()
        parent = os.getpid()
        try:
            self.pid = workers.copied(lambda: _do(portfolio, job, self._limits, parent, told))
        except OSError:
            os.close(self._heard)
            raise
        finally:
            os.close(told)

    came: Came | None

    def listen(self, seconds: float) -> bool:
        """Wait for what the copy says, for so long; tell whether it has ended."""
        ready, _, _ = select.select([self._heard], [], [], seconds)
        if ready:
            data = os.read(self._heard, _READ)
            if not data:
                return True
            self._partial += data
            self._take()
        if time.monotonic() - self._begun > self._limits.clock:
            self.kill()
            self.came = self.came or Came(fault=self._limits.about_clock)
            return True
        return False

    def kill(self) -> None:
        """End the copy, and whatever it has started."""
        for group in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                group(self.pid, signal.SIGKILL)

    def end(self) -> Came:
        """Give what it came to, when it has ended."""
        os.close(self._heard)
        _, status = os.waitpid(self.pid, 0)
        if self.came is None:
            fault = limits_of_work.ended(status, self._limits)
            self.came = Came(fault=fault, is_final=fault == self._limits.about_cpu)
        return self.came

    def _take(self) -> None:
        while len(self._partial) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._partial)[0]
            if len(self._partial) < end:
                return
            message = msgspec.msgpack.decode(self._partial[_LENGTH.size : end], type=Said | Came)
            del self._partial[:end]
            if isinstance(message, Came):
                self.came = message
            else:
                self.said = message


def _do(portfolio: Portfolio, job: Job, limits: Limits, parent: int, told: int) -> None:
    """Do a job in the copy, and say what it came to."""
    limits_of_work.confine(limits, parent)
    _write(told, _came(portfolio, job, limits, _telling(told)))


def _came(portfolio: Portfolio, job: Job, limits: Limits, say: Callable[[int, int, str], None]) -> Came:
    """Give what a job comes to; whatever goes wrong with it is told."""
    try:
        estate = estates.behind(portfolio, job.organisation)
        result, says = import_module(KINDS[job.kind].module).work(portfolio, estate, job.about, say)
        return Came(result=result, says=says)
    except DebarError as e:
        fault = f"{e.message}; {e.hint}" if e.hint else e.message
        return Came(fault=printable(fault)[:_WORDS], is_final=not isinstance(e, _MAY_PASS))
    except MemoryError:
        return Came(fault=limits.about_memory, is_final=True)
    except Exception as e:  # noqa: BLE001 - one job never ends a worker
        return Came(fault=printable(f"the program failed: {type(e).__name__}: {e}")[:_WORDS])


def _telling(told: int) -> Callable[[int, int, str], None]:
    """Give what says how far a job is, now and then."""
    last = time.monotonic()  # a job that is over in a moment says nothing on its way

    def say(done: int, of: int, says: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _OFTEN:
            last = now
            _write(told, Said(done, of, says[:_WORDS]))

    return say


def _write(told: int, message: Said | Came) -> None:
    data = msgspec.msgpack.encode(message)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(told, view) :]
