# SPDX-License-Identifier: Apache-2.0
"""FreeBSD's database of installed packages (pkg's local.sqlite)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases import sqlite_tables
from debar.readers.databases.installations import FIELD, Shelf, made_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_COLUMNS = ("id", "name", "version", "origin", "comment", "desc", "www", "maintainer")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each installed package, in the database's order."""
    shelf = Shelf(source)
    for row in sqlite_tables.rows(source, "packages", _COLUMNS):
        fields = {name: value[:FIELD] for name, value in zip(_COLUMNS, row, strict=True) if isinstance(value, str)}
        locator = f"package {row[0]}"
        if not (name := fields.get("name", "")):
            source.lose(locator, "a package without a name")
            continue
        source.tally["packages"] += 1
        yield shelf.installed(locator, name, fields.get("version", ""), _observables(name, fields))


def fits(source: Input) -> bool:
    """Tell whether a SQLite file is pkg's: its schema, which stands at the beginning, has the table of packages."""
    head = source.head()
    return head.startswith(b"SQLite format 3\0") and b"CREATE TABLE packages" in head and b"origin TEXT" in head


def _observables(name: str, fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    # "security/kav4fs": the last part is the port's own name
    if port := fields.get("origin", "").rpartition("/")[2]:
        yield Observable(Kind.PACKAGE, port)
    yield from made_by(fields.get("maintainer", ""))
    yield from components.reference(fields.get("www", ""))
    yield from components.prose(*(fields[key] for key in ("comment", "desc") if key in fields))
