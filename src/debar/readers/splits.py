# SPDX-License-Identifier: Apache-2.0
"""A log in splits: each is read and looked through by itself, on whichever machine, and gives the blocks of the whole.

A log is read in steps of `sifting.BLOCK`, and each step ends a block at its last line end (`sifting.blocks`). Where a step
ends its block depends on that step alone. So a split that begins with a step gives the very blocks that reading from
the beginning gives, once it has what the steps before left of the line that they did not end. What is compressed, or
written in several bytes a character, is one split.
"""

from __future__ import annotations

import codecs
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from debar.errors import SourceError
from debar.readers import encodings, sifting
from debar.readers.disk import Disk, regular
from debar.readers.inflated import inflated
from debar.readers.storage import is_address, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.automaton import Finder
    from debar.readers.sifting import Lines, Raw
    from debar.sieving import Wanted

DIVISIBLE = frozenset({"utf-8", "utf-8-sig", "cp1252"})
"""Encodings in which a line feed is one byte that is nothing else."""


class File(NamedTuple):
    """A log that is looked through in splits."""

    place: str
    """Path, or address in storage, as every machine knows it."""
    size: int
    """Bytes on disk when the work was handed out."""
    encoding: str
    wanted: Wanted
    """What is looked for in it."""
    is_divisible: bool
    """Whether it may be read from anywhere."""
    is_digested: bool
    has_returns: bool
    """Whether carriage returns stand in it, for which `wanted` looks."""


def described(place: str, size: int, head: bytes, wanted: Wanted, *, is_plain: bool, is_digested: bool) -> File:
    """Give a log by what is known of it: its first bytes once decompressed, and whether they lie there like that."""
    encoding = encodings.detect(head)
    return File(
        place,
        size,
        encoding,
        wanted,
        is_divisible=is_plain and not is_digested and encoding in DIVISIBLE,
        is_digested=is_digested,
        has_returns=b"\r" in head,
    )


class Split(NamedTuple):
    """A part of a log."""

    file: int
    """Its number among those that are looked through."""
    begin: int
    """Byte, at a multiple of BLOCK."""
    end: int
    """Byte behind it: a multiple of BLOCK, or the size of the file."""


class End(NamedTuple):
    """How reading a split ended."""

    size: int
    """Bytes of the file that were read."""
    sha256: str = ""
    fault: tuple[str, str, str] | None = None
    """Message, place and hint of what broke it off."""


def cut(file: File, number: int, size: int, begin: int = 0) -> list[Split]:
    """Give the splits of a file from a multiple of BLOCK on, in order, each of about as many bytes."""
    if not file.is_divisible:
        return [Split(number, 0, file.size)]
    step = max(1, size // sifting.BLOCK) * sifting.BLOCK
    return [Split(number, at, min(at + step, file.size)) for at in range(begin, max(begin + 1, file.size), step)]


def looked(file: File, split: Split, finder: Finder, *, is_ahead: bool = False) -> Iterator[Lines | End]:
    """Yield the blocks of a split, looked through, and how it ended; never raises for what is wrong with the file.

    What is compressed may be decompressed ahead, by a copy of this process.
    """
    part = Part(file, split, is_ahead=is_ahead)
    try:
        for raw in part.blocks():
            yield sifting.looked_through(
                raw, finder, has_returns=file.has_returns, delimiter=file.wanted.delimiter
            )._replace(text=b"")
    except SourceError as e:
        yield End(part.size, part.sha256, (e.message, e.locator, e.hint))
    else:
        yield End(part.size, part.sha256)


class Part:
    """The bytes of one split, while they are read."""

    def __init__(self, file: File, split: Split, *, is_ahead: bool = False) -> None:
        """Take which part of which file, and whether a copy of this process decompresses it ahead."""
        self._file, self._split, self._is_ahead = file, split, is_ahead
        self.size, self.sha256 = split.begin, ""

    def blocks(self) -> Iterator[Raw]:
        """Yield the blocks that end in the split; SourceError where the file cannot be read, or was cut off."""
        if self._is_ahead and not self._file.is_divisible:
            yield from self._ahead()
            return
        try:
            with self._disk() as disk:
                try:
                    yield from self._divided(disk) if self._file.is_divisible else self._whole(disk)
                except OSError as e:
                    raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
                finally:
                    self.size, self.sha256 = disk.size, disk.digest()
        except OSError as e:
            raise SourceError(e.strerror or str(e)) from e

    @contextmanager
    def _disk(self) -> Iterator[Disk]:
        with opened(self._file.place) as raw:
            yield Disk(raw, is_digested=self._file.is_digested, whole=self._file.size)

    def _ahead(self) -> Iterator[Raw]:
        from debar.readers.inflating import Inflating  # for large logs only

        with Inflating(self._disk) as stream:
            try:
                yield from sifting.blocks(stream, lambda: stream.position, self._file.encoding)
            finally:
                self.size, self.sha256 = stream.position, stream.ended.sha256 if stream.ended else ""

    def _whole(self, disk: Disk) -> Iterator[Raw]:
        yield from sifting.blocks(inflated(disk), lambda: disk.size, self._file.encoding)
        disk.drain()

    def _divided(self, disk: Disk) -> Iterator[Raw]:
        begin, end = self._split.begin, self._split.end
        rest = _left_before(disk.raw, begin, self._file.encoding)
        disk.begin(begin)
        stream = _Until(disk, end)
        raws = sifting.blocks(
            stream, lambda: disk.size, self._file.encoding, _in_utf8(rest, self._file.encoding), is_first=not begin
        )
        for raw in raws:
            # The line that the last step did not end is the next split's.
            if stream.is_over and end < self._file.size:
                return
            yield raw


class _Until:
    """A file up to a byte."""

    def __init__(self, disk: Disk, end: int) -> None:
        self._disk, self._end, self.is_over = disk, end, False

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end."""
        data = self._disk.read(min(size, self._end - self._disk.size))
        self.is_over = not data
        return data


def _left_before(file: BinaryIO, begin: int, encoding: str) -> bytes:
    """Give what the steps before a byte left of a line that none of them ended.

    Where that is more than the longest line, the split before has told so and ended the file.
    """
    parts: list[bytes] = []
    at = begin
    while at > 0 and begin - at <= sifting.LINE:
        at -= sifting.BLOCK
        file.seek(at)
        data = file.read(sifting.BLOCK)
        if not at and encoding in sifting.UTF8:
            data = data.removeprefix(codecs.BOM_UTF8)
        end = sifting.ended(data)
        parts.append(data[end:])
        if end:
            break
    return b"".join(reversed(parts))


def _in_utf8(rest: bytes, encoding: str) -> bytes:
    return rest if encoding in sifting.UTF8 else rest.decode(encoding, "replace").encode()


@contextmanager
def opened(place: str) -> Iterator[BinaryIO]:
    """Open a file by its path, or by its address in storage; only regular files, never a device that has no end."""
    if is_address(place):
        with stored(place) as file:
            yield file
        return
    handle, _ = regular(Path(place))
    with os.fdopen(handle, "rb", buffering=0) as file:
        yield file
