# SPDX-License-Identifier: Apache-2.0
"""The first schema: runs, what they met and looked at, decisions, obligations, and the log that chains them.

A step is written out and imports no table of today: it must make tomorrow what it made when it was new.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
_HASH, _ID, _DAY = sa.String(64), sa.String(64), sa.String(40)


def upgrade() -> None:
    """Make every table."""
    _make_runs()
    _make_evidence()
    _make_law()
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _DAY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", _HASH, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
    )


def downgrade() -> None:
    """Refuse: what was kept is never given up."""
    raise NotImplementedError


def _make_runs() -> None:
    op.create_table(
        "files",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("sha256", _HASH, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", _ID, nullable=False, unique=True),
        sa.Column("kept_at", _DAY, nullable=False),
        sa.Column("as_of", _DAY, nullable=False),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        sa.Column("looks", _HASH, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_evidence() -> None:
    op.create_table(
        "exposures",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("asset", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "sightings",
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
        sa.Column("exposure", _ID, sa.ForeignKey("exposures.id"), primary_key=True),
        sa.Column("is_set_aside", sa.Boolean, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("statuses", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
    )
    op.create_index("sightings_of_exposure", "sightings", ["exposure"])
    op.create_table(
        "looks",
        sa.Column("sha256", _HASH, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("asset", sa.Text, nullable=False),
        sa.Column("media", sa.Text, nullable=False),
    )


def _make_law() -> None:
    op.create_table(
        "decisions",
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
        sa.Column("id", _ID, primary_key=True),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("expires", _DAY, nullable=False),
        sa.Column("exposures", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "obligations",
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
        sa.Column("id", _ID, primary_key=True),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("due", _DAY, nullable=True),
        sa.Column("force", sa.String(16), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("exposures", sa.Integer, nullable=False),
    )
