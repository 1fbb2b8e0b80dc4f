# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.logs.loading REGISTER`: milliseconds of loading the automaton that was compiled for a register."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from debar.match.kept import load_index
from debar.match.sieve import Sieve
from debar.model.vocab import Kind
from debar.register.load import load
from debar.sieving import Wanted

ROUNDS = 9
WANTED = Wanted(frozenset({Kind.DOMAIN, Kind.IP}))


def main() -> None:
    """Print the median; the first time, which compiles, does not count."""
    index = load_index(load(None, [Path(sys.argv[1])]))
    Sieve(index).automaton(WANTED)
    print(statistics.median(_milliseconds(Sieve(index)) for _ in range(ROUNDS)))


def _milliseconds(sieve: Sieve) -> float:
    began = time.perf_counter()
    sieve.automaton(WANTED)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
