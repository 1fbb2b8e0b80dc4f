# SPDX-License-Identifier: Apache-2.0
"""The parts of an ELF file: segments, sections, notes, the dynamic table.

After the System V ABI; 32 and 64 bits, either byte order. Only the pages that are asked for are read.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.errors import SourceError
from debar.readers.binary import pieces as part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pieces import Pieces

RELOCATABLE, PROGRAM, SHARED, CORE = 1, 2, 3, 4
"""Types of file."""
_LOAD, _DYNAMIC, _INTERPRETER, _NOTE = 1, 2, 3, 4
"""Types of segments."""
_SEGMENTS = 1 << 8
"""Segments looked at; linkers make about a dozen."""
_SECTIONS = 1 << 14
"""Sections looked at; a kernel module built by function has thousands."""
_ENTRIES = 1 << 12
"""Entries of the dynamic table looked at; large programs need hundreds of libraries at most."""
_NOTES = 64
"""Notes looked at in a segment."""
_NOTE_SIZE = 1 << 16
_STRINGS = 1 << 16
"""Tables of strings up to this size are read at once, larger ones name by name."""
NEEDED, SONAME, RPATH, RUNPATH = 1, 14, 15, 29
_STRING_TABLE, _STRING_SIZE, _FLAGS = 5, 10, 0x6FFFFFFB
_PIE = 0x08000000
"""Tags of the dynamic table, and the flag of a program that may lie anywhere (DF_1_PIE)."""


class _Layout(NamedTuple):
    header: Struct
    segment: Struct
    picked: tuple[int, int, int, int]
    """Where a segment's type, offset, address and size stand: the two classes order them differently."""
    section: Struct
    entry: Struct
    word: Struct


def _layout(order: str, *, is_wide: bool) -> _Layout:
    if is_wide:
        return _Layout(
            Struct(order + "HHIQQQIHHHHHH"),
            Struct(order + "IIQQQQQQ"),
            (0, 2, 3, 5),
            Struct(order + "IIQQQQIIQQ"),
            Struct(order + "qQ"),
            Struct(order + "III"),
        )
    return _Layout(
        Struct(order + "HHIIIIIHHHHHH"),
        Struct(order + "8I"),
        (0, 1, 2, 4),
        Struct(order + "10I"),
        Struct(order + "iI"),
        Struct(order + "III"),
    )


_LAYOUTS = {
    bytes((width, order)): _layout("<" if order == 1 else ">", is_wide=width == 2)
    for width in (1, 2)
    for order in (1, 2)
}


class Section(NamedTuple):
    """A section: its name, and where it lies in the file."""

    name: str
    offset: int
    size: int


class Image(NamedTuple):
    """The headers of a file."""

    type: int
    layout: _Layout
    segments: tuple[tuple[int, int, int, int], ...]
    """(type, offset, address, size) of each."""
    table: tuple[int, int, int]
    """Offset and number of the section headers, and the section of their names."""

    def offset(self, address: int) -> int:
        """Give where in the file an address of memory lies, or -1."""
        for kind, offset, start, size in self.segments:
            if kind == _LOAD and start <= address < start + size:
                return offset + address - start
        return -1

    @property
    def has_interpreter(self) -> bool:
        """Tell whether the file asks for a dynamic linker, as programs do."""
        return any(kind == _INTERPRETER for kind, *_ in self.segments)


class Dynamic(NamedTuple):
    """What the dynamic table says."""

    names: dict[int, list[str]]
    """Texts by tag."""
    is_program: bool


def read(pieces: Pieces) -> Image:
    """Give the headers; SourceError when they lie outside the file."""
    layout = _LAYOUTS.get(pieces.at(4, 2))
    if layout is None:
        raise SourceError("neither of 32 nor of 64 bits", locator="byte 4")
    kind, _, _, _, at, sections, _, _, size, count, section_size, number, names = pieces.fields(layout.header, 16)
    segments: list[tuple[Any, ...]] = []
    if size == layout.segment.size:
        table = pieces.near(at, min(count, _SEGMENTS) * size)
        rows = layout.segment.iter_unpack(table[: len(table) // size * size])
        segments = [tuple(fields[n] for n in layout.picked) for fields in rows]
    has_sections = section_size == layout.section.size and 0 < sections < pieces.size
    return Image(kind, layout, tuple(segments), (sections if has_sections else 0, number, names))


def sections(pieces: Pieces, image: Image) -> list[Section]:
    """Give the named sections, of which a stripped file may have none."""
    at, number, names = image.table
    if not at:
        return []
    layout = image.layout.section
    first = pieces.fields(layout, at)
    # The first section holds the numbers that are too large for the header's sixteen bits.
    number, names = number or first[5], first[6] if names == 0xFFFF else names
    table = pieces.near(at, min(number, _SECTIONS) * layout.size)
    found = list(layout.iter_unpack(table[: len(table) // layout.size * layout.size]))
    if names >= len(found):
        return []
    texts = pieces.near(found[names][4], min(found[names][5], 1 << 22))
    return [Section(part.zero_ended(texts, one[0], 256), one[4], one[5]) for one in found if one[1] not in {0, 8}]


def notes(pieces: Pieces, image: Image, found: list[Section]) -> Iterator[tuple[str, int, bytes]]:
    """Yield (owner, type, description) of each note; from segments, else from sections, which modules have alone."""
    places = [(offset, size) for kind, offset, _, size in image.segments if kind == _NOTE]
    places = places or [(one.offset, one.size) for one in found if one.name.startswith(".note")]
    for offset, size in places[:_NOTES]:
        table = pieces.near(offset, min(size, _NOTE_SIZE))
        at = 0
        for _ in range(_NOTES):
            if at + 12 > len(table):
                break
            owner_size, length, kind = image.layout.word.unpack_from(table, at)
            begin = at + 12 + (owner_size + 3 & ~3)
            yield part.text(table[at + 12 : at + 12 + owner_size]), kind, table[begin : begin + length]
            at = begin + (length + 3 & ~3)


def dynamic(pieces: Pieces, image: Image) -> Dynamic:
    """Give the libraries a file needs, its own name, and where it looks for libraries."""
    place = next(((offset, size) for kind, offset, _, size in image.segments if kind == _DYNAMIC), None)
    if place is None:
        return Dynamic({}, is_program=False)
    layout = image.layout.entry
    table = pieces.near(place[0], min(place[1], _ENTRIES * layout.size))
    entries = []
    for tag, value in layout.iter_unpack(table[: len(table) // layout.size * layout.size]):
        if tag == 0:
            break
        entries.append((tag, value))
    numbers = dict(entries)
    names: dict[int, list[str]] = {}
    start, size = image.offset(numbers.get(_STRING_TABLE, -1)), numbers.get(_STRING_SIZE, 0)
    if start >= 0:
        texts = pieces.near(start, size) if size <= _STRINGS else b""
        for tag, value in entries:
            if tag in {NEEDED, SONAME, RPATH, RUNPATH} and value < size:
                name = part.zero_ended(texts, value) if texts else part.text(pieces.near(start + value, 1 << 9))
                names.setdefault(tag, []).append(name)
    return Dynamic(names, is_program=bool(numbers.get(_FLAGS, 0) & _PIE))
