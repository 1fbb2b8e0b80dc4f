# SPDX-License-Identifier: Apache-2.0
"""Whether a database is still as it was: asked of the database itself, so that no writer can forget to say so.

SQLite counts what other connections commit (`PRAGMA data_version`), whichever process they are of; PostgreSQL tells which
transactions a look would see (`pg_current_snapshot()`). Where the state is the same, so is everything that can be read.

Whoever keeps an answer for the next who asks notes on what it rests:

    with resting() as grounds:      every database that is read within is noted, as it was before the first look
        answer = ...
    grounds.hold()                  True for as long as none of them has changed

and what is asked again and again is recalled for as long as its database is as it was (`Recall`).
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import threading
from collections import OrderedDict
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from pathlib import Path
    from typing import Protocol

    class Watched(Protocol):
        """A database that tells its state."""

        def state(self) -> Hashable:
            """Give what is the same only as long as nothing has changed."""


Found = TypeVar("Found")
_NUMBERS = itertools.count()
_RECALLED = 2_000
"""Answers of one database that are recalled."""


class NotAtHandError(Exception):
    """What was asked for would have to be read, where nothing may be waited for."""


class Watch:
    """A connection to a file of SQLite that only looks whether another connection has changed it."""

    def __init__(self, file: Path) -> None:
        """Take the file; it is opened when it is first asked for."""
        self._file, self._number = file, next(_NUMBERS)
        self._connection: sqlite3.Connection | None = None
        self._guard = threading.Lock()

    def state(self) -> Hashable:
        """Give the state of the file; one that is never met again where that cannot be told.

        What SQLite counts begins anew with each connection, so the connection has a number as well.
        """
        with self._guard:
            try:
                if self._connection is None:
                    self._connection = self._opened()
                ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
            except sqlite3.Error:
                return object()
        return self._number, version

    def _opened(self) -> sqlite3.Connection:
        address = f"{self._file.resolve().as_uri()}?mode=rw"  # it makes no file where there is none
        # It never waits: what cannot be told now counts as changed.
        return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Let go of the connection; whoever asks again gets another, of which nobody has kept a state."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._number = None, next(_NUMBERS)


class Grounds:
    """The databases that an answer rests on, each with its state before it was first read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[Watched, Hashable] = {}
        self._is_firm = True

    def read(self, database: Watched) -> None:
        """Note that a database is about to be read."""
        if database not in self._found:
            self._found[database] = database.state()

    def written(self) -> None:
        """Note that something was changed: an answer that changes something is no answer for the next."""
        self._is_firm = False

    def hold(self) -> bool:
        """Tell whether every database is as it was."""
        return self._is_firm and all(database.state() == state for database, state in self._found.items())


class Recall:
    """What was read of a database, as long as nothing in it changes."""

    def __init__(self, database: Watched) -> None:
        """Take the database."""
        self._database, self._state = database, object()
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Found | None]) -> Found | None:
        """Give what is recalled, or what `make` reads now; that there is nothing is not recalled.

        The state is that before the look: what changes meanwhile is read again by the next who asks.
        """
        read(self._database)
        state = self._database.state()
        with self._guard:
            if state != self._state:
                self._state = state
                self._things.clear()
            elif (found := self._things.get(key)) is not None:
                self._things.move_to_end(key)
                return found  # type: ignore[no-any-return]  # what `make` of this key gave
        made = make()
        with self._guard:
            if made is not None and state == self._state:
                self._things[key] = made
                if len(self._things) > _RECALLED:
                    self._things.popitem(last=False)
        return made


_NOTED: ContextVar[Grounds | None] = ContextVar("grounds", default=None)
_AT_HAND: ContextVar[bool] = ContextVar("at_hand", default=False)


@contextlib.contextmanager
def resting() -> Iterator[Grounds]:
    """Note the databases that are read within, also by the threads that this one waits for."""
    grounds = Grounds()
    token = _NOTED.set(grounds)
    try:
        yield grounds
    finally:
        _NOTED.reset(token)


@contextlib.contextmanager
def at_hand() -> Iterator[None]:
    """Have NotAtHandError raised within where a database would be read or written: a loop that answers may not wait."""
    token = _AT_HAND.set(True)
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def check_waits() -> None:
    """Raise NotAtHandError where nothing may be waited for."""
    if _AT_HAND.get():
        raise NotAtHandError


def read(database: Watched) -> None:
    """Note that a database is about to be read."""
    if grounds := _NOTED.get():
        grounds.read(database)


def written() -> None:
    """Note that a database is about to be changed."""
    if grounds := _NOTED.get():
        grounds.written()
