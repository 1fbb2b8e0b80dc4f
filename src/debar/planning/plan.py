# SPDX-License-Identifier: Apache-2.0
"""A report to a plan: what goes in which order, what would stand bare, what would be late, and what the law wants told of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from debar.holidays import days_off
from debar.model.results import Covered, Late, Plan, Program, Residue, Starved, Unprotected
from debar.model.vocab import Act, Force, Meaning, Shelter, Status
from debar.planning.going import began_on, day_of, decide
from debar.planning.jobs import jobs, piece, removal_of
from debar.planning.scheduling import Days, behind, least, schedule, simulate
from debar.planning.shelter import Shelters
from debar.planning.steps import Steps
from debar.planning.template import Material, templates
from debar.planning.waves import waves
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.measures import Calendar
    from debar.model.results import Report
    from debar.planning.going import Going
    from debar.planning.jobs import Job
    from debar.register import Register

_RAN = frozenset({Meaning.INSTALLED, Meaning.RUNNING, Meaning.EMBEDDED})


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a plan."""

    begins: str
    """First day on which work is done, if it is a working day."""
    deadline: str = ""
    """Day by which all shall be done; a day of the law that is earlier, and still to come, goes before it."""
    capacity: int | None = None
    """Visits of machines on one working day; null for as many as there are."""
    capacities: tuple[int, ...] = ()
    """Others to try."""
    healthy_within: int = 30
    """Days within which a product must have reported healthy to count."""


def plan(report: Report, register: Register, wishes: Wishes) -> Plan:
    """Give the plan of what a report finds; equal reports and wishes give equal plans, in whatever order the report has them."""
    going, kept = decide(report, wishes.begins)
    targets = {one.exposure.id: _target(one, wishes) for one in going}
    shelters = Shelters(report, register, wishes.begins, wishes.healthy_within)
    ordered = jobs(going, register, shelters, targets)
    calendar = _calendar(report, register)
    days = Days(wishes.begins, partial(days_off, calendar) if calendar else None)
    visited = [job for job in ordered if job.visits]
    begins = schedule([job.visits for job in visited], wishes.capacity)
    pieces = [piece(job, targets) for job in visited]
    making = Steps(report, targets, days)
    numbers = iter(begins)
    planned = [one for job in ordered for one in making.of(job, next(numbers) if job.visits else 0)]
    found = waves([*planned, *making.verified()])
    unprotected, covered = _sheltered(ordered, report)
    starved = tuple(_starved(report, wishes.begins))
    material = Material(report, [g.exposure for g in going if not g.is_look], found, unprotected, covered, starved)
    return Plan(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=report.register,
        organisation=report.organisation,
        as_of=report.as_of,
        begins=wishes.begins,
        deadline=wishes.deadline,
        capacity=wishes.capacity,
        calendar=f"Monday to Friday{f', without the days of {calendar.name}' if calendar else '; no holidays are known'}",
        healthy_within=wishes.healthy_within,
        names=report.names,
        waves=found,
        unprotected=unprotected,
        covered=covered,
        late=tuple(_late(visited, begins, targets, days)),
        kept=tuple(sorted(kept, key=lambda one: (one.asset.casefold(), one.exposure))),
        without_updates=starved,
        residue=tuple(_residue(ordered, report, register)),
        simulated=tuple(simulate(pieces, n, days) for n in sorted({*wishes.capacities})),
        least=least(pieces, days),
        templates=templates(register, material),
        notes=tuple(_notes(report, going, wishes)),
    )


def _target(one: Going, wishes: Wishes) -> str:
    """Give the day that counts for an exposure.

    Without a wish it is the law's. With one it is the wish, unless the law's day comes before it and is still to come.
    """
    if not wishes.deadline or one.exposure.meaning is Meaning.PURCHASE or one.is_look:
        return one.due
    return one.due if one.due and wishes.begins <= one.due <= wishes.deadline else wishes.deadline


def _calendar(report: Report, register: Register) -> Calendar | None:
    """Give the calendar of the first of the organisation's places for which one is recorded."""
    for place in report.organisation.jurisdictions:
        for calendar in register.calendars.values():
            if calendar.jurisdiction == place:
                return calendar
    return None


