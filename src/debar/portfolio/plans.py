# SPDX-License-Identifier: Apache-2.0
"""Plans: ordered by a worker from the report that a clock means, kept, and moved by people who see what that does."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, NotThereError, UsageError
from debar.holidays import days_off
from debar.model.deeds import PlanAsked, Planned, PlanRow
from debar.model.portfolio import Clock
from debar.model.results import Plan
from debar.model.vocab.portfolio import JobKind, Permission
from debar.planning.plan import Wishes, plan
from debar.portfolio import jobs, moving, paging, reports, views
from debar.portfolio.blobs import pack, unpack
from debar.portfolio.given import is_known
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import PLANS
from debar.portfolio.wording import day as day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from debar.model.portfolio import Job, Page
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.moving import DaysOff

_TRIED = 20
"""Capacities that are tried at most."""
_MOST = 100_000
"""Visits on one day, and days, beyond which nobody means it."""
_HELD = 4
"""Plans at hand."""


def make(  # noqa: PLR0913 - what is asked of a plan, each named by whoever asks
    portfolio: Portfolio,
    estate: Estate,
    clock: Clock,
    *,
    begins: str = "",
    deadline: str = "",
    capacity: int | None = None,
    capacities: Collection[int] = (),
    healthy_within: int = 30,
) -> Job:
    """Have a plan made of what a clock means; UsageError for wishes that cannot be, and before anything was found."""
    estate.needs(Permission.WORK)
    asked = PlanAsked(
        as_of=clock.as_of,
        known_on=clock.known_on,
        begins=day_of(begins or clock.as_of[:10], "begins"),
        deadline=day_of(deadline, "deadline") if deadline else "",
        capacity=capacity,
        capacities=tuple(sorted(set(capacities))),
        healthy_within=healthy_within,
        by=estate.caller.id,
    )
    if asked.deadline and asked.deadline < asked.begins:
        raise UsageError(f"deadline: {asked.deadline} lies before the first day, {asked.begins}")
    numbers = [*asked.capacities, healthy_within + 1, *([capacity] if capacity is not None else [])]
    if len(asked.capacities) > _TRIED or not all(1 <= number <= _MOST for number in numbers):
        raise UsageError("a plan has 1 or more visits a day", hint=f"and tries at most {_TRIED} capacities")
    if views.view(estate, clock).run is None:
        raise UsageError("there is nothing yet to plan", hint="upload a source, or ask about a later day")
    return jobs.add(portfolio, estate, JobKind.PLAN, msgspec.json.encode(asked).decode())


def work(_portfolio: object, estate: Estate, about: str, told: Callable[[int, int, str], None]) -> tuple[str, str]:
    """Make a plan, and keep it; give (its id, what it came to)."""
    asked = msgspec.json.decode(about, type=PlanAsked)
    told(0, 2, "putting together what was found")
    report = reports.report(estate, asked.clock)
    wishes = Wishes(
        begins=asked.begins,
        deadline=asked.deadline,
        capacity=asked.capacity,
        capacities=asked.capacities,
        healthy_within=asked.healthy_within,
    )
    told(1, 2, "ordering it")
    made = plan(report, register_of(estate), wishes)
    id_ = f"pln-{secrets.token_hex(8)}"
    row = {"id": id_, "by": asked.by, "at": dates.present(), "wishes": about, "pins": "{}", "version": 0}
    with estate.writing() as connection:
        connection.execute(sa.insert(PLANS), {**row, "body": pack(made)})
        estate.log(connection, "plan.made", id_, {"for": asked.by, "begins": asked.begins, "deadline": asked.deadline})
    steps = sum(len(wave.steps) for wave in made.waves)
    return id_, f"{steps:,} steps in {len(made.waves)} waves, {len(made.late)} assets late"


def listed(estate: Estate, clock: Clock, *, page_token: str = "", page_size: int = paging.USUAL) -> Page[PlanRow]:
    """Give the plans that were made by the day of knowledge, the newest first."""
    columns = [column for column in PLANS.c if column.name != "body"]
    query = sa.select(*columns).order_by(PLANS.c.at.desc(), PLANS.c.id)
    with estate.reading() as connection:
        found = [_row(row) for row in connection.execute(query) if is_known(row.at, clock.known_on)]
    wanted = paging.asked(("plans",), clock.known_on, page_token, page_size)
    places = {one.id: place for place, one in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda row: row.id, places.get)


def newest(estate: Estate, clock: Clock) -> PlanRow | None:
    """Give the plan that was made last; nothing where there is none."""
    return next(iter(listed(estate, clock, page_size=1).items), None)


def one(estate: Estate, id_: str) -> Planned:
    """Give a plan as people have moved it, and what comes of that; NotThereError for none."""
    return _planned(estate, *_known(estate, id_))


def would(estate: Estate, id_: str, steps: Collection[str], day: str) -> Planned:
    """Give a plan as it would be with some steps on a day, and what would come of that; nothing is kept. Raises as `pin` does."""
    row, made, pins = _known(estate, id_)
    return _planned(estate, row, made, _put(estate, made, pins, steps, day))


def _planned(estate: Estate, row: PlanRow, made: Plan, pins: dict[str, str]) -> Planned:
    moved, effects = moving.moved(made, pins, _off(estate, made))
    with estate.reading() as connection:
        run = views.meant(connection, row.asked.clock)
        later = views.meant(connection, Clock(as_of=dates.present()[:10]))
    return Planned(
        row=row,
        plan=moved,
        bare=effects.bare,
        disorder=effects.disorder,
        crowded=effects.crowded,
        idle=effects.idle,
        is_current=run is not None and (later is None or later.kept_at <= row.at),
    )


def pin(estate: Estate, id_: str, steps: Collection[str], day: str, *, version: int | None = None) -> Planned:
    """Put the first of some steps on a day, the others of them at their distance behind it, and give what comes of it.

    Raises UsageError for steps that the plan has not, and for a day before it begins; ConflictError where somebody else has
    moved it since the `version` that whoever asks has seen.
    """
    estate.needs(Permission.WORK)
    row, made, pins = _known(estate, id_)
    _keep(estate, row, _put(estate, made, pins, steps, day), version, f"to {day}")
    return one(estate, id_)


def _put(estate: Estate, made: Plan, pins: dict[str, str], steps: Collection[str], day: str) -> dict[str, str]:
    """Give where every step is once some of them are put on a day."""
    known = {step.id for wave in made.waves for step in wave.steps}
    if not steps or not set(steps) <= known:
        raise UsageError("the plan has no such step", hint="look at it again")
    if day_of(day, "day") < made.begins:
        raise UsageError(f"{day} lies before the plan begins, on {made.begins}", hint="make a plan that begins earlier")
    return moving.put(made, pins, frozenset(steps), day, _off(estate, made))


def unpin(estate: Estate, id_: str, steps: Collection[str] = (), *, version: int | None = None) -> Planned:
    """Put steps back on the days on which the plan has them, or all of them; ConflictError as in `pin`."""
    estate.needs(Permission.WORK)
    row, _, pins = _known(estate, id_)
    left = {id_: day for id_, day in pins.items() if steps and id_ not in steps}
    _keep(estate, row, left, version, "back")
    return one(estate, id_)


def _keep(estate: Estate, row: PlanRow, pins: dict[str, str], version: int | None, said: str) -> None:
    """Keep where people have put steps, unless somebody else was quicker."""
    seen = row.version if version is None else version
    same = sa.and_(PLANS.c.id == row.id, PLANS.c.version == seen)
    values = {"pins": msgspec.json.encode(pins, order="sorted").decode(), "version": seen + 1}
    with estate.writing() as connection:
        if connection.execute(sa.update(PLANS).where(same).values(values)).rowcount != 1:
            raise ConflictError("somebody else has moved it meanwhile", hint="look at it again")
        estate.log(connection, "plan.moved", row.id, {"steps": len(pins), "moved": said})


class _Plans:
    """Plans at hand: once made, a plan never changes."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], Plan] = OrderedDict()
        self._guard = Lock()

    def get(self, key: tuple[str, str], body: Callable[[], bytes]) -> Plan:
        with self._guard:
            if key not in self._held:
                self._held[key] = unpack(body(), Plan)
            self._held.move_to_end(key)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
            return self._held[key]


