# SPDX-License-Identifier: Apache-2.0
"""A log looked through by copies of this process, which meanwhile does what a reader does with the lines.

Threads would do as well, but for the interpreter's lock: reading, decompressing and looking take it between two
steps, and a reader that is busy makes each step wait. Several copies look each through a part of the file, or one
through what can only be read from its beginning. A copy that dies is done without.
"""

from __future__ import annotations

from contextlib import closing
from itertools import chain, count, islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.errors import SourceError
from debar.readers import sifting, splits
from debar.readers.reread import Again, Block
from debar.readers.sifting import Lines
from debar.readers.splits import End, Part, Split
from debar.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from debar.automaton import Finder
    from debar.readers.splits import File

SPLIT = 1 << 22
"""Bytes of a file that a copy looks through before it answers."""


class _Answer(NamedTuple):
    """What a copy says: blocks without their texts, and how the split ended if it did."""

    blocks: list[Lines]
    end: End | None = None


class Copies:
    """A file on disk, while copies look through it."""

    def __init__(self, file: File, finder: Finder, number: int, begin: int = 0) -> None:
        """Take the file, how many copies there may be, and the byte to begin at: a multiple of BLOCK."""
        self._file, self._finder, self._number, self._begin = file, finder, number, begin
        self.sha256, self.size = "", begin

    def lines(self) -> Iterator[Lines]:
        """Yield its blocks in order; SourceError where it broke off."""
        with closing(self._divided() if self._file.is_divisible else self._streamed()) as found:
            for each in found:
                if isinstance(each, Lines):
                    yield each
                    continue
                self.sha256, self.size = each.sha256, each.size
                if each.fault:
                    message, place, hint = each.fault
                    raise SourceError(message, locator=place, hint=hint)

    def _divided(self) -> Generator[Lines | End]:
        """Yield what copies say of the parts of the file."""
        parts = splits.cut(self._file, 0, SPLIT, self._begin)

        def work(question: bytes) -> bytes:
            *blocks, end = splits.looked(self._file, parts[int.from_bytes(question)], self._finder)
            return msgspec.msgpack.encode((blocks, end))

        team = Workers(work, min(self._number, len(parts)))
        try:
            for part, answer in team.answers((part, number.to_bytes(4)) for number, part in enumerate(parts)):
                yield from self._rereadable(part, self._said(answer, part, 0))
        finally:
            team.close()

    def _streamed(self) -> Generator[Lines | End]:
        """Yield what one copy says of the whole file."""
        (whole,) = splits.cut(self._file, 0, SPLIT)
        team = Workers(_told(splits.looked(self._file, whole, self._finder, is_ahead=True)), 1)

        def found() -> Iterator[Lines | End]:
            passed = 0
            for _, answer in team.answers((None, b"go on") for _ in count()):
                for each in self._said(answer, whole, passed):
                    yield each
                    passed += 1
                    if isinstance(each, End):
                        return

        try:
            yield from self._rereadable(whole, found())
        finally:
            team.close()

    def _said(self, answer: bytes | None, split: Split, passed: int) -> Iterable[Lines | End]:
        """Give what an answer says; for one that never came, what this process finds behind the blocks that passed."""
        if answer is None:
            return islice(splits.looked(self._file, split, self._finder), passed, None)
        told = msgspec.msgpack.decode(answer, type=_Answer)
        return chain(told.blocks, (told.end,) if told.end else ())

    def _rereadable(self, split: Split, found: Iterable[Lines | End]) -> Iterator[Lines | End]:
        """Yield the same, with blocks that are read again when a reader needs all lines."""
        again = Again(Part(self._file, split))
        for ordinal, each in enumerate(found):
            yield Block.of(each, again, ordinal) if isinstance(each, Lines) else each


def _told(looked: Iterator[Lines | End]) -> Callable[[bytes], bytes]:
    """Give what answers with the next blocks, whatever it is asked; with none when there are no more."""

    def work(_question: bytes) -> bytes:
        blocks: list[Lines] = []
        for each in looked:
            if isinstance(each, End):
                return msgspec.msgpack.encode((blocks, each))
            blocks.append(each)
            if len(blocks) * sifting.BLOCK >= SPLIT:
                break
        return msgspec.msgpack.encode((blocks, None))

    return work
