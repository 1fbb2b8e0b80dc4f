# SPDX-License-Identifier: Apache-2.0
"""Cells of a Windows registry hive (regf): keys and values by their offsets, each checked before it is followed.

Microsoft has published no description; names and offsets are those of "Windows registry file format
specification" by Maxim Suhanov and of the libregf documentation. Logs of transactions are not applied.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

BINS = 4096
"""Where the bins begin, and what offsets in a hive count from."""
KEYS = 1 << 22
"""Keys that are visited; a SOFTWARE hive of a busy machine has some 400,000."""
DEPTH = 512
"""Levels of keys that Windows allows."""
VALUES = 1 << 12
"""Values kept of one key."""
LISTS = 1 << 16
"""Entries of one list of keys: its count has 16 bits."""
DATA = 1 << 16
"""Bytes kept of one value."""
_SEGMENT = 16344
"""Bytes in each segment of a value that is stored in several."""
_NAME_IS_ASCII = 0x20
_VALUE_NAME_IS_ASCII = 1
_INLINE = 0x80000000
_WORDS, _NUMBER, _LIST, _QUAD = (1, 2), 4, 7, 11
"""Types of values in winnt.h: text, text with variables, 32-bit number, list of texts, 64-bit number."""


class BrokenError(Exception):
    """A cell that is not what the cell before it says."""


class Node(NamedTuple):
    """A key as its cell has it."""

    offset: int
    name: str
    subkeys: int
    """Offset of the list of keys below, or a negative number when there are none."""
    values: int
    value_count: int


class Hive:
    """The bytes of a hive."""

    def __init__(self, data: bytes) -> None:
        """Take all bytes; SourceError when the header leads nowhere."""
        if len(data) < BINS or not data.startswith(b"regf"):
            raise SourceError("shorter than the header of a hive", locator="byte 0")
        self._data = data
        self.own_name = data[48:112].decode("utf-16-le", errors="replace").partition("\0")[0]
        """The end of the path that it was loaded from; empty in many."""
        self.root = struct.unpack_from("<I", data, 36)[0]

    def _cell(self, offset: int) -> bytes:
        """Give the bytes of a cell, without its length."""
        at = BINS + offset
        if offset >= 0xFFFFFFFF or at + 4 > len(self._data):
            raise BrokenError(f"an offset outside the file: {offset:#x}")
        length = abs(struct.unpack_from("<i", self._data, at)[0])
        if length < 8 or at + length > len(self._data):
            raise BrokenError(f"a cell of {length} bytes at {at:#x} that the file cannot hold")
        return self._data[at + 4 : at + length]

    def node(self, offset: int) -> Node:
        """Give a key; BrokenError when there is none at the offset."""
        cell = self._cell(offset)
        if not cell.startswith(b"nk") or len(cell) < 76:
            raise BrokenError(f"no key at {BINS + offset:#x}")
        count, subkeys = struct.unpack_from("<I4xI", cell, 20)
        value_count, values = struct.unpack_from("<II", cell, 36)
        length = struct.unpack_from("<H", cell, 72)[0]
        name = cell[76 : 76 + length].decode("latin-1" if cell[2] & _NAME_IS_ASCII else "utf-16-le", errors="replace")
        return Node(offset, name, subkeys if count else -1, values, min(value_count, VALUES))

    def below(self, node: Node) -> list[int]:
        """Give the offsets of the keys below a key; BrokenError when its list is none."""
        if node.subkeys < 0:
            return []
        cell = self._cell(node.subkeys)
        # A list of lists has no third level.
        if cell.startswith(b"ri"):
            return [key for part in _entries(cell, 4) for key in self._leaf(self._cell(part))][: LISTS << 4]
        return self._leaf(cell)

    @staticmethod
    def _leaf(cell: bytes) -> list[int]:
        if cell.startswith((b"lf", b"lh")):
            return _entries(cell, 8)
        if cell.startswith(b"li"):
            return _entries(cell, 4)
        raise BrokenError("a list of keys of an unknown kind")

    def values(self, node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield (name, texts) of the values that are texts or numbers; a broken one is passed over."""
        if not node.value_count:
            return
        offsets = self._cell(node.values)
        for at in range(0, min(4 * node.value_count, len(offsets) - 3), 4):
            try:
                cell = self._cell(struct.unpack_from("<I", offsets, at)[0])
                if cell.startswith(b"vk") and len(cell) >= 20 and (texts := self._texts(cell)):
                    yield _value_name(cell), texts
            except BrokenError:
                continue

    def _texts(self, cell: bytes) -> tuple[str, ...]:
        size, offset, form = struct.unpack_from("<III", cell, 4)
        if form not in (*_WORDS, _NUMBER, _LIST, _QUAD):
            return ()
        is_inline = size & _INLINE
        data = cell[8 : 8 + min(size & 0x7FFFFFFF, 4)] if is_inline else self._large(offset, size)
        if form in {_NUMBER, _QUAD}:
            return (str(int.from_bytes(data[:8], "little")),)
        words = data[: len(data) & ~1].decode("utf-16-le", errors="replace").split("\0")
        return tuple(word for word in words if word) if form == _LIST else (words[0],)

    def _large(self, offset: int, size: int) -> bytes:
        """Give the bytes of a value, at most DATA of them, from one cell or from the segments that it lists."""
        size = min(size, DATA)
        cell = self._cell(offset)
        if size <= _SEGMENT or not cell.startswith(b"db") or len(cell) < 8:
            return cell[:size]
        count, listed = struct.unpack_from("<HI", cell, 2)
        offsets = self._cell(listed)
        wanted = min(count, len(offsets) // 4, DATA // _SEGMENT + 1)
        parts = [self._cell(part)[:_SEGMENT] for part in struct.unpack_from(f"<{wanted}I", offsets)]
        return b"".join(parts)[:size]


def _entries(cell: bytes, width: int) -> list[int]:
    count = min(struct.unpack_from("<H", cell, 2)[0], (len(cell) - 4) // width)
    return [struct.unpack_from("<I", cell, 4 + width * at)[0] for at in range(count)]


def _value_name(cell: bytes) -> str:
    length, flags = struct.unpack_from("<H", cell, 2)[0], struct.unpack_from("<H", cell, 16)[0]
    encoding = "latin-1" if flags & _VALUE_NAME_IS_ASCII else "utf-16-le"
    return cell[20 : 20 + length].decode(encoding, errors="replace")
