# SPDX-License-Identifier: Apache-2.0
"""The tables of whom to tell what, and of whom a change of the register hit."""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.tables.shape import AT, HASH, ID, OWN, body

HOOKS = sa.Table(
    "hooks",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("to", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("events", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("heard", sa.Integer, nullable=False),
    sa.Column("looked_at", AT, nullable=False),
)
"""Whom to tell: addresses of the web and of mail. `heard` is the last entry of the log that became messages, `looked_at` the
instant at which it was looked whether something is due, or has failed."""
TOLD = sa.Table(
    "told",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("hook", ID, sa.ForeignKey("hooks.id"), nullable=False),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("next_at", AT, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    body(),
    sa.Index("told_by_state", "state", "next_at"),
)
"""What is to be told to whom, and what came of it."""
HITS = sa.Table(
    "newly",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("at", AT, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("exposures", sa.Integer, nullable=False),
    body(),
)
"""Who was newly hit by a change of the register: measures, kinds and counts, as JSON."""
LOOKED = sa.Table(
    "looked",
    OWN,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", HASH, nullable=False),
    sa.Column("as_of", AT, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""One row: what the register reached when it was last looked at; `state` is the digest of that register, `version` its name,
`as_of` the day asked about, `body` the struct Reach, packed."""
