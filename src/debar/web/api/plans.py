# SPDX-License-Identifier: Apache-2.0
"""Plans: the order in which what was found is removed, made by a worker and moved by people."""

from __future__ import annotations

import msgspec

from debar.model.deeds import Planned, PlanRow
from debar.model.portfolio import Job, Page
from debar.portfolio import plans
from debar.web.api.declared import Begun, Operations, Paging
from debar.web.here import Here, Reading, Working


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a plan."""

    begins: str = ""
    """First day on which work is done; the day that is asked about where none is named."""
    deadline: str = ""
    """Day by which all is done; those of the law where none is named."""
    capacity: int | None = None
    """Visits of machines on one working day; null for as many as there are."""
    capacities: tuple[int, ...] = ()
    """Others that are tried, to see what they would come to."""
    healthy_within: int = 30
    """Days within which a replacement has to have been seen at work."""


class Pins(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that are put on another day."""

    steps: tuple[str, ...]
    """Ids of steps; the others keep their distance to the first."""
    day: str
    """Of the first of them."""
    version: int | None = None
    """Of the plan that whoever asks has seen."""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that might be put on another day."""

    steps: tuple[str, ...]
    """Ids of steps; the others keep their distance to the first."""
    day: str
    """Of the first of them."""


class Unpins(msgspec.Struct, frozen=True, kw_only=True):
    """Steps that are put back."""

    steps: tuple[str, ...] = ()
    """Ids of steps; all where none is named."""
    version: int | None = None
    """Of the plan that whoever asks has seen."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/plans")
    def list_plans(here: Reading, page: Paging) -> Page[PlanRow]:
        """List the plans that were made, the newest first."""
        return plans.listed(here.estate, here.clock, **page.place)

    @operations.post("/plans", status=202, gives=Job, has_days=True)
    def make_plan(here: Working, sent: Wishes) -> Begun:
        """Have a plan made of what is there on the day."""
        wishes = msgspec.structs.asdict(sent)
        return Begun(plans.make(here.portfolio, here.estate, here.clock, **wishes))

    @operations.get("/plans/{plan}", has_days=False)
    def read_plan(here: Reading, plan: str) -> Planned:
        """Give a plan as people have moved it, and what would be unprotected, late or crowded by that."""
        return plans.one(here.estate, plan)

    @operations.get("/plans/{plan}/moved", has_days=False)
    def preview_move(here: Reading, plan: str, asked: Move) -> Planned:
        """Give a plan as it would be with steps on another day, and what would come of that; nothing is kept."""
        return plans.would(here.estate, plan, asked.steps, asked.day)

    def now(here: Here, plan: str) -> Planned:
        return plans.one(here.estate, plan)

    @operations.post("/plans/{plan}/pin", status=200, current=now)
    def pin_steps(here: Working, plan: str, sent: Pins) -> Planned:
        """Put steps on another day, and say what comes of that."""
        return plans.pin(here.estate, plan, sent.steps, sent.day, version=sent.version)

    @operations.post("/plans/{plan}/unpin", status=200, current=now)
    def unpin_steps(here: Working, plan: str, sent: Unpins) -> Planned:
        """Put steps back on the days on which the plan has them."""
        return plans.unpin(here.estate, plan, sent.steps, version=sent.version)
