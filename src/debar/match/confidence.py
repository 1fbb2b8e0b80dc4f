# SPDX-License-Identifier: Apache-2.0
"""How sure it is: levels of evidence, and the probability that labelled cases give them.

A level says what kind of evidence something is, and decides what may follow from it. The probability
says how often such evidence was right in cases whose truth is known (`make quality`). Both are combined
across media only: two fields of one row are one observation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.inventory import Calibration, Indicator
    from debar.model.results import Match
    from debar.model.vocab import Medium

WEIGHT = {5: 0.99, 4: 0.90, 3: 0.60, 2: 0.25, 1: 0.02}
"""Level of one match -> its weight when levels are combined; its probability, too, where nothing was measured."""
CERTAIN = 0.9999
"""No evidence is surer than that: nothing here is certain."""
_FLOORS = ((0.985, 5), (0.85, 4), (0.5, 3), (0.2, 2))
"""Combined weight -> level: two strong media prove, two moderate ones do not."""


def probabilities(indicators: Iterable[Indicator], calibrations: Iterable[Calibration]) -> tuple[float, ...]:
    """Give the probability of a match of each indicator: its kind's at its level, else its level's, else the weight."""
    measured = {(c.level, c.kind): c.probability for c in calibrations}
    return tuple(
        # What is met by screening has no patterns, and was not measured with those that have.
        measured.get((i.level, i.kind), measured.get((i.level, ""), WEIGHT.get(i.level, WEIGHT[1])))
        if i.patterns
        else WEIGHT.get(i.level, WEIGHT[1])
        for i in indicators
    )


def combined(matches: Iterable[Match]) -> tuple[int, float]:
    """Give level and probability of all matches together, taking the best of each medium."""
    weights: dict[Medium, float] = {}
    chances: dict[Medium, float] = {}
    for match in matches:
        weights[match.medium] = max(weights.get(match.medium, 0.0), WEIGHT[match.level])
        chances[match.medium] = max(chances.get(match.medium, 0.0), match.confidence)
    return level_of(_any(weights)), _any(chances)


def _any(chances: Mapping[Medium, float]) -> float:
    """Give the probability that at least one of independent media is right."""
    doubt = 1.0
    for chance in chances.values():
        doubt *= 1.0 - chance
    return min(round(1.0 - doubt, 4), CERTAIN)


def level_of(weight: float) -> int:
    """Give the level, 5 proven to 1 mention, of a combined weight."""
    return next((level for floor, level in _FLOORS if weight >= floor), 1)
