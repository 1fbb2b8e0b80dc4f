# SPDX-License-Identifier: Apache-2.0
"""A proof as one zip file: written in one way, and read only if it is written so.

Members are stored as they are, in the order of names, with one date, without comments, extra fields or gaps. From names,
sizes and checksums follows every other byte of the file; each is compared, so that no byte of it can be changed unseen.
Sizes and offsets have four bytes: what is larger belongs into a folder.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from debar.proof.held import LONGEST, MEMBERS, Held, Part, chunks, measured, misnamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST = (1 << 32) - 1
"""Bytes of a zip file whose offsets have four bytes."""
_LOCAL = struct.Struct("<4s5H3I2H")
_ROW = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
"""Of the format that is needed to read it (2.0): the oldest that has folders."""
_UNIX = 3 << 8 | _VERSION
_DATE = 0x0021
"""1 January 1980, the first day that the format knows."""
_MODE = 0o100644 << 16


class ChangedError(ValueError):
    """A file has changed between two looks at it."""


class _Member(NamedTuple):
    """What the list of a zip file says of one member."""

    name: bytes
    crc: int
    size: int
    offset: int


def write(out: BinaryIO, parts: Mapping[str, Part]) -> None:
    """Write parts as a zip file; OSError as it comes, and ChangedError for a part that changed meanwhile."""
    members, offset = [], 0
    for name, part in sorted(parts.items()):
        found = measured(part)
        member = _Member(name.encode("ascii"), found.crc, found.size, offset)
        out.write(_local(member))
        written, crc = 0, 0
        for piece in chunks(part):
            out.write(piece)
            written, crc = written + len(piece), zlib.crc32(piece, crc)
        if (written, crc) != (found.size, found.crc):
            raise ChangedError(f"{part.file or name}: changed while it was copied")
        offset = _after(member)
        members.append(member)
    rows = b"".join(map(_row, members))
    out.write(rows + _end(len(members), len(rows), offset))


def fits(parts: Mapping[str, Part]) -> bool:
    """Tell whether parts fit into one zip file."""
    whole = sum(part.size + _LOCAL.size + _ROW.size + 2 * len(name) for name, part in parts.items())
    return len(parts) <= MEMBERS and whole + _END.size <= LARGEST


def read(file: Path) -> Held:
    """Give what a zip file holds, with each place in which it is not written as `write` does. OSError as it comes."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        if size > LARGEST or size < _END.size:
            return Held({}, (": is no zip file of a proof: it is too large or too small",), is_readable=False)
        opened.seek(size - _END.size)
        end = opened.read(_END.size)
        mark, _, _, _, count, length, start, _ = _END.unpack(end)
        if mark != b"PK\5\6" or start + length + _END.size != size or length > MEMBERS * (_ROW.size + LONGEST):
            said = ": is no zip file of a proof: it was cut off, something was added, or its last record was changed"
            return Held({}, (said,), is_readable=False)
        opened.seek(start)
        members, faults = _listed(opened.read(length), start)
        if end != _end(len(members), length, start):
            faults.append(f": the last record of the zip file was changed (it lists {count} files)")
        faults += _gaps(opened, members, start)
    is_readable = not any(fault.startswith(": the list") for fault in faults)
    return Held(_parts(file, members, faults), tuple(dict.fromkeys(faults)), is_readable)


def _listed(rows: bytes, start: int) -> tuple[list[_Member], list[str]]:
    """Give the members that the list of a zip file names, and its faults."""
    members: list[_Member] = []
    faults: list[str] = []
    at = 0
    while at < len(rows):
        if at + _ROW.size > len(rows) or rows[at : at + 4] != b"PK\1\2":
            faults.append(f": the list of files is broken at byte {start + at} of the zip file")
            break
        fields = _ROW.unpack_from(rows, at)
        crc, size, named, offset = fields[7], fields[9], fields[10], fields[16]
        member = _Member(rows[at + _ROW.size : at + _ROW.size + named], crc, size, offset)
        row = _row(member)
        if rows[at : at + len(row)] != row:
            faults.append(f"{_shown(member.name)}: its row in the list of the zip file was changed (byte {start + at})")
        at += len(row)
        members.append(member)
    return members, faults


def _gaps(opened: BinaryIO, members: list[_Member], start: int) -> Iterator[str]:
    """Yield a fault for each member that does not stand where the one before ends, behind the header it must have."""
    at = 0
    for member in members:
        shown = _shown(member.name)
        if member.offset != at:
            yield f"{shown}: stands at byte {member.offset} of the zip file, and {at} is due"
        header = _local(member)
        opened.seek(member.offset)
        if opened.read(len(header)) != header:
            yield f"{shown}: its header in the zip file was changed (byte {member.offset})"
        at = _after(member)
    if at != start:
        yield f": between the files and their list the zip file has {start - at} bytes too many"


def _parts(file: Path, members: list[_Member], faults: list[str]) -> dict[str, Part]:
    """Give the parts that members are; odd names, and names that stand twice, become faults."""
    parts: dict[str, Part] = {}
    folded: set[str] = set()
    for member in members:
        name = _shown(member.name)
        if fault := misnamed(name):
            faults.append(f"{name}: {fault}")
        elif name.casefold() in folded:
            faults.append(f"{name}: stands twice in the zip file")
        else:
            offset = member.offset + len(_local(member))
            parts[name] = Part(member.size, file=file, offset=offset, crc=member.crc)
        folded.add(name.casefold())
    if list(parts) != sorted(parts):
        faults.append(": the files do not stand in the order of their names")
    return dict(sorted(parts.items()))


def _shown(name: bytes) -> str:
    return name.decode("ascii", "backslashreplace")


def _after(member: _Member) -> int:
    return member.offset + _LOCAL.size + len(member.name) + member.size


def _local(member: _Member) -> bytes:
    sizes = (member.crc, member.size, member.size, len(member.name), 0)
    return _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, *sizes) + member.name


def _row(member: _Member) -> bytes:
    sizes = (member.crc, member.size, member.size, len(member.name))
    plain = (0, 0, 0, 0, _MODE, member.offset)
    return _ROW.pack(b"PK\1\2", _UNIX, _VERSION, 0, 0, 0, _DATE, *sizes, *plain) + member.name


def _end(count: int, length: int, start: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0)
