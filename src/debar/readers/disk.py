# SPDX-License-Identifier: Apache-2.0
"""A file on disk while it is read, and streams copied where they can be read in any order."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DOCUMENT = 1 << 30
"""Largest document that is decoded as a whole, bytes after decompression."""
BLOCK = 1 << 20
SPOOL = 1 << 26
"""Bytes of a stream kept in memory while it is read in any order; a larger one goes to a temporary file."""
SETTLED = 1 << 16
"""Size up to which files are read whatever becomes of them meanwhile: those of the kernel give a wrong one, or none."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Disk(io.RawIOBase):
    """The file on disk as it was when it was opened; every byte that passes is counted and digested."""

    def __init__(
        self, raw: BinaryIO, *, is_digested: bool, whole: int = -1, told: Callable[[int], None] | None = None
    ) -> None:
        """Take the open file and, where they are known, its size; `told` is told how many bytes were read."""
        self.raw = raw
        self.magic = raw.read(4)
        self._sha256 = hashlib.sha256() if is_digested else None
        self._whole = whole if whole > SETTLED else -1
        self._told = told
        self.size = 0
        raw.seek(0)

    def begin(self, position: int) -> None:
        """Go on where an earlier reading ended, as if everything before had been read."""
        self.size = self.raw.seek(position)

    def has_grown(self) -> bool:
        """Tell whether all of the file was read, and there is more by now."""
        return 0 <= self._whole <= self.size and self.raw.seek(0, os.SEEK_END) > self._whole

    def _passed(self, count: int, asked: int) -> None:
        self.size += count
        if not count and asked and 0 <= self.size < self._whole:
            raise SourceError(
                f"was cut off while it was read: it had {self._whole:,} bytes",
                locator=f"byte {self.size}",
                hint="scan again; a log is best copied before it is rotated",
            )
        if count and self._told:
            self._told(self.size)

    def _left(self, size: int) -> int:
        """Give how many bytes may be read of as many: what is added to a file while it is read never ends."""
        if self._whole < 0:
            return size
        left = max(0, self._whole - self.size)
        return left if size < 0 else min(size, left)

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; give how many bytes there were."""
        size = self._left(len(buffer))
        count: int = self.raw.readinto(buffer[:size])  # type: ignore[attr-defined]
        if self._sha256:
            self._sha256.update(buffer[:count])
        self._passed(count, len(buffer))
        return count

    def read(self, size: int = -1, /) -> bytes:
        """Give at most `size` bytes, without the copies that filling a buffer costs."""
        data = self.raw.read(self._left(size))
        if self._sha256:
            self._sha256.update(data)
        self._passed(len(data), size)
        return data

    def digest(self) -> str:
        """Give the digest of what was read; nothing where none was asked for."""
        return self._sha256.hexdigest() if self._sha256 else ""

    def drain(self) -> None:
        """Read what a reader left unread, so that the digest covers the whole file."""
        if self._sha256 is None:
            return
        block = memoryview(bytearray(1 << 13))  # nearly always nothing is left: keep the question cheap
        while self.readinto(block):
            if len(block) < BLOCK:
                block = memoryview(bytearray(BLOCK))


def regular(file: Path) -> tuple[int, int]:
    """Open a regular file, never a device that has no end; give its descriptor and size."""
    try:
        # Opening a named pipe would wait for a writer, hence non-blocking and then the check.
        handle = os.open(file, _FLAGS)
    except OSError as e:
        raise SourceError(e.strerror or str(e)) from e
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise SourceError("not a regular file")
    return handle, about.st_size


def whole(disk: Disk) -> bytearray:
    """Read a plain file into one buffer of its size, without a second copy."""
    size = disk.raw.seek(0, os.SEEK_END)
    disk.raw.seek(0)
    if size > DOCUMENT:
        raise too_large()
    data = bytearray(size)
    view, filled = memoryview(data), 0
    while filled < size and (count := disk.readinto(view[filled : filled + (BLOCK << 3)])):
        filled += count
    view.release()
    del data[filled:]
    return data


def grown(stream: io.RawIOBase) -> bytearray:
    """Read a decompressed stream step by step, so that a bomb costs no more than its limit."""
    data = bytearray()
    while block := stream.read(BLOCK):
        data += block
        if len(data) > DOCUMENT:
            raise too_large()
    return data


def limited(file: BinaryIO) -> bytes:
    """Give all bytes of a file, at most DOCUMENT of them."""
    data = file.read(DOCUMENT + 1)
    if len(data) > DOCUMENT:
        raise too_large()
    return data


def too_large() -> SourceError:
    """Give the fault of a document that would fill the memory."""
    return SourceError(f"more than {DOCUMENT >> 20} MiB, too large to decode as one document")


def spooled(stream: BinaryIO | io.RawIOBase) -> BinaryIO:
    """Copy a stream that cannot be rewound into memory, or into a temporary file once it is large."""
    import tempfile  # for standard input, members of archives and compressed files only

    spool = tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - lives as long as the input
    try:
        while block := stream.read(BLOCK):
            spool.write(block)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool  # type: ignore[return-value]
