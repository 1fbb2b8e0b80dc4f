# SPDX-License-Identifier: Apache-2.0
"""The tables of the portfolio, as statements speak of them; `migrations` makes them.

There are two kinds of databases. One (`COMMON`) knows who there is and what is to be done. Each organisation has one of its
own (`OWN`), beside the tables of its history (`debar.store.tables`): a connection to it can see no other organisation.
"""

from __future__ import annotations

import sqlalchemy as sa

from debar.portfolio.shared_tables import (
    ANSWERED,
    AUDIT,
    JOBS,
    KEYS,
    LIMITS,
    MEMBERS,
    PERSONS,
    SESSIONS,
    SETTINGS,
    TENANTS,
)
from debar.portfolio.tables_found import (
    ASSETS,
    AT,
    COMMON,
    EVIDENCE,
    FOREVER,
    HASH,
    HELD,
    ID,
    LAID,
    OWN,
    SOURCES,
    TOLD_BY_RUNS,
    TRENDS,
    VIEWS,
    body,
)

__all__ = [
    "ADDED",
    "ANSWERED",
    "ASKED",
    "ASSETS",
    "AUDIT",
    "CHOSEN",
    "COMMON",
    "EVIDENCE",
    "FOLDERS",
    "FOREVER",
    "HELD",
    "HITS",
    "HOOKS",
    "JOBS",
    "KEYS",
    "LAID",
    "LIMITS",
    "LOOKED",
    "MEMBERS",
    "OWN",
    "PAPERS",
    "PERSONS",
    "PLANS",
    "PROOFS",
    "RAN",
    "READ",
    "READINGS",
    "RECORDS",
    "REMARKS",
    "SESSIONS",
    "SETTINGS",
    "SOURCES",
    "TENANTS",
    "TOLD",
    "TOLD_BY_RUNS",
    "TRENDS",
    "UPLOADS",
    "VIEWS",
]

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
