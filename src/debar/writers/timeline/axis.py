# SPDX-License-Identifier: Apache-2.0
"""A time axis: which place belongs to an instant, and where its ticks stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months between two ticks, the first that leaves room for the labels."""
_MONTH = 30.44 * 86_400
"""Seconds."""


class Tick(NamedTuple):
    """A line across the picture, with its label."""

    at: datetime
    x: float
    text: str


class Axis(NamedTuple):
    """From an instant at the left to an instant at the right."""

    since: datetime
    until: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Give the place of an instant; what lies outside comes to the border."""
        whole = (self.until - self.since).total_seconds() or 1
        share = (at - self.since).total_seconds() / whole
        return self.left + (self.right - self.left) * min(max(share, 0), 1)

    def ticks(self, room: float) -> list[Tick]:
        """Give a tick for each year, or for whatever leaves that much room for each letter of a label."""
        months = (self.until - self.since).total_seconds() / _MONTH or 1
        per_month = (self.right - self.left) / months
        step = next((step for step in _STEPS if step * per_month >= room * _letters(step)), _STEPS[-1])
        return [Tick(at, self.x(at), f"{at:%Y}" if step >= 12 else f"{at:%b %Y}") for at in self._every(step)]

    def _every(self, months: int) -> Iterator[datetime]:
        count = self.since.year * 12
        while (at := datetime(count // 12, count % 12 + 1, 1, tzinfo=UTC)) <= self.until:
            if at >= self.since:
                yield at
            count += months


def _letters(step: int) -> int:
    """Give how long a label is, with the gap after it."""
    return len("2024 ") if step >= 12 else len("Jan 2024  ")
