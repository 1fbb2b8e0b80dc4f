# SPDX-License-Identifier: Apache-2.0
"""Files that are written once, named by the hash of what is in them, and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING, NamedTuple

import zstandard

from debar.errors import EvidenceError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from debar.errors import LimitError

SUFFIXES = {"observations": ".parquet", "findings": ".parquet", "reports": ".json.zst"}
"""By kind of file of a history, which is also its folder."""
OF_ORGANISATIONS = {"uploads": "", "readings": ".told.zst", "papers": "", "proofs": ".zip"}
"""The same of what an organisation of a portfolio keeps beside its history."""
_SUFFIXES = {**SUFFIXES, **OF_ORGANISATIONS}
_NAME = re.compile(r"[0-9a-f]{64}")
_PARTIAL = ".partial-"
_LEVEL = 6
"""Of zstd; above it, packing takes much longer for little less."""
LARGEST = 1 << 32
"""Bytes that a report may have, unpacked; a larger one is no report of debar's."""


class Kept(NamedTuple):
    """A file that is on the disk, under its name."""

    kind: str
    sha256: str
    size: int
    rows: int


def path(lake: Path, kind: str, sha256: str) -> Path:
    """Give where a file lies; StoreError for a name that is none, which a damaged ledger could hold."""
    if kind not in _SUFFIXES or not _NAME.fullmatch(sha256):
        raise StoreError(f"the ledger names a file {kind}/{sha256[:80]!r}, which there cannot be")
    return lake / kind / f"{sha256}{_SUFFIXES[kind]}"


@contextlib.contextmanager
def partial(lake: Path, kind: str) -> Iterator[Path]:
    """Give a new file to write to; it is gone afterwards, unless `finish` gave it its name."""
    file = lake / kind / f"{_PARTIAL}{os.getpid()}-{secrets.token_hex(4)}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o644, exist_ok=False)
    except OSError as e:
        raise no_room(file.parent, e) from e
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.unlink()


def fill(file: Path, blocks: Iterable[bytes], most: int, refusal: LimitError) -> None:
    """Write blocks to a new file; `refusal` for more bytes than `most`, StoreError where there is no room for them."""
    size = 0
    try:
        with file.open("wb") as out:
            for block in blocks:
                size += len(block)
                if size > most:
                    raise refusal
                out.write(block)
    except OSError as e:
        raise no_room(file.parent, e) from e


def no_room(folder: Path, fault: Exception) -> StoreError:
    """Give the error of a file that could not be written."""
    said = getattr(fault, "strerror", None) or str(fault)
    return StoreError(f"{folder}: {said}", hint="make room, or name another directory; what was kept before is kept")


def finish(lake: Path, kind: str, file: Path, rows: int) -> Kept:
    """Give a file that was written to its end its name; when this returns it is on the disk under it.

    1. What was written reaches the disk.
    2. The name is the hash of what can be read back.
    3. The new name appears in one step; a file that is there already has the same content.
    4. The name reaches the disk.
    """
    try:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())  # 1.
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()  # 2.
            size = opened.tell()
        file.replace(path(lake, kind, sha256))  # 3.
        sync(file.parent)  # 4.
        sync(lake)
    except OSError as e:
        raise no_room(file.parent, e) from e
    return Kept(kind, sha256, size, rows)


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk; where folders cannot be opened, the system sees to it itself."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def pack(lake: Path, content: Callable[[], Iterable[bytes]]) -> Kept:
    """Keep a report, packed; its content is asked for twice, so that its size stands before it and it is never held whole.

    Raises StoreError for one that could not be read back.
    """
    size = sum(map(len, content()))
    if size > LARGEST:
        raise StoreError(f"a report of {size:,} bytes is not kept: more than {LARGEST:,}", hint="scan fewer at once")
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    with partial(lake, "reports") as file:
        try:
            with file.open("wb") as out, packer.stream_writer(out, size=size, closefd=False) as packing:
                for piece in content():
                    packing.write(piece)
        except OSError as e:
            raise no_room(file.parent, e) from e
        return finish(lake, "reports", file, 1)


def unpack(lake: Path, sha256: str) -> bytes:
    """Give a report that was kept; EvidenceError when it is not what was kept."""
    file = path(lake, "reports", sha256)
    try:
        packed = file.read_bytes()
        if hashlib.sha256(packed).hexdigest() != sha256:
            raise EvidenceError(
                f"{file}: was changed since it was kept", hint="debar status --check looks at every file"
            )
        size = zstandard.frame_content_size(packed)
        if not 0 <= size <= LARGEST:
            raise StoreError(f"{file}: is no report of debar's")
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=LARGEST)
    except FileNotFoundError as e:
        raise EvidenceError(f"{file}: is gone", hint="debar status --check looks at every file") from e
    except (OSError, zstandard.ZstdError, MemoryError) as e:
        raise StoreError(f"{file}: cannot be read: {e}") from e


def digest(file: Path) -> str:
    """Give the hash of what a file holds; nothing when it cannot be read."""
    try:
        with file.open("rb") as opened:
            return digest_of(opened)
    except OSError:
        return ""


def digest_of(opened: BufferedReader) -> str:
    """Give the hash of what is left of an open file."""
    return hashlib.file_digest(opened, "sha256").hexdigest()


def unfinished(lake: Path, kind: str) -> Iterator[Path]:
    """Yield the files of a kind that were begun and have no name yet; most are still written to."""
    with contextlib.suppress(OSError):
        yield from sorted((lake / kind).glob(f"{_PARTIAL}*"))


def strays(lake: Path, known: frozenset[tuple[str, str]]) -> Iterator[Path]:
    """Yield the files that no run speaks of, in order: what was killed before its run was kept leaves them."""
    for kind, suffix in _SUFFIXES.items():
        with contextlib.suppress(OSError):
            for file in sorted((lake / kind).iterdir()):
                if (kind, file.name.removesuffix(suffix)) not in known:
                    yield file