_PLANS = _Plans()


def _known(estate: Estate, id_: str) -> tuple[PlanRow, Plan, dict[str, str]]:
    columns = [column for column in PLANS.c if column.name != "body"]
    with estate.reading() as connection:
        row = connection.execute(sa.select(*columns).where(PLANS.c.id == id_)).first()
        if row is None:
            raise NotThereError("there is no such plan")
        body = sa.select(PLANS.c.body).where(PLANS.c.id == id_)
        made = _PLANS.get((str(estate.place), id_), lambda: connection.execute(body).scalar_one())
    return _row(row), made, msgspec.json.decode(row.pins, type=dict[str, str])


def _row(row: Any) -> PlanRow:  # noqa: ANN401 - a row of the table of plans
    asked = msgspec.json.decode(row.wishes, type=PlanAsked)
    pins = msgspec.json.decode(row.pins, type=dict[str, str])
    return PlanRow(id=row.id, by=row.by, at=row.at, asked=asked, pinned=len(pins), version=row.version)


def _off(estate: Estate, made: Plan) -> DaysOff | None:
    """Give the days off of the first of the organisation's places for which a calendar is recorded, as the plan counts."""
    calendars = register_of(estate).calendars.values()
    for place in made.organisation.jurisdictions:
        for calendar in calendars:
            if calendar.jurisdiction == place:
                return partial(days_off, calendar)
    return None
