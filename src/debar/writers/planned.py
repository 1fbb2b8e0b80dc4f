# SPDX-License-Identifier: Apache-2.0
"""A plan as text for people, and its steps as CSV: machines that would stand bare first, then what to do, wave by wave."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import IO, TYPE_CHECKING

from debar.model.vocab import Force, Shelter, Task
from debar.writers import legal
from debar.writers.csv import guarded
from debar.writers.layout import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.model.results import Plan, Simulated, Step, Template, Wave
    from debar.writers import Style

_SHOWN = 12
"""Machines of one kind that are told on a terminal, and steps of one wave; the JSON and the CSV have them all."""
_SHELTERS = {
    Shelter.NONE: "nothing else protects them",
    Shelter.UNHEALTHY: "another product is there and does not protect",
    Shelter.NOT_LOOKED_AT: "nobody has looked: what is not known does not protect",
    Shelter.UNCONFIRMED: "another product is there, and nobody knows whether it protects",
    Shelter.OUTDATED: "another product reported healthy, but not lately",
    Shelter.HEALTHY: "another product reports healthy",
}
_STYLES = {Shelter.NONE: "red", Shelter.UNHEALTHY: "red", Shelter.NOT_LOOKED_AT: "red"}
_TASKS = {task: task.value.replace("-", " ") for task in Task}
COLUMNS = (
    "wave",
    "on",
    "due",
    "asset",
    "action",
    "what",
    "force",
    "owner",
    "why",
    "after",
    "exposures",
    "id",
)


def write_plan(plan: Plan, out: IO[str], style: Style) -> None:
    """Write the plan for people."""
    page = Page(out, style)
    page.title(f"debar {plan.program.version}", legal.release(plan.register))
    _head(page, plan)
    _unprotected(page, plan)
    _waves(page, plan)
    _late(page, plan)
    _simulated(page, plan)
    _without_updates(page, plan)
    _residue(page, plan)
    _kept(page, plan)
    for template in plan.templates:
        _template(page, template)
    page.line()
    for note in plan.notes:
        page.paragraph(f"- {note}", hang=2)
    page.paragraph(legal.DISCLAIMER, style="dim")


def write_steps(plan: Plan, out: IO[str], _style: Style) -> None:
    """Write one row for each step, with cells that no spreadsheet calculates."""
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for wave in plan.waves:
        for step in wave.steps:
            row = (
                step.on,
                step.due,
                step.asset,
                step.action.value,
                step.what,
                step.force.value if step.force else "",
                step.owner,
                step.why,
                " ".join(step.after),
                " ".join(step.exposures),
                step.id,
            )
            table.writerow([wave.no, *(guarded(cell) for cell in row)])


def _head(page: Page, plan: Plan) -> None:
    asked = f"by {plan.deadline}" if plan.deadline else "by the days that the law sets"
    page.field("asked", f"for {plan.organisation.name}, from {plan.begins} on, {asked}")
    count = plan.capacity
    room = (
        "as many machines a day as there are" if count is None else f"{count} machine{'s' * (count != 1)} a working day"
    )
    page.field("work", f"{room}; {plan.calendar}")
    steps = [step for wave in plan.waves for step in wave.steps]
    count = len({step.asset.casefold() for step in steps if step.action is Task.REMOVE})
    last = max((step.on for step in steps), default="")
    said = f"{len(steps)} steps in {len(plan.waves)} waves, something goes from {count} asset{'s' * (count != 1)}"
    page.field("in short", f"{said}; the last step is on {last}" if last else "nothing has to go")


def _unprotected(page: Page, plan: Plan) -> None:
    count = len(plan.unprotected)
    machines = f"{count} machine{'s' * (count != 1)}"
    page.heading("Bare if it were removed now", f"{machines}: replace first" if count else "none")
    groups: dict[Shelter, list[str]] = defaultdict(list)
    for one in plan.unprotected:
        groups[one.shelter].append(f"{one.asset} ({', '.join(one.products)}): {one.why}")
    for shelter, told in groups.items():
        page.paragraph(f"{_SHELTERS[shelter]}: {len(told)}", style=_STYLES.get(shelter, "yellow"))
        _some(page, told, indent=2)
    if plan.covered:
        page.paragraph(f"{_SHELTERS[Shelter.HEALTHY]}: {len(plan.covered)}", style="green")
        told = [
            f"{one.asset}: {one.by.name} as of {one.by.as_of[:10]} ({', '.join(one.by.says)})" for one in plan.covered
        ]
        _some(page, told, indent=2)


def _some(page: Page, told: Sequence[str], *, indent: int = 0) -> None:
    for text in told[:_SHOWN]:
        page.paragraph(f"- {text}", indent=indent, hang=2)
    if (more := len(told) - _SHOWN) > 0:
        page.paragraph(f"and {more} more; -o json has them all", indent=indent, style="dim")


def _waves(page: Page, plan: Plan) -> None:
    for wave in plan.waves:
        days = wave.begins if wave.begins == wave.until else f"{wave.begins} to {wave.until}"
        due = f", due {wave.due}" if wave.due else ""
        page.heading(f"Wave {wave.no}", f"{wave.title}, {days}{due}")
        _table(page, wave)


def _table(page: Page, wave: Wave) -> None:
    """Write the steps day by day, those that are alike together."""
    alike: dict[tuple[str, Task, str], list[Step]] = defaultdict(list)
    for step in wave.steps:
        alike[step.on, step.action, step.what].append(step)
    for (on, task, what), steps in list(alike.items())[:_SHOWN]:
        assets = ", ".join(step.asset for step in steps[:_SHOWN])
        more = f" and {len(steps) - _SHOWN} more" if len(steps) > _SHOWN else ""
        must = any(step.force is Force.MUST for step in steps)
        page.paragraph(f"{on}  {_TASKS[task]:<16}{assets}{more}", hang=28, style="red" if must else "bold")
        page.paragraph(what, indent=28, hang=2)
        owners = sorted({step.owner for step in steps if step.owner})
        if owners:
            page.paragraph(f"by {', '.join(owners)}", indent=28)
    if rest := list(alike.values())[_SHOWN:]:
        count = sum(map(len, rest))
        page.paragraph(f"and {count} more steps; -o csv=steps.csv and -o json have them all", style="dim")


def _late(page: Page, plan: Plan) -> None:
    count = len({one.asset.casefold() for one in plan.late})
    page.heading("Late by this plan", f"{count} asset{'s' * (count != 1)}" if count else "nothing")
    for one in plan.late[:_SHOWN]:
        force = "MUST  " if one.force is Force.MUST else "should"
        text = f"{force}  {one.asset}: due {one.due}, done {one.done}, {one.days} day{'s' * (one.days != 1)} late"
        page.paragraph(text, hang=8, style="red" if one.force is Force.MUST else "")
    if (more := len(plan.late) - _SHOWN) > 0:
        page.paragraph(f"and {more} more; -o json has them all", style="dim")


def _simulated(page: Page, plan: Plan) -> None:
    if plan.least is None:
        return
    page.heading("Hands", "machines a working day, and what is then late")
    for one in plan.simulated:
        page.paragraph(_result(one))
    if plan.least.late:
        page.paragraph(
            f"{plan.least.late} are late with any number of hands; {plan.least.capacity} a day suffice for that"
        )
    else:
        page.paragraph(f"{plan.least.capacity} a day suffice for all to be in time, the last on {plan.least.until}")


def _result(one: Simulated) -> str:
    late = f"{one.late} late, by up to {one.days_late} days" if one.late else "none late"
    return f"{one.capacity} a day: {late}; the last on {one.until}"


def _without_updates(page: Page, plan: Plan) -> None:
    if not plan.without_updates:
        return
    page.heading("Without updates")
    told = [
        f"{one.name} since {one.since}, {one.days} days: {', '.join(one.assets[:_SHOWN])}"
        f"{f' and {len(one.assets) - _SHOWN} more' if len(one.assets) > _SHOWN else ''} ({one.provision}, {one.grade})"
        for one in plan.without_updates
    ]
    _some(page, told)


def _residue(page: Page, plan: Plan) -> None:
    if not plan.residue:
        return
    page.heading("What a removal may leave behind")
    by_product: dict[str, list[str]] = defaultdict(list)
    for one in plan.residue:
        by_product[one.product].append(f"{one.kind}: {one.look} ({one.grade})")
    for product, told in by_product.items():
        page.paragraph(product, style="bold")
        _some(page, told, indent=2)


def _kept(page: Page, plan: Plan) -> None:
    if plan.kept:
        page.heading("Kept", f"{len(plan.kept)}")
        _some(page, [f"{one.what} on {one.asset} ({one.exposure}): {one.why}" for one in plan.kept])


def _template(page: Page, template: Template) -> None:
    page.heading("What the law wants in a plan" if template.demanded else "What a plan should hold", template.title)
    if not template.demanded:
        page.paragraph(f"{template.cite} binds others; its elements serve as a list here.", style="dim")
    for element in template.elements:
        page.paragraph(f"({element.id}) {element.asks}", style="bold")
        if element.says:
            _some(page, element.says, indent=4)
        else:
            page.paragraph(element.missing, indent=4, style="yellow")


WRITTEN: dict[str, Callable[[Plan, IO[str], Style], None]] = {"terminal": write_plan, "csv": write_steps}
"""Forms of a plan beside JSON, which is the noun itself."""
