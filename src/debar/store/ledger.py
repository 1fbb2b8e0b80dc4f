# SPDX-License-Identifier: Apache-2.0
"""The ledger: SQLite in WAL mode, or PostgreSQL; one writer at a time, and what is committed is on the disk."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar.errors import DebarError, DependencyMissing, StoreError, UsageError
from debar.store import lake, passfile, watching
from debar.store.tables import REVISION, VERSION
from debar.store.watching import Recall, Watch

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

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
_MORE = 40
"""Connections beyond those that are kept, while everybody asks at once."""
_FULL = ("disk is full", "no space left", "disk full", "disk i/o error", "could not extend")
_NO_VALUE = "22"
"""How the codes of a PostgreSQL server begin for a value that is none of its type."""
_BUSY = ("locked", "lock timeout", "canceling statement")


class Ledger:
    """An open ledger; what has a lifetime is its connections."""

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        """Take the engine, and where ledger and files lie."""
        self._engine, self.place = engine, place
        self._watch = Watch(place.ledger)
        self.recalled = Recall(self).get
        """Gives what was read before, as long as nothing has changed: `recalled(key, make)`."""

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the ledger, whatever others write meanwhile."""
        watching.check_waits()
        watching.read(self)
        with _told(self.place), self._engine.connect() as connection, _in_step(connection, self.place):
            if self.place.server:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                choose(connection, self.place)
            else:
                _said(connection, "PRAGMA query_only = ON")
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection for one transaction; there is no other writer until it ends. All of it is kept, or nothing."""
        watching.check_waits()
        watching.written()
        with (
            _told(self.place),
            self._engine.connect() as connection,
            connection.begin(),
            _in_step(connection, self.place),
        ):
            if self.place.server:
                connection.execute(sa.text(f"SET LOCAL lock_timeout = '{WAIT}s'"))
                choose(connection, self.place)
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_lock(self.place))))
            else:
                # The transaction has begun and read nothing: it can still become the one that writes.
                _said(connection, "ROLLBACK", "PRAGMA query_only = OFF", "BEGIN IMMEDIATE")
            yield connection

    def state(self) -> Hashable:
        """Give what is the same only as long as nobody has changed anything (`debar.store.watching`)."""
        if not self.place.server:
            return self._watch.state()
        watching.check_waits()
        try:
            with self._engine.connect() as connection:
                # Which transactions a look would see, of the whole server: the same ones show the same rows.
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar())
        except (sa.exc.SQLAlchemyError, OSError):
            return object()

    def close(self) -> None:
        """Let go of every connection that was kept open."""
        self._watch.close()
        self._engine.dispose()


@contextlib.contextmanager
def _in_step(connection: sa.Connection, place: Place) -> Iterator[None]:
    """Let nobody use a connection to a server again that something interrupted.

    What it was sent may be half a statement, and the next to ask would be given the answer to this one.
    """
    try:
        yield
    except (DebarError, sa.exc.SQLAlchemyError):  # ours, or told by the server at its end of a statement
        raise
    except BaseException:
        if place.server:
            connection.invalidate()
        raise


def choose(connection: sa.Connection, place: Place) -> None:
    """Have the names of tables mean those of the place, until the transaction ends; nobody else chooses a schema."""
    if place.schema:
        connection.execute(sa.select(sa.func.set_config("search_path", place.schema, True)))


def _lock(place: Place) -> int:
    """Give the number of the lock of those who write to a place."""
    if not place.schema:
        return _LOCK
    return int.from_bytes(hashlib.sha256(place.schema.encode()).digest()[:8], "big", signed=True)


@contextlib.contextmanager
def opened(place: Place, *, makes: bool = False) -> Iterator[Ledger]:
    """Give the ledger at a place, with every table of this debar.

    Raises UsageError where there is none and it is not to be made; StoreError where it is damaged, busy for too long,
    or written by a newer debar. A ledger that only may be read, as on a medium for an auditor, is read as it lies there.
    """
    prepare(place, makes=makes)
    is_sealed = not makes and not place.server and not _may_be_written(place)
    before = _stamp(place) if is_sealed else ()
    engine = connected(place, is_sealed=is_sealed)
    try:
        ledger = Ledger(engine, place)
        ensure(ledger, makes=makes)
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


def prepare(place: Place, *, makes: bool, mode: int = 0o777) -> None:
    """See to it that the directory is there, and a database in it unless one is to be made; `mode` of a new directory."""
    try:
        if makes:
            missing = [folder for folder in (place.lake, *place.lake.parents) if not folder.exists()]
            place.lake.mkdir(mode=mode, parents=True, exist_ok=True)
            for folder in missing:
                lake.sync(folder.parent)  # a run in a folder whose name is lost would be lost with it
        elif not place.server and not place.ledger.is_file():
            raise UsageError(
                f"{place.shown}: no history is kept there", hint="debar scan SOURCE --store DIR keeps its run"
            )
    except OSError as e:
        raise StoreError(f"{place.lake}: {e.strerror}", hint="name a directory that can be written") from e


def connected(place: Place, *, is_sealed: bool = False, spare: int = 0) -> sa.Engine:
    """Give the engine of a place, which keeps as many connections open as it may spare.

    Raises DependencyMissing without the library of PostgreSQL.
    """
    # Whoever keeps connections looks whether the server still answers before each use: it may have been restarted.
    pool: dict[str, Any] = {"poolclass": sa.NullPool}
    if spare:
        pool = {"pool_size": spare, "max_overflow": _MORE, "pool_use_lifo": True, "pool_timeout": WAIT}
    try:
        if place.server:
            engine = sa.create_engine(_server(place), pool_pre_ping=bool(spare), **pool)
            _heed(engine)
            return engine
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
    engine = sa.create_engine(url, connect_args={"timeout": WAIT}, **pool)
    _share(engine)
    sa.event.listen(engine, "connect", _configure_sealed if is_sealed else _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _share(engine: sa.Engine) -> None:
    """Have every file of SQLite share what was compiled: a statement is the same in each, and compiling it costs more than asking."""
    common = _common()
    engine.dialect = engine.pool._dialect = common.dialect  # noqa: SLF001 - there is no other way
    engine._compiled_cache = common._compiled_cache  # noqa: SLF001


@cache
def _common() -> sa.Engine:
    """Give an engine whose dialect has seen a connection, and knows what the library can."""
    engine = sa.create_engine("sqlite://")
    with engine.connect():
        pass
    engine.dispose()
    return engine


def _server(place: Place) -> sa.URL:
    """Give the address of a server, with the password that is kept for it where it has none."""
    url = sa.make_url(place.server)
    if url.password is not None or not url.username:
        return url
    login = passfile.Login(url.host or "localhost", str(url.port or 5432), url.database or url.username, url.username)
    return url.set(password=passfile.password(login) or None)


def _heed(engine: sa.Engine) -> None:
    """Have a connection that the system has lost taken for what it is: the client lets that error through."""
    ping = engine.dialect.do_ping

    def answers(connection: Any) -> bool:  # noqa: ANN401 - of the client of the server
        try:
            return ping(connection)
        except OSError:
            return False

    engine.dialect.do_ping = answers  # type: ignore[method-assign, assignment]


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
    _said(connection, "BEGIN")


def _said(connection: sa.Connection, *statements: str) -> None:
    """Say something to SQLite itself: every request does, and what goes through the library costs ten times as much."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    for statement in statements:
        driver.execute(statement)


