# SPDX-License-Identifier: Apache-2.0
"""Which numbers belong to a word, as columns: a hundred thousand words are read as fast as their bytes are."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INT = "i"
"""Numbers of 32 bits, as this machine writes them: what is kept is of this machine alone."""


class Columns(msgspec.Struct, frozen=True, array_like=True):
    """Words, and the numbers of each, as they are kept."""

    words: list[str]
    begins: bytes
    """Where the numbers of each word begin, and behind the last of them."""
    numbers: bytes


class Lookup:
    """The same, to be asked for words."""

    def __init__(self, columns: Columns, beside: Lookup | None = None) -> None:
        """Take the columns; those of the words of another lookup name none of their own."""
        own = dict(zip(columns.words, range(len(columns.words)), strict=True))
        self.slots: dict[str, int] = beside.slots if beside else own
        """Where each word stands."""
        self._begins, self._numbers = ints(columns.begins), ints(columns.numbers)

    def __contains__(self, word: object) -> bool:
        """Tell whether there is such a word."""
        return word in self.slots

    def has_any(self, words: Iterable[str]) -> bool:
        """Tell whether there is any of some words."""
        return not self.slots.keys().isdisjoint(words)

    def __len__(self) -> int:
        """Give how many words there are."""
        return len(self.slots)

    def __iter__(self) -> Iterator[str]:
        """Yield the words in their order."""
        return iter(self.slots)

    def of(self, word: str) -> memoryview[int]:
        """Give the numbers of a word, none where it is not there."""
        slot = self.slots.get(word, -1)
        return self._numbers[self._begins[slot] : self._begins[slot + 1]] if slot >= 0 else self._numbers[:0]


def ints(data: bytes) -> memoryview[int]:
    """Give numbers that were kept, where they lie."""
    return memoryview(data).cast("i")


def floats(data: bytes) -> memoryview[float]:
    """Give numbers with a point that were kept."""
    return memoryview(data).cast("d")


def stored(numbers: Iterable[int]) -> bytes:
    """Give numbers as they are kept."""
    return array(_INT, numbers).tobytes()


def grouped(pairs: Iterable[tuple[str, int]]) -> Columns:
    """Give the different numbers of each word, words and numbers in the order in which they come."""
    found: dict[str, dict[int, None]] = {}
    for word, number in pairs:
        there = found.get(word)
        if there is None:
            found[word] = {number: None}
        else:
            there[number] = None
    return _columns(list(found), found.values())


def beside(other: Columns, pairs: Iterable[tuple[str, int]]) -> Columns:
    """Give the numbers that words of other columns have here as well, without naming the words again."""
    found: dict[str, dict[int, None]] = {word: {} for word in other.words}
    for word, number in pairs:
        found[word][number] = None
    return _columns([], found.values())


def _columns(words: list[str], every: Iterable[Iterable[int]]) -> Columns:
    numbers, begins = array(_INT), array(_INT, [0])
    for each in every:
        numbers.extend(each)
        begins.append(len(numbers))
    return Columns(words, begins.tobytes(), numbers.tobytes())
