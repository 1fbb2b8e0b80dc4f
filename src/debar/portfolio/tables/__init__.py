# SPDX-License-Identifier: Apache-2.0
"""The tables of the portfolio, as statements speak of them; `migrations` makes them.

There are two kinds of databases. One (`COMMON`) knows who there is and what is to be done. Each organisation has one of its
own (`OWN`), beside the tables of its history (`debar.store.tables`): a connection to it can see no other organisation.
"""

from debar.portfolio.tables.common import (
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
from debar.portfolio.tables.decided import ASKED, PLANS, PROOFS, RECORDS, REMARKS
from debar.portfolio.tables.found import ASSETS, EVIDENCE, HELD, LAID, SOURCES, TOLD_BY_RUNS, TRENDS, VIEWS
from debar.portfolio.tables.given import ADDED, CHOSEN, FOLDERS, PAPERS, RAN, READ, READINGS, UPLOADS
from debar.portfolio.tables.shape import COMMON, FOREVER, OWN
from debar.portfolio.tables.told import HITS, HOOKS, LOOKED, TOLD

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
