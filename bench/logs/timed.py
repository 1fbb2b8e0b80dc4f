# SPDX-License-Identifier: Apache-2.0
"""Whole processes of debar and of others, in alternating rounds; what each finds must be what is known to be there."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from bench.logs import peers
from bench.logs.rows import HEADER
from bench.measure import ROOT, BrokenError, Cost, alternate, child, debar, environment, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.logs.peers import Peer

DAY = "2024-10-01"
REPORT = "report.json"
_INTO = 'out=$1; shift; exec "$@" >"$out"'
"""For a shell: what a program prints goes to a file, and the program takes the place of the shell."""


class Scan(NamedTuple):
    """One way to run debar."""

    name: str
    sources: tuple[Path, ...]
    register: Path
    """Folder with the indicators."""
    counts: Mapping[str, int]
    """Rows that it must have read, and hits that it must have found, by their kind."""
    before: tuple[str, ...] = ()
    """What the command begins with, such as taskset."""
    options: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where a bench works."""

    folder: Path
    env: Mapping[str, str]


def place(folder: Path) -> Place:
    """Give the place; whatever debar keeps, it keeps there."""
    return Place(folder, environment(XDG_CACHE_HOME=str(folder / "kept")))


def written(where: Place, size: int, *what: str) -> dict[str, dict[str, int]]:
    """Write files of some megabytes, and give their numbers by their names."""
    command = [sys.executable, "-m", "bench.logs.written", str(where.folder), str(size), *what]
    done = subprocess.run(command, cwd=ROOT, env=dict(where.env), stdout=subprocess.PIPE, check=True)
    numbers: dict[str, dict[str, int]] = json.loads(done.stdout)
    return numbers


def started(where: Place, scan: Scan) -> Cost:
    """Run debar once, whatever it finds; its report is left in the folder."""
    told = ["-o", f"json={where.folder / REPORT}", "--quiet", "--fail-on", "none"]
    sources = [str(source) for source in scan.sources]
    asked = ["--register", str(scan.register), "--on", DAY]
    return child([*scan.before, debar(), "scan", *sources, *asked, *told, *scan.options], where.env)


def scanned(where: Place, scan: Scan) -> Cost:
    """Run debar once; BrokenError when it did not find what is there."""
    cost = started(where, scan)
    command = [sys.executable, "-m", "bench.logs.counted", str(where.folder / REPORT)]
    said = subprocess.run(command, cwd=ROOT, env=dict(where.env), stdout=subprocess.PIPE, check=True).stdout
    counted = {kind: number for kind, number in json.loads(said).items() if number}
    if any(source.suffix == ".log" for source in scan.sources) and counted["rows"] > scan.counts["rows"]:
        counted["rows"] -= HEADER.count("\n")
    if counted != dict(scan.counts):
        raise BrokenError(f"{scan.name}: {counted} were found where there are {dict(scan.counts)}")
    return cost


def loaded(where: Place, register: Path) -> float:
    """Give the milliseconds of loading the compiled automaton of a register."""
    command = [sys.executable, "-m", "bench.logs.loading", str(register)]
    return float(subprocess.run(command, cwd=ROOT, env=dict(where.env), stdout=subprocess.PIPE, check=True).stdout)


def run(where: Place, peer: Peer, hits: int) -> Cost:
    """Run another program once; BrokenError when it does not count what it should."""
    out = where.folder / peers.COUNT
    if not peer.name.startswith(("rg", "grep", "duckdb")):
        return child(peer.command, where.env)
    # What only tells whether there is something, as programs do for /dev/null, would be no comparison.
    cost = child(["sh", "-c", _INTO, "sh", str(out), *peer.command], dict(where.env) | {"PYTHONPATH": str(ROOT)})
    counted = int(out.read_text() or 0)
    if peer.is_exact and counted != hits:
        raise BrokenError(f"{shlex.join(peer.command)} counts {counted} where there are {hits}")
    if not peer.is_exact:
        print(f"  {peer.name}: {counted} rows where {hits} hit")
    return cost


def compared(
    where: Place, rounds: int, scans: Sequence[Scan], others: Sequence[Peer], hits: int = 0
) -> dict[str, list[Cost]]:
    """Give the costs of all candidates in each round, and print them; slow ones are run once, before.

    Each way to run debar is tried once before, for what it makes for later runs; how long that took is printed.
    """
    for scan in scans:
        print(f"  {scan.name}: {scanned(where, scan).wall:.2f} s when run for the first time")
    costs: dict[str, list[Cost]] = {}
    work = {scan.name: lambda scan=scan: scanned(where, scan) for scan in scans}
    work |= {peer.name: lambda peer=peer: run(where, peer, hits) for peer in others if not peer.is_slow}
    once = {peer.name: [run(where, peer, hits)] for peer in others if peer.is_slow}

    def timed(name: str) -> float:
        costs.setdefault(name, []).append(work[name]())
        return costs[name][-1].wall

    alternate(rounds, {name: lambda name=name: timed(name) for name in work})  # type: ignore[misc]
    every = costs | once
    for unit, part in (("seconds", "wall"), ("seconds of CPU", "cpu"), ("peak memory, MB", "peak")):
        table(unit, {name: [getattr(cost, part) for cost in many] for name, many in every.items()})
    return costs
