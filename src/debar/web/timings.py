# SPDX-License-Identifier: Apache-2.0
"""How many requests there were, how they were answered and how long that took: by route, never by address or caller."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 1.0, 2.5, 10.0)
"""Seconds; the goals of the service, 150 and 400 ms, are among them."""
OTHER = "other"
"""What belongs to no route: an address that anybody can invent makes no series of its own."""


class Lasted(NamedTuple):
    """How long the requests of one route took."""

    buckets: list[int]
    """How many took at most as long as each bound; the last is for all that took longer."""
    total: list[float]
    """One element: the seconds of all."""


class Figures(NamedTuple):
    """Counts as one process tells them to others."""

    answered: list[tuple[str, str, int, int]]
    """Method, route, status, and how many."""
    lasted: dict[str, Lasted]


class Timings:
    """Counts since the process began; only the loop that answers adds to them."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.answered: Counter[tuple[str, str, int]] = Counter()
        """By method, route and status."""
        self.lasted: dict[str, Lasted] = {}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in _METHODS else OTHER
        self.answered[known, route, status] += 1
        lasted = self.lasted.setdefault(route, Lasted([0] * (len(BOUNDS) + 1), [0.0]))
        lasted.buckets[bisect_left(BOUNDS, seconds)] += 1
        lasted.total[0] += seconds

    def figures(self) -> Figures:
        """Give all of it."""
        return Figures([(*key, count) for key, count in self.answered.items()], dict(self.lasted))

    def add_all(self, told: Figures) -> None:
        """Count what another process has counted."""
        for method, route, status, count in told.answered:
            self.answered[method, route, status] += count
        for route, more in told.lasted.items():
            own = self.lasted.setdefault(route, Lasted([0] * (len(BOUNDS) + 1), [0.0]))
            own.buckets[:] = map(sum, zip(own.buckets, more.buckets, strict=True))
            own.total[0] += more.total[0]


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
