# SPDX-License-Identifier: Apache-2.0
"""Whether a history is whole: the chain of its log, every file by its hash, and every row by the report that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar.errors import DebarError
from debar.model.results import Run
from debar.store import chain, lake, runs
from debar.store.rows import rows
from debar.store.tables import DECISIONS, EXPOSURES, FILES, LOG, LOOKS, OBLIGATIONS, RUNS, SIGHTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from debar.store.ledger import Ledger
    from debar.store.rows import Rows


class Checked(NamedTuple):
    """What a check found."""

    runs: int
    files: int
    faults: tuple[str, ...]
    """What was changed, removed or added, one line each."""
    strays: tuple[Path, ...]
    """Files that no run speaks of: a run that was killed leaves them, and they may be removed."""


def check(history: Ledger, told: Callable[[str], None] = lambda _: None) -> Checked:
    """Look at everything that a history holds; `told` hears the name of each run before it is looked at.

    1. The log: no entry is missing or changed, and each run has its own, that says the same.
    2. The files: each that a run speaks of is there, with its size and hash.
    3. The rows: those of each run are the ones that its report comes to.
    """
    with history.reading() as connection:
        entries = [chain.Entry(*row) for row in connection.execute(sa.select(LOG).order_by(LOG.c.seq))]
        bodies = {str(row.id): row for row in connection.execute(sa.select(RUNS).order_by(RUNS.c.seq))}
        files = {(row.kind, row.sha256): row.size for row in connection.execute(sa.select(FILES))}
        exposures = {str(row.id): _values(row._asdict()) for row in connection.execute(sa.select(EXPOSURES))}
        faults = [*chain.breaks(entries), *_unlike(entries, bodies)]  # 1.
        faults += _broken(history.place.lake, files)  # 2.
        for id_, row in bodies.items():  # 3.
            told(id_)
            found, wrong = _expected(history, row, files)
            wrong += _other(connection, row.seq, found, exposures) if found else ()
            faults += (f"{id_}: {fault}" for fault in wrong)
    return Checked(len(bodies), len(files), tuple(faults), tuple(lake.strays(history.place.lake, frozenset(files))))


def _unlike(entries: list[chain.Entry], bodies: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the runs are not those of the log."""
    logged = [entry.body for entry in entries if entry.kind == "run"]
    kept = [row.body for row in bodies.values()]
    if logged == kept:
        return
    yield from (f"{id_}: is not in the log as it stands" for id_, row in bodies.items() if row.body not in set(logged))
    yield from (f"log: a run of it is gone: {_id(body)}" for body in logged if body not in set(kept))
    if sorted(logged) == sorted(kept):
        yield "runs: they stand in another order than in the log"


def _id(body: str) -> str:
    try:
        return msgspec.json.decode(body, type=Run).id
    except msgspec.DecodeError:
        return "one that cannot be read"


def _broken(home: Path, files: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Yield the files that are gone or changed."""
    for (kind, sha256), size in sorted(files.items()):
        try:
            file = lake.path(home, kind, sha256)
        except DebarError as e:
            yield e.message
            continue
        if not file.is_file():
            yield f"{file}: is gone"
        elif (digest := lake.digest(file)) != sha256:
            yield f"{file}: {'was changed since it was kept' if digest else 'cannot be read'}"
        elif file.stat().st_size != size:
            yield f"{file}: has another size than the ledger says"


def _expected(history: Ledger, row: Any, files: Mapping[tuple[str, str], int]) -> tuple[Rows | None, list[str]]:  # noqa: ANN401 - a row of the table of runs
    """Give the rows that the report of a run comes to, where there is one, and what of its own row is another."""
    try:
        run = msgspec.json.decode(row.body, type=Run)
        found = rows(runs.report(history, run))
    except (DebarError, msgspec.DecodeError) as e:
        return None, [f"its report cannot be compared: {getattr(e, 'message', e)}"]
    wrong = [
        f"its file {kind}/{sha}: is not in the list" for kind, sha in run.files.items() if (kind, sha) not in files
    ]
    said = (run.id, run.kept_at, run.as_of, run.is_complete, found.digest_of_looks)
    if said != (row.id, row.kept_at, row.as_of, row.is_complete, row.looks):
        wrong.append("its row is not what was kept")
    return found, wrong


def _other(connection: sa.Connection, seq: int, found: Rows, exposures: Mapping[str, tuple[Any, ...]]) -> Iterator[str]:
    """Yield the tables whose rows of a run are others than its report comes to."""
    for table, expected in (
        (SIGHTINGS, found.sightings),
        (DECISIONS, found.decisions),
        (OBLIGATIONS, found.obligations),
    ):
        query = sa.select(*(column for column in table.c if column.name != "run")).where(table.c.run == seq)
        if _sorted(connection, query) != sorted(map(_values, expected), key=repr):
            yield f"rows of {table.name} are not those of its report"
    looks = sa.select(LOOKS).where(LOOKS.c.sha256 == found.digest_of_looks)
    if _sorted(connection, looks) != sorted(map(_values, found.looks), key=repr):
        yield f"rows of {LOOKS.name} are not those of its report"
    # An exposure keeps the name that it had when it was first met; its id says all else.
    if any(exposures.get(row["id"], ())[:-1] != _values(row)[:-1] for row in found.exposures):
        yield f"rows of {EXPOSURES.name} are not those of its report"


def _sorted(connection: sa.Connection, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
    return sorted((_values(row._asdict()) for row in connection.execute(query)), key=repr)


def _values(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give the values of a row in the order of the names of its columns, but "name" last."""
    return tuple(row[name] for name in sorted(row, key=lambda name: (name == "name", name)))
