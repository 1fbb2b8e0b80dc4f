# SPDX-License-Identifier: Apache-2.0
"""The package file of rpm's own "new database" (Packages.db): slots that point to blobs.

Layout after rpm's lib/backend/ndb/rpmpkg.c: numbers are little-endian; pages of slots come first, and
a slot gives the blob's place in blocks of 16 bytes.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from debar.readers.inputs import Input

_HEADER = struct.Struct("<4sIIII")
_SLOT = struct.Struct("<4sIII")
_BLOB = struct.Struct("<4sIII")
_PAGE, _BLOCK = 4096, 16
_OWN_SLOTS = 2
"""The file's header takes the place of the first slots."""
_MOST_PAGES = 1 << 12
"""Pages of slots that are read: a million packages."""


def blobs(source: Input, largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield (locator "byte N", blob) in the order of the slots; a slot that points elsewhere is lost."""
    with source.seekable() as file:
        pages = _pages(file)
        file.seek(0)
        slots = file.read(min(pages, _MOST_PAGES) * _PAGE)
        # The parts of a sound file do not overlap: together they are not longer than it.
        budget = file.seek(0, 2)
        for at in range(_OWN_SLOTS * _SLOT.size, len(slots) - _SLOT.size + 1, _SLOT.size):
            magic, package, block, _ = _SLOT.unpack_from(slots, at)
            if magic != b"Slot" or not package:
                continue
            blob = _blob(file, block * _BLOCK, package, min(largest, budget))
            if blob is None:
                source.lose(f"byte {at}", "a slot that points to no package")
                continue
            budget -= len(blob)
            yield f"byte {block * _BLOCK}", blob


def _pages(file: BinaryIO) -> int:
    file.seek(0)
    first = file.read(_HEADER.size)
    if len(first) < _HEADER.size:
        raise SourceError("the file ends inside its header", locator=f"byte {len(first)}")
    _, version, _, pages, _ = _HEADER.unpack(first)
    if version != 0:
        raise SourceError(f"version {version} of the ndb format is not known", locator="byte 4")
    return int(pages)


def _blob(file: BinaryIO, offset: int, package: int, most: int) -> bytes | None:
    """Give the blob at an offset if it is the package's and whole."""
    file.seek(offset)
    first = file.read(_BLOB.size)
    if len(first) < _BLOB.size:
        return None
    magic, owner, _, length = _BLOB.unpack(first)
    if magic != b"BlbS" or owner != package or not 0 < length <= most:
        return None
    blob = file.read(length)
    return blob if len(blob) == length else None
