# SPDX-License-Identifier: Apache-2.0
"""The parts of a Mach-O file: one slice for each processor, their load commands, sections and signatures.

After Apple's headers mach-o/loader.h, mach-o/fat.h and cs_blobs.h.
"""

from __future__ import annotations

import hashlib
from struct import Struct, unpack_from
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers.binary import pieces as part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pieces import Pieces

_SLICES = 16
"""Slices looked at; universal programs have two, of old ones four."""
_COMMANDS = 1 << 12
"""Load commands looked at; large programs have hundreds."""
_COMMAND_BYTES = 1 << 22
_SECTIONS = 1 << 9
"""Sections of one segment looked at."""
_BLOBS = 64
"""Blobs of a signature looked at; there are about ten kinds."""
_MAGICS = {
    b"\xfe\xed\xfa\xce": (">", 28),
    b"\xce\xfa\xed\xfe": ("<", 28),
    b"\xfe\xed\xfa\xcf": (">", 32),
    b"\xcf\xfa\xed\xfe": ("<", 32),
}
"""Byte order, and size of the header, which in 64 bits has one number more."""
_FAT = {b"\xca\xfe\xba\xbe": Struct(">8xII4x"), b"\xca\xfe\xba\xbf": Struct(">8xQQ8x")}
LIBRARIES = frozenset({6, 8})
"""Types of files that are loaded by others: libraries and plug-ins."""
_SEGMENTS = {0x1: (56, ">IIII", 24, 68, 32), 0x19: (72, ">QQQQ", 24, 80, 32)}
"""Segment command: size, layout and place of its four addresses, size of a section, place of a section's address."""
_LOADED = frozenset({0xC, 0x80000018, 0x8000001F, 0x20, 0x80000023})
_OWN_NAME, _SIGNATURE = 0xD, 0x1D
_DIRECTORY, _CMS = 0, 0x10000
"""Slots of a signature."""
_DIRECTORY_MAGIC, _CMS_MAGIC, _SIGNATURE_MAGIC = 0xFADE0C02, 0xFADE0B01, 0xFADE0CC0
_HASHES = {1: ("sha1", 20), 2: ("sha256", 32), 3: ("sha256", 20), 4: ("sha384", 48)}
_WITH_TEAM = 0x20200
"""Version of a code directory from which on it names the team."""


class Signature(NamedTuple):
    """The code signature of a slice."""

    offset: int
    identifier: str
    team: str
    directory: bytes
    """The code directory: what the CMS signature is over."""
    cms: bytes
    """Empty for an ad-hoc signature, which names nobody."""


class Image(NamedTuple):
    """One slice."""

    pieces: Pieces
    is_library: bool
    name: str
    """The library's own name."""
    needed: tuple[str, ...]
    segments: tuple[tuple[int, int, int], ...]
    """(address, offset, size) of each."""
    sections: dict[str, tuple[int, int]]
    """(offset, size) by name."""
    signature: tuple[int, int]
    """Offset and size, or zeros."""

    def offset(self, address: int) -> int:
        """Give where in the slice an address of memory lies, or -1."""
        for start, offset, size in self.segments:
            if start <= address < start + size:
                return offset + address - start
        return -1


def slices(pieces: Pieces) -> Iterator[Pieces]:
    """Yield the file itself, or each slice of a universal one."""
    layout = _FAT.get(pieces.at(0, 4))
    if layout is None:
        yield pieces
        return
    (count,) = unpack_from(">I", pieces.at(4, 4))
    for number in range(min(count, _SLICES)):
        offset, size = pieces.fields(layout, 8 + number * layout.size)
        yield pieces.part(offset, size)


