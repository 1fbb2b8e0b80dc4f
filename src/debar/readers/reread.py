# SPDX-License-Identifier: Apache-2.0
"""Blocks that were looked through by somebody else, and are read here when a reader needs all lines of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Self

from debar.errors import SourceError
from debar.readers.sifting import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.sifting import Raw
    from debar.readers.splits import Part


class Again:
    """A split that is read here as well."""

    def __init__(self, part: Part) -> None:
        """Take the split; nothing is read before somebody asks."""
        self.part = part
        self._blocks: Iterator[Raw] | None = None
        self._at = 0
        self._last: tuple[int, bytes] = (-1, b"")

    def text(self, ordinal: int) -> bytes:
        """Give a block; they are asked for in order. SourceError where the file is another than was looked through."""
        if self._last[0] != ordinal:
            raw = next(self.rest(ordinal), None)
            if raw is None:
                raise SourceError("it changed while it was read", hint="scan again")
            self._at = ordinal + 1
            self._last = ordinal, raw.text
        return self._last[1]

    def rest(self, ordinal: int) -> Iterator[Raw]:
        """Give the blocks from one on."""
        if self._blocks is None:
            self._blocks = self.part.blocks()
        return islice(self._blocks, ordinal - self._at, None)


class Block(Lines):
    """Lines without their text, which is read when somebody asks for it."""

    _again: Again
    _ordinal: int

    @classmethod
    def of(cls, lines: Lines, again: Again, ordinal: int) -> Self:
        """Give the lines of the block of that number in a split."""
        block = cls(*lines)
        block._again, block._ordinal = again, ordinal
        return block

    @property
    def text(self) -> bytes:
        """Give the block."""
        return self._again.text(self._ordinal)
