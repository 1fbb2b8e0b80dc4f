# SPDX-License-Identifier: Apache-2.0
"""The register as an organisation is asked by it: what it holds, what changed in law, and what the organisation adds."""

from __future__ import annotations

import msgspec

from debar.errors import NotThereError
from debar.model.deeds import Addition, InUse, NewlyTold
from debar.model.measures import Measure
from debar.model.portfolio import Page
from debar.model.vocab import MeasureStatus
from debar.portfolio import additions, laws, newly
from debar.portfolio.register_of import register_of
from debar.register.diff import Difference
from debar.web.api.declared import Operations, Paging
from debar.web.here import Administering, Here, Reading


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """Between which days, and about whom."""

    since: str
    """What changed after this day."""
    until: str
    """Up to the end of this one."""
    party: str = ""
    """Only what is about this party."""
    jurisdiction: str = ""
    """Only measures of this place."""


class NewAddition(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is to be added to the register."""

    text: str
    """YAML, as the register's own files are."""


class NewStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a measure of one's own counts."""

    status: MeasureStatus
    """draft, active or ended."""
    reason: str
    """What the official text says, and where it was read."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/register")
    def read_register(here: Reading) -> InUse:
        """Say which register answers, how old it is, and what is added to it."""
        return laws.in_use(here.estate, here.clock)

    @operations.get("/register/changes", has_days=False)
    def compare_register(here: Reading, asked: Between) -> Difference:
        """Say what changed in law, and became known of it, between two days."""
        return laws.changed(here.estate, asked.since, asked.until, party=asked.party, jurisdiction=asked.jurisdiction)

    @operations.get("/register/measures/{measure}", has_days=False)
    def read_law(here: Reading, measure: str) -> Measure:
        """Give a measure as the register holds it: provisions, citations, dates."""
        found = register_of(here.estate).measures.get(measure)
        if found is None:
            raise NotThereError("the register holds no such measure")
        return found

    @operations.get("/register/hits")
    def list_hits(here: Reading, page: Paging) -> Page[NewlyTold]:
        """List who was newly hit as the register changed, the last change first."""
        return newly.listed(here.estate, here.clock, **page.place)

    @operations.get("/register/hits/{hit}", has_days=False)
    def read_hit(here: Reading, hit: str) -> NewlyTold:
        """Give who was newly hit by one change of the register."""
        return newly.one(here.estate, hit)

    _declare_additions(operations)


def _declare_additions(operations: Operations) -> None:
    @operations.get("/register/additions", has_days=False)
    def list_additions(here: Reading) -> Page[Addition]:
        """List the files that the organisation adds to the register."""
        every = additions.listed(here.estate)
        return Page(items=every, total=len(every))

    @operations.get("/register/additions/{path:path}/reach")
    def reach_of_addition(here: Reading, path: str) -> NewlyTold:
        """Say who would be hit if a draft of one's own counted."""
        return newly.would(here.estate, here.clock, path)

    @operations.get("/register/additions/{path:path}", has_days=False)
    def read_addition(here: Reading, path: str) -> Addition:
        """Give a file that the organisation adds, with its text."""
        return additions.one(here.estate, path)

    def now(here: Here, path: str) -> Addition:
        return additions.one(here.estate, path)

    @operations.put("/register/additions/{path:path}/status", current=now)
    def set_addition_status(here: Administering, path: str, sent: NewStatus) -> Addition:
        """Say that a measure of one's own counts from now on, or no longer does."""
        additions.set_status(here.portfolio, here.estate, path, sent.status, sent.reason)
        return additions.one(here.estate, path)

    @operations.put("/register/additions/{path:path}", current=now)
    def put_addition(here: Administering, path: str, sent: NewAddition) -> Addition:
        """Add a file to the register, or put another in its place; it is checked with the whole."""
        additions.put(here.portfolio, here.estate, {path: sent.text})
        return additions.one(here.estate, path)

    @operations.delete("/register/additions/{path:path}", current=now)
    def remove_addition(here: Administering, path: str) -> None:
        """Take a file out of what is added."""
        additions.remove(here.portfolio, here.estate, path)
