# SPDX-License-Identifier: Apache-2.0
"""What all benches share: alternating rounds, what a child process cost, tables and goals."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""


class Options(NamedTuple):
    """What the command line asked for."""

    rounds: int
    """0 for the bench's own number."""
    why: bool
    files: tuple[Path, ...]
    size: int
    """Megabytes."""
    rows: int = 0
    """0 for the bench's own number."""


class Cost(NamedTuple):
    """What one child process cost."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds."""
    peak: float
    """Resident set at its largest, MB (10^6 bytes)."""


class BrokenError(Exception):
    """A measured command did not do what it was run for."""


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a measured child: byte code is kept as it is for users, no DEBAR_* option."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("DEBAR_")
    }
    return kept | more


def debar() -> str:
    """Give the console script of the environment this runs in."""
    script = Path(sysconfig.get_path("scripts"), "debar.exe" if os.name == "nt" else "debar")
    if not script.is_file():
        raise BrokenError(f"{script} is not there; install debar into this environment first (make test does)")
    return str(script)


def child(command: Sequence[str], env: Mapping[str, str], allowed: Sequence[int] = (0,)) -> Cost:
    """Run a command to its end and give what it cost; BrokenError for an exit status that is not allowed.

    The system counts the parent's memory at the moment of starting as the child's, so call this
    from a small process.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=dict(env)) as process:
        complaint = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if process.returncode not in allowed:
        said = complaint.decode(errors="replace").strip()
        raise BrokenError(f"{' '.join(command)} ended with {process.returncode}: {said}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit / 1e6)


def alternate(rounds: int, candidates: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Give the figures of every candidate; A B C A B C, so that a busy moment strikes all alike."""
    figures: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, measure in candidates.items():
            gc.collect()
            figures[name].append(measure())
    return figures


def title(name: str, text: str, rounds: int) -> None:
    """Print the heading of a bench."""
    print(f"\n{name}: {text} ({rounds} alternating rounds)")


def table(unit: str, figures: Mapping[str, Sequence[float]]) -> None:
    """Print one line for each candidate: smallest, middle and largest figure."""
    width = max(24, *(len(name) for name in figures))
    print(f"  {unit:<{width}}{'min':>10}{'median':>10}{'max':>10}")
    for name, values in figures.items():
        shown = (min(values), statistics.median(values), max(values))
        print(f"  {name:<{width}}" + "".join(f"{_number(value):>10}" for value in shown))


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Give the median of the ratios of the rounds."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def goal(what: str, value: float, *, at_least: float = 0.0, at_most: float = 0.0) -> None:
    """Print whether a goal was reached."""
    reached = value >= at_least if at_least else value <= at_most
    limit = f"at least {at_least:g}" if at_least else f"at most {at_most:g}"
    print(f"  goal: {what} {limit} - {_number(value)}: {'reached' if reached else 'not reached'}")


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3f}" if value < 1 else f"{value:.2f}"
