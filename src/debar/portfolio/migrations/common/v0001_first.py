# SPDX-License-Identifier: Apache-2.0
"""The first schema of what all organisations share: who there is, what they may, and what is to be done.

A step is written out and imports no table of today: it must make tomorrow what it made when it was new.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _make_answered()
    _make_audit()
    _make_limits()
    _make_organisations()
    _make_persons()
    _make_settings()
    _make_jobs()
    _make_keys()
    _make_members()
    _make_sessions()


def downgrade() -> None:
    """Refuse: what was kept is never given up."""
    raise NotImplementedError


def _make_answered() -> None:
    op.create_table(
        "answered",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
    )
    op.create_index("audit_of_organisation", "audit", ["organisation", "seq"])


def _make_limits() -> None:
    op.create_table(
        "limits",
        sa.Column("what", sa.String(200), primary_key=True),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _make_organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )


def _make_persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("is_operator", sa.Boolean, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
    )
    op.create_index(
        "persons_by_subject",
        "persons",
        ["issuer", "subject"],
        unique=True,
        sqlite_where=sa.column("issuer") != "",
        postgresql_where=sa.column("issuer") != "",
    )


def _make_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("organisation", sa.String(64), sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("ended_at", sa.String(40), nullable=False),
        sa.Column("held_by", sa.Text, nullable=False),
        sa.Column("held_until", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("done", sa.BigInteger, nullable=False),
        sa.Column("of", sa.BigInteger, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("order", sa.BigInteger, nullable=False),
    )
    op.create_index("jobs_by_state", "jobs", ["state", "order"])
    op.create_index("jobs_of_organisation", "jobs", ["organisation", "order"])


def _make_keys() -> None:
    op.create_table(
        "keys",
        sa.Column("prefix", sa.String(24), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("organisation", sa.String(64), sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("expires", sa.String(40), nullable=False),
        sa.Column("last_used", sa.String(40), nullable=False),
        sa.Column("revoked_at", sa.String(40), nullable=False),
    )


def _make_members() -> None:
    op.create_table(
        "members",
        sa.Column("person", sa.String(64), sa.ForeignKey("persons.id"), primary_key=True),
        sa.Column("organisation", sa.String(64), sa.ForeignKey("organisations.id"), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("persons.id"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("seen_at", sa.String(40), nullable=False),
        sa.Column("expires", sa.String(40), nullable=False),
    )
