# SPDX-License-Identifier: Apache-2.0
"""The first schema of what belongs to one organisation, beside the tables of its history.

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
    _make_added()
    _make_asked()
    _make_assets()
    _make_chosen()
    _make_folders()
    _make_held()
    _make_hooks()
    _make_looked()
    _make_newly()
    _make_papers()
    _make_plans()
    _make_proofs()
    _make_ran()
    _make_read_papers()
    _make_readings()
    _make_records()
    _make_remarks()
    _make_sources()
    _make_told_by_runs()
    _make_trends()
    _make_uploads()
    _make_views()
    _make_evidence()
    _make_told()


def downgrade() -> None:
    """Refuse: what was kept is never given up."""
    raise NotImplementedError


def _make_added() -> None:
    op.create_table(
        "added",
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_asked() -> None:
    op.create_table(
        "asked",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requester", sa.Text, nullable=False),
        sa.Column("requested_at", sa.String(40), nullable=False),
        sa.Column("approver", sa.Text, nullable=False),
        sa.Column("answered_at", sa.String(40), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("expires", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("request", sa.String(64), nullable=False, server_default=""),
        sa.Column("behind", sa.Text, nullable=False, server_default=""),
        sa.Column("verdict", sa.String(32), nullable=False, server_default=""),
        sa.Column("ends", sa.String(40), nullable=False, server_default=""),
        sa.Column("ended_at", sa.String(40), nullable=False, server_default=""),
        sa.Column("ended_by", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'refused') OR approver <> '' OR verdict = 'confirmed'", name="asked_and_answered"
        ),
        sa.CheckConstraint("requester <> ''", name="asked_by_somebody"),
        sa.CheckConstraint("state IN ('asked', 'approved', 'refused', 'withdrawn')", name="asked_has_state"),
        sa.CheckConstraint(
            "approver = '' OR (approver <> requester AND approver <> behind AND substr(approver, 1, 4) <> 'key:')",
            name="asked_of_another_person",
        ),
    )
    op.create_index("asked_by_request", "asked", ["request"])
    op.create_index("asked_by_state", "asked", ["state", "requested_at"])


def _make_assets() -> None:
    op.create_table(
        "assets",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.Column("last_run", sa.Integer, nullable=False),
        sa.Column("asset", sa.Text, nullable=False),
        sa.Column("newest", sa.String(40), nullable=False),
        sa.Column("gaps", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("assets_by_id", "assets", ["id", "first_run"], unique=True)


def _make_chosen() -> None:
    op.create_table(
        "chosen",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("story", sa.String(64), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_folders() -> None:
    op.create_table(
        "folders",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        sa.Column("next_at", sa.String(40), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )


def _make_held() -> None:
    op.create_table(
        "held",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("exposure", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.Column("last_run", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.String(64), nullable=False),
        sa.Column("asset", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("meaning", sa.String(16), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("first_seen", sa.String(40), nullable=False),
        sa.Column("last_seen", sa.String(40), nullable=False),
        sa.Column("aside", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_index("held_by_asset", "held", ["asset_id"])
    op.create_index("held_by_exposure", "held", ["exposure", "number", "first_run"], unique=True)


def _make_hooks() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("to", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.Column("looked_at", sa.String(40), nullable=False),
    )


def _make_looked() -> None:
    op.create_table(
        "looked",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("as_of", sa.String(40), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def _make_newly() -> None:
    op.create_table(
        "newly",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("exposures", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
        sa.Column("removed_at", sa.String(40), nullable=False, server_default=""),
    )


def _make_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("wishes", sa.Text, nullable=False),
        sa.Column("pins", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def _make_proofs() -> None:
    op.create_table(
        "proofs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False, unique=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_ran() -> None:
    op.create_table(
        "ran",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_read_papers() -> None:
    op.create_table(
        "read_papers",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def _make_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("told", sa.Text, nullable=False),
    )
    op.create_index("readings_by_content", "readings", ["sha256", "state"])


def _make_records() -> None:
    op.create_table(
        "records",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_remarks() -> None:
    op.create_table(
        "remarks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("exposure", sa.String(64), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("remarks_of_exposure", "remarks", ["exposure", "at"])


def _make_sources() -> None:
    op.create_table(
        "sources",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.Column("last_run", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("is_fault", sa.Boolean, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("sources_by_id", "sources", ["id", "first_run"], unique=True)


def _make_told_by_runs() -> None:
    op.create_table(
        "told_by_runs",
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("indicators", sa.LargeBinary, nullable=False),
    )


def _make_trends() -> None:
    op.create_table(
        "trends",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
        sa.Column("removed_at", sa.String(40), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("observations", sa.BigInteger, nullable=False),
        sa.Column("skips", sa.Integer, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
    )
    op.create_index("uploads_by_name", "uploads", ["removed_at", "name"])


def _make_views() -> None:
    op.create_table(
        "views",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("as_of", sa.String(40), nullable=False),
        sa.Column("known_on", sa.String(40), nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("used_at", sa.String(40), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("views_by_use", "views", ["used_at"])


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("row", sa.Integer, sa.ForeignKey("held.row"), primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def _make_told() -> None:
    op.create_table(
        "told",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("hook", sa.String(64), sa.ForeignKey("hooks.id"), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("next_at", sa.String(40), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("told_by_state", "told", ["state", "next_at"])
