# SPDX-License-Identifier: Apache-2.0
"""The ledger: SQLite in WAL mode, or PostgreSQL; one writer at a time, and what is committed is on the disk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import DependencyMissing, StoreError, UsageError
from debar.store import lake
from debar.store.tables import REVISION, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.store.places import Place

WAIT = 60
"""Seconds that a writer waits for the one before it."""
_LOCK = 0x6465626172
"""Advisory lock of writers on a PostgreSQL server: "debar" in ASCII."""
_ON_READING = (
    "PRAGMA trusted_schema = OFF",  # the file may be somebody else's: nothing in it is run
    "PRAGMA cell_size_check = ON",
)
_ON_OPEN = (
    f"PRAGMA busy_timeout = {WAIT * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk when it is acknowledged, also in WAL mode
    "PRAGMA foreign_keys = ON",
    *_ON_READING,
)
_FULL = ("disk is full", "no space left", "disk full", "disk i/o error", "could not extend")
_BUSY = ("locked", "lock timeout", "canceling statement")


class Ledger:
    """An open ledger; what has a lifetime is its connections."""

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        """Take the engine, and where ledger and files lie."""
        self._engine, self.place = engine, place

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the ledger, whatever others write meanwhile."""
        with _told(self.place), self._engine.connect() as connection:
            if self.place.server:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection for one transaction; there is no other writer until it ends. All of it is kept, or nothing."""
        with _told(self.place), self._engine.connect() as connection, connection.begin():
            if self.place.server:
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{WAIT}s'"))
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            else:
                # The transaction has begun and read nothing: it can still become the one that writes.
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection


@contextlib.contextmanager
def opened(place: Place, *, makes: bool = False) -> Iterator[Ledger]:
    """Give the ledger at a place, with every table of this debar.

    Raises UsageError where there is none and it is not to be made; StoreError where it is damaged, busy for too long,
    or written by a newer debar. A ledger that only may be read, as on a medium for an auditor, is read as it lies there.
    """
    _prepared(place, makes=makes)
    is_sealed = not makes and not place.server and not _may_be_written(place)
    before = _stamp(place) if is_sealed else ()
    engine = _engine(place, is_sealed=is_sealed)
    try:
        ledger = Ledger(engine, place)
        with ledger.reading() as connection:
            revision = _revision(connection)
        if revision != REVISION:
            _migrated(ledger, makes=makes)
        yield ledger
    finally:
        engine.dispose()
    if is_sealed and _stamp(place) != before:
        raise StoreError(f"{place.shown}: was written to while it was read", hint="ask again")


def _may_be_written(place: Place) -> bool:
    """Tell whether a question may open the ledger as usual: WAL mode needs two files beside it."""
    return os.access(place.ledger, os.W_OK) and os.access(place.lake, os.W_OK)


def _stamp(place: Place) -> tuple[int, ...]:
    """Give what tells that nobody writes to a ledger which is read without locks; StoreError where somebody may.

    Rows that are kept and still lie in the file beside it would not be seen.
    """
    try:
        waiting, about = place.ledger.with_name(f"{place.ledger.name}-wal"), place.ledger.stat()
        if waiting.exists() and waiting.stat().st_size:
            raise StoreError(
                f"{place.shown}: runs in {waiting.name} are not in {place.ledger.name} yet, and it may not be written",
                hint="ask as somebody who may write there, or copy the directory and ask there",
            )
    except OSError as e:
        raise StoreError(f"{place.ledger}: {e.strerror}", hint="name a directory that can be read") from e
    return about.st_size, about.st_mtime_ns, about.st_ino


def _prepared(place: Place, *, makes: bool) -> None:
    """See to it that the directory is there, and a database in it unless one is to be made."""
    try:
        if makes:
            missing = [folder for folder in (place.lake, *place.lake.parents) if not folder.exists()]
            place.lake.mkdir(parents=True, exist_ok=True)
            for folder in missing:
                lake.sync(folder.parent)  # a run in a folder whose name is lost would be lost with it
        elif not place.server and not place.ledger.is_file():
            raise UsageError(
                f"{place.shown}: no history is kept there", hint="debar scan SOURCE --store DIR keeps its run"
            )
    except OSError as e:
        raise StoreError(f"{place.lake}: {e.strerror}", hint="name a directory that can be written") from e


def _engine(place: Place, *, is_sealed: bool = False) -> sa.Engine:
    """Give the engine of a place; DependencyMissing without the library of PostgreSQL."""
    try:
        if place.server:
            return sa.create_engine(place.server, poolclass=sa.NullPool)
    except ImportError as e:
        raise DependencyMissing("a postgresql:// store needs pg8000", hint="pip install 'debar[postgresql]'") from e
    except (sa.exc.ArgumentError, ValueError) as e:
        raise UsageError(
            f"--store: {place.shown} is no address of a PostgreSQL database",
            hint="write postgresql://USER:PASSWORD@HOST:5432/DATABASE",
        ) from e
    url = sa.URL.create("sqlite", database=str(place.ledger))
    if is_sealed:
        url = sa.URL.create("sqlite", database=place.ledger.resolve().as_uri(), query={"immutable": "1", "uri": "true"})
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": WAIT})
    sa.event.listen(engine, "connect", _configure_sealed if is_sealed else _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    """Prepare a new connection; the library's own transactions are off, since they begin too late."""
    connection.isolation_level = None
    for statement in _ON_OPEN:
        connection.execute(statement)


def _configure_sealed(connection: sqlite3.Connection, _record: object) -> None:
    """Prepare a connection that only reads."""
    connection.isolation_level = None
    for statement in _ON_READING:
        connection.execute(statement)


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _revision(connection: sa.Connection) -> str:
    """Give the revision of the tables that are there; nothing for none."""
    if not sa.inspect(connection).has_table(VERSION.name):
        return ""
    return str(connection.execute(sa.select(VERSION.c.version_num)).scalar() or "")


def _migrated(ledger: Ledger, *, makes: bool) -> None:
    """Bring the tables up to date; another writer may have done so while this one waited."""
    from debar.store import migrating  # loads Alembic, for a ledger that is new or older only

    with ledger.writing() as connection:
        revision = _revision(connection)
        if not revision and not makes:
            raise StoreError(
                f"{ledger.place.shown}: holds no history of debar", hint="name one that debar scan --store has made"
            )
        if revision and revision not in migrating.known():
            raise StoreError(
                f"{ledger.place.shown}: written by a newer debar (schema {revision!r}; this one knows {REVISION})",
                hint="use that version, or a newer one; nothing was changed",
            )
        if revision != REVISION:
            migrating.upgrade(connection)


def _words(fault: BaseException) -> str:
    """Give what a library says; PostgreSQL's client gives a dictionary, of which "M" is for people."""
    told = fault.args[0] if fault.args else ""
    return str(told["M"]) if isinstance(told, dict) and "M" in told else str(fault)


@contextlib.contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn what the libraries raise into StoreError."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as e:
        said = " ".join(_words(getattr(e, "orig", None) or e).split())[:200]
        low = said.casefold()
        if any(word in low for word in _FULL):
            raise StoreError(f"{place.shown}: {said}", hint="make room; what was kept before is kept") from e
        if "readonly" in low or "read-only" in low:
            raise StoreError(f"{place.shown}: {said}", hint="name a directory that can be written") from e
        if any(word in low for word in _BUSY):
            raise StoreError(
                f"{place.shown}: another run has been writing for {WAIT} s: {said}", hint="try again when it is done"
            ) from e
        raise StoreError(f"{place.shown}: {said}", hint="debar status --check tells what is whole") from e
