# SPDX-License-Identifier: Apache-2.0
"""Compound files (OLE, MS-CFB): a small file system inside a file, as Windows Installer uses it.

Chains of sectors are followed no further than the file has sectors, and no sector twice in a chain.
"""

from __future__ import annotations

from array import array
from struct import Struct, unpack_from
from sys import byteorder
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers.binary.pieces import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pieces import Pieces

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORAGE, STREAM, ROOT = 1, 2, 5
"""Types of entries."""
_HEADER = Struct("<HHHHH6x9I")
"""From the minor version at byte 24 to the number of DIFAT sectors."""
_ENTRY = Struct("<64sHBBIII16s4x16xIQ")
_LAST = 0xFFFFFFFA
"""Numbers from here on are marks, not sectors."""
_ENTRIES = 1 << 16
"""Entries of the directory looked at; installers of 4,000 streams were seen."""
_DEPTH = 1 << 16
"""Steps through the tree of entries."""


class Entry(NamedTuple):
    """A stream or a storage."""

    name: str
    raw_name: bytes
    type: int
    left: int
    right: int
    child: int
    identifier: bytes
    """Class identifier, of storages."""
    start: int
    size: int


class Compound:
    """A compound file."""

    def __init__(self, pieces: Pieces) -> None:
        """Read the tables; SourceError when they lie outside the file."""
        if pieces.at(0, 8) != MAGIC:
            raise SourceError("no compound file", locator="byte 0")
        _, _, _, shift, small, _, fats, directory, _, self._cutoff, minifat, _, difat, _ = pieces.fields(_HEADER, 24)
        if shift not in {9, 12} or small != 6:
            raise SourceError("a compound file with sectors of an unknown size", locator="byte 30")
        self._pieces = pieces
        self.size = pieces.size
        self._sector: int = 1 << shift
        self._small: int = 1 << small
        self._sectors = pieces.size // self._sector
        self._fat = self._table(self._places(difat, fats))
        self._minifat = self._table(self._chain(minifat, self._fat, self._sectors))
        self.entries = self._entries(directory)
        if not self.entries or self.entries[0].type != ROOT:
            raise SourceError("a compound file without a root", locator=f"byte {(directory + 1) * self._sector}")
        self._ministream = list(self._chain(self.entries[0].start, self._fat, self._sectors))

    def _places(self, difat: int, count: int) -> Iterator[int]:
        """Yield the sectors of the allocation table: 109 in the header, the rest in a chain of lists."""
        count = min(count, self._sectors)
        listed = unpack_from("<109I", self._pieces.at(76, 436))
        yield from listed[:count]
        left = count - 109
        for _ in range(self._sectors):
            if left <= 0 or difat >= _LAST:
                return
            *more, difat = unpack_from(f"<{self._sector // 4}I", self._pieces.at(self._at(difat), self._sector))
            yield from more[:left]
            left -= len(more)

    def _at(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _table(self, sectors: Iterator[int]) -> array[int]:
        table = array("I")
        for sector in sectors:
            table.frombytes(self._pieces.at(self._at(sector), self._sector))
        if byteorder == "big":
            table.byteswap()
        return table

    def _chain(self, sector: int, table: array[int], most: int) -> Iterator[int]:
        for _ in range(most):
            if sector >= _LAST:
                return
            if sector >= len(table):
                raise SourceError("a chain of sectors leads outside the file", locator=f"byte {self._at(sector)}")
            yield sector
            sector = int(table[sector])

    def _entries(self, directory: int) -> list[Entry]:
        found: list[Entry] = []
        for sector in self._chain(directory, self._fat, min(self._sectors, _ENTRIES * _ENTRY.size // self._sector)):
            for raw in _ENTRY.iter_unpack(self._pieces.at(self._at(sector), self._sector)):
                name, length, kind, _, left, right, child, identifier, start, size = raw
                raw_name = name[: max(0, min(length, 64) - 2)]
                # Version 3 leaves the upper half of the size undefined.
                size = size if self._sector > 512 else size & 0xFFFFFFFF
                text = raw_name.decode("utf-16-le", "replace")
                found.append(Entry(text, raw_name, kind, left, right, child, identifier, start, size))
        return found

    def blocks(self, entry: Entry) -> Iterator[bytes]:
        """Yield the contents of a stream in pieces; SourceError when they end early."""
        left = entry.size
        if entry.size < self._cutoff:
            for small in self._chain(entry.start, self._minifat, min(len(self._minifat), -(-left // self._small))):
                place = small * self._small
                number, within = divmod(place, self._sector)
                if number >= len(self._ministream):
                    break
                yield self._pieces.at(self._at(self._ministream[number]) + within, min(left, self._small))
                left -= min(left, self._small)
        else:
            chain = self._chain(entry.start, self._fat, min(self._sectors, -(-left // self._sector)))
            for sector, count in _runs(chain, BLOCK // self._sector):
                # The last sector of a file may be cut off where the stream ends.
                size = min(left, count * self._sector)
                yield self._pieces.at(self._at(sector), size)
                left -= size
        if left:
            raise SourceError(f"the stream {entry.name!r} ends {left} bytes early")

    def content(self, entry: Entry, most: int = BLOCK << 4) -> bytes:
        """Give a stream; SourceError when it is larger than it may be."""
        if entry.size > most:
            raise SourceError(f"the stream {entry.name!r} has more than {most >> 20} MiB")
        return b"".join(self.blocks(entry))

    def inside(self, entry: Entry) -> list[Entry]:
        """Give what lies in a storage, in the order of the names' bytes."""
        found, waiting, seen = [], [entry.child], set[int]()
        for _ in range(_DEPTH):
            if not waiting:
                break
            number = waiting.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            one = self.entries[number]
            found.append(one)
            waiting += [one.left, one.right]
        return sorted(found, key=lambda one: one.raw_name)


def _runs(chain: Iterator[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield (first, number) of sectors that lie one after another: one reading instead of thousands."""
    first, count = -1, 0
    for sector in chain:
        if count and sector == first + count and count < most:
            count += 1
            continue
        if count:
            yield first, count
        first, count = sector, 1
    if count:
        yield first, count


def root_identifier(pieces: Pieces) -> bytes:
    """Give the class identifier of the root, which says what a compound file is of."""
    (shift,) = unpack_from("<H", pieces.at(30, 2))
    (directory,) = unpack_from("<I", pieces.at(48, 4))
    return pieces.near(((directory + 1) << min(shift, 16)) + 80, 16)
