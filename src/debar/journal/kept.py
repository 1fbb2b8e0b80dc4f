# SPDX-License-Identifier: Apache-2.0
"""What a journal holds of one file, and what is added to it while the file is read."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Protocol

from debar.journal.frames import Begun, Block, Ended, Passed, expect_sound
from debar.readers import sifting
from debar.readers.sifting import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.journal.frames import Entry

_EVERY, _SECONDS, _LINES = 1 << 26, 2.0, 1 << 22
"""Bytes of a file, time, and bytes of lines after which a frame is written."""
_SHARE = 8
"""One part in so many of a log may be kept; of a log in which more matters, the rest is read again."""


class Written(Protocol):
    """What entries are written to, and read from."""

    def add(self, entry: Entry) -> None:
        """Write one entry."""

    def blocks(self, at: int) -> tuple[Block, ...]:
        """Give the blocks of the entry at a place."""


class Known:
    """What a journal holds of one file."""

    def __init__(self, begun: Begun) -> None:
        self.begun = begun
        self.frames: list[int] = []
        """Where its blocks lie in the journal."""
        self.blocks = 0
        self.last: Block | None = None
        self.whole: tuple[int, Block] | None = None
        """How many blocks were read before the end of the file, and the last of them."""
        self.ended: Ended | None = None

    def add(self, passed: Passed, at: int) -> None:
        """Take some blocks; ValueError for what cannot be of one file."""
        for block in passed.blocks:
            expect_sound(block, self.last)
            self.last, self.blocks = block, self.blocks + 1
            if block.position % sifting.BLOCK == 0:
                self.whole = self.blocks, block
        self.frames.append(at)


class Kept:
    """What is kept of one file, while it is read."""

    def __init__(
        self, journal: Written, known: Known, blocks: int, *, whole: tuple[str, int] | None = None, copied: int = -1
    ) -> None:
        """Take what is known, how many blocks of it hold, and the number under which they are kept again."""
        self._journal, self._known, self._blocks, self.whole = journal, known, blocks, whole
        self._number, self._is_copied = (copied, True) if copied >= 0 else (known.begun.number, False)
        last = known.last if blocks == known.blocks else known.whole[1] if known.whole else None
        self.position, self.kept = (last.position, last.kept) if last and blocks else (0, 0)
        self._given: Block | None = None
        self._waiting: list[Block] = []
        self._lines = self._all = 0
        self._written, self._since = self.position, time.monotonic()
        self._is_worth = True

    def lines(self) -> Iterator[Lines]:
        """Yield the blocks that were looked through earlier."""
        left = self._blocks
        for at in self._known.frames:
            for block in self._journal.blocks(at)[:left]:
                left -= 1
                self._given = block
                yield Lines(
                    block.total, list(block.found), block.position, block.goes_on, kept=block.kept, is_given=True
                )
            if not left:
                return

    def note(self, block: Lines) -> None:
        """Keep a block with the lines that were taken from it."""
        if (block.is_given and not (self._is_copied and self._given)) or not self._is_worth:
            return
        self._waiting.append(
            self._given
            if block.is_given and self._given
            else Block(block.total, block.position, block.kept, block.goes_on, block.tail, tuple(block.found))
        )
        size = sum(len(line) for _, line in block.found)
        self._lines, self._all = self._lines + size, self._all + size
        if (
            block.position - self._written >= _EVERY
            or self._lines >= _LINES
            or time.monotonic() - self._since >= _SECONDS
        ):
            self._write(block.position)

    def end(self, sha256: str, size: int) -> None:
        """Keep that the file was looked through to its end."""
        self._write(size)
        if self._is_worth:
            self._journal.add(Ended(self._number, sha256, size))

    def close(self) -> None:
        """Keep what waits to be written."""
        self._write(self._written)

    def _write(self, position: int) -> None:
        if self._waiting:
            self._journal.add(Passed(self._number, tuple(self._waiting)))
        self._waiting.clear()
        self._lines, self._written, self._since = 0, position, time.monotonic()
        self._is_worth &= self._all <= _LINES or self._all <= position // _SHARE


def is_same(file: Path, last: Block) -> bool:
    """Tell whether the bytes before a place in a file are those that were looked through."""
    length, checksum = last.tail
    at = last.position - last.kept
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, at - 2 * sifting.TAIL))
            before = opened.read(min(at, 2 * sifting.TAIL)).rstrip(b"\r\n")
    except OSError:
        return False
    end = before[len(before) - length :] if length <= len(before) else b""
    return len(end) == length and zlib.crc32(end) == checksum
