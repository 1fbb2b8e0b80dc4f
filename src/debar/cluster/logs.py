# SPDX-License-Identifier: Apache-2.0
"""Logs looked through on a cluster: splits go out, and blocks with the lines that may matter come back, in order.

What comes back is what looking through the file here gives, block by block, so that a reader cannot tell the difference.
Where a reader turns out to need every line of a block, or a piece holds more than the driver may, the file is read here
from there on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

import pyarrow as pa

from debar.errors import SourceError
from debar.match.sent import loaded
from debar.readers import sifting, splits
from debar.readers.reread import Again, Block
from debar.readers.sifting import Lines
from debar.readers.splits import End, File, Part, Split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.sieving import Sieve, Wanted

W = TypeVar("W")
F = TypeVar("F")
S = TypeVar("S")
PIECE = 1 << 26
"""Least bytes of a piece of work: to begin one costs a cluster a tenth of a second, in which a core reads them."""
LARGEST = 1 << 29
"""Most bytes of one, so that a machine that is lost costs little."""
_EACH = 3
"""Pieces for each core, so that none waits long for the last."""
_SHARE = 8
"""Bytes looked through for each byte that may come back; where more was found, the file is read by the driver."""
_MEMORY = 2
"""Parts of what a job's results may come to, of which one is used: Spark adds to them."""
_BATCH = 1 << 20
SCHEMA = pa.schema(
    {
        "split": pa.int32(),
        "total": pa.int64(),
        "position": pa.int64(),
        "kept": pa.int64(),
        "goes_on": pa.bool_(),
        "numbers": pa.list_(pa.int32()),
        "lines": pa.list_(pa.binary()),
        "end": pa.string(),
        "told": pa.list_(pa.string()),
    }
)
ENDED, BROKEN, LEFT = "ended", "broken", "left"
"""How a split ended: at its end, by a fault, or with more than may come back."""


class Cluster(Protocol):
    """What runs pieces of work on many machines."""

    @property
    def parallelism(self) -> int:
        """Give how many run at once."""

    @property
    def memory(self) -> int:
        """Give the bytes that the results of one job may have."""

    def run(
        self,
        work: Callable[[W, int], Iterator[pa.RecordBatch]],
        shared: W,
        jobs: Sequence[range],
        schema: pa.Schema,
    ) -> Iterator[pa.Table]:
        """Yield what the work gives for all numbers of each job, in order."""


class Work(NamedTuple, Generic[F, S]):
    """What every machine is sent."""

    files: tuple[F, ...]
    splits: tuple[S, ...]
    pieces: tuple[range, ...]
    """Splits of each piece."""
    automatons: dict[Wanted, bytes]
    most: tuple[int, ...]
    """Bytes of each piece that may come back."""


LogWork: TypeAlias = Work[File, Split]


class Row(NamedTuple):
    """A block, or the end of a split."""

    split: int
    total: int = 0
    position: int = 0
    kept: int = 0
    goes_on: bool = False
    numbers: Sequence[int] = ()
    lines: Sequence[bytes] = ()
    end: str = ""
    told: Sequence[str] = ()

    @property
    def size(self) -> int:
        """Give about the bytes that it takes."""
        return sum(map(len, self.lines)) + 16 * len(self.lines) + 64


def planned(files: Sequence[File], sieve: Sieve, parallelism: int, memory: int) -> tuple[LogWork, list[range]]:
    """Give the work in pieces, and the pieces of each job, so that the results of one fit into memory (bytes)."""
    size = of_piece(sum(file.size for file in files), parallelism)
    every = [split for number, file in enumerate(files) for split in splits.cut(file, number, size)]
    pieces, most, jobs = shared_out([split.end - split.begin for split in every], size, parallelism, memory)
    automatons = {file.wanted: sieve.stored(file.wanted) for file in files}
    return Work(tuple(files), tuple(every), pieces, automatons, most), jobs


