# SPDX-License-Identifier: Apache-2.0
"""On a cluster: work in numbered pieces, or the rows of a table, through mapInArrow of Spark 4.

It is handed the work and knows nothing about recognition. What it hands out are numbers: each machine reads its
pieces from storage itself, because rows that pass through the Java side of Spark cost several times what
looking at them does.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from debar.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from pyspark.sql import DataFrame

T = TypeVar("T")
_HERE = ("local", "local-cluster")
"""Masters whose executors run on this machine."""
_AHEAD = 2
"""Jobs that run at once, so that no machine waits for the last piece of one."""
_RESULTS = "spark.driver.maxResultSize"
_UNITS = {"b": 0, "k": 10, "m": 20, "g": 30, "t": 40}
_ADVICE = (
    ("ModuleNotFoundError", "the executors need debar: name a Python that has it in PYSPARK_PYTHON, or pack one"),
    ("PYTHON_VERSION_MISMATCH", "the executors need the Python of the driver: name it in PYSPARK_PYTHON"),
    ("maxResultSize", f"more was found than the driver may hold: raise {_RESULTS}"),
    ("waiting for backend", "no master answers there, or it has no executors to give"),
    ("JAVA_GATEWAY", "Spark 4 needs Java 17 or 21: install it, and set JAVA_HOME"),
    ("TABLE_OR_VIEW_NOT_FOUND", "name the table as Spark knows it: spark-table:catalog.schema.name"),
    ("an automaton of", "the executors need the version of hyperscan that the driver has"),
)
"""What to do about a failure whose text has these words."""


class Rows(NamedTuple):
    """A table that Spark reads."""

    frame: DataFrame
    schema: pa.Schema


class Cluster:
    """A session of Spark, for as long as a scan lasts."""

    def __init__(self, session: SparkSession) -> None:
        """Take a session that is open."""
        self._session = session

    @property
    def parallelism(self) -> int:
        """Give how many pieces run at once."""
        return max(1, int(self._session.sparkContext.defaultParallelism))

    @property
    def memory(self) -> int:
        """Give the bytes of results that one job may have; Spark ends a job that has more."""
        text = str(self._session.conf.get(_RESULTS, "1g") or "1g").strip().lower().removesuffix("b") or "1g"
        unit = _UNITS.get(text[-1], 0)
        digits = text[:-1] if text[-1] in _UNITS else text
        return (int(digits) << unit if digits.isdecimal() else 0) or 1 << 40

    def run(
        self,
        work: Callable[[T, int], Iterator[pa.RecordBatch]],
        shared: T,
        jobs: Sequence[range],
        schema: pa.Schema,
    ) -> Iterator[pa.Table]:
        """Yield what the work gives for all numbers of each job, jobs and numbers in order.

        `shared` is sent to each machine once. A piece whose machine was lost is done again, and only what one whole
        attempt gave is told. Raises EngineError when Spark gives up.
        """
        context = self._session.sparkContext
        sent = context.broadcast(shared)

        def piece(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    yield from work(sent.value, number)

        def job(numbers: range) -> pa.Table:
            with _told():
                frame = self._session.range(numbers.start, numbers.stop, 1, len(numbers))
                return frame.mapInArrow(piece, from_arrow_schema(schema)).toArrow()

        try:
            yield from _ahead(job, jobs)
        finally:
            sent.destroy()

    def rows(self, name: str, *, is_query: bool) -> Rows:
        """Give a table by the name that Spark knows it by, or a query; EngineError where there is none."""
        with _told():
            frame = self._session.sql(name) if is_query else self._session.table(name)
            # Times are instants, and are told in UTC.
            return Rows(frame, to_arrow_schema(frame.schema, timezone="UTC"))

    def first(self, rows: Rows, count: int) -> pa.Table:
        """Give some rows of a table, for a look at it."""
        with _told():
            return rows.frame.limit(count).toArrow()

    def chosen(
        self,
        rows: Rows,
        columns: Sequence[str],
        choose: Callable[[T, Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]],
        shared: T,
        added: pa.Field,
    ) -> pa.Table:
        """Give what is chosen of the rows of each part of a table, in their order: those columns behind an added one."""
        sent = self._session.sparkContext.broadcast(shared)
        # Spark takes a point in a name for a path into the column, so columns go by numbers on the way.
        names = [f"c{number}" for number in range(len(columns) + 1)]

        def part(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in choose(sent.value, (batch.rename_columns(columns) for batch in batches)):
                yield batch.rename_columns(names)

        try:
            with _told():
                own = [rows.frame[f"`{name.replace('`', '``')}`"] for name in columns]
                some = rows.frame.select([column.alias(name) for column, name in zip(own, names[1:], strict=True)])
                extra = from_arrow_schema(pa.schema([added.with_name(names[0])]))
                schema = type(extra)([*extra.fields, *some.schema.fields])
                return some.mapInArrow(part, schema).toArrow().rename_columns([added.name, *columns])
        finally:
            sent.destroy()


@contextmanager
def opened(master: str) -> Iterator[Cluster]:
    """Open a session on a master, or the one that is open already, which is left open. EngineError when there is none.

    The bare word "spark" leaves the choice of the master to spark-submit and the configuration of Spark.
    """
    if there := SparkSession.getActiveSession():
        yield Cluster(there)
        return
    builder = SparkSession.builder.appName("debar").config("spark.ui.showConsoleProgress", "false")
    if master != "spark":
        builder = builder.master(master)
    if master.partition("[")[0] in _HERE:
        # PySpark asks nothing else for it; without it the executors take the first python3 that they find.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with _told():
        session = builder.getOrCreate()
    try:
        yield Cluster(session)
    finally:
        session.stop()


def _ahead(job: Callable[[range], pa.Table], jobs: Sequence[range]) -> Iterator[pa.Table]:
    """Yield the results of jobs in order; as many run at once as are waited for."""
    with ThreadPoolExecutor(_AHEAD) as running:
        waiting: deque[Future[pa.Table]] = deque()
        try:
            for numbers in jobs:
                waiting.append(running.submit(job, numbers))
                if len(waiting) == _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


@contextmanager
def _told() -> Iterator[None]:
    """Tell failures of Spark in a line, and what to do."""
    try:
        yield
    except EngineError:
        raise
    except Exception as e:
        if not _is_sparks(e):
            raise
        text = str(e)
        hint = next((advice for word, advice in _ADVICE if word in text), "the log of Spark on standard error has more")
        raise EngineError(f"Spark: {_line(text)}", hint=hint) from e


def _is_sparks(e: Exception) -> bool:
    return isinstance(e, PySparkException) or type(e).__module__.startswith("py4j")


def _line(text: Any) -> str:  # noqa: ANN401 - whatever an error has to say
    """Give the line of a long message that says what happened: the last of Python's, else the first."""
    lines = [line.strip(" :") for line in str(text).splitlines() if line.strip(" :")]
    named = [line for line in lines if line.partition(":")[0].rpartition(".")[2].endswith(("Error", "Exception"))]
    return (named[0] if named else lines[0] if lines else "failed")[:300]
