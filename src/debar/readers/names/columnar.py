# SPDX-License-Identifier: Apache-2.0
"""Names in Parquet, Arrow and ORC: only the columns that are taken are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from debar.readers.batches import opened, other_files, parquet_files
from debar.readers.batches.leaves import leaves as leaves_of
from debar.readers.batches.reading import batches
from debar.readers.batches.tables import BATCH
from debar.readers.batches.texts import cells
from debar.readers.names import columns
from debar.readers.names.tables import Batch, Table, without
from debar.readers.tables.guesses import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.readers.batches.leaves import Leaf
    from debar.readers.batches.tables import Table as Columnar
    from debar.readers.inputs import Input
    from debar.readers.names.columns import Columns


_FORMS: dict[bytes, Callable[[BinaryIO], Columnar]] = {
    b"PAR1": parquet_files.table,
    b"ARROW1": other_files.arrow,
    b"FEA1": other_files.feather,
    b"ORC": other_files.orc_file,
}


def tables(source: Input, wanted: str) -> Iterator[Table]:
    """Yield the table in a file of columns; SourceError where none of them holds names."""
    head = source.head()
    read = next((read for first, read in _FORMS.items() if head.startswith(first)), other_files.stream)
    with opened.opened(source) as file:
        table = read(file)
        leaves = leaves_of(table.schema)
        first = next(batches(table, leaves, SAMPLE), None)
        names = [leaf.name for leaf in leaves]
        below = list(zip(*(cells(first, leaf) for leaf in leaves), strict=True)) if first else []
        taken = columns.chosen([names, *below], wanted, source.layouts)
        if taken is None or taken.row != 1:
            raise without([names], wanted)
        yield Table("", taken, _batches(source, table, leaves, taken), ".")


def _batches(source: Input, table: Columnar, leaves: list[Leaf], taken: Columns) -> Iterator[Batch]:
    places = (taken.name, taken.amount, taken.currency, taken.day)
    begin, registers = 1, [leaves[at] for at, _ in taken.numbers]
    for batch in batches(table, [*(leaves[at] for at in places if at >= 0), *registers], BATCH):
        names, amounts, currencies, days = (cells(batch, leaves[at]) if at >= 0 else None for at in places)
        yield Batch(
            names or [],
            amounts,
            currencies,
            days,
            range(begin, begin + batch.num_rows),
            tuple(cells(batch, leaf) for leaf in registers),
        )
        begin += batch.num_rows
        source.come_to(table.position(begin - 1))
