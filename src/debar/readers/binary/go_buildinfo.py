# SPDX-License-Identifier: Apache-2.0
"""What Go writes into each program: the compiler's version, and the modules that the program is made of.

After the documentation of Go's package debug/buildinfo; the text is as BuildInfo.String() gives it.
"""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.readers.binary.pieces import Pieces

MAGIC = b"\xff Go buildinf:"
"""Begins the block, at a multiple of 16 bytes."""
_SEARCHED = 1 << 16
"""Bytes of a section in which the block is looked for: it stands at its beginning, or close to it."""
_TEXT = 1 << 22
"""Largest text, bytes; of a program of 2,000 modules it has 200 KiB."""
_VERSION = 1 << 8
"""Bytes kept of the compiler's version; "go1.22.5 X:boringcrypto" is a long one."""
_INLINE, _BIG_ENDIAN = 2, 1


def text(pieces: Pieces, offset: int, place: Callable[[int], int]) -> str:
    """Give compiler, modules and settings as lines, or nothing; `place` gives the offset of an address, or -1."""
    data = pieces.near(offset, _SEARCHED)
    at = data.find(MAGIC)
    while at >= 0 and at % 16:
        at = data.find(MAGIC, at + 1)
    if at < 0 or at + 32 > len(data):
        return ""
    if data[at + 15] & _INLINE:
        compiler, after = _prefixed(pieces, offset + at + 32)
        raw, _ = _prefixed(pieces, after)
    else:
        block = data[at : at + 32]
        compiler, raw = _pointed(pieces, block, 0, place), _pointed(pieces, block, 1, place)
    # Sixteen bytes on either side mark the text for debuggers; Go before modules has none.
    modules = raw[16:-16] if len(raw) >= 33 and raw[-17:-16] == b"\n" else b""
    first = b"go\t%s\n" % compiler[:_VERSION] if compiler else b""
    return (first + modules).decode("utf-8", "replace")


def _prefixed(pieces: Pieces, at: int) -> tuple[bytes, int]:
    """Give a text that stands behind its length, written seven bits a byte, and where it ends."""
    length = shift = 0
    for byte in pieces.near(at, 5):
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return (pieces.at(at, length), at + length) if length <= _TEXT else (b"", at)


def _pointed(pieces: Pieces, block: bytes, number: int, place: Callable[[int], int]) -> bytes:
    """Give a text as Go before 1.18 has it: a pointer to a pointer and a length; the compiler's is the first."""
    width = block[14]
    if width not in {4, 8}:
        return b""
    form = (">" if block[15] & _BIG_ENDIAN else "<") + ("I" if width == 4 else "Q")
    (header,) = unpack_from(form, block, 16 + number * width)
    at = place(header) if header else -1
    if at < 0:
        return b""
    address, length = unpack_from(form + form[1], pieces.at(at, 2 * width))
    at = place(address) if length <= _TEXT else -1
    return pieces.at(at, length) if at >= 0 else b""
