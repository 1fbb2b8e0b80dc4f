# SPDX-License-Identifier: Apache-2.0
"""ZIP archives: members are read where they lie, never unpacked to disk."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING, BinaryIO, cast

from debar.errors import SourceError
from debar.readers.members import DIRECTORY, Budget, Lost, Member, Metered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_END = b"PK\x05\x06"
_END_SIZE, _END_REACH = 22, 22 + (1 << 16)
"""The record that closes a ZIP and the farthest it can stand from the end: APPNOTE.TXT 4.3.16."""
_ENCRYPTED = 1
"""Flag of an encrypted member: APPNOTE.TXT 4.4.4."""


def members(source: Input, budget: Budget) -> Iterator[Member | Lost]:
    """Yield every file, in the order of the list of contents."""
    with source.seekable() as file:
        _check_directory(file)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError) as e:
            raise SourceError(f"not a readable ZIP: {e}") from e
        with archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                budget.member()
                if entry.flag_bits & _ENCRYPTED:
                    yield Lost(entry.filename, "encrypted")
                    continue
                try:
                    stream = archive.open(entry)
                except Exception as e:  # noqa: BLE001 - whatever a forged entry makes of the library costs that entry alone
                    yield Lost(entry.filename, f"cannot be unpacked: {e}")
                    continue
                with stream:
                    yield Member(
                        entry.filename, cast("BinaryIO", Metered(cast("BinaryIO", stream), budget)), is_seekable=True
                    )


def _check_directory(file: BinaryIO) -> None:
    """Refuse a list of contents that would fill the memory; its size stands in the last record."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_REACH))
    tail = file.read(_END_REACH)
    at = tail.rfind(_END)
    if at >= 0 and len(tail) >= at + _END_SIZE:
        (length,) = struct.unpack_from("<I", tail, at + 12)
        if length != 0xFFFFFFFF and length > DIRECTORY:
            raise SourceError(f"its list of contents has more than {DIRECTORY >> 20} MiB")
        if length == 0xFFFFFFFF and size > DIRECTORY * 256:
            raise SourceError("a ZIP64 archive too large to open as one")
    file.seek(0)
