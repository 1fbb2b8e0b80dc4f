# SPDX-License-Identifier: Apache-2.0
"""One input while it is read: its bytes, decompressed within limits, and the digest of the file.

Everything that is read is hostile. The limits below bound what one file can cost; each is checked
while reading, never believed from a header.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from weakref import finalize

from debar.errors import SourceError
from debar.readers import encodings, places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import Layout

HEAD = 1 << 16
"""Bytes looked at to recognise a format."""
LINE = 1 << 24
"""Longest line of a line-based format, bytes. The longest seen in real logs is below 1 MiB."""
DOCUMENT = 1 << 30
"""Largest document that is decoded as a whole, bytes after decompression."""
BOMB_FLOOR = 1 << 28
"""Bytes that any compressed stream may grow to."""
BOMB_RATIO = 250
"""Growth at which a stream past the floor is refused; real logs and documents grow 5 to 60 times."""
SMALL = 1 << 22
"""Largest plain file that is read at once, bytes; nearly all BOMs are smaller."""
BLOCK = 1 << 20
SPOOL = 1 << 26
"""Bytes of a stream kept in memory while it is read in any order; a larger one goes to a temporary file."""
NAMED = 5
"""Broken places of one input that are named one by one; the rest are counted."""
_GZIP, _ZSTD, _BZIP2, _XZ = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zX"
"""First bytes of compressed files."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Disk(io.RawIOBase):
    """The file on disk; every byte that passes is counted and digested."""

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw
        self.magic = raw.read(4)
        self.sha256 = hashlib.sha256()
        self.size = 0
        raw.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count: int = self.raw.readinto(buffer)  # type: ignore[attr-defined]
        self.sha256.update(buffer[:count])
        self.size += count
        return count

    def drain(self) -> None:
        """Read what a reader left unread, so that the digest covers the whole file."""
        block = memoryview(bytearray(1 << 13))  # nearly always nothing is left: keep the question cheap
        while self.readinto(block):
            if len(block) < BLOCK:
                block = memoryview(bytearray(BLOCK))


class _Readable(Protocol):
    """Whatever decompresses."""

    def read(self, size: int, /) -> bytes | memoryview:
        """Give at most `size` bytes, none at the end."""


class _Inflated(io.RawIOBase):
    """A decompressed stream that refuses to grow out of all proportion."""

    def __init__(self, inner: _Readable, disk: _Disk) -> None:
        self.inner, self.disk, self.grown = inner, disk, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            block = self.inner.read(len(buffer))
        except Exception as e:  # each library has its own error, none of them a common base
            raise SourceError(f"broken compression: {e}", locator=f"byte {self.disk.size}") from e
        self.grown += len(block)
        if self.grown > BOMB_FLOOR and self.grown > BOMB_RATIO * self.disk.size:
            raise SourceError(
                f"grows more than {BOMB_RATIO} times when decompressed",
                locator=f"byte {self.disk.size}",
                hint="decompress it yourself if you trust it",
            )
        buffer[: len(block)] = block
        return len(block)


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


