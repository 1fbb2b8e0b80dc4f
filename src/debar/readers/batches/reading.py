# SPDX-License-Identifier: Apache-2.0
"""Tables of columns to observations, on one of two ways that find the same.

Without a sieve every row is told. With one, only rows in which something may be found are, beside the rows that say
who is there (`identities`): what points to nobody, of an asset that is known already, is counted and not told.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow as pa

from debar.errors import SourceError
from debar.readers.batches import plans
from debar.readers.batches.ahead import ahead
from debar.readers.batches.candidates import Candidates
from debar.readers.batches.leaves import leaves as leaves_of
from debar.readers.batches.leaves import without_views
from debar.readers.batches.plans import Row
from debar.readers.batches.tables import BATCH, fault
from debar.readers.batches.texts import cells
from debar.readers.tables import guesses

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from debar.model.inventory import Observation
    from debar.readers.batches.leaves import Leaf
    from debar.readers.batches.plans import Plan
    from debar.readers.batches.tables import Table
    from debar.readers.inputs import Input

SLICE = 1 << 13
"""Rows that are written out as text at once."""


def observations(source: Input, tables: Iterable[Table | SourceError]) -> Iterator[Observation]:
    """Yield what the rows of tables say, in order, then what is newest of assets; SourceError when none is known.

    Of several tables, each with the name of its file, one that cannot be read costs itself.
    """
    sieve = source.sieve()
    reading = _Reading(source, Candidates(sieve) if sieve is not None else None)
    known = 0
    unknown: SourceError | None = None
    try:
        for table in tables:
            name = table.path if isinstance(table, SourceError) else table.name
            try:
                if isinstance(table, SourceError):
                    raise table
                yield from reading.table(table)
                known += 1
            except SourceError as e:
                if not name:
                    raise
                unknown = unknown or e
                source.lose(f"{name} {e.locator}".rstrip(), f"{e.message}; {e.hint}" if e.hint else e.message)
    finally:
        source.tally["rows"] = reading.rows
        if reading.candidates and reading.candidates.is_full:
            source.remarks.append("more assets than are remembered: some are told only where something was found")
    if not known and unknown:
        raise unknown


class _Reading:
    """What is remembered from table to table of one input."""

    def __init__(self, source: Input, candidates: Candidates | None) -> None:
        self.source, self.candidates, self.rows = source, candidates, 0
        self._plans: dict[tuple[str, ...], Plan] = {}

    def table(self, table: Table) -> Iterator[Observation]:
        """Yield what the rows of one table say."""
        leaves = leaves_of(table.schema)
        plan = self._plan(table, leaves)
        yield from plan.tell(self._rows(table, leaves, plan))

    def _plan(self, table: Table, leaves: Sequence[Leaf]) -> Plan:
        names = tuple(leaf.name for leaf in leaves)
        if found := self._plans.get(names):
            return found

        def sample() -> list[list[str]]:
            batch = next(_batches(table, leaves, guesses.SAMPLE), None)
            return _written(batch, leaves, range(len(leaves))) if batch else []

        found = plans.plan(self.source, names, sample)
        if found is None:
            raise SourceError(
                f"no column layout knows these columns: {', '.join(names)[:200]}",
                hint="name the columns with --columns ROLE=HEADER, or add a layout to register/layouts",
            )
        self.source.fitted.update({found.layout} - {""})
        self.source.remarks += [found.remark] if found.remark else []
        self._plans[names] = found
        return found

    def _rows(self, table: Table, leaves: Sequence[Leaf], plan: Plan) -> Iterator[Row]:
        needed = [leaves[at] for at in plan.needed]
        waiting: dict[tuple[object, ...], Row] = {}
        begin = 0
        # Three things at once: a batch is read, one is looked through, and what was found in another is told.
        for batch, told, later in ahead(self._chosen(ahead(_batches(table, needed, BATCH)), leaves, plan)):
            waiting.update(zip(later, _picked(table, batch, list(later.values()), begin, leaves, plan), strict=True))
            for who in _both(told, later):
                del waiting[who]
            yield from _picked(table, batch, told, begin, leaves, plan)
            begin += batch.num_rows
            self.rows += batch.num_rows
        # The same row may be the newest of an asset and of a combination of its names.
        yield from sorted({row.number: row for row in waiting.values()}.values(), key=lambda row: row.number)

    def _chosen(
        self, batches: Generator[pa.RecordBatch], leaves: Sequence[Leaf], plan: Plan
    ) -> Iterator[tuple[pa.RecordBatch, Sequence[int], dict[tuple[object, ...], int]]]:
        """Yield each batch with the rows that are told, and those that may be in the end."""
        with closing(batches):  # its thread ends with it
            for batch in batches:
                if self.candidates:
                    yield batch, *self.candidates.rows(batch, leaves, plan)
                else:
                    yield batch, range(batch.num_rows), {}


def _batches(table: Table, leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a table; SourceError with the row behind which it cannot be read."""
    rows = 0
    try:
        for batch in table.batches(leaves, most):
            plain = [field.with_type(without_views(field.type)) for field in batch.schema]
            yield batch if plain == list(batch.schema) else batch.cast(pa.schema(plain))
            rows += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as e:
        raise fault(e, f"row {rows + 1}") from e


def _both(told: Sequence[int], later: Mapping[tuple[object, ...], int]) -> list[tuple[object, ...]]:
    """Give those whose later row is told anyway, and must not be told twice."""
    rows = set(told)
    return [who for who, row in later.items() if row in rows]


def _picked(
    table: Table, batch: pa.RecordBatch, rows: Sequence[int], begin: int, leaves: Sequence[Leaf], plan: Plan
) -> Iterator[Row]:
    """Yield rows of a batch as text."""
    for start in range(0, len(rows), SLICE):
        some = rows[start : start + SLICE]
        part = batch.slice(some.start, len(some)) if isinstance(some, range) else batch.take(pa.array(some, pa.int64()))
        for row, written in zip(some, _written(part, leaves, plan.needed), strict=True):
            number = begin + row + 1
            yield Row(f"{table.name} row {number}".lstrip(), written, number)


def _written(batch: pa.RecordBatch, leaves: Sequence[Leaf], needed: Sequence[int]) -> list[list[str]]:
    """Give the rows of a batch, with "" in the columns that are not needed."""
    blank = [""] * len(leaves)
    rows = [blank.copy() for _ in range(batch.num_rows)]
    for at in needed:
        for row, cell in zip(rows, cells(batch, leaves[at]), strict=True):
            row[at] = cell
    return rows
