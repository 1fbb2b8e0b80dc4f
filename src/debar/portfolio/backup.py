# SPDX-License-Identifier: Apache-2.0
"""A portfolio is copied while it is in use: one moment of all of its databases, and every file that they speak of.

A backup is a directory that is itself a portfolio, or the same as one file (.tar.zst), with a list of what is in it:

    backup.json                         every file with its size and SHA-256, and how far each log was
    portfolio.db                        what all organisations share
    organisations/<id>/history.db       what belongs to one
    organisations/<id>/...              the files of its lake

That of a PostgreSQL server is the same: a backup can be restored into the other kind. It holds what people may not see,
such as hashes of passwords and secrets of hooks, so nobody but its owner may read it.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import StoreError, UsageError
from debar.portfolio import databases
from debar.portfolio.copying import copied
from debar.portfolio.packing import Folder, Part, Tar
from debar.portfolio.tables import AUDIT, COMMON, OWN, TENANTS
from debar.release import VERSION
from debar.store import ledger
from debar.store.places import Place
from debar.store.tables import LOG, RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.portfolio.databases import Portfolio
    from debar.store.ledger import Ledger

LIST = "backup.json"
NAME = re.compile(r"portfolio\.db|organisations/[a-z0-9-]{1,40}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,127}){1,4}")
"""What the files of a backup are called."""
_DATABASES = re.compile(r"history\.db(?:-wal|-shm|-journal)?")


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a log was: whoever keeps it elsewhere can show that nothing was taken off the end."""

    database: str
    seq: int
    hash: str


class Listing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is in a backup."""

    schema: int = 1
    program: str
    made_at: str
    organisations: tuple[str, ...]
    heads: tuple[Head, ...]
    files: tuple[Part, ...]


class _State(NamedTuple):
    """One moment of a database."""

    name: str
    """Of its file in the backup."""
    connection: sa.Connection
    place: Place


def backup(portfolio: Portfolio, to: Path, told: Callable[[str], None] = lambda _: None) -> Listing:
    """Copy a portfolio that is in use, and give what was copied; `told` hears the name of each database.

    1. One moment of all databases: whatever is acknowledged before it is in the backup.
    2. Each database, as one file.
    3. The files that lie beside it: they are written once and never changed, so they may be copied after that moment.
    4. The list, which comes last: what a kill leaves has none, and is no backup.

    Raises UsageError where there is something already, StoreError where it cannot be written.
    """
    if os.path.lexists(to):
        raise UsageError(f"{to}: is there already", hint="name a file or directory that is to be made")
    packs = Tar if to.name.endswith(".tar.zst") else Folder
    with _written(to), packs.made(to) as pack, tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as room:
        with _moment(portfolio) as states:  # 1.
            heads = []
            for number, state in enumerate(states):
                told(state.place.shown)
                file = Path(room) / f"{number}.db"
                _dumped(state, file)  # 2.
                heads.append(_head(state))
                pack.add(state.name, file)
                file.unlink()
        organisations = tuple(state.place.lake.name for state in states[:-1])
        for name, file in _files(portfolio, organisations):  # 3.
            pack.add(name, file)
        listing = Listing(
            program=VERSION,
            made_at=dates.present(),
            organisations=organisations,
            heads=tuple(heads),
            files=tuple(pack.parts),
        )
        pack.end(LIST, msgspec.json.format(msgspec.json.encode(listing), indent=1))  # 4.
    return listing


@contextlib.contextmanager
def _written(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise StoreError(f"{to}: {e.strerror or e}", hint="make room, or name another place") from e


@contextlib.contextmanager
def _moment(portfolio: Portfolio) -> Iterator[list[_State]]:
    """Give every database as it is at one moment: those of the organisations, then the one that they share."""
    with contextlib.ExitStack() as stack:
        if portfolio.place.server:
            yield list(_of_server(portfolio, stack.enter_context(portfolio.reading())))
            return
        every = list(_every(portfolio))
        with contextlib.ExitStack() as writers:
            # Nobody writes for as long as it takes to begin to read everywhere. Whoever writes to an organisation and to
            # what is shared begins with the organisation, and so does this: neither waits for the other.
            for _, one in every:
                writers.enter_context(one.writing())
            states = [_State(name, stack.enter_context(one.reading()), one.place) for name, one in every]
            for state in states:
                state.connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # what begins to read
        yield states


def _every(portfolio: Portfolio) -> Iterator[tuple[str, Ledger]]:
    with portfolio.reading() as connection:
        ids = connection.execute(sa.select(TENANTS.c.id).order_by(TENANTS.c.id)).scalars().all()
    for id_ in ids:
        yield f"organisations/{id_}/history.db", portfolio.inside(id_)
    yield "portfolio.db", portfolio.common


def _of_server(portfolio: Portfolio, connection: sa.Connection) -> Iterator[_State]:
    """Yield the schemas of a server: one transaction sees one moment of all of them."""
    ids = connection.execute(sa.select(TENANTS.c.id).order_by(TENANTS.c.id)).scalars().all()
    for id_ in ids:
        yield _State(f"organisations/{id_}/history.db", connection, databases.place_of(portfolio.place, id_))
    yield _State("portfolio.db", connection, portfolio.common.place)


def _dumped(state: _State, file: Path) -> None:
    """Write a database as one file of SQLite."""
    if state.place.server:
        ledger.choose(state.connection, state.place)
        is_common = state.name == "portfolio.db"
        to = Place("", file.parent, str(file), file=file.name)
        with databases.alone(to, is_common=is_common) as target, target.writing() as connection:
            for tables in (COMMON,) if is_common else (RUNS.metadata, OWN):
                copied(state.connection, connection, tables)
    else:
        source = state.connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise StoreError(f"{state.place.shown}: is no file of SQLite")
        with contextlib.closing(sqlite3.connect(file)) as target_:
            source.backup(target_)
    with contextlib.closing(sqlite3.connect(file)) as one:
        one.execute("PRAGMA journal_mode = DELETE")  # nothing lies beside the file


def _head(state: _State) -> Head:
    log = AUDIT if state.name == "portfolio.db" else LOG
    last = state.connection.execute(sa.select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)).first()
    return Head(database=state.name, seq=last[0] if last else 0, hash=last[1] if last else "")


def _files(portfolio: Portfolio, organisations: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield the files beside the databases by their names in the backup; what is still being written is none of them."""
    for id_ in organisations:
        home = databases.place_of(portfolio.place, id_).lake
        for folder, folders, files in os.walk(home):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for file in sorted(files):
                path = Path(folder, file)
                name = f"organisations/{id_}/{path.relative_to(home).as_posix()}"
                if NAME.fullmatch(name) and not _DATABASES.fullmatch(file) and not path.is_symlink():
                    yield name, path
