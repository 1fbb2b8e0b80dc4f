# SPDX-License-Identifier: Apache-2.0
"""The texts of a Windows version resource (VS_VERSIONINFO): company, product, file, versions.

Lengths of values are left aside: compilers count them in bytes or in characters, with and without the
end mark. A value goes from its key to its NUL, at most to the end of its block.
"""

from __future__ import annotations

from struct import unpack_from
from typing import NamedTuple

_BLOCKS = 1 << 10
"""Blocks looked at; a resource of 64 KiB in forty languages has fewer."""
_FIXED = 0xFEEF04BD
"""Mark of the fixed numbers."""


class _Block(NamedTuple):
    key: str
    value: int
    """Offset of its value, or of its first child."""
    length: int
    """Of the value as told."""
    end: int


def read(data: bytes) -> dict[str, str]:
    """Give the texts by their keys, the first of each; "" is the version in the fixed numbers."""
    root = _block(data, 0, len(data))
    if root is None or root.key != "VS_VERSION_INFO":
        return {}
    found: dict[str, str] = {}
    if root.length >= 52 and root.value + 16 <= len(data):
        mark, _, high, low = unpack_from("<IIII", data, root.value)
        if mark == _FIXED and (high or low):
            found[""] = f"{high >> 16}.{high & 0xFFFF}.{low >> 16}.{low & 0xFFFF}"
    for tables in _blocks(data, _aligned(root.value + root.length), root.end):
        if tables.key == "StringFileInfo":
            for table in _blocks(data, tables.value, tables.end):
                for text in _blocks(data, table.value, table.end):
                    _keep(found, text, data)
    return found


def _keep(found: dict[str, str], text: _Block, data: bytes) -> None:
    value = data[text.value : text.end].decode("utf-16-le", "replace").partition("\0")[0].strip()
    if value:
        found.setdefault(text.key, value)


def _blocks(data: bytes, at: int, limit: int) -> list[_Block]:
    """Give the blocks that lie one after another between two places."""
    found = []
    for _ in range(_BLOCKS):
        block = _block(data, at, limit)
        if block is None:
            break
        found.append(block)
        at = _aligned(block.end)
    return found


def _block(data: bytes, at: int, limit: int) -> _Block | None:
    if at + 8 > min(limit, len(data)):
        return None
    length, value_length, _ = unpack_from("<HHH", data, at)
    end = min(at + length, limit, len(data))
    stop = data.find(b"\0\0", at + 6, end)
    while stop >= 0 and (stop - at) & 1:  # the second half of a letter, and the first of the end
        stop = data.find(b"\0\0", stop + 1, end)
    if length < 8 or stop < 0:
        return None
    return _Block(data[at + 6 : stop].decode("utf-16-le", "replace"), _aligned(stop + 2), value_length, end)


def _aligned(at: int) -> int:
    return at + 3 & ~3
