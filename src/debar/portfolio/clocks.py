# SPDX-License-Identifier: Apache-2.0
"""Whether the clock of the machine was put forward or back: told by the other clock, which only ever goes on.

Holds on jobs stand in the database as instants, because processes and machines share them. After a jump they say too little or
too much, until whoever lives has said so anew.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from debar.portfolio.holding import HOLD

if TYPE_CHECKING:
    from collections.abc import Callable

_JUMP = 5.0
"""Seconds by which the two clocks may come to differ between two looks, as where time is mended little by little."""


class Clocks:
    """The clock that is put right, and the one that never is; a machine that slept has put the first forward."""

    def __init__(self, told: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        """Take both, in seconds."""
        self._told, self._steady = told, steady
        self._apart = told() - steady()
        self._until = steady()

    def has_jumped(self) -> bool:
        """Tell whether the clock was put forward or back within the time of a hold."""
        apart, now = self._told() - self._steady(), self._steady()
        if abs(apart - self._apart) > _JUMP:
            self._until = now + HOLD
        self._apart = apart
        return now < self._until