def _sheltered(ordered: Sequence[Job], report: Report) -> tuple[tuple[Unprotected, ...], tuple[Covered, ...]]:
    """Give the machines that would stand bare, the worst known first, and those that would not."""
    bare, covered = [], []
    for job in ordered:
        if job.sheltered is None:
            continue
        sheltered = job.sheltered
        if sheltered.shelter is Shelter.HEALTHY and sheltered.best:
            covered.append(Covered(asset=job.asset, by=sheltered.best))
            continue
        going = (unit for unit in job.units if unit.protects)
        names = tuple(report.names.get(f"{u.party}/{u.product}", report.names.get(u.party, u.party)) for u in going)
        bare.append(
            Unprotected(
                asset=job.asset, products=names, shelter=sheltered.shelter, why=sheltered.why, others=sheltered.others
            )
        )
    return (
        tuple(sorted(bare, key=lambda one: (_WORST.index(one.shelter), one.asset.casefold()))),
        tuple(sorted(covered, key=lambda one: one.asset.casefold())),
    )


_WORST = (
    Shelter.NONE,
    Shelter.UNHEALTHY,
    Shelter.NOT_LOOKED_AT,
    Shelter.UNCONFIRMED,
    Shelter.OUTDATED,
    Shelter.HEALTHY,
)
"""In which order machines are told: those that are known to be bare first."""


def _late(visited: Sequence[Job], begins: Sequence[int], targets: dict[str, str], days: Days) -> Iterator[Late]:
    """Yield what is settled after its day, the latest first."""
    found: dict[tuple[str, str, str], list[Going]] = defaultdict(list)
    for job, begin in zip(visited, begins, strict=True):
        done = days[begin + job.visits - 1]
        for one in job.going:
            if (due := targets[one.exposure.id]) and done > due:
                found[job.asset, due, done].append(one)
    late = [
        Late(
            asset=asset,
            exposures=tuple(sorted(one.exposure.id for one in own)),
            due=due,
            done=done,
            days=behind(due, done),
            force=Force.MUST if any(one.force is Force.MUST for one in own) else Force.SHOULD,
        )
        for (asset, due, done), own in found.items()
    ]
    yield from sorted(late, key=lambda one: (-one.days, one.force is not Force.MUST, one.asset.casefold(), one.due))


def _starved(report: Report, begins: str) -> Iterator[Starved]:
    """Yield the products that get no updates any more, since when, and where they are."""
    by_exposure = {exposure.id: exposure for exposure in report.exposures if exposure.meaning in _RAN}
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    grades = {}
    for finding in report.findings:
        exposure = by_exposure.get(finding.exposure or "")
        if exposure is None or finding.act is not Act.UPDATE or finding.status is not Status.UNAVAILABLE:
            continue
        zone = report.measures[finding.measure].zone
        since = began_on(finding.since, zone)
        is_over = finding.until is not None and day_of(finding.until, zone) < begins
        if since <= begins and not is_over:
            found[exposure.party, exposure.product, since, finding.provision].append(exposure.asset)
            grades[finding.provision] = finding.grade
    for (party, product, since, provision), assets in sorted(found.items()):
        maker = report.names.get(party, party)
        yield Starved(
            party=party,
            product=product,
            name=report.names.get(f"{party}/{product}") or f"{maker}, product not known",
            since=since,
            days=(date.fromisoformat(begins) - date.fromisoformat(since)).days,
            assets=tuple(sorted(set(assets), key=str.casefold)),
            provision=provision,
            grade=grades[provision],
        )


def _residue(ordered: Sequence[Job], report: Report, register: Register) -> Iterator[Residue]:
    """Yield what to look for after the removals of the plan, once for each product."""
    products = sorted({(unit.party, unit.product) for job in ordered for unit in job.units})
    told: set[str] = set()
    for party, product in products:
        removal = removal_of(party, product, register)
        if removal is None or removal.id in told:
            continue
        told.add(removal.id)
        own = [p for p in products if (other := removal_of(*p, register)) and other.id == removal.id]
        name = ", ".join(report.names.get(f"{a}/{b}", report.names.get(a, a)) for a, b in own)
        for one in removal.remains:
            yield Residue(product=name, kind=one.kind, look=one.look, grade=one.grade, references=one.references)


def _notes(report: Report, going: Sequence[Going], wishes: Wishes) -> Iterator[str]:
    """Yield what to know of a plan before it is followed."""
    if report.skips:
        yield f"{len(report.skips)} inputs or places could not be read: what is there is in no wave"
    passed = sum(bool(one.due and one.due < wishes.begins) for one in going)
    if passed:
        yield f"the day of the law had passed for {passed} exposures before the plan begins"
    if report.set_aside:
        yield f"{len(report.set_aside)} recognitions were set aside, and are in no wave"
    yield "A plan orders work and decides nothing: who removes a product answers for what protects the machine then."
