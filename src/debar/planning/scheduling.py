# SPDX-License-Identifier: Apache-2.0
"""Jobs to working days: as many visits on a day as there are hands for, what is due first before the rest.

A job is one or two visits of one machine, the second on the working day after the first. Jobs are placed one after the other,
each on the first day that has room. So

1. the days before that one are full, and no later day has more visits than an earlier one: the second visit finds room too;
2. no job begins before one that stands before it in the order;
3. with more room on each day no job ends later (with at most two visits a job; with three that would not hold).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.dates import SATURDAY
from debar.model.results import Simulated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    DaysOff = Callable[[int], frozenset[date]]

MOST_VISITS = 2


class Piece(NamedTuple):
    """What scheduling needs to know of a job."""

    asset: str
    visits: int
    """1 or 2."""
    due: str
    """Earliest day by which something that it settles is due; empty where nothing has one."""


class Days:
    """The working days from a day on, by number; made as far as they are asked for."""

    def __init__(self, begins: str, days_off: DaysOff | None) -> None:
        """Take the first day that may be one, and the days off by year."""
        self._next, self._days_off = date.fromisoformat(begins), days_off
        self._known: list[str] = []

    def __getitem__(self, number: int) -> str:
        """Give a working day; 0 is the first on or after the day begun with."""
        while len(self._known) <= number:
            day, self._next = self._next, self._next + timedelta(days=1)
            if day.weekday() < SATURDAY and not (self._days_off and day in self._days_off(day.year)):
                self._known.append(day.isoformat())
        return self._known[number]


def schedule(visits: Sequence[int], capacity: int | None) -> list[int]:
    """Give the number of the working day on which each job begins, with so many visits on one day."""
    if capacity is None:
        return [0] * len(visits)
    used: list[int] = [0] * (MOST_VISITS + 1)
    first, begins = 0, []
    for count in visits:
        while used[first] >= capacity:
            first += 1
            used.append(0)
        begins.append(first)
        for number in range(first, first + count):
            used[number] += 1
    return begins


def simulate(pieces: Sequence[Piece], capacity: int | None, days: Days) -> Simulated:
    """Give how many assets would be late with a capacity, by how much, and when the last visit is."""
    late: set[str] = set()
    worst, last = 0, -1
    for piece, begin in zip(pieces, schedule([p.visits for p in pieces], capacity), strict=True):
        end = begin + piece.visits - 1
        last = max(last, end)
        done = days[end]
        if piece.due and done > piece.due:
            late.add(piece.asset)
            worst = max(worst, behind(piece.due, done))
    return Simulated(capacity=capacity, late=len(late), days_late=worst, until=days[last] if last >= 0 else "")


def least(pieces: Sequence[Piece], days: Days) -> Simulated | None:
    """Give the smallest capacity with which no more assets are late than with any; nothing when there is no visit."""
    if not pieces:
        return None
    best = simulate(pieces, None, days).late
    low, high = 1, sum(piece.visits for piece in pieces)
    while low < high:
        middle = (low + high) // 2
        if simulate(pieces, middle, days).late <= best:
            high = middle
        else:
            low = middle + 1
    return simulate(pieces, low, days)


@lru_cache(maxsize=4096)
def behind(due: str, done: str) -> int:
    """Give by how many days something is late."""
    return (date.fromisoformat(done) - date.fromisoformat(due)).days
