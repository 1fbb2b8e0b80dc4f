# SPDX-License-Identifier: Apache-2.0
"""A table of columns in a file, however the file keeps it: its columns, and its rows batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from debar.readers.batches.leaves import Leaf

BATCH = 1 << 17
"""Rows that are in memory at once, of the columns that are needed."""
CHUNK = 1 << 30
"""Bytes of one column in one part of a file, after decompression, beyond which it is not read."""


class Table(NamedTuple):
    """A table, opened."""

    schema: pa.Schema
    batches: Callable[[Sequence[Leaf], int], Iterator[pa.RecordBatch]]
    """Gives rows in order, with at least the columns asked for and at most so many rows a batch."""
    name: str = ""
    """Of the file, where a table is of several."""


def fault(e: Exception, place: str = "") -> SourceError:
    """Give the fault of a file for what the library says of it."""
    reason = " ".join(str(e).split())[:300]
    hint = "write it anew with the program that made it, or export it as CSV"
    return SourceError(f"not readable as columns: {reason or type(e).__name__}", locator=place, hint=hint)


def parts(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch]:
    """Yield a batch in parts of at most so many rows."""
    for start in range(0, batch.num_rows, most):
        yield batch.slice(start, most)


def with_constants(table: Table, constants: Mapping[str, str | None]) -> Table:
    """Give a table with further columns that have one value each, such as those by which a lake parts its files."""
    own = {name: value for name, value in constants.items() if name not in table.schema.names}
    if not own:
        return table
    kind = pa.dictionary(pa.int32(), pa.string())
    schema = pa.schema([*table.schema, *(pa.field(name, kind) for name in own)])

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        for batch in table.batches([leaf for leaf in leaves if leaf.path[0] not in own], most):
            zeros = pa.repeat(pa.scalar(0, pa.int32()), batch.num_rows)
            columns = [pa.DictionaryArray.from_arrays(zeros, pa.array([v], pa.string())) for v in own.values()]
            names = [*batch.schema.names, *own]
            yield pa.RecordBatch.from_arrays([*batch.columns, *columns], names=names)

    return Table(schema, batches, table.name)
