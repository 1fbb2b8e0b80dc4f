# SPDX-License-Identifier: Apache-2.0
"""Parquet: only the columns that are needed are read, and those that repeat as dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from debar.errors import SourceError
from debar.readers.batches.leaves import COLUMNS
from debar.readers.batches.tables import BATCH, CHUNK, Cut, Table, cut_up, fault, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.readers.batches.leaves import Leaf

BUFFER = 1 << 21
"""Bytes that are read of a column at once."""
FOOTER = 1 << 26
"""Bytes of a text, and number of parts, in the footer of a file."""
_REPEATS = 4
"""Bytes for each value below which a column is kept as a dictionary: a text alone has its length in four."""


def table(file: BinaryIO, name: str = "") -> Table:
    """Give the table in a file; SourceError for a footer that cannot be read, or promises too much."""
    raw = pa.PythonFile(file, mode="r")
    try:
        about = pq.read_metadata(raw)
        if about.num_columns > COLUMNS:
            raise SourceError(f"more than {COLUMNS} columns", hint="leave columns out, and read what is left")
        schema = about.schema.to_arrow_schema()
        repeating, sizes = _looked_at(about)
        runs, size = _runs(about), raw.size()
    except (pa.ArrowException, OSError, ValueError) as e:
        raise fault(e, "the footer") from e

    def batches(some: range, leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        asked = [".".join(leaf.path) for leaf in leaves]
        # In columns of columns a dictionary must not change within a batch, as it does where a row group begins.
        alone = {leaf.path[0] for leaf in leaves if len(leaf.path) == 1 and not leaf.is_list}
        opened = pq.ParquetFile(
            raw,
            metadata=about,
            read_dictionary=sorted(repeating & alone),
            # Reading everything ahead would hold the whole file.
            pre_buffer=False,
            buffer_size=BUFFER,
            arrow_extensions_enabled=False,
            thrift_string_size_limit=FOOTER,
            thrift_container_size_limit=FOOTER,
        )
        for run in runs[some.start : some.stop]:
            for batch in opened.iter_batches(most, row_groups=run, columns=asked, use_threads=True):
                yield from parts(batch, most)

    cut = Cut("parquet", tuple(sum(sizes[run.start : run.stop]) for run in runs), batches)
    position = lambda rows: size * rows // max(1, about.num_rows)  # noqa: E731 - said once, of this file
    return cut_up(schema, cut, size, position)._replace(name=name)


def _runs(about: pq.FileMetaData) -> list[range]:
    """Give the row groups, so many together as have the rows of a batch; no batch has rows of two runs."""
    runs: list[range] = []
    begin = rows = 0
    for group in range(about.num_row_groups):
        rows += about.row_group(group).num_rows
        if rows >= BATCH or group == about.num_row_groups - 1:
            runs.append(range(begin, group + 1))
            begin, rows = group + 1, 0
    return runs


def _looked_at(about: pq.FileMetaData) -> tuple[set[str], list[int]]:
    """Give the columns of texts whose values repeat, and the bytes of each row group.

    Raises SourceError where a part of the file is too large to hold.
    """
    groups: list[int] = []
    sizes: dict[str, tuple[int, int]] = {}
    plain = set()
    for group in range(about.num_row_groups):
        row_group = about.row_group(group)
        groups.append(0)
        for number in range(row_group.num_columns):
            column = row_group.column(number)
            groups[-1] += max(0, column.total_compressed_size)
            if column.total_uncompressed_size > CHUNK:
                raise SourceError(
                    f"{column.total_uncompressed_size >> 20} MiB of one column in one row group",
                    locator=f"row group {group}, column {column.path_in_schema[:100]}",
                    hint="write it with row groups of a million rows",
                )
            if column.physical_type != "BYTE_ARRAY" or not column.has_dictionary_page:
                plain.add(column.path_in_schema)
                continue
            size, count = sizes.get(column.path_in_schema, (0, 0))
            sizes[column.path_in_schema] = (size + column.total_uncompressed_size, count + column.num_values)
    return {path for path, (size, count) in sizes.items() if path not in plain and size < _REPEATS * count}, groups
