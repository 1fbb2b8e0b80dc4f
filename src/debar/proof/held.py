# SPDX-License-Identifier: Apache-2.0
"""The files that a proof holds, wherever their bytes lie: in memory, in a folder, or inside a zip file."""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import stat
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 20
"""Bytes that are read at once."""
MEMBERS = 65_535
"""Files of a proof: as many as a plain zip file can list."""
LONGEST = 120
"""Characters of the name of a file of a proof; the longest that is written has about 90."""
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_DEPTH = 3


class Part(NamedTuple):
    """Where the bytes of one file lie."""

    size: int
    data: bytes = b""
    """The bytes themselves, unless they lie in a file."""
    file: Path | None = None
    offset: int = 0
    """Of its first byte in that file."""
    crc: int | None = None
    """What the zip file says of its bytes; none where it lies in none."""


class Held(NamedTuple):
    """What a folder or a zip file holds."""

    parts: dict[str, Part]
    """By name, in the order of names."""
    faults: tuple[str, ...]
    """What is in it that no proof has: each as "name: what"."""
    is_readable: bool = True
    """Its list of files could be read to its end."""


class Measured(NamedTuple):
    """What the bytes of a part come to."""

    sha256: str
    crc: int
    size: int


def of_bytes(data: bytes) -> Part:
    """Give the part that some bytes in memory are."""
    return Part(len(data), data)


def chunks(part: Part) -> Iterator[bytes]:
    """Yield the bytes of a part in pieces; fewer where its file has become shorter. OSError as it comes."""
    if part.file is None:
        yield part.data
        return
    left = part.size
    with part.file.open("rb") as opened:
        opened.seek(part.offset)
        while left and (piece := opened.read(min(left, CHUNK))):
            left -= len(piece)
            yield piece


def content(part: Part, most: int) -> bytes:
    """Give the bytes of a part, at most so many. OSError as it comes."""
    return b"".join(chunks(part._replace(size=min(part.size, most))))


def mapped(part: Part) -> bytes | memoryview:
    """Give the bytes of a part without holding them all in memory where they lie in a file. OSError as it comes."""
    if part.file is None or not part.size:
        return part.data
    with part.file.open("rb") as opened:
        whole = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    return whole[part.offset : part.offset + part.size]


def measured(part: Part) -> Measured:
    """Give digest, checksum and size of the bytes that are there. OSError as it comes."""
    whole, crc, size = hashlib.sha256(), 0, 0
    for piece in chunks(part):
        whole.update(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    return Measured(whole.hexdigest(), crc, size)


def misnamed(name: str) -> str:
    """Give what is wrong with the name of a file of a proof, or nothing: it never leads out of it, hides or surprises."""
    words = name.split("/")
    if len(name) > LONGEST or len(words) > _DEPTH:
        return "the name is longer than any of a proof"
    if not all(_WORD.fullmatch(word) for word in words):
        return "is no name of a file of a proof: it could lead out of it, or hide"
    return ""


def in_folder(directory: Path) -> Held:
    """Give what a folder holds; links, devices, empty folders and odd names are faults. OSError as it comes."""
    parts: dict[str, Part] = {}
    faults: list[str] = []
    pending = [directory]
    while pending:
        here = pending.pop()
        with os.scandir(here) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        if not found and here != directory:
            faults.append(f"{_name(directory, here)}: is an empty folder that no proof has")
        for entry in found:
            path = here / entry.name
            name = _name(directory, path)
            about = entry.stat(follow_symlinks=False)
            if fault := misnamed(name):
                faults.append(f"{name}: {fault}")
            elif stat.S_ISDIR(about.st_mode):
                pending.append(path)
            elif not stat.S_ISREG(about.st_mode):
                faults.append(f"{name}: is a link or a device, and no file")
            else:
                parts[name] = Part(about.st_size, file=path)
            if len(parts) + len(faults) > MEMBERS:
                return Held(parts, (*faults, f": has more than {MEMBERS} files"), is_readable=False)
    return Held(dict(sorted(parts.items())), tuple(sorted(faults)))


def _name(directory: Path, path: Path) -> str:
    return path.relative_to(directory).as_posix().encode(errors="surrogateescape").decode(errors="replace")
