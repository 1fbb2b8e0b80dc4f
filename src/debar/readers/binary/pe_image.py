# SPDX-License-Identifier: Apache-2.0
"""The parts of a Windows program (PE/COFF): headers, sections, imported libraries, resources.

Field names and offsets are those of Microsoft's "PE Format". Every count and offset is the file's own
claim: loops are bounded, and nothing is read outside the file.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from typing import TYPE_CHECKING, NamedTuple

from debar.readers.binary import pieces as part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pieces import Pieces

_COFF = Struct("<HHIIIHH")
_SECTION = Struct("<8sIIIIIIHHI")
_SECTIONS = 96
"""Most sections that Windows loads."""
_IMPORTS = 512
"""Libraries looked at; the programs with most import below 100."""
_ENTRIES = 1 << 12
"""Entries of one resource directory looked at; icons are the most, in hundreds."""
_BRANCHES = 8
"""Version resources looked at: one for each language."""
_RESOURCE = 1 << 16
"""Largest version resource, bytes: its own length field has 16 bits."""
IMPORT, RESOURCE, SECURITY, DELAYED = 1, 2, 4, 13
"""Numbers of data directories."""
_VERSION = 16
"""RT_VERSION, the type of version resources."""


class Section(NamedTuple):
    """A section: its name, and where it lies in memory and in the file."""

    name: str
    address: int
    offset: int
    size: int


class Image(NamedTuple):
    """The headers of a program."""

    is_library: bool
    base: int
    """Address of memory that the others count from."""
    subsystem: int
    checksum: int
    """Offset of the checksum field, which a signature leaves out."""
    entries: int
    """Offset of the data directories."""
    directories: tuple[tuple[int, int], ...]
    """(address, size) of each; the address of SECURITY is an offset in the file."""
    sections: tuple[Section, ...]

    def directory(self, number: int) -> tuple[int, int]:
        """Give address and size of a directory, (0, 0) when the file has none."""
        return self.directories[number] if number < len(self.directories) else (0, 0)

    def place(self, pointer: int) -> int:
        """Give where in the file what a pointer points to lies, or -1."""
        return self.offset(pointer - self.base)

    def offset(self, address: int) -> int:
        """Give where in the file an address of memory lies, or -1."""
        for section in self.sections:
            if section.address <= address < section.address + section.size:
                return section.offset + address - section.address
        return -1


def read(pieces: Pieces) -> Image | None:
    """Give the headers; nothing for a program of DOS or 16-bit Windows, which begins alike."""
    if pieces.size < 64:
        return None
    (start,) = unpack_from("<I", pieces.at(60, 4))
    if pieces.near(start, 4) != b"PE\0\0":
        return None
    _, count, _, _, _, size, characteristics = pieces.fields(_COFF, start + 4)
    optional = start + 24
    header = pieces.at(optional, size)
    is_wide = header[:2] == b"\x0b\x02"  # PE32+
    entries = optional + (112 if is_wide else 96)
    if len(header) < entries - optional:
        return Image(bool(characteristics & 0x2000), 0, 0, optional + 64, entries, (), ())
    (base,) = unpack_from("<Q", header, 24) if is_wide else unpack_from("<I", header, 28)
    (subsystem,) = unpack_from("<H", header, 68)
    (number,) = unpack_from("<I", header, entries - optional - 4)
    number = min(number, 16, (len(header) - (entries - optional)) // 8)
    directories = tuple(unpack_from("<II", header, entries - optional + 8 * n) for n in range(number))
    sections = _sections(pieces, optional + size, min(count, _SECTIONS))
    return Image(bool(characteristics & 0x2000), base, subsystem, optional + 64, entries, directories, sections)


def _sections(pieces: Pieces, at: int, count: int) -> tuple[Section, ...]:
    table = pieces.near(at, count * _SECTION.size)
    found = []
    for name, virtual, address, raw, offset, *_ in _SECTION.iter_unpack(table[: len(table) // 40 * 40]):
        # Old linkers leave the size in memory empty; what lies beyond the raw size is not in the file.
        found.append(Section(part.text(name, "latin-1"), address, offset, min(virtual, raw) if virtual else raw))
    return tuple(found)


def imports(pieces: Pieces, image: Image) -> Iterator[str]:
    """Yield the names of the libraries that a program imports, at once or when needed, in order."""
    # The size of a descriptor, and where in it the name's address stands.
    for number, size, field in ((IMPORT, 20, 12), (DELAYED, 32, 4)):
        at = image.offset(image.directory(number)[0]) if image.directory(number)[0] else -1
        if at < 0:
            continue
        table = pieces.near(at, _IMPORTS * size)
        for n in range(len(table) // size):
            (address,) = unpack_from("<I", table, n * size + field)
            offset = image.offset(address) if address else -1
            if offset < 0:
                break
            if name := part.text(pieces.near(offset, 256), "latin-1"):
                yield name


def versions(pieces: Pieces, image: Image) -> Iterator[bytes]:
    """Yield the version resources, one for each language."""
    address, _ = image.directory(RESOURCE)
    root = image.offset(address) if address else -1
    if root < 0:
        return
    places = [root + at for kind, at in _entries(pieces, root) if kind == _VERSION]
    for _ in range(2):  # from types to names, from names to languages
        places = [
            root + (at & 0x7FFFFFFF) for place in places[:_BRANCHES] for _, at in _entries(pieces, _below(place, root))
        ]
    for place in places[:_BRANCHES]:
        data, size = unpack_from("<II", pieces.at(place, 8))
        offset = image.offset(data)
        if offset >= 0:
            yield pieces.near(offset, min(size, _RESOURCE))


def _below(place: int, root: int) -> int:
    """Give the offset of a directory without the bit that says that it is one."""
    return root + ((place - root) & 0x7FFFFFFF)


def _entries(pieces: Pieces, at: int) -> list[tuple[int, int]]:
    """Give (kind, offset from the root) of each entry of a resource directory."""
    named, numbered = unpack_from("<HH", pieces.at(at + 12, 4))
    table = pieces.near(at + 16, min(named + numbered, _ENTRIES) * 8)
    return [unpack_from("<II", table, n * 8) for n in range(len(table) // 8)]
