# SPDX-License-Identifier: Apache-2.0
"""Promises about plans that people move: what is late, bare or out of order then is told, and nothing else is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import acted
import pytest
from acted import CLOCK

import staffed
import worked
from debar.errors import ConflictError, ForbiddenError, NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.vocab import Task
from debar.model.vocab.portfolio import Role
from debar.obligations.organisation import organisation
from debar.planning.plan import Wishes, plan
from debar.portfolio import jobs, plans, reports, tenants
from debar.portfolio.register_of import register_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.deeds import Planned
    from debar.model.results import Step
    from debar.portfolio.databases import Portfolio


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """Give a portfolio of a federal agency."""
    folder: Path = tmp_path_factory.mktemp("planned")
    with acted.found(folder) as found:
        admin = acted.admin(found)
        tenants.set_facts(found, admin, organisation("us/federal-agency"), register_of(admin))
        yield found


def made(portfolio: Portfolio, **wishes: object) -> Planned:
    """Give a new plan."""
    job = plans.make(portfolio, acted.analyst(portfolio), CLOCK, **{"begins": "2024-10-07", **wishes})  # type: ignore[arg-type]
    worked.at_once(portfolio)
    return plans.one(acted.admin(portfolio), jobs.one(portfolio, acted.admin(portfolio), job.id).result)


def steps(planned: Planned, task: Task | None = None) -> list[Step]:
    """Give the steps of a plan, or those that do something."""
    every = [step for wave in planned.plan.waves for step in wave.steps]
    return [step for step in every if task in (None, step.action)]


def test_a_plan_is_the_one_that_the_command_makes_of_the_report(portfolio: Portfolio) -> None:
    """The same report and wishes give the same plan."""
    found = made(portfolio, capacity=2)
    admin = acted.admin(portfolio)
    report = reports.report(admin, CLOCK)
    assert found.plan == plan(report, register_of(admin), Wishes(begins="2024-10-07", capacity=2))
    assert (found.bare, found.disorder, found.crowded, found.idle, found.row.pinned) == ((), (), (), (), 0)


def test_what_is_put_behind_its_deadline_is_late(portfolio: Portfolio) -> None:
    """The plan keeps its wish; a step that somebody drags past it is told as late, by how much, and so is nothing else."""
    found = made(portfolio, deadline="2024-12-31")
    moving = next(step for step in steps(found, Task.REMOVE) if step.exposures and step.due == "2024-12-31")
    assert not any(set(late.exposures) & set(moving.exposures) for late in found.plan.late)
    moved = plans.pin(acted.analyst(portfolio), found.row.id, [moving.id], "2025-01-06")
    mine = [late for late in moved.plan.late if set(late.exposures) & set(moving.exposures)]
    assert [(late.due, late.done, late.asset) for late in mine] == [("2024-12-31", "2025-01-06", moving.asset)]
    others = {step.id: step.on for step in steps(moved) if step.id != moving.id}
    assert others == {step.id: step.on for step in steps(found) if step.id != moving.id}
    back = plans.unpin(acted.analyst(portfolio), found.row.id)
    assert back.plan == found.plan


def test_what_goes_before_its_replacement_stands_bare(portfolio: Portfolio) -> None:
    """A removal that is dragged before what protects the machine then is told with the days between."""
    found = made(portfolio, capacity=1)
    removal = next(step for step in steps(found, Task.REMOVE) if step.after and step.on > "2024-10-08")
    sheltering = [step for step in steps(found) if step.id in removal.after and step.action is Task.CONFIRM_HEALTHY]
    assert sheltering
    moved = plans.pin(acted.analyst(portfolio), found.row.id, [removal.id], "2024-10-07")
    (bare,) = moved.bare
    assert (bare.asset, bare.since, bare.until) == (removal.asset, "2024-10-07", sheltering[0].on)
    assert {one.before for one in moved.disorder if one.step == removal.id} == {step.id for step in sheltering}


def test_a_replacement_that_comes_later_bares_what_waits_for_it_by_others(portfolio: Portfolio) -> None:
    """It stands two steps before the removal; asked what would come of it nothing is kept, and it is what comes of it then."""
    found = made(portfolio, capacity=1)
    first = next(step for step in steps(found, Task.REPLACE_FIRST))
    removal = next(step for step in steps(found, Task.REMOVE) if step.asset == first.asset)
    assert first.id not in removal.after
    would = plans.would(acted.analyst(portfolio), found.row.id, [first.id], "2024-12-02")
    assert {(one.asset, one.until) for one in would.bare} == {(first.asset, "2024-12-02")}
    assert removal.on in {one.since for one in would.bare}
    assert plans.one(acted.analyst(portfolio), found.row.id) == found
    assert plans.pin(acted.analyst(portfolio), found.row.id, [first.id], "2024-12-02").bare == would.bare


def test_several_steps_keep_their_distance_and_skip_days_without_work(portfolio: Portfolio) -> None:
    """A machine that is dragged takes its steps along; none of them falls on a weekend that nobody chose."""
    found = made(portfolio, capacity=1)
    asset = next(step.asset for step in steps(found, Task.REPLACE_FIRST))
    mine = [step.id for step in steps(found) if step.asset == asset]
    moved = plans.pin(acted.analyst(portfolio), found.row.id, mine, "2024-11-08")
    days = sorted(step.on for step in steps(moved) if step.asset == asset)
    assert days[0] == "2024-11-08"  # a Friday
    assert all(day == "2024-11-08" or day >= "2024-11-12" for day in days)  # behind the weekend and Veterans Day
    assert (moved.disorder, moved.bare, moved.row.pinned) == ((), (), len(mine))
    resting = plans.pin(acted.analyst(portfolio), found.row.id, mine[:1], "2024-11-09")
    assert resting.idle == ("2024-11-09",)


def test_a_day_has_as_many_visits_as_there_are_hands_for(portfolio: Portfolio) -> None:
    """Where people put more on a day, it is told."""
    found = made(portfolio, capacity=1)
    removals = {step.asset: step for step in steps(found, Task.REMOVE)}
    for step in removals.values():
        moved = plans.pin(acted.analyst(portfolio), found.row.id, [step.id], "2024-12-02")
    (day,) = [one for one in moved.crowded if one.day == "2024-12-02"]
    assert (day.visits, day.capacity) == (len(removals), 1)


def test_whoever_moves_what_somebody_else_has_moved_hears_so(portfolio: Portfolio) -> None:
    """The version that they saw is not the one that is there any more."""
    found = made(portfolio)
    one = steps(found)[0].id
    plans.pin(acted.analyst(portfolio), found.row.id, [one], "2024-12-02", version=0)
    with pytest.raises(ConflictError, match="meanwhile"):
        plans.pin(acted.approver(portfolio), found.row.id, [one], "2024-12-03", version=0)
    assert plans.pin(acted.approver(portfolio), found.row.id, [one], "2024-12-03", version=1).row.version == 2


def test_what_cannot_be_planned_is_refused(portfolio: Portfolio) -> None:
    """Wishes that cannot be, steps that there are none of, days before the plan, and who may only look."""
    analyst = acted.analyst(portfolio)
    for wishes in (
        {"deadline": "2024-10-01"},
        {"capacity": 0},
        {"capacities": [0]},
        {"capacities": range(1, 40)},
        {"begins": "now"},
        {"healthy_within": -1},
    ):
        with pytest.raises(UsageError):
            made(portfolio, **wishes)
    with pytest.raises(UsageError, match="nothing yet"):
        plans.make(portfolio, analyst, Clock(as_of="2020-01-01"))
    found = made(portfolio)
    with pytest.raises(UsageError, match="no such step"):
        plans.pin(analyst, found.row.id, ["step-none"], "2024-12-02")
    with pytest.raises(UsageError, match="before the plan"):
        plans.pin(analyst, found.row.id, [steps(found)[0].id], "2024-01-01")
    with pytest.raises(NotThereError):
        plans.one(analyst, "pln-none")
    viewer = staffed.estate(portfolio, "alpha", Role.VIEWER)
    with pytest.raises(ForbiddenError):
        plans.pin(viewer, found.row.id, [steps(found)[0].id], "2024-12-02")
    with pytest.raises(ForbiddenError):
        plans.make(portfolio, viewer, CLOCK)
