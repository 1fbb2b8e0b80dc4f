# SPDX-License-Identifier: Apache-2.0
"""What stands in a journal: frames of MessagePack, packed, with a checksum; nothing of it is believed unseen."""

from __future__ import annotations

import re
import zlib
from struct import Struct
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from debar.readers import sifting

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAME = Struct("<II")
_LARGEST, _UNPACKED = 1 << 26, 1 << 28
"""Bytes of a frame, packed and unpacked: no more are believed."""
_DIGEST = re.compile("(?:[0-9a-f]{64})?")


class Block(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A block that was looked through, without its text."""

    total: int
    position: int
    kept: int
    goes_on: bool
    tail: tuple[int, int]
    """Length and checksum of the last bytes of it."""
    found: tuple[tuple[int, bytes], ...]


class Begun(msgspec.Struct, array_like=True, frozen=True, tag=0):
    """A file, under the number by which later frames call it."""

    number: int
    path: bytes
    wanted: bytes
    stamp: tuple[int, int, int, int]


class Passed(msgspec.Struct, array_like=True, frozen=True, tag=1):
    """Some blocks of a file."""

    number: int
    blocks: tuple[Block, ...]


class Ended(msgspec.Struct, array_like=True, frozen=True, tag=2):
    """A file was looked through to its end."""

    number: int
    sha256: str
    size: int


Entry: TypeAlias = "Begun | Passed | Ended"
_DECODER = msgspec.msgpack.Decoder(Begun | Passed | Ended)


def framed(entry: Entry) -> bytes:
    """Give an entry as it is written."""
    data = zlib.compress(msgspec.msgpack.encode(entry), 1)
    return _FRAME.pack(len(data), zlib.crc32(data)) + data


def entry(read: Callable[[int, int], bytes], at: int) -> tuple[Entry, int] | None:
    """Give the entry at a place and where the next begins; nothing for one that is not whole.

    `read` gives the bytes at a place, as many as there are.
    """
    head = read(at, _FRAME.size)
    if len(head) < _FRAME.size:
        return None
    length, checksum = _FRAME.unpack(head)
    if length > _LARGEST:
        return None
    data = read(at + _FRAME.size, length)
    if len(data) < length or zlib.crc32(data) != checksum:
        return None
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data, _UNPACKED)
        return (_DECODER.decode(unpacked), at + _FRAME.size + length) if unpacker.eof else None
    except (zlib.error, msgspec.MsgspecError):
        return None


def expect_sound(block: Block, last: Block | None) -> None:
    """Raise ValueError for a block that no reading can have left."""
    before = last.position - last.kept if last else 0
    numbers = [number for number, _ in block.found]
    if not (
        0 < block.total < 1 << 40
        and 0 <= block.kept <= 2 * sifting.LINE
        and before <= block.position - block.kept < 1 << 62
        and all(a < b for a, b in zip([-1, *numbers], [*numbers, block.total], strict=True))
        and not any(b"\n" in line for _, line in block.found)
    ):
        raise ValueError("no block of a file")


def is_digest(text: str) -> bool:
    """Tell whether something can be the digest of a file, or that it has none."""
    return _DIGEST.fullmatch(text) is not None
