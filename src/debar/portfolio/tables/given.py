# SPDX-License-Identifier: Apache-2.0
"""The tables of what an organisation gave to be read: files, folders, papers, and what it adds to the register."""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.tables.shape import AT, HASH, ID, OWN, body

UPLOADS = sa.Table(
    "uploads",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("sha256", HASH, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_by", sa.Text, nullable=False),
    sa.Column("added_at", AT, nullable=False),
    sa.Column("removed_at", AT, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("observations", sa.BigInteger, nullable=False),
    sa.Column("skips", sa.Integer, nullable=False),
    sa.Column("fault", sa.Text, nullable=False),
    sa.Index("uploads_by_name", "removed_at", "name"),
)
FOLDERS = sa.Table(
    "folders",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("every", sa.Integer, nullable=False),
    sa.Column("next_at", AT, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("is_active", sa.Boolean, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
)
"""Folders of the server that are looked through again and again; `every` in minutes."""
READINGS = sa.Table(
    "readings",
    OWN,
    sa.Column("id", ID, primary_key=True),
    sa.Column("sha256", HASH, nullable=False),
    sa.Column("state", HASH, nullable=False),
    sa.Column("file", HASH, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Index("readings_by_content", "sha256", "state"),
)
"""What files said: `sha256` is that of the file, `state` the digest of all else that decides what it says, `file` the name of
what is kept in the lake, `told` the struct Heard as JSON."""
RAN = sa.Table(
    "ran",
    OWN,
    sa.Column("state", HASH, primary_key=True),
    sa.Column("run", sa.Integer, nullable=False),
    sa.Column("at", AT, nullable=False),
    body(),
)
"""From what runs were made: `state` is the digest of all that decides a run, `body` the ids of its uploads as JSON."""
PAPERS = sa.Table(
    "papers",
    OWN,
    sa.Column("sha256", HASH, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_by", sa.Text, nullable=False),
    sa.Column("added_at", AT, nullable=False),
    sa.Column("removed_at", AT, nullable=False, server_default=""),
)
"""Notices and news that were uploaded to be read, and papers that prove decisions and records."""
READ = sa.Table(
    "read_papers",
    OWN,
    sa.Column("state", HASH, primary_key=True),
    sa.Column("at", AT, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
"""What papers say together: `state` is the digest of all that decides it, `body` the struct Reading, packed."""
CHOSEN = sa.Table(
    "chosen",
    OWN,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("story", ID, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    body(),
)
"""Choices of people about lines of drafts; `body` is the struct Chosen as JSON."""
ADDED = sa.Table(
    "added",
    OWN,
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("sha256", HASH, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    body(),
)
"""Files that the organisation adds to the register: their paths inside of it, and their texts."""
