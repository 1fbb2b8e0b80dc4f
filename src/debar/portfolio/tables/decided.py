# SPDX-License-Identifier: Apache-2.0
"""The tables of what people decided, wrote and made of what was found: decisions, remarks, records, plans and proofs."""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.tables.shape import AT, HASH, ID, OWN, body

ASKED = sa.Table(
    "asked",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("requester", sa.Text, nullable=False),
    sa.Column("requested_at", AT, nullable=False),
    sa.Column("approver", sa.Text, nullable=False),
    sa.Column("answered_at", AT, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("expires", AT, nullable=False),
    body(),
    sa.Column("request", ID, nullable=False, server_default=""),
    sa.Column("behind", sa.Text, nullable=False, server_default=""),
    sa.Column("verdict", sa.String(32), nullable=False, server_default=""),
    sa.Column("ends", AT, nullable=False, server_default=""),
    sa.Column("ended_at", AT, nullable=False, server_default=""),
    sa.Column("ended_by", sa.Text, nullable=False, server_default=""),
    sa.CheckConstraint("requester <> ''", name="asked_by_somebody"),
    sa.CheckConstraint("state IN ('asked', 'approved', 'refused', 'withdrawn')", name="asked_has_state"),
    sa.CheckConstraint(
        "approver = '' OR (approver <> requester AND approver <> behind AND substr(approver, 1, 4) <> 'key:')",
        name="asked_of_another_person",
    ),
    sa.CheckConstraint(
        "state NOT IN ('approved', 'refused') OR approver <> '' OR verdict = 'confirmed'", name="asked_and_answered"
    ),
    sa.Index("asked_by_state", "state", "requested_at"),
    sa.Index("asked_by_request", "request"),
)
"""Decisions that were asked for; `body` is the struct Decision as JSON. What was asked for together has the same `request`;
`behind` is the person who asked through a key. `ends` is the last day of one that was ended before it expired."""
REMARKS = sa.Table(
    "remarks",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("exposure", ID, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("remarks_of_exposure", "exposure", "at"),
)
RECORDS = sa.Table(
    "records",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    body(),
)
"""What people put on record of duties; `body` is the struct Record as JSON."""
PLANS = sa.Table(
    "plans",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("wishes", sa.Text, nullable=False),
    sa.Column("pins", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""Plans that were made: `wishes` is the struct PlanAsked as JSON, `body` the struct Plan, packed; `pins` are the days on which
people put steps, by their ids, as JSON, and `version` counts how often they did."""
PROOFS = sa.Table(
    "proofs",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("sha256", HASH, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    body(),
)
"""Proofs that were made: files of the lake by their hash, and what was proven as JSON; `number` is
their place in the series."""