class Input:
    """A file, or standard input, that is being read."""

    def __init__(self, path: str, file: Path | BinaryIO, layouts: Sequence[Layout] = (), asset: str = "") -> None:
        """Take the path as the user knows it, the file or stream behind it, the table layouts, and the asset if known."""
        self.path = path
        self._asset = asset
        self.layouts = layouts
        self.tally: Counter[str] = Counter()
        """What the reader counted: components, services, rows ..."""
        self._lost: list[tuple[str, str]] = []
        self.id = ""
        """Id of the source, known once it was recognised."""
        self.sha256 = ""
        self.size = 0
        if isinstance(file, Path):
            self._file: Path | BinaryIO = file
        else:
            self._file = _spooled(file)
            finalize(self, self._file.close)

    @property
    def name(self) -> str:
        """Give the file's own name, without folders and archives around it."""
        return (places.parts(self.path) or [self.path])[-1]

    @property
    def asset(self) -> str:
        """Give what the file speaks of unless it says so itself: the host or image it was found in, or its folder."""
        return self._asset or places.home(self.path)

    def lose(self, locator: str, reason: str) -> None:
        """Note a place that cannot be read although the rest can; a file of nothing else fills no memory."""
        self.tally["broken places"] += 1
        if len(self._lost) < NAMED:
            self._lost.append((locator, reason))

    @property
    def losses(self) -> list[tuple[str, str]]:
        """(locator, reason) of the first broken places, and how many more there were."""
        more = self.tally["broken places"] - len(self._lost)
        return [*self._lost, ("", f"{more} more broken places")] if more else list(self._lost)

    @contextmanager
    def stream(self) -> Iterator[io.BufferedReader]:
        """Open the decompressed bytes; digest and size are those of the whole file afterwards."""
        with self._opened() as disk:
            try:
                yield io.BufferedReader(_inflated(disk), BLOCK)
                disk.drain()
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
            self.sha256, self.size = disk.sha256.hexdigest(), disk.size

    def head(self) -> bytes:
        """Give the first bytes after decompression."""
        with self._opened() as disk:
            try:
                return io.BufferedReader(_inflated(disk), HEAD).read(HEAD)
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e

    def small(self) -> bytes | None:
        """Give a plain file of at most SMALL bytes, read and digested at once; nothing for any other."""
        if isinstance(self._file, Path):
            handle, size = _regular(self._file)
            try:
                # One byte more tells whether the file grew meanwhile; then it is read in blocks.
                data = os.read(handle, size + 1) if size <= SMALL else b""
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator="byte 0") from e
            finally:
                os.close(handle)
            is_whole = size <= SMALL and len(data) == size
        else:
            self._file.seek(0)
            data = self._file.read(SMALL + 1)
            is_whole = len(data) <= SMALL
        if not is_whole or data.startswith((_GZIP, _ZSTD, _BZIP2, _XZ)):
            return None
        self.sha256, self.size = hashlib.sha256(data).hexdigest(), len(data)
        return data

    def document(self) -> bytes | bytearray:
        """Give the whole decompressed document in UTF-8, without a byte-order mark."""
        data: bytes | bytearray | None = self.small()
        if data is None:
            with self._opened() as disk:
                try:
                    raw = _inflated(disk)
                    data = _whole(disk) if raw is disk else _grown(raw)
                    disk.drain()
                except OSError as e:
                    raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
                self.sha256, self.size = disk.sha256.hexdigest(), disk.size
        if data[:1] == b"{" and data[1:2] != b"\0":
            return data  # nearly every document: what begins like that is no UTF-16 and has no mark
        return encodings.to_utf8(data)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (number from 1, text) for each line; SourceError at a line longer than LINE characters.

        A block at a time costs half of asking for every line.
        """
        number = 0
        with self.stream() as stream:
            text = encodings.text_stream(stream)
            rest = ""
            while block := text.read(BLOCK):
                lines = (rest + block).split("\n")
                rest = lines.pop()
                for number, line in enumerate(lines, number + 1):  # noqa: B020 - goes on counting
                    yield number, line
                if len(rest) > LINE:
                    raise SourceError(f"a line of more than {LINE >> 20} MiB", locator=f"line {number + 1}")
            if rest:
                yield number + 1, rest

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Open the decompressed bytes for reading in any order; digest and size are those of the whole file on disk.

        A plain file is read where it lies. A compressed one is decompressed first: into memory up to SPOOL bytes, else
        into a temporary file.
        """
        with self._opened() as disk:
            try:
                raw = _inflated(disk)
                if raw is not disk:
                    with _spooled(raw) as spool:
                        disk.drain()
                        self.sha256, self.size = disk.sha256.hexdigest(), disk.size
                        yield spool
                    return
                disk.drain()
                self.sha256, self.size = disk.sha256.hexdigest(), disk.size
                disk.raw.seek(0)
                yield disk.raw
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e

    def content(self) -> bytes:
        """Give all decompressed bytes as they are, at most DOCUMENT of them."""
        data = self.small()
        if data is not None:
            return data
        with self.seekable() as file:
            data = file.read(DOCUMENT + 1)
        if len(data) > DOCUMENT:
            raise _too_large()
        return data

    @contextmanager
    def _opened(self) -> Iterator[_Disk]:
        """Open the file on disk; only regular files, never a device that has no end."""
        if not isinstance(self._file, Path):
            self._file.seek(0)
            yield _Disk(self._file)
            return
        handle, _ = _regular(self._file)
        with os.fdopen(handle, "rb", buffering=0) as raw:
            yield _Disk(raw)


def _regular(file: Path) -> tuple[int, int]:
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


def _inflated(disk: _Disk) -> io.RawIOBase:
    """Give the stream that decompresses the file, or the file itself when it is plain."""
    if disk.magic.startswith(_GZIP):
        from isal import igzip  # loaded for compressed inputs only

        packed = io.BufferedReader(disk, BLOCK)
        return _Inflated(igzip.IGzipFile(fileobj=packed, mode="rb"), disk)
    if disk.magic == _ZSTD:
        return _Inflated(_Zstd(io.BufferedReader(disk, BLOCK)), disk)
    if disk.magic.startswith(_BZIP2):
        import bz2  # loaded for compressed inputs only

        return _Inflated(bz2.BZ2File(io.BufferedReader(disk, BLOCK)), disk)
    if disk.magic == _XZ:
        import lzma  # loaded for compressed inputs only

        return _Inflated(lzma.LZMAFile(io.BufferedReader(disk, BLOCK)), disk)
    return disk


def _whole(disk: _Disk) -> bytearray:
    """Read a plain file into one buffer of its size, without a second copy."""
    size = disk.raw.seek(0, os.SEEK_END)
    disk.raw.seek(0)
    if size > DOCUMENT:
        raise _too_large()
    data = bytearray(size)
    view, filled = memoryview(data), 0
    while filled < size and (count := disk.readinto(view[filled : filled + (BLOCK << 3)])):
        filled += count
    view.release()
    del data[filled:]
    return data


def _grown(stream: io.RawIOBase) -> bytearray:
    """Read a decompressed stream step by step, so that a bomb costs no more than its limit."""
    data = bytearray()
    while block := stream.read(BLOCK):
        data += block
        if len(data) > DOCUMENT:
            raise _too_large()
    return data


def _too_large() -> SourceError:
    return SourceError(f"more than {DOCUMENT >> 20} MiB, too large to decode as one document")


def _spooled(stream: BinaryIO | io.RawIOBase) -> BinaryIO:
    """Copy a stream that cannot be rewound into memory, or into a temporary file once it is large."""
    import tempfile  # for standard input, members of archives and compressed files only

    spool = tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - lives as long as the input
    while block := stream.read(BLOCK):
        spool.write(block)
    spool.seek(0)
    return spool  # type: ignore[return-value]