def read(pieces: Pieces) -> Image:
    """Give the parts of one slice; SourceError when it is none."""
    if (form := _MAGICS.get(pieces.at(0, 4))) is None:
        raise SourceError("a slice that is no Mach-O", locator=f"byte {pieces.start}")
    order, size = form
    kind, count, length = unpack_from(order + "III", pieces.at(12, 12))
    commands = pieces.near(size, min(length, _COMMAND_BYTES))
    needed: list[str] = []
    segments: list[tuple[int, int, int]] = []
    sections: dict[str, tuple[int, int]] = {}
    name, signature = "", (0, 0)
    for command, body in _commands(commands, order, min(count, _COMMANDS)):
        if command in _LOADED:
            needed.append(_name(body, order))
        elif command == _OWN_NAME:
            name = _name(body, order)
        elif command == _SIGNATURE and len(body) >= 16:
            signature = unpack_from(order + "II", body, 8)
        elif command in _SEGMENTS:
            segments += _segment(body, order, _SEGMENTS[command], sections)
    return Image(pieces, kind in LIBRARIES, name, tuple(needed), tuple(segments), sections, signature)


def _commands(data: bytes, order: str, count: int) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(count):
        if at + 8 > len(data):
            return
        command, size = unpack_from(order + "II", data, at)
        if size < 8:
            return
        yield command, data[at : at + size]
        at += size


def _name(body: bytes, order: str) -> str:
    """Give the text of a command, which begins where its first number says."""
    if len(body) < 12:
        return ""
    (at,) = unpack_from(order + "I", body, 8)
    return part.zero_ended(body, at)


def _segment(
    body: bytes, order: str, form: tuple[int, str, int, int, int], sections: dict[str, tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield where a segment lies, and note its sections."""
    header, layout, at, size, address = form
    if len(body) < header:
        return
    start, _, offset, length = unpack_from(order + layout[1:], body, at)
    yield start, offset, length
    count = min((len(body) - header) // size, _SECTIONS)
    for begin in range(header, header + count * size, size):
        wide = "QQI" if size == 80 else "III"
        _, long, place = unpack_from(order + wide, body, begin + address)
        sections.setdefault(part.text(body[begin : begin + 16]), (place, long))


def signature(image: Image) -> Signature | None:
    """Give the code signature of a slice, if it has one."""
    offset, size = image.signature
    if not offset:
        return None
    data = image.pieces.at(offset, size)
    if len(data) < 12 or unpack_from(">I", data)[0] != _SIGNATURE_MAGIC:
        return None
    blobs = dict(_blobs(data, min(unpack_from(">I", data, 8)[0], _BLOBS)))
    directory, cms = blobs.get(_DIRECTORY, b""), blobs.get(_CMS, b"")
    if len(directory) < 44 or unpack_from(">I", directory)[0] != _DIRECTORY_MAGIC:
        return None
    (version,) = unpack_from(">I", directory, 8)
    (identifier,) = unpack_from(">I", directory, 20)
    team = unpack_from(">I", directory, 48)[0] if version >= _WITH_TEAM and len(directory) >= 52 else 0
    return Signature(
        image.pieces.start + offset,
        part.zero_ended(directory, identifier),
        part.zero_ended(directory, team) if team else "",
        directory,
        cms[8:] if cms[:4] == _CMS_MAGIC.to_bytes(4, "big") else b"",
    )


def _blobs(data: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    for number in range(count):
        if 20 + 8 * number > len(data):
            return
        kind, at = unpack_from(">II", data, 12 + 8 * number)
        if at + 8 <= len(data):
            (length,) = unpack_from(">I", data, at + 4)
            yield kind, data[at : at + length]


def is_whole(image: Image, directory: bytes) -> bool | None:
    """Tell whether the digests of a code directory fit the slice's pages; None for a digest that is not known."""
    start, _, special, count, limit, size, kind, _, page = unpack_from(">IIIIIBBBB", directory, 16)
    name, kept = _HASHES.get(kind, ("", 0))
    if not name or kept != size or special > start or limit > image.pieces.size or page > 24:
        return None
    step = 1 << page if page else max(limit, 1)
    if -(-limit // step) != count or start + count * size > len(directory):
        return False
    for number in range(count):
        digest = hashlib.new(name, usedforsecurity=False)
        for block in image.pieces.blocks(number * step, min((number + 1) * step, limit)):
            digest.update(block)
        if digest.digest()[:kept] != directory[start + number * size : start + (number + 1) * size]:
            return False
    return True
