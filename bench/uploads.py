# SPDX-License-Identifier: Apache-2.0
"""Files that go into the service: kept, read by workers, and put together as a run."""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path

from bench.measure import Options, goal, title
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import databases, estates, jobs, running, tenants, uploads
from debar.portfolio.crew import Crew
from debar.store.places import place

FILES = 200
PARTS = 200
LARGE = 256
"""Megabytes of one upload."""
WORKERS = 2
_BLOCK = 1 << 20


def run(options: Options) -> None:
    """Send, wait for the workers, and print how long each part took, and what memory it needed."""
    title("uploads", f"{FILES} BOMs of {PARTS} components, {WORKERS} workers; one file of {LARGE} MB", 1)
    del options
    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as folder, databases.opened(place(folder), makes=True) as portfolio:
        tenants.add(portfolio, estates.PROGRAM, name="Acme", id_="acme")
        estate = estates.behind(portfolio, "acme")
        boms = [_bom(number, rng) for number in range(FILES)]
        begun = time.perf_counter()
        for number, bom in enumerate(boms):
            uploads.put(portfolio, estate, f"host-{number}.json", [bom])
        kept = time.perf_counter()
        print(f"kept           {FILES / (kept - begun):>8.0f} files/s, each on the disk before the next")
        with Crew(portfolio, WORKERS) as crew:
            while any(state in jobs.OPEN and kind is JobKind.READ for kind, state in jobs.counts(portfolio)):
                time.sleep(0.1)
            read = time.perf_counter()
            print(f"read           {FILES / (read - kept):>8.0f} files/s, from a standing start")
            while any(state in jobs.OPEN for _, state in jobs.counts(portfolio)):
                time.sleep(0.1)
            print(
                f"run            {time.perf_counter() - read:>8.1f} s, of which {running.SETTLES} s are waited for more files"
            )
            print(f"memory         {sum(map(_memory, crew.pids())):>8.0f} MB in {WORKERS} workers")
        begun = time.perf_counter()
        block = rng.randbytes(_BLOCK)
        uploads.put(portfolio, estate, "large.bin", (block for _ in range(LARGE)))
        goal("MB/s of one large upload", LARGE / (time.perf_counter() - begun), at_least=50)
        failed = sum(count for (_, state), count in jobs.counts(portfolio).items() if state is JobState.FAILED)
        goal("jobs that failed", failed, at_most=0)


def _bom(number: int, rng: random.Random) -> bytes:
    parts = [
        {"type": "library", "name": f"part-{rng.randrange(5000)}", "version": str(n), "publisher": "Example GmbH"}
        for n in range(PARTS)
    ]
    about = {"timestamp": "2024-07-01T10:00:00Z", "component": {"type": "application", "name": f"app-{number}"}}
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": parts}
    return json.dumps(bom).encode()


def _memory(pid: int) -> float:
    """Give the megabytes that a process shares with nobody."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
