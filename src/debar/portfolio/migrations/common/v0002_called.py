# SPDX-License-Identifier: Apache-2.0
"""What an organisation calls its members: whoever adds somebody by an address learns nothing of an account that was there.

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
    """Add the column; those who are members already keep the name of their account."""
    op.add_column("members", sa.Column("name", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Refuse: what was kept is never given up."""
    raise NotImplementedError
