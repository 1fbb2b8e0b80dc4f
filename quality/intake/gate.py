# SPDX-License-Identifier: Apache-2.0
"""What must hold of the figures: the goals, and the floor that was reached before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quality.intake import corpus as sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quality.intake.figures import Figure

FLOOR = Path(__file__).parent / "floor.json"
Floors = dict[str, dict[str, float]]
"""By set, the figures that were reached, by their keys."""
DIGITS = 4
PAPERS = 60
"""Annotated papers that the project's own sets must have together."""


def floors(file: Path = FLOOR) -> Floors:
    """Give the recorded floors."""
    return msgspec.json.decode(file.read_bytes(), type=Floors)


def record(figures: Mapping[str, Sequence[Figure]], file: Path = FLOOR) -> None:
    """Write the figures of sets as their floors; those of sets that were not measured stay."""
    reached = {
        name: {one.row.key: round(one.value, DIGITS) for one in every if one.is_measured}
        for name, every in figures.items()
    }
    every = dict(sorted({**floors(file), **reached}.items()))
    file.write_bytes(msgspec.json.format(msgspec.json.encode(every), indent=2) + b"\n")


def faults(name: str, figures: Sequence[Figure], floor: Mapping[str, float]) -> Iterator[str]:
    """Yield each figure that is worse than recorded, or is recorded and was not measured."""
    measured = {figure.row.key: figure for figure in figures if figure.is_measured}
    for key, held in floor.items():
        if key not in measured:
            yield f"intake: {key} on {name} is recorded, and was not measured"
            continue
        one = measured[key]
        value = round(one.value, DIGITS)
        if value > held if one.row.is_count else value < held:
            yield f"intake: {key} on {name} is {value:.4f}, and was {held:.4f} ({one.text})"


def missed(name: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield each goal that is not reached."""
    for one in figures:
        goal = one.goal(name)
        if goal is not None and one.is_measured and not one.is_reached(goal):
            yield f"goal: {one.row.name} on {name} is {one.value:.3f}, aimed at {goal:g} ({one.text})"


def size(papers: int) -> Iterator[str]:
    """Yield that there are too few papers."""
    if papers < PAPERS:
        yield f"intake: {papers} annotated papers in {sets.TUNED} and {sets.BLIND}, and {PAPERS} are aimed at"
