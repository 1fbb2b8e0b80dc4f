# SPDX-License-Identifier: Apache-2.0
"""What tests of columns share: reading a file on both ways, and a sieve that is easily understood."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
from pyarrow import feather, ipc, orc
from pyarrow import parquet as pq

from debar.observe import Reading
from debar.readers import walk
from debar.readers.lined import Sifting
from debar.register import load

if TYPE_CHECKING:
    from debar.automaton import Finder
    from debar.model.inventory import Observation, Skip, Source
    from debar.register import Register
    from debar.sieving import Wanted


class Stub:
    """A sieve that lets through every text with one of its words."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.looked = 0

    def automaton(self, wanted: Wanted) -> Finder | None:
        """Fail: columns are asked about by `rows`."""
        raise NotImplementedError

    def stored(self, wanted: Wanted) -> bytes:
        """Fail: as above."""
        raise NotImplementedError

    def rows(self, wanted: Wanted, column: Any) -> Any:
        """Give the rows with a word in them, and count what was looked at."""
        self.looked += len(column)
        texts = column.cast(pa.large_binary()).to_pylist()
        words = [word.encode() for word in self.words]
        return pa.array([n for n, t in enumerate(texts) if t and any(w in t.lower() for w in words)], pa.int64())


class Told(NamedTuple):
    """What was said of an input."""

    observations: list[Observation]
    sources: list[Source]
    skips: list[Skip]

    def hits(self, *words: str) -> list[Observation]:
        """Give the observations that name something, in the order of rows."""
        found = [o for o in self.observations if any(w in v.value.lower() for v in o.observables for w in words)]
        return sorted(found, key=lambda o: int(o.locator.rpartition(" ")[2]))

    def newest(self) -> dict[str, str]:
        """Give the newest day of each asset."""
        found: dict[str, str] = {}
        for one in self.observations:
            found[one.asset] = max(found.get(one.asset, ""), one.observed_at[:10])
        return found


@cache
def shipped() -> Register:
    """Give the register that ships with the program, for tests whose arguments are shown when they fail."""
    found, _ = load.read(Path(__file__).parents[3] / "register")
    return found


def told(path: Path, register: Register | None = None, sieve: Stub | None = None) -> Told:
    """Give what is said of a file or folder: of every row, or of those that a sieve lets through."""
    reading = Reading(register or shipped(), sifting=Sifting(sieve=sieve, size=0))
    found = list(reading.observations(walk.find([str(path)])))
    return Told(found, reading.sources, reading.skips)


def write(table: pa.Table, path: Path, rows: int = 1 << 20) -> Path:
    """Write a table as the ending of a name says, in parts of so many rows."""
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=rows)
    elif path.suffix == ".orc":
        orc.write_table(table, path)
    elif path.suffix == ".feather":
        feather.write_feather(table, path, compression="lz4", chunksize=rows)
    else:
        with ipc.new_stream(str(path), table.schema) as writer:
            writer.write_table(table, max_chunksize=rows)
    return path
