# SPDX-License-Identifier: Apache-2.0
"""Pairs of a Berkeley DB hash table, the form of rpm's database until 2020.

Layout after Berkeley DB's dbinc/db_page.h. A page has an index of offsets, keys and values in turn; a
long value lies in a chain of pages of its own. Files are in the byte order of the machine that wrote them.
"""

from __future__ import annotations

import struct
from itertools import takewhile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_MAGIC = 0x061561
_HASH_PAGES = frozenset({2, 13})
"""Types of pages: hash unsorted, hash."""
_OVERFLOW_PAGE = 7
_INLINE, _OFF_PAGE = 1, 3
"""Types of values: on the page itself, on a chain of pages."""
_SIZES = frozenset(1 << power for power in range(9, 17))
"""Page sizes that Berkeley DB allows: 512 bytes to 64 KiB."""
_HEADER = 26
"""Bytes before a page's index."""


class _Table(NamedTuple):
    """An open file and what its first page says."""

    file: BinaryIO
    order: str
    page: int
    pages: int
    read: set[int]
    """Pages of chains that were followed: a sound file leads to each once."""

    def at(self, number: int) -> bytes:
        """Give a page, empty when the file has no such page."""
        if not 0 < number < self.pages:
            return b""
        self.file.seek(number * self.page)
        page = self.file.read(self.page)
        return page if len(page) == self.page else b""


def pairs(source: Input, largest: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield (locator "page N", key, value) in the order of the file; a broken value is lost."""
    with source.seekable() as file:
        table = _opened(file)
        for number in range(1, table.pages):
            page = table.at(number)
            if not page:
                source.lose(f"page {number}", "the file ends before this page")
                return
            if page[25] in _HASH_PAGES:
                yield from _page(source, table, number, page, largest)


def _opened(file: BinaryIO) -> _Table:
    first = file.read(72)
    order = next((o for o in "<>" if len(first) == 72 and struct.unpack_from(f"{o}I", first, 12)[0] == _MAGIC), "")
    if not order:
        raise SourceError("not a Berkeley DB hash table", locator="byte 12")
    (size,) = struct.unpack_from(f"{order}I", first, 20)
    if size not in _SIZES:
        raise SourceError(f"a Berkeley DB page cannot have {size} bytes", locator="byte 20")
    if first[24]:
        raise SourceError("the table is encrypted", locator="byte 24")
    (last,) = struct.unpack_from(f"{order}I", first, 32)
    # What the file holds counts, not what it claims; a page that is cut off is noted when it is reached.
    held = -(-file.seek(0, 2) // size)
    return _Table(file, order, size, min(last + 1, held), set())


def _page(source: Input, table: _Table, number: int, page: bytes, largest: int) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the pairs of one page; the n-th offset and the one before it bound the n-th part."""
    (count,) = struct.unpack_from(f"{table.order}H", page, 20)
    count = min(count, (table.page - _HEADER) // 2)
    starts = struct.unpack_from(f"{table.order}{count}H", page, _HEADER)
    ends = (table.page, *starts)
    # Parts are laid down from the end of the page; where one is not below the one before, the index is broken.
    sound = takewhile(lambda bounds: _HEADER <= bounds[0] <= bounds[1], zip(starts, ends, strict=False))
    parts = [page[start:end] for start, end in sound]
    if len(parts) < count:
        source.lose(f"page {number}", "an index that points outside its page")
    for key, value in zip(parts[::2], parts[1::2], strict=False):
        whole = _value(table, value, largest)
        if whole is None:
            source.lose(f"page {number}", "a value that is not whole")
        else:
            yield f"page {number}", key[1:], whole


def _value(table: _Table, value: bytes, largest: int) -> bytes | None:
    """Give a value from the page or from its chain of pages, or nothing when it is broken."""
    if value[:1] == bytes([_INLINE]):
        return value[1:]
    if value[:1] != bytes([_OFF_PAGE]) or len(value) < 12:
        return None
    number, size = struct.unpack_from(f"{table.order}II", value, 4)
    if not 0 < size <= largest:
        return None
    whole = bytearray()
    while number and len(whole) < size:
        page = table.at(number)
        if not page or page[25] != _OVERFLOW_PAGE or number in table.read:
            return None
        table.read.add(number)
        number, held = struct.unpack_from(f"{table.order}I2xH", page, 16)
        whole += page[_HEADER : _HEADER + held]
    return bytes(whole[:size]) if len(whole) >= size else None
