# SPDX-License-Identifier: Apache-2.0
"""Steps to waves: what is due on the same day, and of that what can be done without waiting for the rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar.model.results import Wave
from debar.planning.jobs import LATEST
from debar.planning.steps import PREPARE, REMOVE, SERVERS, VERIFY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.results import Step
    from debar.planning.steps import Planned

_TITLES = {
    PREPARE: "before anything is removed",
    REMOVE: "remove",
    SERVERS: "remove what managed the rest",
    VERIFY: "scan again",
}


def waves(planned: Iterable[Planned]) -> tuple[Wave, ...]:
    """Give the waves by due day and stage; the steps of one keep their order."""
    together: dict[tuple[str, int], list[Step]] = defaultdict(list)
    for one in planned:
        together[one.group or LATEST, one.stage].append(one.step)
    found = []
    for number, (due, stage) in enumerate(sorted(together), 1):
        steps = sorted(together[due, stage], key=lambda step: step.on)
        found.append(
            Wave(
                no=number,
                title=_TITLES[stage],
                begins=steps[0].on,
                until=steps[-1].on,
                due="" if due == LATEST else due,
                assets=len({step.asset.casefold() for step in steps}),
                steps=tuple(steps),
            )
        )
    return tuple(found)