def ensure(ledger: Ledger, *, makes: bool = False) -> None:
    """See to it that a ledger has every table of this debar; StoreError where it has none and none are to be made."""
    with ledger.reading() as connection:
        revision = _revision(connection)
    if revision != REVISION:
        _migrated(ledger, makes=makes)


def _revision(connection: sa.Connection) -> str:
    """Give the revision of the tables that are there; nothing for none."""
    if not sa.inspect(connection).has_table(VERSION.name):
        return ""
    return str(connection.execute(sa.select(VERSION.c.version_num)).scalar() or "")


def _migrated(ledger: Ledger, *, makes: bool) -> None:
    """Bring the tables up to date; another writer may have done so while this one waited."""
    from debar.store import migrating  # loads Alembic, for a ledger that is new or older only

    with ledger.writing() as connection:
        if makes and ledger.place.schema:
            connection.execute(sa.schema.CreateSchema(ledger.place.schema, if_not_exists=True))
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


def _unkeepable() -> UsageError:
    """Give the error of what somebody wrote: half a character, a NUL, a number without end."""
    return UsageError("a text or number is none that a database keeps", hint="write it without odd characters")


def _code(fault: Exception) -> str:
    """Give the code by which a server calls what it refuses; nothing for others."""
    told = next(iter(getattr(getattr(fault, "orig", None), "args", ())), None)
    return str(told.get("C", "")) if isinstance(told, dict) else ""


@contextlib.contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn what the libraries raise into StoreError."""
    try:
        yield
    except (UnicodeEncodeError, OverflowError) as e:
        raise _unkeepable() from e
    except (ConnectionError, TimeoutError) as e:
        raise StoreError(f"{place.shown}: {e.strerror or e}", hint="try again when the server answers") from e
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as e:
        said = " ".join(_words(getattr(e, "orig", None) or e).split())[:200]
        low = said.casefold()
        if _code(e).startswith(_NO_VALUE):
            raise _unkeepable() from e
        if any(word in low for word in _FULL):
            raise StoreError(f"{place.shown}: {said}", hint="make room; what was kept before is kept") from e
        if "readonly" in low or "read-only" in low:
            raise StoreError(f"{place.shown}: {said}", hint="name a directory that can be written") from e
        if any(word in low for word in _BUSY):
            raise StoreError(
                f"{place.shown}: another run has been writing for {WAIT} s: {said}", hint="try again when it is done"
            ) from e
        raise StoreError(f"{place.shown}: {said}", hint="debar status --check tells what is whole") from e
