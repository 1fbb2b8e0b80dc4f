# SPDX-License-Identifier: Apache-2.0
"""The tables of what runs found and of what the law makes of it."""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.tables.shape import AT, HASH, ID, OWN, body

HELD = sa.Table(
    "held",
    OWN,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("exposure", ID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("first_run", sa.Integer, nullable=False),
    sa.Column("last_run", sa.Integer, nullable=False),
    sa.Column("kind", ID, nullable=False),
    sa.Column("asset_id", ID, nullable=False),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("product", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("meaning", sa.String(16), nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("first_seen", AT, nullable=False),
    sa.Column("last_seen", AT, nullable=False),
    sa.Column("aside", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("sha256", HASH, nullable=False),
    sa.Index("held_by_exposure", "exposure", "number", "first_run", unique=True),
    sa.Index("held_by_asset", "asset_id"),
)
"""Exposures as runs found them, before anything that people decided: a row counts for the runs (by their `seq`) from
`first_run` to `last_run`, so that what does not change is written once. `number` is 0 for what counts; what was set aside for
several reasons stands there once for each. `kind` is what the law can tell of it (`kinds`), `aside` the reason for which it does
not count or empty, `words` what a search looks in, `sha256` that of its evidence."""
EVIDENCE = sa.Table(
    "evidence",
    OWN,
    sa.Column("row", sa.Integer, sa.ForeignKey("held.row"), primary_key=True, autoincrement=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""By row of `held`, the struct Exposure in MessagePack, packed with zstd; apart, so that what is searched stays small."""
ASSETS = sa.Table(
    "assets",
    OWN,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("first_run", sa.Integer, nullable=False),
    sa.Column("last_run", sa.Integer, nullable=False),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("newest", AT, nullable=False),
    sa.Column("gaps", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("sha256", HASH, nullable=False),
    body(),
    sa.Index("assets_by_id", "id", "first_run", unique=True),
)
"""What was looked at of each asset: `body` is the struct AssetCoverage as JSON, `gaps` how many kinds of its evidence are
missing, stale or not whole, `words` its names for a search. Those of purchases are here as well, with nothing looked at."""
SOURCES = sa.Table(
    "sources",
    OWN,
    sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", ID, nullable=False),
    sa.Column("first_run", sa.Integer, nullable=False),
    sa.Column("last_run", sa.Integer, nullable=False),
    sa.Column("sha256", HASH, nullable=False),
    sa.Column("is_fault", sa.Boolean, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    body(),
    sa.Index("sources_by_id", "id", "first_run", unique=True),
)
"""What runs read, and by ids of their own what they could not: `body` is the struct Source or Skip as JSON."""
TOLD_BY_RUNS = sa.Table(
    "told_by_runs",
    OWN,
    sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
    body(),
    sa.Column("indicators", sa.LargeBinary, nullable=False),
)
"""What a run says of all that it read: `body` is the struct RunTold as JSON, `indicators` those that it met, packed."""
LAID = sa.Table(
    "laid",
    OWN,
    sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("part", sa.String(16), primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""Runs as columns (`laying`), packed: what is in the tables above, as lists need it; what is not there is made again."""
VIEWS = sa.Table(
    "views",
    OWN,
    sa.Column("id", HASH, primary_key=True),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("as_of", AT, nullable=False),
    sa.Column("known_on", AT, nullable=False),
    sa.Column("made_at", AT, nullable=False),
    sa.Column("used_at", AT, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("views_by_use", "used_at"),
)
"""What the law makes of a run on a day; `id` is the digest of all that decides it, `summary` counts as JSON, `body` the struct
Law in MessagePack, packed: a row for each kind, obligations and questions."""
TRENDS = sa.Table("trends", OWN, sa.Column("id", HASH, primary_key=True), body())
"""How it stood after each of some runs, which `id` is the digest of; `body` is a list of the struct Progress as JSON."""
