# SPDX-License-Identifier: Apache-2.0
"""Tables of columns to observations, on one of two ways that find the same.

Without a sieve every row is told. With one, only rows in which something may be found are, beside the rows that say
who is there (`identities`): what points to nobody, of an asset that is known already, is counted and not told.
"""

from __future__ import annotations

from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from debar.errors import SourceError
from debar.readers.batches import plans
from debar.readers.batches.ahead import ahead
from debar.readers.batches.candidates import Candidates
from debar.readers.batches.leaves import leaves as leaves_of
from debar.readers.batches.leaves import without_views
from debar.readers.batches.plans import Row
from debar.readers.batches.spread import Left, Looked, Spread
from debar.readers.batches.tables import BATCH, fault, unpacked
from debar.readers.batches.texts import cells
from debar.readers.tables import guesses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
        self._done = 0
        """Bytes of the tables that were read."""
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
            batch = next(batches(table, leaves, guesses.SAMPLE), None)
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
        waiting: dict[tuple[object, ...], Row] = {}
        before, begin = self.rows, 0
        # Three things at once: a batch is read, one is looked through, and what was found in another is told.
        with closing(ahead(self._looked(table, leaves, plan))) as looked:
            for part in looked:
                later = (_picked(table, part, some, begin, leaves, plan) for some in _slices([*part.later.values()]))
                waiting.update(zip(part.later, chain.from_iterable(later), strict=True))
                for who in _both(part.told, part.later):
                    del waiting[who]
                for some in _slices(part.told):
                    yield from _picked(table, part, some, begin, leaves, plan)
                    self._passed(table, before, begin + some[-1] + 1)
                begin += part.total
                self._passed(table, before, begin)
        self._done += table.size
        self.source.come_to(self._done)
        # The same row may be the newest of an asset and of a combination of its names.
        yield from sorted({row.number: row for row in waiting.values()}.values(), key=lambda row: row.number)

    def _passed(self, table: Table, before: int, rows: int) -> None:
        """Note how many rows of a table are done with, behind those of others; whoever is told may end the scan."""
        self.rows = before + rows
        self.source.come_to(self._done + table.position(rows))

    def _looked(self, table: Table, leaves: Sequence[Leaf], plan: Plan) -> Iterator[_Batch]:
        """Yield each batch with the rows that are told, and those that may be in the end."""
        needed = [leaves[at] for at in plan.needed]
        names = tuple(leaf.name for leaf in leaves)
        there = self.source.spread(table, names, plan) if isinstance(self.source, Spread) and self.candidates else None
        if there is None or self.candidates is None:
            yield from self._chosen(batches(table, needed, BATCH), leaves, plan)
            return
        rows = 0
        for found in there:
            if isinstance(found, Left):
                again = batches(table, needed, BATCH, found.parts, rows - found.rows)
                chosen = self._chosen(islice(again, found.batches, None), leaves, plan)
            else:
                chosen = iter((_given(found, self.candidates),))
            for part in chosen:
                rows += part.total
                yield part

    def _chosen(self, whole: Iterator[pa.RecordBatch], leaves: Sequence[Leaf], plan: Plan) -> Iterator[_Batch]:
        """Yield the same of batches that are read here."""
        with closing(ahead(whole)) as read:  # its thread ends with it
            for batch in read:
                told, later = self.candidates.rows(batch, leaves, plan) if self.candidates else (None, {})
                yield _Batch(batch.num_rows, batch, range(batch.num_rows) if told is None else told, later)


class _Batch(NamedTuple):
    """A batch of which is known what is told."""

    total: int
    batch: pa.RecordBatch
    told: Sequence[int]
    later: Mapping[tuple[object, ...], int]
    """Rows that may be told in the end, by who they are of."""
    places: Mapping[int, int] | None = None
    """Where rows stand, if only those are there that may be told."""


def _given(found: Looked, candidates: Candidates) -> _Batch:
    """Give a batch that was looked through elsewhere."""
    places = {row: place for place, row in enumerate(found.rows)}
    return _Batch(found.total, unpacked(found.batch), *candidates.told(found.seen), places)


def batches(
    table: Table, leaves: Sequence[Leaf], most: int, some: range | None = None, rows: int = 0
) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a table, or of some of its parts; SourceError with the row behind which it cannot be read.

    `rows` is how many rows stand before those parts.
    """
    every = table.batches(leaves, most) if some is None or not table.cut else table.cut.batches(some, leaves, most)
    try:
        for batch in every:
            plain = [field.with_type(without_views(field.type)) for field in batch.schema]
            yield batch if plain == list(batch.schema) else batch.cast(pa.schema(plain))
            rows += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as e:
        raise fault(e, f"row {rows + 1}") from e


def _both(told: Sequence[int], later: Mapping[tuple[object, ...], int]) -> list[tuple[object, ...]]:
    """Give those whose later row is told anyway, and must not be told twice."""
    rows = set(told)
    return [who for who, row in later.items() if row in rows]


def _slices(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield rows, so many as are written out as text at once."""
    for start in range(0, len(rows), SLICE):
        yield rows[start : start + SLICE]


def _picked(
    table: Table, part: _Batch, rows: Sequence[int], begin: int, leaves: Sequence[Leaf], plan: Plan
) -> Iterator[Row]:
    """Yield rows of a batch as text."""
    if isinstance(rows, range):
        some = part.batch.slice(rows.start, len(rows))
    else:
        places = rows if part.places is None else [part.places[row] for row in rows]
        some = part.batch.take(pa.array(places, pa.int64()))
    for row, written in zip(rows, _written(some, leaves, plan.needed), strict=True):
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
