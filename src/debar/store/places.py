# SPDX-License-Identifier: Apache-2.0
"""Where a history lies: a directory, or a PostgreSQL server with a directory for the files that never change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from debar.errors import UsageError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_SERVERS = ("postgresql", "postgres")
_SECRET = re.compile(r"(://[^:/@]*):[^@]*@")


class Place(NamedTuple):
    """Where the ledger and the files of a history lie."""

    server: str
    """URL of the database, as SQLAlchemy takes it; empty where the ledger is a file."""
    lake: Path
    """Directory of the files, each named by its hash."""
    shown: str
    """What to call it, without a password."""
    schema: str = ""
    """Schema of its tables on the server; empty for the usual one."""
    file: str = "history.db"
    """Name of the ledger in the directory, where it is a file."""

    @property
    def ledger(self) -> Path:
        """Give the file of the ledger, where it is one."""
        return self.lake / self.file


def place(where: str, lake: str = "") -> Place:
    """Give where the history lies that a user names; UsageError for what is neither a directory nor PostgreSQL."""
    found = _SCHEME.match(where)
    if not found:
        if lake:
            raise UsageError("--lake goes with a postgresql:// store", hint="a directory holds its files itself")
        folder = Path(where)
        if folder.exists() and not folder.is_dir():
            raise UsageError(
                f"{where}: is no directory", hint="name a directory for the history; it is made if missing"
            )
        return Place("", folder, where)
    if found.group(1).lower() not in _SERVERS:
        raise UsageError(
            f"--store: histories are not kept in {found.group(1)}://",
            hint="name a directory, or postgresql://USER@HOST/DATABASE",
        )
    if not lake:
        raise UsageError(
            "a postgresql:// store needs a directory for its files",
            hint="name one that every writer reaches: --lake DIR",
        )
    return Place(f"postgresql+pg8000{where[found.end(1) :]}", Path(lake), _SECRET.sub(r"\1:***@", where))
