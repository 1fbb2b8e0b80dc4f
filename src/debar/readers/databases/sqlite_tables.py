# SPDX-License-Identifier: Apache-2.0
"""Rows of one table of a SQLite file that nobody trusts.

The file is copied, and the copy is opened for reading only. The schema of a database is code that its
author wrote, so only plain tables are read: no view, no virtual table, no function, no other file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

LARGEST_VALUE = 1 << 26
"""Bytes of one value; more is refused by the library."""
_BLOCK = 1 << 20
_STEPS = 1 << 16
"""Instructions of the library's machine between two looks at what a question has cost."""
_MOST_PULSES = 1 << 14
"""Looks after which a question is given up: 2**30 instructions, a hundred million plain rows."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 16,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 10_000,
}
_UNREADABLE = (sqlite3.Error, UnicodeError)
"""A message of the library may quote a broken schema, which then is no text."""
_PERMITTED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


def rows(source: Input, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield these columns of a table, a missing one as null; a broken page ends the table and is a loss.

    SourceError when it is no database, or has no plain table of the name.
    """
    with tempfile.TemporaryDirectory(prefix="debar-") as folder:
        copy = Path(folder) / "database"
        _copy(source, copy)
        # immutable: a log beside the database is not looked for, and none is made
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield from _asked(source, connection, table, columns)


def _copy(source: Input, copy: Path) -> None:
    with source.stream() as stream, copy.open("wb") as file:
        while block := stream.read(_BLOCK):
            file.write(block)


def _asked(
    source: Input, connection: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    count = 0
    try:
        known = _columns(connection, table)
        picked = ", ".join(f'"{name}"' if name in known else "NULL" for name in columns)
        for row in connection.execute(f'SELECT {picked} FROM "{table}"'):  # noqa: S608 - names of this program's own
            yield row
            count += 1
    except _UNREADABLE as e:
        if not count:
            raise SourceError(f"not readable as a SQLite database: {e}") from e
        source.lose(f"row {count + 1} of {table}", f"the rest is not readable: {e}")


def _columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    """Close everything but reading, and give the columns of a plain table."""
    connection.text_factory = lambda raw: raw.decode(errors="replace")
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    pulses = iter(range(_MOST_PULSES))
    connection.set_progress_handler(lambda: next(pulses, None) is None, _STEPS)
    names = connection.execute(f'SELECT name FROM pragma_table_xinfo("{table}") WHERE hidden = 0').fetchall()  # noqa: S608
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _PERMITTED else sqlite3.SQLITE_DENY,
    )
    found = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ? AND rootpage > 0", (table,)
    ).fetchone()
    if not found:
        raise SourceError(f"a SQLite database without the table {table}")
    return frozenset(name for (name,) in names)
