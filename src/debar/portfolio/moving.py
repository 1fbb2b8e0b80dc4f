# SPDX-License-Identifier: Apache-2.0
"""A plan whose steps people have put on other days: what is late then, what would stand bare, and where the order breaks.

Nothing is moved that nobody has moved: whoever drags a step sees what that does to the others, and decides.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.dates import SATURDAY
from debar.model.deeds import Bare, Crowded, Disorder
from debar.model.results import Late, Step
from debar.model.vocab import Force, Task
from debar.planning.scheduling import behind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from debar.model.results import Plan

    DaysOff = Callable[[int], frozenset[date]]

_SHELTERING = frozenset({Task.LOOK, Task.REPLACE_FIRST, Task.CONFIRM_HEALTHY})
"""What has to be done before something that protects may go."""
_UNVISITED = frozenset({Task.END_AGREEMENT, Task.VERIFY})
"""What needs nobody at the machine."""


class Effects(NamedTuple):
    """What comes of it."""

    bare: tuple[Bare, ...]
    disorder: tuple[Disorder, ...]
    crowded: tuple[Crowded, ...]
    idle: tuple[str, ...]


def moved(plan: Plan, pins: Mapping[str, str], days_off: DaysOff | None) -> tuple[Plan, Effects]:
    """Give a plan with its steps on the days on which people put them, and what comes of that."""
    waves = []
    for wave in plan.waves:
        steps = tuple(replace(step, on=pins.get(step.id, step.on)) for step in wave.steps)
        steps = tuple(sorted(steps, key=lambda step: step.on))
        waves.append(replace(wave, steps=steps, begins=steps[0].on, until=max(step.on for step in steps)))
    every = [step for wave in waves for step in wave.steps]
    made = replace(plan, waves=tuple(waves), late=tuple(_late(every, plan)) if pins else plan.late)
    effects = Effects(
        bare=tuple(_bare(every)),
        disorder=tuple(
            Disorder(step=step.id, asset=step.asset, on=step.on, before=other.id, due=other.on)
            for step, other in _before(every)
        ),
        crowded=tuple(_crowded(every, plan.capacity)) if pins else (),
        idle=tuple(sorted({on for on in pins.values() if not is_working(on, days_off)})),
    )
    return made, effects


def put(
    plan: Plan, pins: Mapping[str, str], steps: Collection[str], day: str, days_off: DaysOff | None
) -> dict[str, str]:
    """Give the days of steps when the first of some is put on a day, and the others of them follow at their distance.

    What would fall on a day without work goes to the next one with some.
    """
    on = {step.id: pins.get(step.id, step.on) for wave in plan.waves for step in wave.steps if step.id in steps}
    first = date.fromisoformat(min(on.values()))
    by = date.fromisoformat(day) - first
    found = dict(pins)
    for id_, old in on.items():
        new = date.fromisoformat(old) + by
        while old != first.isoformat() and not is_working(new.isoformat(), days_off):
            new += timedelta(days=1)
        found[id_] = new.isoformat()
    return found


def is_working(day: str, days_off: DaysOff | None) -> bool:
    """Tell whether work is done on a day."""
    found = date.fromisoformat(day)
    return found.weekday() < SATURDAY and not (days_off and found in days_off(found.year))


def _before(steps: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """Yield steps with others that have to come first and would come later."""
    by_id = {step.id: step for step in steps}
    for step in steps:
        for id_ in step.after:
            if (other := by_id.get(id_)) and other.on > step.on:
                yield step, other


def _bare(steps: Sequence[Step]) -> Iterator[Bare]:
    """Yield what would stand without protection, each machine once for each removal.

    What shelters it may lie several steps before: who removes it after a look at a replacement that is not there yet, bares it too.
    """
    by_id = {step.id: step for step in steps}
    found = []
    for step in steps:
        if step.action is Task.REMOVE:
            own = (one for one in _all_before(step, by_id) if one.action in _SHELTERING and one.asset == step.asset)
            until = max((one.on for one in own), default="")
            found += [(step, until)] if until > step.on else []
    for step, until in sorted(found, key=lambda pair: (pair[0].on, pair[0].asset.casefold())):
        yield Bare(asset=step.asset, since=step.on, until=until, what=step.what)


def _all_before(step: Step, by_id: Mapping[str, Step]) -> Iterator[Step]:
    """Yield every step that has to come before one, each once."""
    left, seen = list(step.after), set[str]()
    while left:
        id_ = left.pop()
        if id_ in by_id and id_ not in seen:
            seen.add(id_)
            left += by_id[id_].after
            yield by_id[id_]


def _late(steps: Iterable[Step], plan: Plan) -> Iterator[Late]:
    """Yield what is settled after its day, the latest first; days of single exposures are those that the plan knew."""
    known = {id_: one.due for one in plan.late for id_ in one.exposures}
    found: dict[tuple[str, str, str], list[tuple[str, Force | None]]] = defaultdict(list)
    for step in steps:
        for exposure in step.exposures:
            due = known.get(exposure, step.due)
            if due and step.on > due:
                found[step.asset, due, step.on].append((exposure, step.force))
    late = [
        Late(
            asset=asset,
            exposures=tuple(sorted(exposure for exposure, _ in own)),
            due=due,
            done=done,
            days=behind(due, done),
            force=Force.MUST if any(force is Force.MUST for _, force in own) else Force.SHOULD,
        )
        for (asset, due, done), own in found.items()
    ]
    yield from sorted(late, key=lambda one: (-one.days, one.force is not Force.MUST, one.asset.casefold(), one.due))


def _crowded(steps: Iterable[Step], capacity: int | None) -> Iterator[Crowded]:
    """Yield the days on which more machines would be visited than there are hands for."""
    if capacity is None:
        return
    visited: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        if step.action not in _UNVISITED:
            visited[step.on].add(step.asset.casefold())
    for day, assets in sorted(visited.items()):
        if len(assets) > capacity:
            yield Crowded(day=day, visits=len(assets), capacity=capacity)
