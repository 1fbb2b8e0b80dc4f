# SPDX-License-Identifier: Apache-2.0
"""The log as the ledger holds it: entries are added at its end, and read by their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.store import chain
from debar.store.tables import LOG

if TYPE_CHECKING:
    from debar.store.chain import Entry


def add(connection: sa.Connection, at: str, kind: str, body: str) -> Entry:
    """Add an entry behind the last one, within the transaction of a writer, and give it."""
    last = connection.execute(sa.select(LOG).order_by(LOG.c.seq.desc()).limit(1)).first()
    entry = chain.entry(chain.Entry(*last) if last else None, at, kind, body)
    connection.execute(sa.insert(LOG), entry._asdict())
    return entry


def newest(connection: sa.Connection, kind: str) -> str:
    """Give what the newest entry of a kind says; nothing where there is none."""
    query = sa.select(LOG.c.body).where(LOG.c.kind == kind).order_by(LOG.c.seq.desc()).limit(1)
    return str(connection.execute(query).scalar() or "")
