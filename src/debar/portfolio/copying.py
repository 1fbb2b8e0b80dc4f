# SPDX-License-Identifier: Apache-2.0
"""Rows go from one database to another of the same tables, some at a time, whichever kinds they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AT_ONCE = 1000
_PARAMETERS = 30_000
"""That one statement may have, on a server."""
_VERSIONS = frozenset({"alembic_version"})
"""Tables of which the steps themselves keep the rows."""


def copied(source: sa.Connection, target: sa.Connection, tables: sa.MetaData) -> None:
    """Copy every row of some tables into the same tables, which are empty."""
    for table in tables.sorted_tables:
        if table.name in _VERSIONS:
            continue
        rows = source.execution_options(stream_results=True, max_row_buffer=_AT_ONCE).execute(sa.select(table))
        for part in rows.mappings().partitions(_AT_ONCE):
            _insert(target, table, [dict(row) for row in part])


def _insert(target: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]]) -> None:
    if target.dialect.name != "postgresql":
        target.execute(sa.insert(table), rows)
        return
    for part in _parts(rows, max(1, _PARAMETERS // len(table.c))):  # row by row, each would go to the server and back
        target.execute(sa.insert(table).values(part))


def _parts(rows: Sequence[dict[str, object]], size: int) -> Iterator[Sequence[dict[str, object]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
