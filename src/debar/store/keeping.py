# SPDX-License-Identifier: Apache-2.0
"""A run is kept: its files first, then one transaction; whoever is told that it was kept can rely on it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.model.results import Run
from debar.store import chain, lake, ledger
from debar.store.columns import Notebook, write_findings
from debar.store.rows import digest_of_looks, rows, run_of
from debar.store.tables import DECISIONS, EXPOSURES, FILES, LOG, LOOKS, OBLIGATIONS, RUNS, SIGHTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from debar.model.results import Report
    from debar.store.lake import Kept
    from debar.store.ledger import Ledger
    from debar.store.places import Place

_AT_ONCE = 10_000
"""Rows that are handed to the database in one go."""


class Keeping:
    """One run on its way into a history: its observations are written down while it reads."""

    def __init__(self, history: Ledger, file: Path) -> None:
        """Take the ledger, and the file that the observations go to."""
        self._history, self._file = history, file
        self._notebook = Notebook(file)
        self.passing = self._notebook.passing

    def keep(self, report: Report, at: str = "") -> Run:
        """Keep a report with all that was observed for it; when this returns it is on the disk.

        1. The observations, whole.
        2. The findings, in columns.
        3. The report itself.
        4. One transaction: the run, its rows, and the entry of the log that chains it.

        The same report is the same run, which is not kept twice. `at` is the present unless it is given. Raises
        StoreError when something could not be kept; then the ledger knows nothing of the run.
        """
        place = self._history.place
        self._notebook.close()  # 1.
        observations = lake.finish(place.lake, "observations", self._file, self._notebook.rows)
        with lake.partial(place.lake, "findings") as file:  # 2.
            findings = lake.finish(place.lake, "findings", file, write_findings(report, file))
        packed = lake.pack(place.lake, msgspec.json.encode(report))  # 3.
        at = at or dates.stamp(datetime.now(UTC).replace(microsecond=0))
        with self._history.writing() as connection:  # 4.
            return _keep(connection, report, (findings, observations, packed), at)


@contextlib.contextmanager
def keeping(place: Place) -> Iterator[Keeping]:
    """Give what keeps one run in the history at a place, which is made when it is missing."""
    with ledger.opened(place, makes=True) as history, lake.partial(place.lake, "observations") as file:
        yield Keeping(history, file)


def _keep(connection: sa.Connection, report: Report, files: Sequence[Kept], at: str) -> Run:
    """Write everything that a run is in the ledger, or give the same run that is there."""
    run = run_of(report, files, at)
    known = connection.execute(sa.select(RUNS.c.body).where(RUNS.c.id == run.id)).scalar()
    if known is not None:
        return msgspec.json.decode(known, type=Run)
    seq = (connection.execute(sa.select(sa.func.max(RUNS.c.seq))).scalar() or 0) + 1
    looks, body, found = digest_of_looks(report), msgspec.json.encode(run).decode(), rows(report)
    _add_files(connection, files)
    connection.execute(
        sa.insert(RUNS),
        {
            "seq": seq,
            "id": run.id,
            "kept_at": at,
            "as_of": run.as_of,
            "is_complete": run.is_complete,
            "looks": looks,
            "body": body,
        },
    )
    met = set(connection.execute(sa.select(EXPOSURES.c.id)).scalars())
    _insert(connection, EXPOSURES, [row for row in found.exposures if row["id"] not in met])
    for table, some in ((SIGHTINGS, found.sightings), (DECISIONS, found.decisions), (OBLIGATIONS, found.obligations)):
        _insert(connection, table, [row | {"run": seq} for row in some])
    if not connection.execute(sa.select(LOOKS.c.sha256).where(LOOKS.c.sha256 == looks).limit(1)).first():
        _insert(connection, LOOKS, found.looks)
    last = connection.execute(sa.select(LOG).order_by(LOG.c.seq.desc()).limit(1)).first()
    entry = chain.entry(chain.Entry(*last) if last else None, at, "run", body)
    connection.execute(sa.insert(LOG), entry._asdict())
    return run


def _add_files(connection: sa.Connection, files: Sequence[Kept]) -> None:
    """Note the files that are not there yet: runs may share them."""
    for file in files:
        same = sa.and_(FILES.c.kind == file.kind, FILES.c.sha256 == file.sha256)
        if not connection.execute(sa.select(FILES.c.size).where(same)).first():
            connection.execute(sa.insert(FILES), file._asdict())


def _insert(connection: sa.Connection, table: sa.Table, some: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(some), _AT_ONCE):
        connection.execute(sa.insert(table), some[start : start + _AT_ONCE])
