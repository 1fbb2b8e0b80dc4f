# SPDX-License-Identifier: Apache-2.0
"""In columns: distinct values first, the kernel on those, and a join back to the rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from debar.errors import EngineError
from debar.model.results import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.model.vocab import Kind

BATCH = 1 << 16
"""Observations held at once."""
_OBSERVABLES = pa.schema({"row": pa.int32(), "place": pa.int32(), "kind": pa.string(), "value": pa.string()})
_DISTINCT = "SELECT DISTINCT value FROM observables WHERE kind = ? ORDER BY value"
_JOIN = """
SELECT o.row, o.place, h.indicator FROM observables o JOIN hits h ON o.kind = h.kind AND o.value = h.value
ORDER BY o.row, o.place, h.indicator
"""


def run(
    observations: Iterable[Observation],
    kernel: Callable[[str, pa.StringArray], pa.RecordBatch],
    kinds: Collection[Kind],
) -> Iterator[Hit]:
    """Yield a hit for each observable and each indicator it fits, in the order of observations.

    `kernel` gives (row, indicator) for a column of values of one kind; `kinds` are those it knows.
    """
    stream = iter(observations)
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as connection:
        while batch := list(islice(stream, BATCH)):
            try:
                yield from _batch(connection, batch, kernel, kinds)
            except duckdb.Error as e:
                raise EngineError(f"DuckDB: {e}") from e


def _batch(
    connection: duckdb.DuckDBPyConnection,
    batch: list[Observation],
    kernel: Callable[[str, pa.StringArray], pa.RecordBatch],
    kinds: Collection[Kind],
) -> Iterator[Hit]:
    connection.register("observables", _columns(batch, kinds))
    tables = []
    for kind in sorted(kinds):
        values = connection.sql(_DISTINCT, params=[str(kind)]).to_arrow_table().column("value").combine_chunks()
        hits = kernel(kind, values.cast(pa.string()))
        if hits.num_rows:
            found = values.take(hits.column("row"))
            tables.append(
                pa.table({"kind": [str(kind)] * hits.num_rows, "value": found, "indicator": hits.column("indicator")})
            )
    if not tables:
        return
    connection.register("hits", pa.concat_tables(tables))
    for row, place, indicator in connection.execute(_JOIN).fetchall():
        observation = batch[row]
        yield Hit(observation, observation.observables[place], indicator)


def _columns(batch: list[Observation], kinds: Collection[Kind]) -> pa.Table:
    """Give the observables of the kinds that any indicator has, one row each."""
    wanted = frozenset(kinds)
    rows: list[int] = []
    places: list[int] = []
    names: list[str] = []
    values: list[str] = []
    for row, observation in enumerate(batch):
        for place, observable in enumerate(observation.observables):
            if observable.kind in wanted:
                rows.append(row)
                places.append(place)
                names.append(observable.kind.value)
                values.append(observable.value)
    return pa.table([rows, places, names, values], schema=_OBSERVABLES)
