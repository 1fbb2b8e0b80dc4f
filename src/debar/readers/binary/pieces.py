# SPDX-License-Identifier: Apache-2.0
"""Pieces of a binary file by their offset: checked against its true size before a byte is read."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from debar.errors import SourceError

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from struct import Struct

    from debar.readers.inputs import Input

PIECE = 1 << 26
"""Largest piece given at once, bytes: tables of real programs stay below 16 MiB."""
BLOCK = 1 << 20
SWEEP = 1 << 18
"""Bytes of a file in hand while the whole of it goes by: little enough to stay near the processor for every look."""
_HEAD = 1 << 12
"""Bytes read at once at the beginning, where headers lie."""
_IDLE: list[bytearray] = []
"""Buffers that no sweep uses at the moment: a new one for each of thousands of files costs more than reading most."""


class Pieces:
    """A file of which any piece can be had."""

    def __init__(self, file: BinaryIO, start: int = 0, size: int = -1) -> None:
        """Take a file that can be read in any order, and the part of it that counts as the whole."""
        self._file = file
        whole = file.seek(0, os.SEEK_END)
        self.start = min(start, whole)
        self.size = whole - self.start if size < 0 else min(size, whole - self.start)
        self._head = self._read(0, min(_HEAD, self.size))

    def at(self, offset: int, size: int) -> bytes:
        """Give exactly these bytes; SourceError when they do not all lie inside the file."""
        if offset < 0 or size < 0 or offset + size > self.size:
            raise SourceError(f"{size} bytes are said to lie outside the file", locator=f"byte {self.start + offset}")
        if offset + size <= len(self._head):
            return self._head[offset : offset + size]
        if size > PIECE:
            raise SourceError(f"a table of more than {PIECE >> 20} MiB", locator=f"byte {self.start + offset}")
        return self._read(offset, size)

    def near(self, offset: int, size: int) -> bytes:
        """Give at most these bytes: fewer where the file ends, none outside of it."""
        if offset < 0 or offset >= self.size:
            return b""
        return self.at(offset, max(0, min(size, self.size - offset)))

    def fields(self, layout: Struct, offset: int) -> tuple[Any, ...]:
        """Give the numbers that a layout finds at an offset."""
        return layout.unpack(self.at(offset, layout.size))

    def blocks(self, offset: int, end: int) -> Iterator[bytes]:
        """Yield the bytes between two offsets in turn."""
        while offset < min(end, self.size):
            block = self._read(offset, min(BLOCK, end - offset, self.size - offset))
            if not block:
                return
            yield block
            offset += len(block)

    def sweep(self, margin: int = 0) -> Iterator[tuple[int, memoryview]]:
        """Yield (offset, bytes) of the whole in turn, each beginning with the last `margin` bytes of the one before.

        What is given is good until the next is asked for: it lies in one buffer. SourceError when the file ends before
        its end, which means that it became shorter meanwhile.
        """
        with _buffer(margin + SWEEP) as buffer:
            at = kept = 0
            while at < self.size:
                self._file.seek(self.start + at)
                # Streams of every kind have it; the type of binary files does not say so.
                count = cast("io.RawIOBase", self._file).readinto(buffer[kept : kept + min(SWEEP, self.size - at)])
                if not count:
                    raise SourceError("the file became shorter while it was read", locator=f"byte {self.start + at}")
                end = kept + count
                yield at - kept, buffer[:end]
                at, kept = at + count, min(margin, end)
                buffer[:kept] = buffer[end - kept : end]

    def part(self, offset: int, size: int) -> Pieces:
        """Give a part of the file as a file of its own; its locators are those of the whole."""
        self.at(offset, 0)
        return Pieces(self._file, self.start + offset, min(max(0, size), self.size - offset))

    def _read(self, offset: int, size: int) -> bytes:
        self._file.seek(self.start + offset)
        return self._file.read(size)


@contextmanager
def _buffer(size: int) -> Iterator[memoryview]:
    """Lend a buffer of at least that many bytes."""
    lent = _IDLE.pop() if _IDLE else bytearray(size)
    if len(lent) < size:
        lent = bytearray(size)
    try:
        with memoryview(lent) as view:
            yield view[:size]
    finally:
        _IDLE.append(lent)


@contextmanager
def opened(source: Input) -> Iterator[Pieces]:
    """Open an input by pieces; a file of a tree without its digest, which would cost reading all of thousands."""
    with source.glance() if source.in_tree else source.seekable() as file:
        yield Pieces(file)


@contextmanager
def glanced(source: Input) -> Iterator[Pieces]:
    """Open an input by pieces to recognise it, without its digest."""
    with source.glance() as file:
        yield Pieces(file)


def text(data: bytes, encoding: str = "utf-8") -> str:
    """Give a text as far as its first NUL, without blanks around it; what cannot be decoded becomes U+FFFD."""
    return data.decode(encoding, "replace").partition("\0")[0].strip()


def zero_ended(table: bytes, at: int, longest: int = 1 << 12) -> str:
    """Give the text that begins at a place of a table of strings and ends with NUL, or nothing outside of it."""
    if not 0 <= at < len(table):
        return ""
    end = table.find(b"\0", at, at + longest)
    return table[at : end if end >= 0 else at + longest].decode("utf-8", "replace").strip()
