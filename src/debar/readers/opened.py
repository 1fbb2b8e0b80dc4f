# SPDX-License-Identifier: Apache-2.0
"""The bytes of one input: opened again and again, decompressed within limits, and digested.

Everything that is read is hostile. The limits here, in `disk` and in `inflated` bound what one file can
cost; each is checked while reading, never believed from a header.
"""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from weakref import finalize

from debar.errors import SourceError
from debar.readers import encodings
from debar.readers.disk import BLOCK, Disk, grown, limited, regular, spooled, whole
from debar.readers.inflated import PACKED, inflated
from debar.readers.streams import Streamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = 1 << 16
"""Bytes looked at to recognise a format."""
SMALL = 1 << 22
"""Largest plain file that is read at once, bytes; nearly all BOMs are smaller."""
GROWN = "it grew while it was read: what was added is left out"


class Bytes:
    """The bytes of a file, or of a stream."""

    def __init__(
        self,
        file: Path | BinaryIO,
        *,
        rewindable: bool,
        is_digested: bool,
        told: Callable[[int], None],
    ) -> None:
        """Take the file or stream, and who is told how many bytes of a file were read.

        What is read of a stream that is not rewindable is kept, until somebody lets it pass.
        """
        self._is_digested, self._told = is_digested, told
        self.remarks: list[str] = []
        """What the user should know of how it was read: which columns were guessed."""
        self.sha256 = ""
        self.size = 0
        if isinstance(file, Path):
            self._file: Path | Streamed = file
        else:
            self._file = Streamed(file, rewindable=rewindable)
            finalize(self, self._file.close)

    @property
    def in_tree(self) -> bool:
        """Tell that the file is one of thousands in a file tree, of which only what is needed is read."""
        return not self._is_digested

    @property
    def folder(self) -> Path | None:
        """Give the folder on disk that the file lies in; nothing for a stream or a member of an archive."""
        return self._file.parent if isinstance(self._file, Path) else None

    def is_plain(self) -> bool:
        """Tell that the file is not compressed."""
        with self._opened() as disk:
            return not disk.magic.startswith(PACKED)

    def disk_size(self) -> int:
        """Give the bytes of the file as it lies there, before decompression."""
        if isinstance(self._file, Path):
            try:
                return self._file.stat().st_size
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e
        return self._file.size()

    def is_larger(self, size: int) -> bool:
        """Tell whether it has more bytes than these; of a stream no more are read than that takes."""
        return self.disk_size() > size if isinstance(self._file, Path) else self._file.is_longer(size)

    @contextmanager
    def stream(self) -> Iterator[io.BufferedReader]:
        """Open the decompressed bytes; digest and size are those of the whole file afterwards."""
        with self._opened() as disk:
            try:
                yield io.BufferedReader(inflated(disk), BLOCK)
                disk.drain()
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
            self.sha256, self.size = disk.digest(), disk.size

    def head(self) -> bytes:
        """Give the first bytes after decompression."""
        with self._opened() as disk:
            try:
                return io.BufferedReader(inflated(disk), HEAD).read(HEAD)
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e

    def small(self) -> bytes | None:
        """Give a plain file of at most SMALL bytes, read and digested at once; nothing for any other."""
        if isinstance(self._file, Path):
            handle, size = regular(self._file)
            try:
                # One byte more tells whether the file grew meanwhile; then it is read in blocks.
                data = os.read(handle, size + 1) if size <= SMALL else b""
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator="byte 0") from e
            finally:
                os.close(handle)
            is_whole = size <= SMALL and len(data) == size
        else:
            data = self._file.read(0, SMALL + 1)
            is_whole = len(data) <= SMALL
        if not is_whole or data.startswith(PACKED):
            return None
        self.sha256, self.size = hashlib.sha256(data).hexdigest() if self._is_digested else "", len(data)
        return data

    def document(self) -> bytes | bytearray:
        """Give the whole decompressed document in UTF-8, without a byte-order mark."""
        data: bytes | bytearray | None = self.small()
        if data is None:
            with self._opened() as disk:
                try:
                    raw = inflated(disk)
                    data = whole(disk) if raw is disk else grown(raw)
                    disk.drain()
                except OSError as e:
                    raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
                self.sha256, self.size = disk.digest(), disk.size
        if data[:1] == b"{" and data[1:2] != b"\0":
            return data  # nearly every document: what begins like that is no UTF-16 and has no mark
        return encodings.to_utf8(data)

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Open the decompressed bytes for reading in any order; digest and size are those of the whole file on disk.

        A plain file is read where it lies. A compressed one is decompressed first: into memory up to SPOOL bytes, else
        into a temporary file.
        """
        with self._opened() as disk:
            try:
                raw = inflated(disk)
                if raw is not disk:
                    with spooled(raw) as spool:
                        disk.drain()
                        self.sha256, self.size = disk.digest(), disk.size
                        yield spool
                    return
                disk.drain()
                self.sha256, self.size = disk.digest(), disk.size
                disk.raw.seek(0)
                yield disk.raw
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e

    @contextmanager
    def glance(self) -> Iterator[BinaryIO]:
        """Open the decompressed bytes for reading in any order, without a digest: for programs by the thousand."""
        with self._opened() as disk:
            raw = inflated(disk)
            try:
                if raw is disk:
                    disk.raw.seek(0)
                    yield disk.raw
                else:
                    with spooled(raw) as spool:
                        yield spool
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e

    def content(self) -> bytes:
        """Give all decompressed bytes as they are, at most DOCUMENT of them."""
        data = self.small()
        if data is not None:
            return data
        with self.seekable() as file:
            return limited(file)

    @contextmanager
    def _opened(self, *, is_digested: bool | None = None, is_told: bool = True) -> Iterator[Disk]:
        """Open the file on disk; only regular files, never a device that has no end."""
        is_digested = self._is_digested if is_digested is None else is_digested
        told = self._reached if is_told else None
        if not isinstance(self._file, Path):
            yield Disk(self._file.view(), is_digested=is_digested, told=told)
            return
        handle, size = regular(self._file)
        with os.fdopen(handle, "rb", buffering=0) as raw:
            disk = Disk(raw, is_digested=is_digested, whole=size, told=told)
            yield disk
            if disk.has_grown() and GROWN not in self.remarks:
                self.remarks.append(GROWN)

    def _reached(self, position: int) -> None:
        """Tell how many bytes of a file were read, of a member of an archive only that; who is told may end the scan."""
        self._told(position if isinstance(self._file, Path) else -1)
