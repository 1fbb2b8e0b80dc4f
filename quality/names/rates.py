# SPDX-License-Identifier: Apache-2.0
"""Shares, thresholds and folds: arithmetic that all figures have in common."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

FOLDS = 5


class Figure(NamedTuple):
    """One measured number."""

    key: str
    """Under which its floor is recorded, and by which it is put beside that of a peer."""
    text: str
    value: float
    goal: float | None = None
    is_most: bool = False
    """The goal and the floor are the most that it may be; else the least."""

    @property
    def is_reached(self) -> bool:
        """Tell whether the goal is reached; a figure without one is never short of it."""
        if self.goal is None:
            return True
        return self.value <= self.goal if self.is_most else self.value >= self.goal


def share(of: Iterable[bool]) -> float:
    """Give the share that is true; 0 of nothing."""
    every = list(of)
    return sum(every) / len(every) if every else 0.0


def cut(scores: Collection[float], flagged: float) -> float:
    """Give the score above which at most this share of the scores lies: what is flagged is above it, not at it."""
    ranked = sorted(scores, reverse=True)
    allowed = int(flagged * len(ranked) + 1e-9)
    return ranked[allowed] if allowed < len(ranked) else 0.0


def below(threshold: float) -> float:
    """Give the next number under a threshold, so that what is at the threshold is above it."""
    return math.nextafter(threshold, 0.0)


def above(scores: Iterable[float], limit: float) -> float:
    """Give the share of scores above a limit; what has no hit at all scores 0, and is never above."""
    return share(score > max(limit, 0.0) for score in scores)


def curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Give the area under the curve: how often one that matches scores above one that does not; a tie is half."""
    ranked = sorted([(score, True) for score in positive] + [(score, False) for score in negative])
    ranks, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        ranks += sum(is_match for _, is_match in ranked[start:end]) * (start + 1 + end) / 2
        start = end
    many, few = len(positive), len(negative)
    return (ranks - many * (many + 1) / 2) / (many * few) if many and few else 0.0


def folds(keys: Iterable[str]) -> dict[str, int]:
    """Deal keys out to folds of the same size, by a hash that does not change from run to run."""
    dealt = sorted(set(keys), key=lambda key: (zlib.crc32(key.encode()), key))
    return {key: number % FOLDS for number, key in enumerate(dealt)}
