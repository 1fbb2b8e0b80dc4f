# SPDX-License-Identifier: Apache-2.0
"""Tables that only Spark can read: it chooses the rows that may matter, and they are told here.

    spark-table:catalog.schema.name   spark-sql:SELECT ... FROM ...

Executors choose by columns as for a file of columns (`batches.candidates`). What they choose is few, and is looked at once
more here, so that who is told in several parts of a table is told once. Rows count from 1 in the order of the parts.
"""

from __future__ import annotations

import io
from array import array
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from debar.errors import EngineError, SourceError
from debar.identify import Identified
from debar.match.sent import Sent
from debar.model.vocab import Medium
from debar.readers.batches import plans, reading
from debar.readers.batches.candidates import Candidates
from debar.readers.batches.leaves import leaves as leaves_of
from debar.readers.batches.tables import BATCH, Table, parts
from debar.readers.batches.texts import cells
from debar.readers.inputs import Input
from debar.readers.rows import Reader
from debar.readers.tables import guesses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.engine.spark import Cluster, Rows
    from debar.model.inventory import Layout, Observation
    from debar.observe import Reading
    from debar.readers.batches.leaves import Leaf
    from debar.readers.lined import Sifting
    from debar.register import Register
    from debar.sieving import Wanted

_ROW = pa.field("debar row", pa.int64())
"""The column that is added: the number of a row in its part, from 0. The last of a part is no row, and has -1 less the rows of it."""
_TABLE = Reader(
    "spark-table",
    "debar.cluster.tables",
    "Tables of Spark",
    (Medium.NETWORK, Medium.INVENTORY, Medium.PURCHASES, Medium.SBOM, Medium.FILES, Medium.LEASES),
    "as parquet",
    "as parquet",
)


class Choice(NamedTuple):
    """What an executor needs to know to choose rows."""

    leaves: tuple[Leaf, ...]
    looked: tuple[tuple[int, Wanted], ...]
    groups: tuple[plans.Group, ...]
    moments: tuple[int, ...]
    automatons: Mapping[Wanted, bytes] | None
    """Nothing where every row is told."""


class Asked(Input):
    """A table as an input: its reader asks the cluster."""

    cluster: Cluster


def observations(
    source: str,
    register: Register,
    layouts: Sequence[Layout],
    sifting: Sifting,
    scan: Reading,
    cluster: Cluster,
) -> Iterator[Observation]:
    """Yield what the rows of a table say; the reading notes how it went."""
    table = Asked(
        source,
        io.BytesIO(),
        (*layouts, *register.layouts),
        log_layouts=register.log_layouts,
        sifting=sifting._replace(size=0),
    )
    table.cluster = cluster
    yield from scan.input(Identified(table, _TABLE, "the scheme that was given", named=True, in_tree=False))


def read(source: Asked) -> Iterator[Observation]:
    """Yield one observation for each row that says something, in order; rows count from 1."""
    scheme, _, name = source.path.partition(":")
    try:
        rows = source.cluster.rows(name, is_query=scheme == "spark-sql")
        yield from _numbered(source, _Afar(source, rows))
    except EngineError as e:
        raise SourceError(e.message, hint=e.hint) from e


def _numbered(source: Asked, afar: _Afar) -> Iterator[Observation]:
    """Yield what the chosen rows say, under the numbers that they have in the whole table."""
    try:
        for found in reading.observations(source, [Table(afar.rows.schema, afar.batches)]):
            number = found.locator.removeprefix("row ")
            own = f"row {afar.numbers[int(number) - 1]}" if number.isdecimal() else found.locator
            yield msgspec.structs.replace(found, locator=own)
    finally:
        source.tally["rows"] = afar.count


