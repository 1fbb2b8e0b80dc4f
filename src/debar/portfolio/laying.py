# SPDX-License-Identifier: Apache-2.0
"""Runs as columns, kept as they are held in memory: to read twenty thousand rows and sort them costs fifty times as much.

A run never changes once it is kept, so neither does what was laid of it. It is no more than what the tables say: of old runs
it is let go, and made again for whoever asks about them.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import StoreError
from debar.portfolio import columns
from debar.portfolio.blobs import pack, unpack
from debar.portfolio.columns import RANKED, Assets, Laid, Rows
from debar.portfolio.tables import LAID

if TYPE_CHECKING:
    from debar.portfolio.columns import Numbers
    from debar.portfolio.estates import Estate

KEPT = 20
"""Runs of which it is kept, the newest."""
_ROWS = "rows"


def laid(connection: sa.Connection, estate: Estate, run: int) -> Laid:
    """Give a run as columns, and keep it so."""
    if body := _body(connection, run, _ROWS):
        kinds, *parts = unpack(body, tuple[tuple[str, ...], bytes, bytes, bytes, bytes, bytes, bytes])
        row, asset, kind, *of = map(columns.unpacked, parts)
        return Laid(Rows(row, asset, kind), kinds, Assets(*of))
    found = columns.laid(connection, run)
    _keep(estate, run, _ROWS, pack((found.kinds, *map(columns.packed, (*found.rows, *found.assets)))))
    return found


def ranks(connection: sa.Connection, run: int, name: str, of: Rows) -> Numbers:
    """Give the place of each row among all values of a column; `lay` keeps it."""
    body = _body(connection, run, name)
    return columns.unpacked(unpack(body, bytes)) if body else columns.ranks(connection, run, name, of)


def lay(estate: Estate, run: int) -> None:
    """Keep a run as columns, with every order that lists can have, before somebody asks."""
    with estate.reading() as connection:
        found = laid(connection, estate, run)
        missing = [name for name in RANKED if not _body(connection, run, name)]
        made = {name: columns.ranks(connection, run, name, found.rows) for name in missing}
    for name, one in made.items():
        _keep(estate, run, name, pack(columns.packed(one)))


def _body(connection: sa.Connection, run: int, part: str) -> bytes:
    return connection.execute(_PART, {"of": run, "named": part}).scalar() or b""


_PART = sa.select(LAID.c.body).where(LAID.c.run == sa.bindparam("of"), LAID.c.part == sa.bindparam("named"))


def _keep(estate: Estate, run: int, part: str, body: bytes) -> None:
    """Keep a part, unless another was quicker. It is no change of anything: what cannot be kept is made again."""
    with contextlib.suppress(StoreError), estate.writing() as connection:
        if run and not _body(connection, run, part):
            connection.execute(sa.insert(LAID), {"run": run, "part": part, "body": body})
            newest = sa.select(LAID.c.run).distinct().order_by(LAID.c.run.desc()).offset(KEPT).limit(1)
            if (oldest := connection.execute(newest).scalar()) is not None:
                connection.execute(sa.delete(LAID).where(LAID.c.run <= oldest))
