# SPDX-License-Identifier: Apache-2.0
"""Runs as columns: kept as they are held in memory, so that the first look after a start has nothing to sort.

A step is written out and imports no table of today: it must make tomorrow what it made when it was new.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it is filled as runs are looked at."""
    op.create_table(
        "laid",
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.String(16), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
