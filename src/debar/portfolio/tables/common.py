# SPDX-License-Identifier: Apache-2.0
"""The tables of the database that all organisations share: who there is, what they may, and what is to be done."""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.tables.shape import AT, COMMON, HASH, ID, body

PERSONS = sa.Table(
    "persons",
    COMMON,
    sa.Column("id", ID, primary_key=True),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("is_operator", sa.Boolean, nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("created_at", AT, nullable=False),
    sa.Index(
        "persons_by_subject",
        "issuer",
        "subject",
        unique=True,
        sqlite_where=sa.column("issuer") != "",
        postgresql_where=sa.column("issuer") != "",
    ),
)
"""Accounts; `password` is an argon2 hash or empty, `issuer` and `subject` are those of a provider of identities or empty."""
TENANTS = sa.Table(
    "organisations",
    COMMON,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", AT, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
)
MEMBERS = sa.Table(
    "members",
    COMMON,
    sa.Column("person", ID, sa.ForeignKey("persons.id"), primary_key=True),
    sa.Column("organisation", ID, sa.ForeignKey("organisations.id"), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
)
"""Who is what where; `name` is what the organisation calls them, or empty for the name of the account."""
KEYS = sa.Table(
    "keys",
    COMMON,
    sa.Column("prefix", sa.String(24), primary_key=True),
    sa.Column("hash", HASH, nullable=False),
    sa.Column("organisation", ID, sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", AT, nullable=False),
    sa.Column("expires", AT, nullable=False),
    sa.Column("last_used", AT, nullable=False),
    sa.Column("revoked_at", AT, nullable=False),
)
SESSIONS = sa.Table(
    "sessions",
    COMMON,
    sa.Column("hash", HASH, primary_key=True),
    sa.Column("person", ID, sa.ForeignKey("persons.id"), nullable=False),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created_at", AT, nullable=False),
    sa.Column("seen_at", AT, nullable=False),
    sa.Column("expires", AT, nullable=False),
)
JOBS = sa.Table(
    "jobs",
    COMMON,
    sa.Column("id", ID, primary_key=True),
    sa.Column("organisation", ID, sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", AT, nullable=False),
    sa.Column("started_at", AT, nullable=False),
    sa.Column("ended_at", AT, nullable=False),
    sa.Column("held_by", sa.Text, nullable=False),
    sa.Column("held_until", AT, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("done", sa.BigInteger, nullable=False),
    sa.Column("of", sa.BigInteger, nullable=False),
    sa.Column("says", sa.Text, nullable=False),
    sa.Column("fault", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("order", sa.BigInteger, nullable=False),
    sa.Index("jobs_by_state", "state", "order"),
    sa.Index("jobs_of_organisation", "organisation", "order"),
)
"""`held_by` names the worker, whose hold runs out at `held_until` unless it says that it still works."""
LIMITS = sa.Table(
    "limits",
    COMMON,
    sa.Column("what", sa.String(200), primary_key=True),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
)
"""How often something was tried in a window of time."""
ANSWERED = sa.Table(
    "answered",
    COMMON,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("request", HASH, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("answer", sa.LargeBinary, nullable=False),
    sa.Column("at", AT, nullable=False),
)
"""Answers to requests with an idempotency key."""
SETTINGS = sa.Table("settings", COMMON, sa.Column("name", sa.String(64), primary_key=True), body())
AUDIT = sa.Table(
    "audit",
    COMMON,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    body(),
    sa.Column("previous", HASH, nullable=False),
    sa.Column("hash", HASH, nullable=False),
    sa.Column("organisation", ID, nullable=False),
    sa.Index("audit_of_organisation", "organisation", "seq"),
)
"""What changed outside of organisations; chained like the log of a history, in which the changes inside stand."""
