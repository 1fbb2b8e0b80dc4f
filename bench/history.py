# SPDX-License-Identifier: Apache-2.0
"""A history: how long the law on a day takes over millions of findings, and how many bytes they need, against SQLite."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from bench.measure import BrokenError, Options, alternate, goal, ratio, table, title
from debar import dates
from debar.store import asof, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 10_000_000
ROUNDS = 3
BATCH = 100_000
OF_EACH = 20
"""Findings on one exposure."""
DAY = "2024-10-05"
_MEASURES = [f"us-authority-{n:02d}" for n in range(30)]
_STATUSES = ("prohibited", "required", "unavailable", "at-risk", "advised", "undetermined", "exempt")
_ACTS = ("use", "update", "resell", "integrate", "acquire", "renew", "remove", "report")
_ZONES = ("America/New_York", "Europe/Berlin", "Europe/Rome")
_MAKE = """CREATE TABLE findings (exposure TEXT, asset TEXT, party TEXT, product TEXT, measure TEXT,
provision TEXT, act TEXT, status TEXT, since TEXT, until TEXT, zone TEXT, contract TEXT)"""
_FILL = "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ASK = """SELECT measure, status, count(*) FROM findings
WHERE (zone = ? AND since <= ? AND (until IS NULL OR until > ?)) OR (zone = ? AND since <= ? AND (until IS NULL OR until > ?))
OR (zone = ? AND since <= ? AND (until IS NULL OR until > ?)) GROUP BY measure, status ORDER BY measure, status"""


def run(options: Options) -> None:
    """Measure and print: milliseconds of the report and bytes on disk, of the columns of a history and of SQLite."""
    rows, rounds = options.rows or ROWS, options.rounds or ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        parquet, database = Path(folder, "findings.parquet"), Path(folder, "findings.db")
        _write(parquet, database, rows)
        instants = [text for zone in _ZONES for text in (zone, *[dates.stamp(dates.ends(DAY, zone))] * 2)]
        with sqlite3.connect(database) as connection:
            told = connection.execute(_ASK, instants).fetchall()
            found = [(one.measure, str(one.status), one.findings) for one in asof.standings([parquet], DAY, _ZONES)]
            if found != told:
                raise BrokenError("the two answers differ")
            figures = alternate(
                rounds,
                {
                    "columns of a history": lambda: _cost(lambda: asof.standings([parquet], DAY, _ZONES)),
                    "SQLite": lambda: _cost(lambda: connection.execute(_ASK, instants).fetchall()),
                },
            )
        sizes = parquet.stat().st_size, database.stat().st_size
    title("history", f"{rows:,} findings by measure and status on a day", rounds)
    table("milliseconds", figures)
    print(f"  MB on disk: {sizes[0] / 1e6:,.0f} in columns, {sizes[1] / 1e6:,.0f} in SQLite")
    goal("times as fast as SQLite", ratio(figures["SQLite"], figures["columns of a history"]), at_least=30)
    goal("share of SQLite's bytes", sizes[0] / sizes[1], at_most=0.1)
    print(f"  median: {statistics.median(figures['columns of a history']):,.0f} ms, starting DuckDB included")


def _write(parquet: Path, database: Path, rows: int) -> None:
    """Write the same findings in both forms; the bulk load of SQLite is not what is measured."""
    with sqlite3.connect(database) as connection, columns.writer(parquet, columns.FINDINGS) as out:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_MAKE)
        for batch in _batches(rows):
            connection.executemany(_FILL, batch)
            out.write_batch(_columns(batch))
        connection.commit()


def _columns(batch: list[tuple[Any, ...]]) -> pa.RecordBatch:
    arrays = [
        pa.array([_instant(value) for value in values] if pa.types.is_timestamp(field.type) else values, field.type)
        for values, field in zip(zip(*batch, strict=True), columns.FINDINGS, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=columns.FINDINGS)


def _instant(text: str | None) -> object:
    return dates.key(text) if text else None


def _batches(rows: int) -> Iterator[list[tuple[Any, ...]]]:
    """Yield findings as a large estate has them, in the order of a history: few rules, each on many machines."""
    made = random.Random(8)
    rules = [_rule(made, number) for number in range(OF_EACH * 10)]
    machines: list[list[tuple[str, str, str]]] = [[] for _ in range(len(rules) - OF_EACH + 1)]
    for _ in range(rows // OF_EACH):
        machine = (f"exp-{made.getrandbits(48):012x}", f"host-{made.randrange(10**6):06d}.example", "kaspersky")
        machines[made.randrange(len(machines))].append(machine)
    batch: list[tuple[Any, ...]] = []
    for number, rule in sorted(enumerate(rules), key=lambda one: one[1][2:5]):
        # Each machine has as many rules in a row as there are findings on an exposure.
        for machine in sorted(chain.from_iterable(machines[max(0, number - OF_EACH + 1) : number + 1])):
            batch.append((*machine, *rule))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _rule(made: random.Random, number: int) -> tuple[Any, ...]:
    place = made.randrange(len(_MEASURES))
    measure, zone = _MEASURES[place], _ZONES[place % len(_ZONES)]
    since = f"20{made.randrange(17, 26)}-{made.randrange(1, 13):02d}-{made.randrange(1, 29):02d}T04:00:00Z"
    until = f"20{made.randrange(26, 30)}-01-01T05:00:00Z" if made.random() < 0.3 else None
    words = (made.choice(_ACTS), made.choice(_STATUSES), since, until, zone, None)
    return ("endpoint-security", measure, f"{measure}#provision-{number}", *words)


def _cost(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
