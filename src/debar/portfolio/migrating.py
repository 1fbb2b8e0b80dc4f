# SPDX-License-Identifier: Apache-2.0
"""Databases of a portfolio become those of this debar, each in one transaction; a newer one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from debar.errors import StoreError
from debar.store.migrating import Steps, known, upgrade

if TYPE_CHECKING:
    from debar.store.ledger import Ledger

_HERE = Path(__file__).with_name("migrations")
_VERSION = "portfolio_version"
"""Tells how far the steps were taken; the history beside it has a table of its own for that."""


class Kind(NamedTuple):
    """A kind of database of the portfolio."""

    steps: Steps
    newest: str
    """Revision of the tables of this debar."""


COMMON = Kind(Steps(_HERE / "common", _VERSION), "0002")
OWN = Kind(Steps(_HERE / "own", _VERSION), "0002")
_TABLE = sa.table(_VERSION, sa.column("version_num"))


def revision(connection: sa.Connection) -> str:
    """Give the revision of the tables that are there; nothing for none."""
    if not sa.inspect(connection).has_table(_VERSION):
        return ""
    return str(connection.execute(sa.select(_TABLE.c.version_num)).scalar() or "")


def ensure(database: Ledger, kind: Kind, *, makes: bool = False) -> None:
    """See to it that a database has every table of its kind.

    Raises StoreError where a newer debar has written it, and where it has none and none are to be made.
    """
    with database.reading() as connection:
        if revision(connection) == kind.newest:
            return
    with database.writing() as connection:
        if makes and database.place.schema:
            connection.execute(sa.schema.CreateSchema(database.place.schema, if_not_exists=True))
        found = revision(connection)  # another writer may have been here while this one waited
        if not found and not makes:
            raise StoreError(f"{database.place.shown}: holds no portfolio", hint="debar serve --store DIR makes one")
        if found and found not in known(kind.steps):
            raise StoreError(
                f"{database.place.shown}: written by a newer debar (schema {found!r}; this one knows {kind.newest})",
                hint="use that version, or a newer one; nothing was changed",
            )
        if found != kind.newest:
            upgrade(connection, kind.steps)
