# SPDX-License-Identifier: Apache-2.0
"""What was made and is held in memory for the next who asks, as much as there is room for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
_LOCKS = 200
"""Locks that are remembered beside those that are held."""


class Hand(Generic[T]):
    """Things by their keys, the last used last; those that nobody used the longest make room."""

    def __init__(self, size: Callable[[T], int], room: int) -> None:
        """Take what tells how much room a thing takes, and how much there is."""
        self._size, self._room, self._full = size, room, 0
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._makers: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def look(self, key: Hashable) -> T | None:
        """Give what is at hand; nothing where it is not."""
        with self._guard:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
            return found

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what is at hand, or make it: whoever asks for the same meanwhile waits, instead of making it as well."""
        if (found := self.look(key)) is not None:
            return found
        with self._maker(key):
            if (found := self.look(key)) is not None:
                return found
            return self.put(key, make())

    def _maker(self, key: Hashable) -> threading.Lock:
        with self._guard:
            if len(self._makers) > _LOCKS:
                self._makers = {one: lock for one, lock in self._makers.items() if lock.locked()}
            return self._makers.setdefault(key, threading.Lock())

    def put(self, key: Hashable, made: T) -> T:
        """Have something at hand, in the place of what was there under its key, and give it."""
        with self._guard:
            if (before := self._things.pop(key, None)) is not None:
                self._full -= self._size(before)
            self._things[key] = made
            self._full += self._size(made)
            while self._full > self._room and len(self._things) > 1:
                self._full -= self._size(self._things.popitem(last=False)[1])
        return made
