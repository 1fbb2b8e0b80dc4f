# SPDX-License-Identifier: Apache-2.0
"""What clues say of all acts at once: the sums of `learned`, by whole numbers of many lanes.

Each clue that was learned is one whole number, with a lane of 64 bits for each act, in which stands what the clue says for
it. Such a number times how much the clue counts, added to the others, is one step for all acts; taken one by one, the
three thousand weights that speak in a usual sentence were a tenth of the time that a paper takes.
"""

from __future__ import annotations

from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING

from debar.intake.acts import learned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.intake.acts.learned import Likely, Weights

WEIGHED = 1000
"""Parts of one in which weights are told; they are learned to hundredths."""
COUNTED = 1 << 24
"""Parts of one in which it is told how much a clue counts. A lane has room for eight million times a weight of 60."""
_BITS = 64
_HALF = 1 << (_BITS - 1)
"""What is added to a lane so that none is below zero: one would borrow from its neighbour."""


class Lanes:
    """Weights as whole numbers, each made when its clue is first met: a paper meets few of them."""

    def __init__(self, weights: Weights) -> None:
        """Take weights of three decimals at most."""
        self._said_by = weights.clues
        self._acts = weights.acts
        self._lanes = Struct(f"<{len(weights.acts)}Q")
        self._halves = int.from_bytes(self._lanes.pack(*[_HALF] * len(weights.acts)), "little")
        self._parts = [0] * len(weights.parts)
        """For each part, one in the lanes of the acts that have it."""
        for lane, numbers in enumerate(learned.numbers(weights.acts, weights.parts)):
            for number in numbers:
                self._parts[number] += 1 << (_BITS * lane)
        self._rows: dict[str, int] = {}

    def likely(self, clues: Mapping[str, float]) -> list[Likely]:
        """Give every act with how likely it is, the likeliest first, as `learned.likely` does but for the sixth digit."""
        spoken = self._halves
        for clue, counts in clues.items():
            if clue in self._said_by:
                spoken += round(counts * COUNTED) * (self._rows.get(clue) or self._row(clue))
        lanes = self._lanes.unpack(spoken.to_bytes(self._lanes.size, "little"))
        return learned.ranked([(lane - _HALF) / (WEIGHED * COUNTED) for lane in lanes], self._acts)

    def _row(self, clue: str) -> int:
        """Give what a clue says for each act, in lanes."""
        row = sum(round(weight * WEIGHED) * self._parts[part] for part, weight in self._said_by[clue])
        self._rows[clue] = row
        return row


@lru_cache(maxsize=1)
def lanes() -> Lanes:
    """Give those of what was learned."""
    return Lanes(learned.weights())
