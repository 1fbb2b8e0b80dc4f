# SPDX-License-Identifier: Apache-2.0
"""What must hold of the figures: goals, and the floor that was reached before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quality.figures import figures
from quality.outcomes import FOUND, STRONG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.figures import Figures
    from quality.outcomes import Outcome

FLOOR = Path(__file__).parent / "floor.json"
CASES = 1500
"""Labelled cases that the figures must rest on."""
CLEAN = ("package-names-", "look-alike-addresses-", "look-alikes-")
"""Beginnings of the ids of sets of look-alikes, in which nothing may be found at level 3 either."""
PRECISION, RECALL, ERROR = 0.995, 0.97, 0.05
"""Goals: precision from level 4 on, recall of what is there, calibration error."""


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was reached: it may rise, and never falls."""

    cases: int
    f1: float
    recall: float
    wrong: int
    """Exposures of level 3 that are not right, outside of the sets that have none."""


def floor() -> Floor:
    """Give the recorded floor."""
    return msgspec.json.decode(FLOOR.read_bytes(), type=Floor)


def reached(found: Figures) -> Floor:
    """Give what these figures would record, to four digits."""
    return Floor(cases=found.cases, f1=round(found.f1, 4), recall=round(found.recall, 4), wrong=found.wrong)


def record(found: Figures) -> None:
    """Write the floor."""
    FLOOR.write_bytes(msgspec.json.format(msgspec.json.encode(reached(found)), indent=2) + b"\n")


def faults(outcomes: Sequence[Outcome], error: float, before: Floor) -> Iterator[str]:
    """Yield what does not hold."""
    found = figures(outcomes)
    now = reached(found)
    if found.cases < max(CASES, before.cases):
        yield f"{found.cases} labelled cases, and there were {max(CASES, before.cases)}"
    for name, value, goal in (
        ("precision from level 4 on", found.strong_precision, PRECISION),
        ("recall", found.recall, RECALL),
        ("F1 (recorded)", now.f1, before.f1),
        ("recall (recorded)", now.recall, before.recall),
    ):
        if value < goal:
            yield f"{name} is {value:.4f}, below {goal:.4f}"
    if found.wrong > before.wrong:
        yield f"{found.wrong} exposures of level 3 and more are not right, and there were {before.wrong}"
    if error > ERROR:
        yield f"the calibration error is {error:.4f}, above {ERROR}"
    yield from _wrong(outcomes)


def _wrong(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield each exposure of level 4 or 5 that is not right, and each of level 3 in a set that has none."""
    for outcome in outcomes:
        for exposure in outcome.wrong(FOUND if outcome.case.id.startswith(CLEAN) else STRONG):
            match = exposure.matches[0]
            yield (
                f"{outcome.case.id}: {exposure.party} at level {exposure.level} by {match.indicator}"
                f" on {match.observable.kind} {match.observable.value!r}"
                f" - {outcome.case.trap or f'it is of {outcome.case.truth.party}'}"
            )
