# SPDX-License-Identifier: Apache-2.0
"""What was found out a moment ago, for everybody who asks within it: however many do, the database is asked once a second.

Whoever asks while it is being found out does not wait for that, so that no crowd of them takes the threads which answer others.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
SECONDS = 1.0
"""A moment."""


class Recent(Generic[T]):
    """Something that is found out anew when it is older than a moment; what has a lifetime is what was found last."""

    def __init__(self, find: Callable[[], T], before: T, clock: Callable[[], float] = time.monotonic) -> None:
        """Take what finds it out, and what is told until that was done once."""
        self._find, self._found, self._clock = find, before, clock
        self._until = float("-inf")
        self._guard = threading.Lock()

    def get(self) -> T:
        """Give it, a moment old at most; what was found last where somebody else is at it."""
        if self._clock() < self._until or not self._guard.acquire(blocking=False):
            return self._found
        try:
            self._found = self._find()
            self._until = self._clock() + SECONDS
        finally:
            self._guard.release()
        return self._found
