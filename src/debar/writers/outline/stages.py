# SPDX-License-Identifier: Apache-2.0
"""The stages of a report on a time axis: when each provision says what, what is due, and where the day asked about lies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.vocab import Force, State, Status
from debar.writers import legal
from debar.writers.timeline.axis import Axis as Scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.results import Report
    from debar.writers.outline.law import Law
    from debar.writers.outline.reasons import Reason
    from debar.writers.outline.todo import Task

_LANES = 48
"""More than these nobody can compare by eye; the table has them all."""
_MARGIN = 0.04
_SHORTEST = timedelta(days=120)


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a provision says one thing; places are shares of the axis."""

    status: Status
    begins: float
    ends: float
    is_open: bool
    """No end is known."""
    text: str
    exposures: int
    """Of how many it says so."""


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One provision, with its acts."""

    name: str
    acts: str
    bars: tuple[Bar, ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """The lanes of one measure."""

    cite: str
    title: str
    lanes: tuple[Lane, ...]


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A day on which something is due."""

    at: float
    day: str
    tasks: tuple[str, ...]


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A line across the axis."""

    at: float
    text: str


class Axis(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn of the stages."""

    today: float
    day: str
    ticks: tuple[Tick, ...]
    blocks: tuple[Block, ...]
    dues: tuple[Due, ...]
    left_out: int
    """Lanes that are not drawn."""


def axis(report: Report, law: Law, tasks: Sequence[Task]) -> Axis:
    """Give the stages of everything that was found; nothing is on the axis where nothing was."""
    zone = next(iter(report.measures.values())).zone if report.measures else "UTC"
    today = dates.ends(report.as_of, zone)
    scale = _scale(law.reasons, tasks, today)
    lanes = _lanes(law, scale)
    blocks: dict[str, list[Lane]] = {}
    for measure, lane in lanes[:_LANES]:
        blocks.setdefault(measure, []).append(lane)
    about = {measure.id: measure for measure in law.measures}
    return Axis(
        today=scale.x(today),
        day=legal.moment(dates.stamp(today), zone),
        ticks=tuple(Tick(at=tick.x, text=tick.text) for tick in scale.ticks(0.009)),
        blocks=tuple(
            Block(cite=about[id_].cite, title=about[id_].title, lanes=tuple(found)) for id_, found in blocks.items()
        ),
        dues=tuple(_dues(tasks, scale, zone)),
        left_out=max(len(lanes) - _LANES, 0),
    )


def _scale(reasons: Iterable[Reason], tasks: Iterable[Task], today: datetime) -> Scale:
    """Give the axis from a little before the first stage to a little after the last, the day asked about among them."""
    days = [today]
    for reason in reasons:
        days += [dates.key(stamp) for stamp in (reason.since, reason.until) if stamp]
    days += [dates.key(task.due) for task in tasks if task.due]
    long = max(max(days) - min(days), _SHORTEST)
    return Scale((min(days) - long * _MARGIN).astimezone(UTC), (max(days) + long * _MARGIN * 3).astimezone(UTC), 0, 1)


def _lanes(law: Law, scale: Scale) -> list[tuple[str, Lane]]:
    """Give a lane for each provision, by measure and beginning; what it says first of all, the gravest first."""
    same: dict[tuple[str, str], list[Reason]] = {}
    for measure in law.measures:
        # The sort keeps the order of reasons of one day: the gravest first.
        for reason in sorted((law.reasons[place] for place in measure.reasons), key=lambda reason: reason.since):
            same.setdefault((measure.id, reason.provision), []).append(reason)
    return [
        (
            measure,
            Lane(
                name=provision.partition("#")[2],
                acts=", ".join(dict.fromkeys(act for reason in found for act in reason.acts)),
                bars=tuple(_bar(reason, scale) for reason in found),
            ),
        )
        for (measure, provision), found in same.items()
    ]


def _bar(reason: Reason, scale: Scale) -> Bar:
    return Bar(
        status=reason.status,
        begins=scale.x(dates.key(reason.since)),
        ends=scale.x(dates.key(reason.until)) if reason.until else 1.0,
        is_open=reason.until is None,
        text=reason.span,
        exposures=reason.exposures,
    )


def _dues(tasks: Iterable[Task], scale: Scale, zone: str) -> list[Due]:
    """Give the days on which a duty is due, each once."""
    days: dict[str, list[Task]] = {}
    for task in tasks:
        if task.due and task.force is Force.MUST and task.state is not State.DONE:
            days.setdefault(task.due, []).append(task)
    return [
        Due(at=scale.x(dates.key(due)), day=legal.moment(due, zone), tasks=tuple(task.action for task in found))
        for due, found in sorted(days.items())
    ]
