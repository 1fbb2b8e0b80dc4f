# SPDX-License-Identifier: Apache-2.0
"""Files of columns looked through on a cluster: parts go out, and the rows that may be told come back, batch by batch.

Parts are row groups of Parquet, stripes of ORC and batches of Arrow. What comes back is what `Candidates` needs to choose
as it does among batches that are read here, so that a reader cannot tell the difference. Where a part cannot be looked
through by itself, or holds more than the driver may, the rest of it is read here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.cluster import logs
from debar.cluster.logs import ENDED, LEFT, Row, Work
from debar.match.sent import Sent
from debar.readers.batches import pieces
from debar.readers.batches.candidates import Seen
from debar.readers.batches.identities import News
from debar.readers.batches.spread import Left, Looked, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.cluster.logs import Cluster
    from debar.readers.batches.spread import File
    from debar.readers.inputs import Input
    from debar.sieving import Sieve


_SEEN = msgspec.msgpack.Decoder(tuple[list[int], list[tuple[tuple[str, ...], list[tuple[int, bytes, int]]]]])
"""`Seen`, as it travels."""


class Split(NamedTuple):
    """Parts of a file that are looked through one after the other."""

    file: int
    """Its number among those that are looked through."""
    parts: range


def planned(
    files: Sequence[File], sieve: Sieve, parallelism: int, memory: int
) -> tuple[Work[File, Split], list[range]]:
    """Give the work in pieces, and the pieces of each job, so that the results of one fit into memory (bytes)."""
    size = logs.of_piece(sum(sum(file.parts) for file in files), parallelism)
    every = [Split(number, parts) for number, file in enumerate(files) for parts in logs.together(file.parts, size)]
    sizes = [sum(files[file].parts[parts.start : parts.stop]) for file, parts in every]
    of_pieces, most, jobs = logs.shared_out(sizes, size, parallelism, memory)
    wanted = {each for file in files for _, each in file.choice.looked}
    automatons = {each: sieve.stored(each) for each in wanted}
    return Work(tuple(files), tuple(every), of_pieces, automatons, most), jobs


def looked(work: Work[File, Split], number: int) -> Iterator[object]:
    """Yield what one piece gives: a row for each batch and each end of a split. Runs on any machine."""
    yield from logs.sent(_looked(work, number))


def _looked(work: Work[File, Split], number: int) -> Iterator[Row]:
    sieve, given = Sent(work.automatons), 0
    for wanted in work.automatons:
        sieve.automaton(wanted)  # one that cannot be loaded is a fault of the machine, and of no file
    for at in work.pieces[number]:
        split, end = work.splits[at], ENDED
        try:
            for found in pieces.looked(work.files[split.file], split.parts, sieve):
                row = Row(at, found.total, numbers=found.rows, lines=[msgspec.msgpack.encode(found.seen), found.batch])
                given += row.size
                if given > work.most[number]:
                    end = LEFT
                    break
                yield row
        except Exception:  # noqa: BLE001 - whoever reads these parts in earnest meets it again, and tells
            end = LEFT
        yield Row(at, end=end)


class Found:
    """The rows that came back."""

    def __init__(self, work: Work[File, Split], tables: Iterator[object]) -> None:
        """Take the work, and its results in order."""
        self._work = work
        self._rows = logs.InOrder((file.place for file in work.files), [split.file for split in work.splits], tables)

    def __call__(self, file: File) -> Iterator[Looked | Left] | None:
        """Give the batches of a file; nothing for one that was not looked through, or not for this."""
        number = self._rows.number(file.place)
        return self._of(number) if number is not None and self._work.files[number] == file else None

    def _of(self, number: int) -> Iterator[Looked | Left]:
        at, batches, rows = -1, 0, 0
        for row in self._rows.of(number):
            if row.split != at:
                at, batches, rows = row.split, 0, 0
            if row.end == LEFT:
                yield Left(self._work.splits[at].parts, batches, rows)
            elif not row.end:
                seen, batch = row.lines
                yield Looked(row.total, _seen(seen), list(row.numbers), batch)
                batches, rows = batches + 1, rows + row.total


def _seen(data: bytes) -> Seen:
    rows, groups = _SEEN.decode(data)
    return Seen(rows, [(names, [News(*one) for one in news]) for names, news in groups])


class Given(Spread):
    """An input of which a cluster may have looked through the columns."""

    def __init__(self, found: Found | None, *args: object, **more: object) -> None:
        """Take what came back, and what any input takes."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._found = found

    def looked(self, file: File) -> Iterator[Looked | Left] | None:
        """Give what came back of a file."""
        return self._found(file) if self._found else None


def inputs(found: Found | None) -> Callable[..., Input]:
    """Give what makes inputs of which so much was looked through."""
    return partial(Given, found)


def looking(files: Sequence[File], sieve: Sieve, cluster: Cluster) -> Found | None:
    """Give what a cluster finds in the files; nothing where there is none to be looked through."""
    if not files:
        return None
    work, jobs = planned(files, sieve, cluster.parallelism, cluster.memory)
    return Found(work, cluster.run(looked, work, jobs, logs.SCHEMA))
