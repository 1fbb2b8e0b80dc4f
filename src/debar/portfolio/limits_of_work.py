# SPDX-License-Identifier: Apache-2.0
"""What one job may cost: memory, processor, time on the clock. What is read is hostile, and must not cost more than itself."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import NamedTuple

_PARENT_DIES = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_POLITE = 10
"""How much a job stands back behind whoever answers people."""
_GRACE = 5
"""Seconds between the signal of the processor's limit and the one that nothing survives."""


class Limits(NamedTuple):
    """What a job may cost."""

    memory: int
    """Bytes beyond those that the process has when the job begins."""
    cpu: int
    """Seconds of the processor."""
    clock: int
    """Seconds on the clock."""
    file: int = 1 << 34
    """Bytes of one file that it writes."""

    @property
    def about_memory(self) -> str:
        """Give what is told of a job that asked for more."""
        return f"used more than {self.memory / (1 << 30):.3g} GB of memory"

    @property
    def about_cpu(self) -> str:
        """Give what is told of a job that calculated for longer."""
        return f"used the processor for more than {_minutes(self.cpu)}"

    @property
    def about_clock(self) -> str:
        """Give what is told of a job that took longer."""
        return f"took more than {_minutes(self.clock)}"


def confine(limits: Limits, parent: int) -> None:
    """Put this process, a copy that does one job, into a group of its own, with limits; it ends with its parent.

    What the system does not know is left out: the clock is looked at by the parent in any case.
    """
    import resource  # where processes are copied there is one

    os.setpgid(0, 0)
    _die_with(parent)
    with contextlib.suppress(OSError):
        os.nice(_POLITE)
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, limits.file, limits.file),
        (resource.RLIMIT_CPU, limits.cpu, limits.cpu + _GRACE),
        (resource.RLIMIT_AS, _size() + limits.memory, _size() + limits.memory),
    ):
        with contextlib.suppress(OSError, ValueError):
            most = resource.getrlimit(kind)[1]
            within = [one if most == resource.RLIM_INFINITY else min(one, most) for one in (soft, hard)]
            resource.setrlimit(kind, (within[0], within[1]))


def ended(status: int, limits: Limits) -> str:
    """Give why a copy ended that did not say so itself, from its status as `waitpid` gives it."""
    if not os.WIFSIGNALED(status):
        return f"ended without a word (status {os.waitstatus_to_exitcode(status)})"
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return limits.about_cpu
    if number == signal.SIGKILL:
        return "was killed by the system, as it does where memory runs out"
    return f"was ended by signal {number} ({signal.Signals(number).name})"


def _die_with(parent: int) -> None:
    """Have this process killed when its parent dies, however that dies."""
    if sys.platform != "linux":
        return
    import ctypes  # for this alone

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DIES, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before that was asked for
        os._exit(1)


def _size() -> int:
    """Give the bytes of memory that this process may address."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a path object costs more than the look
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 1 << 32


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:.3g} minutes" if seconds >= 120 else f"{seconds} seconds"
