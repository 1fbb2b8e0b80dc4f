# SPDX-License-Identifier: Apache-2.0
"""The tables of the ledger, as statements speak of them; `migrations` makes them, and says what was there before.

Every row belongs to a run and is never changed. What became of an exposure is not kept but worked out from the runs
(`course.py`), so a run about an earlier day that is kept later finds its place by itself.
"""

from __future__ import annotations

import sqlalchemy as sa

REVISION = "0001"
"""Of the tables below; the newest of `migrations`."""
_ALL = sa.MetaData()
_HASH, _ID, _DAY = sa.String(64), sa.String(64), sa.String(40)

VERSION = sa.Table("alembic_version", _ALL, sa.Column("version_num", sa.String(32), primary_key=True))
FILES = sa.Table(
    "files",
    _ALL,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("sha256", _HASH, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
)
"""Files of the lake that runs speak of."""
RUNS = sa.Table(
    "runs",
    _ALL,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", _ID, nullable=False, unique=True),
    sa.Column("kept_at", _DAY, nullable=False),
    sa.Column("as_of", _DAY, nullable=False),
    sa.Column("is_complete", sa.Boolean, nullable=False),
    sa.Column("looks", _HASH, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
"""One row for each run; `body` is the struct Run as JSON, `looks` the digest of what it looked at."""
EXPOSURES = sa.Table(
    "exposures",
    _ALL,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("product", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
)
"""Every exposure that any run has ever met."""
SIGHTINGS = sa.Table(
    "sightings",
    _ALL,
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
    sa.Column("exposure", _ID, sa.ForeignKey("exposures.id"), primary_key=True),
    sa.Column("is_set_aside", sa.Boolean, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("statuses", sa.Text, nullable=False),
    sa.Column("media", sa.Text, nullable=False),
    sa.Index("sightings_of_exposure", "exposure"),
)
"""What one run said of one exposure; statuses and media are words between spaces."""
LOOKS = sa.Table(
    "looks",
    _ALL,
    sa.Column("sha256", _HASH, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("media", sa.Text, nullable=False),
)
"""Which kinds of evidence about which assets were read whole; runs that looked at the same share the rows.

Numbered, because a name may be longer than what an index takes."""
DECISIONS = sa.Table(
    "decisions",
    _ALL,
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
    sa.Column("id", _ID, primary_key=True),
    sa.Column("verdict", sa.String(40), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("expires", _DAY, nullable=False),
    sa.Column("exposures", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
"""What people had decided, and what a run made of it; `body` is the struct Decision as JSON."""
OBLIGATIONS = sa.Table(
    "obligations",
    _ALL,
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.seq"), primary_key=True),
    sa.Column("id", _ID, primary_key=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("due", _DAY, nullable=True),
    sa.Column("force", sa.String(16), nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("exposures", sa.Integer, nullable=False),
)
"""What was to be done by when, as a run saw it."""
LOG = sa.Table(
    "log",
    _ALL,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", _DAY, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("previous", _HASH, nullable=False),
    sa.Column("hash", _HASH, nullable=False),
)
"""What was kept, in order; each entry holds the hash of the one before."""
OF_RUNS = (SIGHTINGS, DECISIONS, OBLIGATIONS)
"""Tables whose rows belong to one run."""
