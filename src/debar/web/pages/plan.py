# SPDX-License-Identifier: Apache-2.0
"""Plan: in which order what must go goes, against its deadlines; moved by hand, with what comes of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from debar.errors import UsageError
from debar.model.results import Step
from debar.portfolio import plans
from debar.web.here import Here, Reading, Working
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.drawn import gantt
from debar.web.pages.sheets import sheet

if TYPE_CHECKING:
    from debar.model.deeds import Planned

router = APIRouter(prefix="/o/{organisation}")
Text = Annotated[str, Form()]
LANES = 40
"""Lanes of one page."""


@router.get("/plan")
@kept
def newest(request: Request, here: Reading) -> HTMLResponse:
    """Show the newest plan, or how to make one."""
    row = plans.newest(here.estate, here.clock)
    return _shown(request, here, plans.one(here.estate, row.id) if row else None)


@router.get("/plan/{plan}")
@kept
def one(request: Request, here: Reading, plan: str) -> HTMLResponse:
    """Show one plan."""
    return _shown(request, here, plans.one(here.estate, plan))


@router.get("/plan/{plan}/steps.csv")
def as_csv(here: Reading, plan: str) -> Response:
    """Give the steps of a plan as a file."""
    planned = plans.one(here.estate, plan)
    return sheet(here, "plan", (step for wave in planned.plan.waves for step in wave.steps), Step)


@router.post("/plan")
def make(
    request: Request, here: Working, begins: Text = "", deadline: Text = "", capacity: Text = ""
) -> RedirectResponse:
    """Have a plan made."""
    visits = _number(capacity) if capacity.strip() else None
    tried = sorted({max(1, visits * times // 2) for times in (1, 3, 4)} - {visits}) if visits else ()
    plans.make(
        here.portfolio, here.estate, here.clock, begins=begins, deadline=deadline, capacity=visits, capacities=tried
    )  # fmt: skip
    return showing.back(request, here, "plan", said="planned")


@router.post("/plan/{plan}/move")
def move(
    request: Request, here: Working, plan: str, steps: Text, day: Text, version: Annotated[int | None, Form()] = None
) -> RedirectResponse:
    """Put work on another day."""
    plans.pin(here.estate, plan, steps.split(), day, version=version)
    return showing.back(request, here, "plan", plan, said="pinned", first=asked.number(request, "first") or "")


@router.get("/plan/{plan}/would")
def would(request: Request, here: Reading, plan: str) -> HTMLResponse:
    """Tell what would come of putting work on another day, before it is kept: a part of the page of the plan."""
    steps, day = asked.text(request, "steps").split(), asked.text(request, "day")
    moved, now = plans.would(here.estate, plan, steps, day), plans.one(here.estate, plan)
    return showing.page(request, here, "would.html", day=day, new=_new(moved, now), settled=_late(now) - _late(moved))


def _new(moved: Planned, now: Planned) -> dict[str, list[Any]]:
    """Give what would be wrong that is not wrong now."""
    late = _late(now)
    return {
        "bare": [one for one in moved.bare if one not in now.bare],
        "disorder": [one for one in moved.disorder if one not in now.disorder],
        "late": [one for one in moved.plan.late if (one.asset, one.due, one.done) not in late],
        "crowded": [one for one in moved.crowded if one not in now.crowded],
        "idle": [one for one in moved.idle if one not in now.idle],
    }


def _late(planned: Planned) -> set[tuple[str, str, str]]:
    return {(one.asset, one.due, one.done) for one in planned.plan.late}


@router.post("/plan/{plan}/back")
def put_back(
    request: Request, here: Working, plan: str, steps: Text = "", version: Annotated[int | None, Form()] = None
) -> RedirectResponse:
    """Put work back on the days on which the plan had it."""
    plans.unpin(here.estate, plan, steps.split(), version=version)
    return showing.back(request, here, "plan", plan, said="unpinned")


def _shown(request: Request, here: Here, planned: Planned | None) -> HTMLResponse:
    rows = gantt.lanes(planned) if planned else []
    first = asked.number(request, "first")
    if first > len(rows):
        raise UsageError("the plan has not so many assets", hint="begin at the first")
    some = rows[first : first + LANES]
    drawn = Markup(gantt.drawn(some, planned.plan.begins, here.clock.as_of)) if planned else ""  # noqa: S704 - escaped there
    return showing.page(
        request, here, "plan.html", section="plan", planned=planned, rows=some, total=len(rows), first=first, lanes=LANES,
        drawn=drawn, earlier=plans.listed(here.estate, here.clock, page_size=8),
    )  # fmt: skip


def _number(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) <= 6):
        raise UsageError(f"{text[:40]!r} is no number of visits", hint="write digits, or leave it empty")
    return int(text)
