# SPDX-License-Identifier: Apache-2.0
"""What becomes of each set of a folder of real files: how many were read as what, and why the others were not."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from bench.measure import ROOT
from debar.observe import Reading
from debar.readers import walk
from debar.register.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from bench.measure import Options
    from debar.register import Register


def run(options: Options) -> None:
    """Print a table of the sets in a folder, then every place that was not read, with its reason."""
    folder = options.files[0] if options.files else ROOT.parent / "shared" / "corpus"
    register = load()
    print(f"{'set':<34}{'files':>7}{'read':>7}{'inputs':>8}{'things':>10}{'skips':>7}{'s':>7}")
    skips: list[str] = []
    for place in sorted(folder.iterdir()):
        if place.is_dir():
            skips += _set(place, register)
    print("\nskips:")
    print("\n".join(skips) or "none")


def _set(place: Path, register: Register) -> list[str]:
    """Print one row and what it was read as; give its skips."""
    reading = Reading(register)
    begun = time.perf_counter()
    things = sum(1 for _ in reading.observations(walk.find([str(place)])))
    took = time.perf_counter() - begun
    files = {str(path) for path in place.rglob("*") if path.is_file()}
    read = {source.path for source in reading.sources} & files
    row = f"{place.name[:33]:<34}{len(files):>7}{len(read):>7}{len(reading.sources):>8}{things:>10}"
    print(f"{row}{len(reading.skips):>7}{took:>7.1f}")
    kinds = Counter(source.reader for source in reading.sources)
    print("    " + ", ".join(f"{name} {count}" for name, count in kinds.most_common()))
    sys.stdout.flush()
    return [f"{s.source.removeprefix(f'{place.parent}/')}: {s.locator}: {s.reason}"[:300] for s in reading.skips]
