# SPDX-License-Identifier: Apache-2.0
"""The floor of the figures: what was reached before, which may rise and never falls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.names.rates import Figure

FLOOR = Path(__file__).parent / "floor.json"
Floors = dict[str, dict[str, float]]
"""By corpus ("shipped": the project's own, "other": one that was named), figures that are held to by their keys."""
HELD = (
    *(
        f"{where}.{what}"
        for where in ("suppliers", "register")
        for what in ("different", "same", "affiliate", "script")
    ),
    *(f"{where}.at5.{what}" for where in ("suppliers", "register") for what in ("same", "affiliate", "script")),
    *(f"suppliers.{way}-folds.{what}" for way in ("party", "name") for what in ("same", "affiliate", "different")),
    "suppliers.ownership",
    "retrieval.at0.5",
    "retrieval.folds",
    "alerts.unexplained",
    "alerts.thousand",
    "pairs.name_bench",
    "pairs.emm",
    "pairs.issues",
)
"""Keys of the figures that are recorded."""
DIGITS = 4


def floors(file: Path = FLOOR) -> Floors:
    """Give the recorded floors."""
    return msgspec.json.decode(file.read_bytes(), type=Floors)


def record(figures: Sequence[Figure], corpus: str, file: Path = FLOOR) -> None:
    """Write the figures of a corpus as its floor; those of others stay."""
    reached = {figure.key: round(figure.value, DIGITS) for figure in figures if figure.key in HELD}
    every = {**floors(file), corpus: dict(sorted(reached.items()))}
    file.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(every.items()))), indent=2) + b"\n")


def faults(figures: Sequence[Figure], floor: dict[str, float]) -> Iterator[str]:
    """Yield each figure that is worse than recorded, or is recorded and was not measured."""
    measured = {figure.key: figure for figure in figures}
    for key, held in floor.items():
        if key not in measured:
            yield f"names: {key} is recorded, and was not measured"
            continue
        value = round(measured[key].value, DIGITS)
        if measured[key].is_most and value > held:
            yield f"names: {key} is {value:.4f}, above {held:.4f} ({measured[key].text})"
        elif not measured[key].is_most and value < held:
            yield f"names: {key} is {value:.4f}, below {held:.4f} ({measured[key].text})"
