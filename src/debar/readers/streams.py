# SPDX-License-Identifier: Apache-2.0
"""Streams that are no file on disk: standard input, and members of archives.

Formats are told, and most are read, by going back to the beginning. So what was read of a stream is kept: in memory,
and in a temporary file once it is large. Whoever reads a log once lets it pass: from there on nothing of it is kept, and
nothing of it lies on a disk.
"""

from __future__ import annotations

import io
import os
from typing import BinaryIO, cast

from debar.errors import SourceError
from debar.readers.disk import BLOCK, SPOOL


class Streamed:
    """A stream that several may read, each at a place of its own."""

    def __init__(self, stream: BinaryIO, *, rewindable: bool) -> None:
        """Take the stream, and whether it can go back by itself."""
        self._stream, self._rewindable = stream, rewindable
        self._at = 0
        """Bytes that were taken out of the stream, or the place where it stands."""
        self._kept: BinaryIO | None = None if rewindable else _nothing_kept()
        self._length = 0
        """Bytes that are kept, from the first."""
        self._is_over = self._is_passing = False

    def view(self) -> BinaryIO:
        """Open it at its beginning; views do not disturb each other."""
        return cast("BinaryIO", View(self))

    def let_pass(self) -> None:
        """Keep nothing of what comes after what was read so far; it can then be read once, by one."""
        self._is_passing = True

    def is_longer(self, size: int) -> bool:
        """Tell whether there are more bytes than these, of which no more are asked for than memory keeps."""
        size = min(size, SPOOL // 2)
        at = 0
        while at <= size and (block := self.read(at, min(BLOCK, size + 1 - at))):
            at += len(block)
        return at > size

    def size(self) -> int:
        """Give all bytes that there are."""
        if self._kept is None:
            self._at = self._stream.seek(0, os.SEEK_END)
            return self._at
        while not self._is_over:
            self._take(BLOCK)
        return self._at

    def read(self, at: int, size: int) -> bytes:
        """Give bytes from a place on, fewer than asked for only at the end; SourceError for what has passed."""
        if self._kept is None:
            if self._at != at:
                self._at = self._stream.seek(at)
            data = self._stream.read(size)
            self._at += len(data)
            return data
        while not self._is_passing and not self._is_over and self._length < at + size:
            self._take(min(BLOCK, at + size - self._length))
        known = b""
        if at < self._length:
            self._kept.seek(at)
            known = self._kept.read(min(size, self._length - at))
        if len(known) == size or not self._is_passing:
            return known
        return known + self._passing(at + len(known), size - len(known))

    def close(self) -> None:
        """Let go of what was kept."""
        if self._kept is not None:
            self._kept.close()

    def _take(self, size: int) -> None:
        data = self._stream.read(size)
        self._is_over = not data
        self._at += len(data)
        if self._kept is not None:
            self._kept.seek(self._length)
            self._length += self._kept.write(data)

    def _passing(self, at: int, size: int) -> bytes:
        if at != self._at:
            raise SourceError("a stream that can be read once was asked for again", locator=f"byte {at}")
        data = self._stream.read(size)
        self._at += len(data)
        return data


def _nothing_kept() -> BinaryIO:
    import tempfile  # for streams only

    return cast("BinaryIO", tempfile.SpooledTemporaryFile(SPOOL))


class View(io.RawIOBase):
    """One reader's place in a stream."""

    def __init__(self, stream: Streamed) -> None:
        """Begin at the first byte."""
        self._stream, self._place = stream, 0

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read in any order."""
        return True

    def tell(self) -> int:
        """Give the place."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; ValueError for one before the first byte."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place}.get(whence)
        place = offset + (self._stream.size() if base is None else base)
        if place < 0:
            raise ValueError(f"negative seek position {place}")
        self._place = place
        return place

    def read(self, size: int | None = -1, /) -> bytes:
        """Give bytes, fewer than asked for only at the end."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(BLOCK), b""))
        data = self._stream.read(self._place, size)
        self._place += len(data)
        return data

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; give how many bytes there were."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
