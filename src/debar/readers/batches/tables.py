# SPDX-License-Identifier: Apache-2.0
"""A table of columns in a file, however the file keeps it: its columns, and its rows batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
from pyarrow import ipc

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from debar.readers.batches.leaves import Leaf

BATCH = 1 << 17
"""Rows that are in memory at once, of the columns that are needed."""
CHUNK = 1 << 30
"""Bytes of one column in one part of a file, after decompression, beyond which it is not read."""


class Cut(NamedTuple):
    """How a file is read in parts: each by itself gives the batches that it gives where all are read."""

    form: str
    """Of the file, by which others open it (`pieces.FORMS`)."""
    sizes: tuple[int, ...]
    """Bytes of each part, in order."""
    batches: Callable[[range, Sequence[Leaf], int], Iterator[pa.RecordBatch]]
    """Gives rows of some parts as `Table.batches` does of all."""


class Table(NamedTuple):
    """A table, opened."""

    schema: pa.Schema
    batches: Callable[[Sequence[Leaf], int], Iterator[pa.RecordBatch]]
    """Gives rows in order, with at least the columns asked for and at most so many rows a batch."""
    name: str = ""
    """Of the file, where a table is of several."""
    size: int = 0
    """Bytes of the file."""
    position: Callable[[int], int] = lambda _: 0
    """Tells how far the file is read once so many rows are, in bytes."""
    cut: Cut | None = None
    """Nothing for a file that is read as a whole only."""
    place: str = ""
    """Where the file lies on disk, if it is not the input itself."""
    constants: tuple[tuple[str, str | None], ...] = ()
    """Columns that stand in no file, by which a lake parts its files, and the value of each."""


def fault(e: Exception, place: str = "") -> SourceError:
    """Give the fault of a file for what the library says of it."""
    reason = " ".join(str(e).split())[:300]
    hint = "write it anew with the program that made it, or export it as CSV"
    return SourceError(f"not readable as columns: {reason or type(e).__name__}", locator=place, hint=hint)


def parts(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch]:
    """Yield a batch in parts of at most so many rows."""
    for start in range(0, batch.num_rows, most):
        yield batch.slice(start, most)


def cut_up(schema: pa.Schema, cut: Cut, size: int, position: Callable[[int], int]) -> Table:
    """Give the table in a file that is read in parts."""

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        yield from cut.batches(range(len(cut.sizes)), leaves, most)

    return Table(schema, batches, size=size, position=position, cut=cut)


def with_constants(table: Table, constants: Mapping[str, str | None]) -> Table:
    """Give a table with further columns that have one value each, such as those by which a lake parts its files."""
    own = {name: value for name, value in constants.items() if name not in table.schema.names}
    if not own:
        return table
    kind = pa.dictionary(pa.int32(), pa.string())
    schema = pa.schema([*table.schema, *(pa.field(name, kind) for name in own)])
    cut = table.cut

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        yield from map(added, table.batches([leaf for leaf in leaves if leaf.path[0] not in own], most))

    def of_parts(some: range, leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        if cut:
            yield from map(added, cut.batches(some, [leaf for leaf in leaves if leaf.path[0] not in own], most))

    def added(batch: pa.RecordBatch) -> pa.RecordBatch:
        zeros = pa.repeat(pa.scalar(0, pa.int32()), batch.num_rows)
        columns = [pa.DictionaryArray.from_arrays(zeros, pa.array([v], pa.string())) for v in own.values()]
        return pa.RecordBatch.from_arrays([*batch.columns, *columns], names=[*batch.schema.names, *own])

    return table._replace(
        schema=schema,
        batches=batches,
        cut=cut._replace(batches=of_parts) if cut else None,
        constants=tuple(own.items()),
    )


def packed(batch: pa.RecordBatch, rows: Sequence[int]) -> bytes:
    """Give some rows of a batch for another process; texts of which each is kept once are written out, since few are left."""
    if not rows:
        return b""
    some = batch.take(pa.array(rows, pa.int64()))
    columns = [each.dictionary_decode() if isinstance(each, pa.DictionaryArray) else each for each in some.columns]
    whole = pa.RecordBatch.from_arrays(columns, names=some.schema.names)
    out = pa.BufferOutputStream()
    with ipc.new_stream(out, whole.schema) as writer:
        writer.write_batch(whole)
    data: bytes = out.getvalue().to_pybytes()
    return data


def unpacked(data: bytes) -> pa.RecordBatch:
    """Give rows that another process packed."""
    if not data:
        return pa.RecordBatch.from_arrays([], names=[])
    return ipc.open_stream(data).read_next_batch()
