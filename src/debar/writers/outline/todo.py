# SPDX-License-Identifier: Apache-2.0
"""What to do, by when, for how many assets."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Force, State
from debar.text import printable
from debar.writers import legal
from debar.writers.duties import status

if TYPE_CHECKING:
    from debar.model.results import Obligation, Report
    from debar.writers.outline.law import Law

_NAMED = 6


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """An obligation in words."""

    id: str
    action: str
    force: Force
    due: str | None
    """Instant in UTC."""
    when: str
    """By or since when, in words."""
    state: State
    is_late: bool
    """The law demands it, its day has passed, and nobody has put on record that it was done."""
    notes: tuple[str, ...]
    """How far it is, whose it is, how often it comes, what it settles as well."""
    exposures: int
    is_owed: bool
    """Whatever was found."""
    assets: tuple[str, ...]
    """The first few."""
    more: int
    """How many further assets."""
    measures: tuple[str, ...]
    """Citations of the measures that it follows from."""
    provisions: tuple[str, ...]
    """measure#provision of each that demands it."""


def tasks(report: Report, law: Law, reason_of: dict[str, int]) -> tuple[Task, ...]:
    """Give what to do: duties first, each by its day, and what was done last."""
    assets = {exposure.id: exposure.asset for exposure in report.exposures}
    owed = {finding.id for finding in report.findings if finding.exposure is None}
    found = []
    for obligation in report.obligations:
        reasons = dict.fromkeys(reason_of[id_] for id_ in obligation.findings if id_ in reason_of)
        measures = dict.fromkeys(law.reasons[place].measure for place in reasons)
        found.append(_task(report, obligation, assets, list(measures), owed))
    return tuple(sorted(found, key=_order))


def _order(task: Task) -> tuple[bool, bool, bool, str]:
    """Give the place of a task: what was done comes last."""
    is_over = task.state is State.DONE
    return is_over, task.force is not Force.MUST, task.due is None, task.due or ""


def _task(report: Report, obligation: Obligation, assets: dict[str, str], measures: list[str], owed: set[str]) -> Task:
    names = dict.fromkeys(assets[id_] for id_ in obligation.exposures if id_ in assets)
    return Task(
        id=obligation.id,
        action=printable(obligation.action),
        force=obligation.force,
        due=obligation.due,
        when=_when(report, obligation),
        state=obligation.state,
        is_late=obligation.state is State.OVERDUE and obligation.force is Force.MUST,
        notes=tuple(printable(note) for note in _notes(obligation)),
        exposures=len(obligation.exposures),
        is_owed=not obligation.exposures or not owed.isdisjoint(obligation.findings),
        assets=tuple(printable(name) for name in islice(names, _NAMED)),
        more=max(len(names) - _NAMED, 0),
        measures=tuple(printable(report.measures[id_].cite) for id_ in measures),
        provisions=tuple(map(printable, obligation.provisions)),
    )


def _when(report: Report, obligation: Obligation) -> str:
    """Give by, from or since when; what was done once says so, what recurs says when it is due again."""
    if obligation.state is State.DONE and not obligation.repeats:
        return f"done on {obligation.done}"
    if not obligation.due:
        return "now"
    if legal.is_ban(obligation) and legal.has_passed(obligation, report):
        return f"since {legal.moment(obligation.due, legal.zone_of(obligation, report))}"
    return legal.due(obligation, report).removesuffix(": ")


def _notes(obligation: Obligation) -> list[str]:
    settled = [f"settles as well: {' '.join(obligation.includes)}"] if obligation.includes else []
    return [note for note in (status(obligation), *settled) if note]
