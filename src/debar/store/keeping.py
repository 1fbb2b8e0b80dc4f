# SPDX-License-Identifier: Apache-2.0
"""A run is kept: its files first, then one transaction; whoever is told that it was kept can rely on it."""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.model.results import Run
from debar.store import lake, ledger, log
from debar.store.columns import Notebook, write_findings
from debar.store.rows import rows, run_of
from debar.store.tables import DECISIONS, EXPOSURES, FILES, LOOKS, OBLIGATIONS, RUNS, SIGHTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from debar.model.results import Report
    from debar.store.lake import Kept
    from debar.store.ledger import Ledger
    from debar.store.places import Place
    from debar.store.rows import Rows

    Beside = Callable[[sa.Connection, int, bool], None]
    """Is told the number of a run, and whether it is new."""

_AT_ONCE = 10_000
"""Rows that are handed to the database in one go."""


def _nothing(_connection: sa.Connection, _seq: int, _is_new: bool) -> None:  # noqa: FBT001 - as whoever writes more is told
    """Write nothing else."""


class Keeping:
    """One run on its way into a history: its observations are written down while it reads."""

    def __init__(self, history: Ledger, file: Path) -> None:
        """Take the ledger, and the file that the observations go to."""
        self._history, self._file = history, file
        self._notebook = Notebook(file)
        self.passing = self._notebook.passing

    def keep(self, report: Report, at: str = "", beside: Beside = _nothing) -> Run:
        """Keep a report with all that was observed for it; when this returns it is on the disk.

        1. The observations, whole.
        2. The findings, in columns.
        3. The report itself.
        4. One transaction: the run, its rows, and the entry of the log that chains it.

        The same report is the same run, which is not kept twice. `at` is the present unless it is given; `beside` writes
        what else belongs to a run, in the same transaction. Raises StoreError when something could not be kept; then the
        ledger knows nothing of the run.
        """
        place = self._history.place
        self._notebook.close()  # 1.
        observations = lake.finish(place.lake, "observations", self._file, self._notebook.rows)
        with lake.partial(place.lake, "findings") as file:  # 2.
            findings = lake.finish(place.lake, "findings", file, write_findings(report, file))
        packed = lake.pack(place.lake, lambda: _pieces(report))  # 3.
        rows_of_it = rows(report)  # worked out before anybody has to wait
        at = at or dates.present()
        with self._history.writing() as connection:  # 4.
            run, seq, is_new = _keep(connection, report, rows_of_it, (findings, observations, packed), at)
            beside(connection, seq, is_new)
        return run


@contextlib.contextmanager
def keeping(place: Place) -> Iterator[Keeping]:
    """Give what keeps one run in the history at a place, which is made when it is missing."""
    with ledger.opened(place, makes=True) as history, keeping_in(history) as keeper:
        yield keeper


@contextlib.contextmanager
def keeping_in(history: Ledger) -> Iterator[Keeping]:
    """Give what keeps one run in a history that is open."""
    with lake.partial(history.place.lake, "observations") as file:
        yield Keeping(history, file)


def _keep(
    connection: sa.Connection, report: Report, found: Rows, files: Sequence[Kept], at: str
) -> tuple[Run, int, bool]:
    """Write everything that a run is in the ledger, or give the same run that is there; with its number, and which it was."""
    run = run_of(report, files, at)
    known = connection.execute(sa.select(RUNS.c.body, RUNS.c.seq).where(RUNS.c.id == run.id)).first()
    if known is not None:
        return msgspec.json.decode(known.body, type=Run), known.seq, False
    seq = (connection.execute(sa.select(sa.func.max(RUNS.c.seq))).scalar() or 0) + 1
    body = msgspec.json.encode(run).decode()
    add_files(connection, files)
    connection.execute(
        sa.insert(RUNS),
        {
            "seq": seq,
            "id": run.id,
            "kept_at": at,
            "as_of": run.as_of,
            "is_complete": run.is_complete,
            "looks": found.digest_of_looks,
            "body": body,
        },
    )
    met = set(connection.execute(sa.select(EXPOSURES.c.id)).scalars())
    _insert(connection, EXPOSURES, [row for row in found.exposures if row["id"] not in met])
    for table, some in ((SIGHTINGS, found.sightings), (DECISIONS, found.decisions), (OBLIGATIONS, found.obligations)):
        _insert(connection, table, [row | {"run": seq} for row in some])
    if not connection.execute(
        sa.select(LOOKS.c.sha256).where(LOOKS.c.sha256 == found.digest_of_looks).limit(1)
    ).first():
        _insert(connection, LOOKS, found.looks)
    log.add(connection, at, "run", body)
    return run, seq, True


def _pieces(report: Report) -> Iterator[bytes]:
    """Yield a report as JSON, of a long list or mapping some elements at a time: all of it may be larger than it is itself."""
    before = b"{"
    for field in msgspec.structs.fields(report):
        value = getattr(report, field.name)
        yield before + msgspec.json.encode(field.encode_name) + b":"
        yield from _elements(value) if isinstance(value, tuple | dict) else (msgspec.json.encode(value),)
        before = b","
    yield b"}"


def _elements(value: tuple[Any, ...] | dict[Any, Any]) -> Iterator[bytes]:
    """Yield a list or mapping, without a break between its parts."""
    begin, end = (b"{", b"}") if isinstance(value, dict) else (b"[", b"]")
    yield begin
    every, make = (iter(value.items()), dict) if isinstance(value, dict) else (iter(value), list)
    between = b""
    while part := make(islice(every, _AT_ONCE)):
        yield between + msgspec.json.encode(part)[1:-1]
        between = b","
    yield end


def add_files(connection: sa.Connection, files: Sequence[Kept]) -> None:
    """Note the files that are not there yet: runs may share them."""
    for file in files:
        same = sa.and_(FILES.c.kind == file.kind, FILES.c.sha256 == file.sha256)
        if not connection.execute(sa.select(FILES.c.size).where(same)).first():
            connection.execute(sa.insert(FILES), file._asdict())


def _insert(connection: sa.Connection, table: sa.Table, some: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(some), _AT_ONCE):
        part = some[start : start + _AT_ONCE]
        if connection.dialect.name == "postgresql":
            connection.execute(_from_json(table), {"rows": msgspec.json.encode(part).decode()})
        else:
            connection.execute(sa.insert(table), part)


def _from_json(table: sa.Table) -> sa.Insert:
    """Give the statement that inserts the rows of one JSON array: row by row, each would go to the server and back."""
    text = sa.cast(sa.bindparam("rows", type_=sa.Text()), sa.JSON)
    columns = [sa.column(column.name, column.type) for column in table.c]
    found = sa.func.json_to_recordset(text).table_valued(*columns).render_derived(with_types=True)
    return sa.insert(table).from_select([column.name for column in table.c], sa.select(found))
