# SPDX-License-Identifier: Apache-2.0
"""What all tables of the portfolio are made with."""

from __future__ import annotations

import sqlalchemy as sa

COMMON, OWN = sa.MetaData(), sa.MetaData()
"""The tables of the database that all organisations share, and those that each has of its own."""
FOREVER = 2**31 - 1
"""Last run of what is still there."""
ID, AT, HASH = sa.String(64), sa.String(40), sa.String(64)


def body(name: str = "body") -> sa.Column[str]:
    """Give the column of a struct as text."""
    return sa.Column(name, sa.Text, nullable=False)