def of_piece(whole: int, parallelism: int) -> int:
    """Give the bytes of a piece of so many."""
    # Rounded up, so that no small piece is left over and waited for.
    return min(LARGEST, max(PIECE, -(-whole // (parallelism * _EACH * sifting.BLOCK)) * sifting.BLOCK))


def shared_out(
    sizes: Sequence[int], size: int, parallelism: int, memory: int
) -> tuple[tuple[range, ...], tuple[int, ...], list[range]]:
    """Give the splits of each piece, the bytes that may come back of each, and the pieces of each job."""
    pieces, room = tuple(together(sizes, size)), memory // _MEMORY
    # A piece may give back less where many run at once, so that each job has work for every core.
    limit = max(_BATCH, room // (parallelism * _EACH))
    most = tuple(min(limit, max(_BATCH, sum(sizes[n] for n in piece) // _SHARE)) for piece in pieces)
    return pieces, most, list(together(most, room))


def together(sizes: Sequence[int], most: int) -> Iterator[range]:
    """Yield the numbers of what stands together and comes to no more than this, each at least one."""
    first = total = 0
    for number, size in enumerate(sizes):
        if number > first and total + size > most:
            yield range(first, number)
            first, total = number, 0
        total += size
    if first < len(sizes):
        yield range(first, len(sizes))


def looked(work: LogWork, number: int) -> Iterator[pa.RecordBatch]:
    """Yield what one piece gives: a row for each block and each end of a split. Runs on any machine."""
    yield from sent(_looked(work, number))


def sent(rows: Iterable[Row]) -> Iterator[pa.RecordBatch]:
    """Yield rows in batches, as they travel."""
    waiting: list[Row] = []
    held = 0
    for row in rows:
        waiting.append(row)
        held += row.size
        if held >= _BATCH:
            yield _batch(waiting)
            waiting, held = [], 0
    if waiting:
        yield _batch(waiting)


def _looked(work: LogWork, number: int) -> Iterator[Row]:
    given = 0
    for at in work.pieces[number]:
        split = work.splits[at]
        file = work.files[split.file]
        for found in splits.looked(file, split, loaded(work.automatons[file.wanted])):
            row = _row(at, found)
            if given + row.size > work.most[number] and not row.end:
                yield Row(at, end=LEFT)
                break
            yield row
            given += row.size


def _row(split: int, found: Lines | End) -> Row:
    if isinstance(found, Lines):
        numbers, lines = [number for number, _ in found.found], [line for _, line in found.found]
        return Row(split, found.total, found.position, found.kept, found.goes_on, numbers, lines)
    told = [found.sha256, *(found.fault or ())]
    return Row(split, position=found.size, end=BROKEN if found.fault else ENDED, told=told)


def _batch(rows: list[Row]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


class InOrder:
    """What came back, handed out file by file in the order in which files were planned."""

    def __init__(self, places: Iterable[str], files: Sequence[int], tables: Iterator[pa.Table]) -> None:
        """Take where the files lie, the file of each split, and the results in order."""
        self._numbers = {place: number for number, place in enumerate(places)}
        self._files, self._rows = files, _rows(tables)
        self._next: Row | None = None
        self._begun = 0

    def number(self, place: str) -> int | None:
        """Give the number of a file; nothing for one that was not looked through, or whose turn has passed."""
        number = self._numbers.pop(place, None)
        return None if number is None or number < self._begun else number

    def of(self, number: int) -> Iterator[Row]:
        """Yield the rows of a file; those of files before it, which nobody asked for, go by."""
        self._begun = number
        while (row := self._next or next(self._rows, None)) is not None:
            file = self._files[row.split]
            self._next = row if file > number else None
            if file > number:
                return
            if file == number:
                yield row


class Found:
    """The lines that came back."""

    def __init__(self, work: LogWork, tables: Iterator[pa.Table]) -> None:
        """Take the work, and its results in order."""
        self._work = work
        self._rows = InOrder((file.place for file in work.files), [split.file for split in work.splits], tables)

    def __call__(self, place: str, wanted: Wanted) -> OfFile | None:
        """Give the lines of a file; nothing for one that was not looked through, or not for this."""
        number = self._rows.number(place)
        if number is None:
            return None
        file = self._work.files[number]
        # Carriage returns were looked for besides, where there are any.
        if file.wanted._replace(always=wanted.always) != wanted or not set(wanted.always) <= set(file.wanted.always):
            return None
        return OfFile(self._work, number, self._rows.of(number))


class OfFile:
    """The lines of one file, and what is known of it when they were read."""

    def __init__(self, work: LogWork, number: int, rows: Iterator[Row]) -> None:
        """Take which file it is, and what came back of it."""
        self._work, self._file, self._rows = work, work.files[number], rows
        self.sha256, self.size = "", 0

    def lines(self) -> Iterator[Lines]:
        """Yield the blocks of the file, in order; SourceError where it broke off."""
        again: Again | None = None
        at, ordinal = -1, 0
        for row in self._rows:
            if row.split != at:
                at, ordinal = row.split, 0
                again = Again(Part(self._file, self._work.splits[at]))
            if again is None:
                continue
            if row.end == LEFT:
                yield from self._here(again, ordinal)
            elif row.end:
                self.sha256, self.size = row.told[0], row.position
                if row.end == BROKEN:
                    raise SourceError(row.told[1], locator=row.told[2], hint=row.told[3])
            else:
                found = list(zip(row.numbers, row.lines, strict=True))
                yield Block.of(Lines(row.total, found, row.position, row.goes_on, kept=row.kept), again, ordinal)
                ordinal += 1

    def _here(self, again: Again, ordinal: int) -> Iterator[Lines]:
        """Yield the rest of a split, looked through by this process."""
        finder, file = loaded(self._work.automatons[self._file.wanted]), self._file
        try:
            for raw in again.rest(ordinal):
                yield sifting.looked_through(raw, finder, has_returns=file.has_returns, delimiter=file.wanted.delimiter)
        finally:
            self.sha256, self.size = again.part.sha256, again.part.size


def _rows(tables: Iterable[pa.Table]) -> Iterator[Row]:
    for table in tables:
        for batch in table.to_batches():
            columns: list[list[Any]] = [column.to_pylist() for column in batch.columns]
            yield from map(Row._make, zip(*columns, strict=True))


def looking(files: Sequence[File], sieve: Sieve, cluster: Cluster) -> Found | None:
    """Give what a cluster finds in the files; nothing where there is none to be looked through."""
    if not files:
        return None
    work, jobs = planned(files, sieve, cluster.parallelism, cluster.memory)
    return Found(work, cluster.run(looked, work, jobs, SCHEMA))
