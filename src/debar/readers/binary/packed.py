# SPDX-License-Identifier: Apache-2.0
"""Packages that are zip files inside: which members they have, and the few that a reader asks for.

After APPNOTE.TXT of PKWARE. The directory at the end counts, as for Android and the browsers; what
stands before the archive (the header of a browser extension) is passed over.
"""

from __future__ import annotations

import re
import zlib
from struct import Struct, unpack_from
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers.binary import pieces as part

if TYPE_CHECKING:
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

_END, _END_WIDE, _ENTRY, _LOCAL = b"PK\5\6", b"PK\6\7", b"PK\1\2", b"PK\3\4"
_FIELDS = Struct("<4s6xH8xI4xHHH8xI")
"""A directory's entry, as far as its name: mark, method, packed size, three lengths, place; the rest is passed over."""
_MEMBERS = 1 << 17
"""Members looked at; the largest apps have 30,000."""
_DIRECTORY = 1 << 25
"""Largest directory, bytes."""
_COMMENT = 1 << 16
CONTENT = 1 << 26
"""Largest member that is unpacked, bytes: code of an app has at most 64 MiB in one file."""
_TOTAL = 1 << 30
"""Bytes unpacked of one package at most; the code of the largest apps has half of it."""
_STORED, _DEFLATED = 0, 8


class Entry(NamedTuple):
    """One member."""

    name: str
    method: int
    packed: int
    offset: int


class Packed:
    """A zip file of which single members can be had."""

    def __init__(self, pieces: Pieces) -> None:
        """Read the directory; SourceError when there is none."""
        self.pieces = pieces
        self.directory = _directory(pieces)
        at, size, told = self.directory
        self._shift = at - told
        self._left = _TOTAL
        self.entries = _entries(pieces.at(at, size))

    def names(self, pattern: str) -> list[str]:
        """Give the names that an expression fits as a whole, in the directory's order."""
        fits = re.compile(pattern).fullmatch
        return [name for name in self.entries if fits(name)]

    def content(self, name: str, most: int = CONTENT) -> bytes:
        """Give a member unpacked; SourceError when it is larger than `most` bytes, broken, or packed in an unusual way."""
        entry = self.entries[name]
        at = entry.offset + self._shift
        header = self.pieces.at(at, 30)
        if header[:4] != _LOCAL:
            raise SourceError("no member stands where the directory says", locator=name)
        name_size, extra = unpack_from("<HH", header, 26)
        begin = at + 30 + name_size + extra
        self.pieces.at(begin + entry.packed, 0)  # the whole of it lies inside the file
        # What is packed is no larger than what comes out, but for a few bytes in each block that cannot be packed.
        raw = b"".join(self.pieces.blocks(begin, begin + min(entry.packed, most + (most >> 8) + 64)))
        if entry.method == _STORED:
            data = raw
        elif entry.method == _DEFLATED:
            data = _inflated(raw, most, name)
        else:
            raise SourceError(f"packed by method {entry.method}, which these packages do not use", locator=name)
        if len(data) > most:
            raise SourceError(f"a member of more than {most >> 20} MiB", locator=name)
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(f"its members grow to more than {_TOTAL >> 20} MiB when unpacked", locator=name)
        return data


def fits(source: Input, *patterns: bytes) -> bool:
    """Tell whether a zip file has members of all these names, by its directory alone."""
    try:
        with part.glanced(source) as file:
            at, size, _ = _directory(file)
            directory = file.at(at, size)
    except SourceError:
        return False
    return all(re.search(pattern, directory) for pattern in patterns)


def _directory(pieces: Pieces) -> tuple[int, int, int]:
    """Give where the directory stands, its size, and where it says that it stands."""
    begin = max(0, pieces.size - _COMMENT - 22)
    tail = pieces.at(begin, pieces.size - begin)
    at = tail.rfind(_END, 0, len(tail) - 18)
    if at < 0:
        raise SourceError("a zip file without the directory at its end: it is cut off")
    size, told = unpack_from("<II", tail, at + 12)
    end = begin + at
    if told == 0xFFFFFFFF and at >= 20 and tail[at - 20 : at - 16] == _END_WIDE:
        (place,) = unpack_from("<Q", tail, at - 12)
        size, told = unpack_from("<QQ", pieces.at(place, 56), 40)
        end = place
    if size > min(_DIRECTORY, end):
        raise SourceError("a zip file whose directory has an impossible size", locator=f"byte {begin + at}")
    return end - size, size, told


def _entries(directory: bytes) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    at = 0
    for _ in range(_MEMBERS):
        if directory[at : at + 4] != _ENTRY or at + _FIELDS.size > len(directory):
            break
        _, method, packed, name_size, extra, comment, offset = _FIELDS.unpack_from(directory, at)
        begin = at + _FIELDS.size
        name = directory[begin : begin + name_size].decode("utf-8", "replace")
        found.setdefault(name, Entry(name, method, packed, offset))
        at = begin + name_size + extra + comment
    return found


def _inflated(raw: bytes, most: int, name: str) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = unpacker.decompress(raw, most + 1)
    except zlib.error as e:
        raise SourceError(f"cannot be unpacked: {e}", locator=name) from e
    if not unpacker.eof and len(data) <= most:
        raise SourceError("cannot be unpacked: its end is missing", locator=name)
    return data
