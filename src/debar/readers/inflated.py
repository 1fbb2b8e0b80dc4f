# SPDX-License-Identifier: Apache-2.0
"""Decompression within limits: gzip, Zstandard, bzip2 and xz, told from the first bytes."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Protocol

from debar.errors import SourceError
from debar.readers.disk import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.disk import Disk

BOMB_FLOOR = 1 << 28
"""Bytes that any compressed stream may grow to."""
BOMB_RATIO = 250
"""Growth at which a stream past the floor is refused; real logs and documents grow 5 to 60 times."""
_STEP = 1 << 16
"""Bytes asked for at once: what a library has decompressed of them is lost where it meets a fault."""
_GZIP, _ZSTD, _BZIP2, _XZ = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zX"
PACKED = (_GZIP, _ZSTD, _BZIP2, _XZ)
"""First bytes of compressed files."""


class _Readable(Protocol):
    """Whatever decompresses."""

    def read(self, size: int, /) -> bytes | memoryview:
        """Give at most `size` bytes, none at the end."""


class Inflated(io.RawIOBase):
    """A decompressed stream that refuses to grow out of all proportion."""

    def __init__(self, inner: _Readable, disk: Disk) -> None:
        self.inner, self.disk, self.grown = inner, disk, 0
        self._fault: SourceError | None = None

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; SourceError for broken compression, and for growth past the limit.

        What was decompressed before a fault is given before it: a file may be cut off anywhere.
        """
        filled = 0
        for block in self._blocks(len(buffer)):
            buffer[filled : filled + len(block)] = block
            filled += len(block)
        return filled

    def read(self, size: int = -1, /) -> bytes:
        """Give the same as bytes, without the copies that filling a buffer costs."""
        return b"".join(self._blocks(size if size >= 0 else sys.maxsize))

    def _blocks(self, wanted: int) -> Iterator[bytes | memoryview]:
        """Yield the next bytes, at most as many as wanted; a fault is raised once nothing stands before it."""
        given = 0
        while given < wanted and self._fault is None:
            try:
                block = self._next(min(_STEP, wanted - given))
            except SourceError as e:
                self._fault = e
                break
            if not block:
                break
            yield block
            given += len(block)
        if self._fault is not None and not given:
            raise self._fault

    def _next(self, size: int) -> bytes | memoryview:
        try:
            block = self.inner.read(size)
        except Exception as e:  # each library has its own error, none of them a common base
            raise SourceError(f"broken compression: {e}", locator=f"byte {self.disk.size}") from e
        self.grown += len(block)
        if self.grown > BOMB_FLOOR and self.grown > BOMB_RATIO * self.disk.size:
            raise SourceError(
                f"grows more than {BOMB_RATIO} times when decompressed",
                locator=f"byte {self.disk.size}",
                hint="decompress it yourself if you trust it",
            )
        return block


class _Zstd:
    """Zstandard frames one after another; unlike the library's own stream it tells when the last is cut off."""

    def __init__(self, packed: io.BufferedReader) -> None:
        import zstandard  # loaded for compressed inputs only

        self._library = zstandard.ZstdDecompressor()
        self._packed, self._rest = packed, b""
        self._frame = self._library.decompressobj()
        self._is_inside = False
        self._ready = memoryview(b"")

    def read(self, size: int) -> bytes | memoryview:
        """Give at most `size` bytes, none at the end; EOFError when the file ends inside a frame."""
        while not self._ready:
            # Small steps: four bytes of a frame may grow to 128 KiB, so a step may to 64 MiB.
            packed = self._rest or self._packed.read(1 << 11)
            if not packed:
                if self._is_inside:
                    raise EOFError("the file ends inside a compressed frame")
                return b""
            self._ready = memoryview(self._frame.decompress(packed))
            self._is_inside, self._rest = not self._frame.eof, self._frame.unused_data
            if self._frame.eof:
                self._frame = self._library.decompressobj()
        block, self._ready = self._ready[:size], self._ready[size:]
        return block


def inflated(disk: Disk) -> io.RawIOBase:
    """Give the stream that decompresses the file, or the file itself when it is plain."""
    if disk.magic.startswith(_GZIP):
        from isal import igzip  # loaded for compressed inputs only

        packed = io.BufferedReader(disk, BLOCK)
        return Inflated(igzip.IGzipFile(fileobj=packed, mode="rb"), disk)
    if disk.magic == _ZSTD:
        return Inflated(_Zstd(io.BufferedReader(disk, BLOCK)), disk)
    if disk.magic.startswith(_BZIP2):
        import bz2  # loaded for compressed inputs only

        return Inflated(bz2.BZ2File(io.BufferedReader(disk, BLOCK)), disk)
    if disk.magic == _XZ:
        import lzma  # loaded for compressed inputs only

        return Inflated(lzma.LZMAFile(io.BufferedReader(disk, BLOCK)), disk)
    return disk
