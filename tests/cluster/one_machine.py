# SPDX-License-Identifier: Apache-2.0
"""A cluster that is this process; only what can be sent to another machine reaches the work."""

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import composed
from debar.cluster.afar import Afar
from debar.match.compile import compile_register
from debar.match.sieve import Sieve
from debar.observe import Reading
from debar.readers import walk
from debar.readers.inputs import Input
from debar.readers.lined import Sifting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Here:
    """A cluster of one machine, and what it gave."""

    parallelism, memory = 2, 1 << 30

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.before: Callable[[], None] = lambda: None

    def run(
        self,
        work: Callable[[Any, int], Iterator[pa.RecordBatch]],
        shared: Any,
        jobs: Sequence[range],
        schema: pa.Schema,
    ) -> Iterator[pa.Table]:
        """Yield what the work gives for each job."""
        for job in jobs:
            sent = pickle.loads(pickle.dumps(shared))
            home = Path.cwd()
            self.before()
            table = pa.Table.from_batches([batch for number in job for batch in work(sent, number)], schema)
            os.chdir(home)
            self.rows += table.to_pylist()
            yield table


@cache
def sieve() -> Sieve:
    """Give the sieve, whose automatons are compiled once."""
    return Sieve(compile_register(composed.shipped()))


def read(sources: Sequence[str], here: Here | None, *, is_digested: bool = False) -> tuple[object, ...]:
    """Give everything that a scan learns from its sources."""
    register, how = composed.shipped(), Sifting(sieve(), size=0, is_digested=is_digested)
    inputs: Callable[..., Input] = Input
    found = list(walk.find(sources))
    if here:
        how, inputs = Afar(here).looking(found, register, (), how)  # type: ignore[arg-type]
    reading = Reading(register, sifting=how, inputs=inputs)
    return list(reading.observations(found)), reading.sources, reading.skips