class _Afar:
    """A table of which rows are chosen elsewhere."""

    def __init__(self, source: Asked, rows: Rows) -> None:
        self.rows = rows
        self.numbers = array("q")
        """Of each row that was chosen, the number in the whole table, from 1."""
        self.count = 0
        self._source, self._first = source, list[pa.RecordBatch]()
        self._leaves = tuple(leaves_of(rows.schema))

    def batches(self, _: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows that were chosen; for a look at the table its first ones."""
        if most == guesses.SAMPLE:
            yield from self._beginning()
            return
        plan = plans.plan(self._source, tuple(leaf.name for leaf in self._leaves), self._sample)
        if plan is None:
            return  # whoever asks has found a plan, and so it is told
        columns = list(dict.fromkeys(self._leaves[at].path[0] for at in plan.needed))
        sieve = self._source.sieve()
        automatons = {wanted: sieve.stored(wanted) for _, wanted in plan.looked} if sieve else None
        choice = Choice(self._leaves, plan.looked, plan.groups, plan.moments, automatons)
        for part in _parts(self._source.cluster.chosen(self.rows, columns, chosen, choice, _ROW)):
            numbers = part.column(0).to_pylist()
            self.numbers.extend(self.count + number + 1 for number in numbers[:-1])
            self.count -= numbers[-1] + 1
            yield from (batch.drop_columns([_ROW.name]) for batch in parts(part.slice(0, len(numbers) - 1), BATCH))

    def _beginning(self) -> list[pa.RecordBatch]:
        if not self._first:
            self._first += self._source.cluster.first(self.rows, guesses.SAMPLE).combine_chunks().to_batches()
        return self._first

    def _sample(self) -> list[list[str]]:
        return [
            list(row)
            for batch in self._beginning()
            for row in zip(*(cells(batch, leaf) for leaf in self._leaves), strict=True)
        ]


def _parts(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """Yield what was chosen of each part, each row once and in order, and behind it the row that tells how many it had."""
    begin = 0
    for end in pc.indices_nonzero(pc.less(table.column(0), 0)).to_pylist():
        part = table.slice(begin, end - begin).combine_chunks()
        first = {number: at for at, number in enumerate(part.column(0).to_pylist())}
        order = [first[number] for number in sorted(first)]
        last = table.slice(end, 1)
        (batch,) = pa.concat_tables([part.take(pa.array(order, pa.int64())), last]).combine_chunks().to_batches()
        yield batch
        begin = end + 1


def chosen(choice: Choice, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the rows of one part that are told, and those that may be in the end. Runs on any machine."""
    candidates = None if choice.automatons is None else Candidates(Sent(choice.automatons))
    waiting: dict[tuple[object, ...], pa.RecordBatch] = {}
    begin, schema = 0, None
    for whole in _larger(batches):
        schema = whole.schema
        for batch in parts(whole, BATCH):
            told: Sequence[int] = range(batch.num_rows)
            if candidates is not None:
                told, later = candidates.rows(batch, choice.leaves, cast("plans.Plan", choice))
                waiting.update((who, _picked(batch, [row], begin)) for who, row in later.items())
                for who in [who for who, row in later.items() if row in set(told)]:
                    del waiting[who]
            yield _picked(batch, told, begin)
            begin += batch.num_rows
    yield from waiting.values()
    if schema is not None:
        nothing = [pa.nulls(1, field.type) for field in schema]
        yield pa.RecordBatch.from_arrays(
            [pa.array([-begin - 1], pa.int64()), *nothing], names=[_ROW.name, *schema.names]
        )


def _larger(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield batches put together: Spark gives ten thousand rows at a time, which costs twice as much to look through."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= BATCH:
            yield from pa.Table.from_batches(waiting).combine_chunks().to_batches()
            waiting = []
    if waiting:
        yield from pa.Table.from_batches(waiting).combine_chunks().to_batches()


def _picked(batch: pa.RecordBatch, rows: Sequence[int], begin: int) -> pa.RecordBatch:
    numbers = pa.array([begin + row for row in rows], pa.int64())
    taken = batch.take(pa.array(rows, pa.int64())) if len(rows) < batch.num_rows else batch
    return pa.RecordBatch.from_arrays([numbers, *taken.columns], names=[_ROW.name, *batch.schema.names])
