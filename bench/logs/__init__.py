# SPDX-License-Identifier: Apache-2.0
"""Logs at the speed of reading: plain, compressed, with few and many indicators, on one core and on two.

`python -m bench logs --size MB`: every log has about that size. Goals are meant for logs of gigabytes; in small ones
the start of a process weighs more than the log. Whole processes are measured, from their start to their report.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.logs import machine, peers, timed
from bench.logs.figures import Figures
from bench.logs.timed import Scan
from bench.measure import Cost, Options, ratio, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.logs.timed import Place

ROUNDS = 3
SMALL = 1_000
"""Megabytes below which the start of a process distorts the ratios."""
MEMORY = 400
"""Megabytes that a scan may take, whatever the size of its input."""
LINES = 1_000
"""Lines of the log that stands for a start without work."""


def run(options: Options) -> None:
    """Measure all groups one after the other; files are removed as soon as they are no longer needed."""
    rounds, size = options.rounds or ROUNDS, options.size
    figures = Figures()
    print("\n".join(machine.described()))
    if size < SMALL:
        print(f"  the goals are meant for --size {SMALL} and more; this run has {size}")
    with tempfile.TemporaryDirectory() as folder:
        where = timed.place(Path(folder))
        timed.written(where, size, "indicators")
        peaks = [
            *_lines(where, size, rounds, figures),
            *_tables(where, size, rounds, figures),
            *_mixed(where, size, rounds, figures),
        ]
    figures.add("memory of any of these", "MB", max(peaks), at_most=MEMORY)
    figures.print()


def _lines(where: Place, size: int, rounds: int, figures: Figures) -> list[float]:
    """Measure everything that reads the log of JSON lines, and give the peaks of debar."""
    log, few = where.folder / "dns.json", where.folder / "few"
    counts = timed.written(where, size, log.name)[log.name]
    peaks = _plain(where, Scan("debar", (log,), few, counts), rounds, figures)
    peaks += _many(where, log, counts, rounds, figures)
    packed = _packed(log)
    for file in packed:
        peaks += _unpacking(where, Scan("debar", (file,), few, counts), rounds, figures)
    for file in packed:
        peaks += _cores(where, Scan("both cores", (file,), few, counts), rounds, figures)
    for file in (log, *packed):
        file.unlink()
    return peaks


def _plain(where: Place, scan: Scan, rounds: int, figures: Figures) -> list[float]:
    (log,) = scan.sources
    title("logs", f"JSON lines, {_of(log, scan.counts)}, 2,000 domains", rounds)
    costs = timed.compared(where, rounds, [scan], peers.plain(log, where.folder), scan.counts["domain"])
    _told(log, scan.counts, costs["debar"])
    figures.add("JSON lines, 2,000 domains", "times the time of cat", _times(costs, "debar", "cat"), at_most=6)
    if "rg -i -f expressions" in costs:
        grep = "rg -i -f expressions"
        figures.add("JSON lines, 2,000 domains", "of ripgrep's time", _times(costs, "debar", grep), at_most=0.35)
        memory = ratio([cost.peak for cost in costs["debar"]], [cost.peak for cost in costs[grep]])
        figures.add("JSON lines, 2,000 domains", "of ripgrep's memory", memory, at_most=0.05)
    if "duckdb" in costs:
        figures.add("JSON lines, 2,000 domains", "of DuckDB's time", _times(costs, "debar", "duckdb"), at_most=0.4)
    return _peaks(costs, "debar")


def _many(where: Place, log: Path, counts: Mapping[str, int], rounds: int, figures: Figures) -> list[float]:
    """Compare 300,000 indicators with 2,000; once whole processes, once without their start."""
    title("logs", f"JSON lines, {_of(log, counts)}, 300,000 domains against 2,000", rounds)
    short = where.folder / "short.json"
    with log.open("rb") as rows:
        short.write_bytes(b"".join(next(rows) for _ in range(LINES)))
    few, many = (Scan(name, (log,), where.folder / name, counts) for name in ("few", "many"))
    starts = {scan.name: _start(where, scan, short) for scan in (few, many)}
    costs = timed.compared(where, rounds, [few, many], [])
    print(f"  starting: {starts['few']:.2f} s with 2,000 domains, {starts['many']:.2f} s with 300,000")
    figures.add("300,000 domains", "of the speed with 2,000", _times(costs, "few", "many"), at_least=0.8)
    work = {name: [cost.wall - starts[name] for cost in costs[name]] for name in starts}
    figures.add(
        "300,000 domains, without start", "of the speed with 2,000", ratio(work["few"], work["many"]), at_least=0.8
    )
    load = timed.loaded(where, where.folder / "many")
    figures.add("loading the automaton of 300,000 domains", "milliseconds", load, at_most=10)
    return _peaks(costs, "few") + _peaks(costs, "many")


def _start(where: Place, scan: Scan, short: Path) -> float:
    """Give the seconds of a scan of a thousand lines, with everything made that later scans find made."""
    timed.started(where, scan._replace(sources=(short,)))
    return statistics.median(timed.started(where, scan._replace(sources=(short,))).wall for _ in range(3))


def _unpacking(where: Place, scan: Scan, rounds: int, figures: Figures) -> list[float]:
    (log,) = scan.sources
    title("logs", f"the same JSON lines in {log.suffix}, {log.stat().st_size / 1e6:,.0f} MB, 2,000 domains", rounds)
    costs = timed.compared(where, rounds, [scan], peers.unpacking(log))
    _told(log, scan.counts, costs["debar"])
    for name, most in (("gzip -dc", 0.3333), ("zstd -dc", 1.3)):
        if name in costs:
            figures.add(
                f"JSON lines in {log.suffix}", f"times the time of {name}", _times(costs, "debar", name), at_most=most
            )
    return _peaks(costs, "debar")


def _cores(where: Place, scan: Scan, rounds: int, figures: Figures) -> list[float]:
    """Compare one core with all that there are."""
    (log,) = scan.sources
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2 or shutil.which("taskset") is None:
        print("  one core against two: needs two cores, and taskset (Debian util-linux)")
        return []
    title("logs", f"the same in {log.suffix} on cores {cores[0]} and {cores[1]}, and on core {cores[0]} alone", rounds)
    one = scan._replace(name="one core", before=("taskset", "-c", str(cores[0])))
    two = scan._replace(before=("taskset", "-c", f"{cores[0]},{cores[1]}"))
    costs = timed.compared(where, rounds, [one, two], [])
    figures.add(
        f"two cores, {log.suffix}", "times faster than one", _times(costs, "one core", "both cores"), at_least=1.6
    )
    return _peaks(costs, "one core")


def _tables(where: Place, size: int, rounds: int, figures: Figures) -> list[float]:
    """Measure tables of Zeek, and give the peaks of debar."""
    log = where.folder / "dns.log"
    counts = timed.written(where, size, log.name)[log.name]
    title("logs", f"tables of Zeek, {_of(log, counts)}, 2,000 domains", rounds)
    costs = timed.compared(where, rounds, [Scan("debar", (log,), where.folder / "few", counts)], peers.reading(log))
    rows = _told(log, counts, costs["debar"])
    print(f"  the goal holds where cat takes 0.3 s; it took {statistics.median(c.wall for c in costs['cat']):.2f} s")
    figures.add("tables of Zeek, 2,000 domains", "million rows a second", rows / 1e6, at_least=8)
    log.unlink()
    return _peaks(costs, "debar")


def _mixed(where: Place, size: int, rounds: int, figures: Figures) -> list[float]:
    """Compare indicators of four kinds with those of domains, over a log that has hits of all."""
    log = where.folder / "mixed.json"
    counts = timed.written(where, size, log.name)[log.name]
    title("logs", f"look-ups, requests and leases as JSON lines, {_of(log, counts)}; domains, and every kind", rounds)
    domains = Scan("domains", (log,), where.folder / "few", {kind: counts[kind] for kind in ("rows", "domain")})
    every = Scan("every kind", (log,), where.folder / "every", counts)
    costs = timed.compared(where, rounds, [domains, every], peers.reading(log))
    kinds = "domains, ranges of addresses, hardware addresses and products"
    figures.add(kinds, "times the time of domains alone", _times(costs, "every kind", "domains"), at_most=1.5)
    log.unlink()
    return _peaks(costs, "domains") + _peaks(costs, "every kind")


def _packed(log: Path) -> list[Path]:
    """Give compressed copies of a log; pigz writes what gzip does, sooner."""
    made = []
    for suffix, programs in ((".gz", ("pigz", "gzip")), (".zst", ("zstd",))):
        program = next((name for name in programs if shutil.which(name)), "")
        if not program:
            print(f"  {suffix}: {programs[-1]} is not there")
            continue
        made.append(log.with_name(log.name + suffix))
        with made[-1].open("wb") as out:
            subprocess.run([program, "-q", "-c", str(log)], stdout=out, check=True)
    return made


def _of(log: Path, counts: Mapping[str, int]) -> str:
    return f"{log.stat().st_size / 1e6:,.0f} MB, {counts['rows']:,} rows"


def _told(log: Path, counts: Mapping[str, int], costs: Sequence[Cost]) -> float:
    """Print how fast debar was, and give its rows a second."""
    wall = statistics.median(cost.wall for cost in costs)
    print(f"  debar: {log.stat().st_size / wall / 1e6:,.0f} MB and {counts['rows'] / wall:,.0f} rows a second")
    return counts["rows"] / wall


def _times(costs: Mapping[str, Sequence[Cost]], above: str, below: str) -> float:
    return ratio([cost.wall for cost in costs[above]], [cost.wall for cost in costs[below]])


def _peaks(costs: Mapping[str, Sequence[Cost]], name: str) -> list[float]:
    return [cost.peak for cost in costs[name]]
