# SPDX-License-Identifier: Apache-2.0
"""A register's files by name: from a directory, into a zip file, and out of one that may be hostile.

Members are stored, not compressed: the same files give the same bytes with every version of zlib, and nothing can
swell. Of a zip file only what `zipped` writes is taken; whatever else the format allows is refused.
"""

from __future__ import annotations

import errno
import io
import os
import re
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from debar.errors import RegisterError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from zipfile import ZipInfo

MEMBERS, LARGEST, WHOLE = 10_000, 16 << 20, 64 << 20
"""Files of a bundle, bytes of one, and bytes of all: about a hundred times what the first register had."""
AGAIN = "get the bundle again from where it was made; nothing was changed here"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_LOADED = frozenset({".yaml", ".txt"})
_KEPT = frozenset({*_LOADED, ".md", ".json", ""})
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
"""One part of a name: never hidden, nor "..", a drive, or anything that a file system reads in its own way."""
_DEPTH, _NAME = 8, 200
"""Parts and characters of a name."""
_ROW = 46 + _NAME
"""Bytes of one row in the directory of a zip file: its fixed part and the longest name."""
_END = 22
"""Bytes of the record that ends a zip file without a comment."""
_WIDE = 20
"""Bytes of what stands before it where the directory is described elsewhere (zip64)."""


def contents(path: Path) -> dict[str, bytes]:
    """Give the files of a bundle, or of a register's directory, by name and in the order of names.

    Raises UsageError for what cannot be read, RegisterError for what has not the form or the bounds of a bundle.
    """
    try:
        if path.is_dir():
            return _gathered(path)
        if not path.is_file():
            raise UsageError(f"{path}: no such file", hint="name a bundle of a register")
        with path.open("rb") as file:
            return unzipped(path, file.read(WHOLE + 1))
    except OSError as e:
        raise UsageError(f"{path}: {e.strerror}", hint="name a file that can be read") from e


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Give a zip file that depends on nothing but names and contents."""
    import zipfile

    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, text in sorted(files.items()):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, text)
    return whole.getvalue()


def unzipped(path: Path, whole: bytes) -> dict[str, bytes]:
    """Give the members of a zip file by name; `path` is what messages call it.

    Raises RegisterError with every fault of form, bounds and names, before any content is read.
    """
    import zipfile

    _expect_bounds(path, whole)
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            if faults := list(_misshapen(archive.infolist(), len(whole))):
                refuse(path, faults)
            return {info.filename: archive.read(info) for info in sorted(archive.infolist(), key=lambda i: i.filename)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, OverflowError) as e:
        refuse(path, [f"is no whole zip file: {e}"])


def refuse(path: Path, faults: Iterable[str], hint: str = AGAIN) -> NoReturn:
    """Raise RegisterError with every fault of a bundle, each after its path."""
    raise RegisterError([f"{path}: {fault}" for fault in faults], hint=hint)


def write(file: Path, text: bytes, mode: int) -> None:
    """Write a new file down to the disk; OSError as it comes."""
    with open(file, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def replace(file: Path, text: bytes, mode: int) -> None:
    """Write a file so that it is there whole, or as it was before; OSError as it comes, and for what is no file."""
    if file.exists() and not file.is_file():  # a pipe or a device would be gone for everybody
        raise OSError(errno.EINVAL, "is no file", str(file))
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        write(partial, text, mode)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def _gathered(directory: Path) -> dict[str, bytes]:
    """Give every file of a register by name."""
    found = {}
    for file in directory.rglob("*"):
        name = file.relative_to(directory)
        if not _is_part(name):
            continue
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            refuse(directory, [f"{name.as_posix()} is no regular file"], "a bundle holds files, and no links to others")
        if file.is_file():
            found[name.as_posix()] = file.read_bytes()
    return dict(sorted(found.items()))


def _is_part(name: PurePath) -> bool:
    """Tell whether a file belongs to a register by its name; every file that is loaded from a folder does."""
    if name.as_posix() == SIGNATURE:
        return True
    hidden = [part.startswith(".") for part in name.parts]
    return not hidden[0] and name.suffix in (_LOADED if any(hidden) else _KEPT)


def _expect_bounds(path: Path, whole: bytes) -> None:
    """Refuse what would cost much to take apart, from what stands in the last bytes."""
    if len(whole) > WHOLE:
        refuse(path, [f"is larger than {WHOLE} bytes"], "no bundle of a register is")
    end, wide = whole[-_END:], whole[-_END - _WIDE : -_END]
    if len(end) < _END or end[:4] != b"PK\5\6" or end[20:] != b"\0\0" or wide[:4] == b"PK\6\7":
        refuse(path, ["is no zip file, was cut off, or something was added to it"])
    if int.from_bytes(end[12:16], "little") > MEMBERS * _ROW:
        refuse(path, [f"has more than {MEMBERS} members, or too long names"], "no bundle of a register has")


def _misshapen(members: list[ZipInfo], whole: int) -> Iterator[str]:
    """Yield what makes the members of a zip file other than `zipped` writes them."""
    if len(members) > MEMBERS:
        yield f"has more than {MEMBERS} members"
        return
    # What is stored cannot be longer than the file: members that share their bytes are found by this.
    if sum(info.file_size for info in members) > whole:
        yield "its members are larger than the file itself"
    names: set[str] = set()
    for info in members:
        name = info.orig_filename
        if fault := _misnamed(name):
            yield f"{name!r}: {fault}"
        if name.casefold() in names:
            yield f"{name!r} stands in it twice"
        names.add(name.casefold())
        if info.compress_type or info.flag_bits & 1 or info.compress_size != info.file_size:
            yield f"{name!r} is compressed or encrypted; debar stores files as they are"
        if info.file_size > LARGEST:
            yield f"{name!r} is larger than {LARGEST} bytes"
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    yield from (f"{name!r} is both a file and a directory" for name in sorted(names & folders))


def _misnamed(name: str) -> str:
    """Give what is wrong with the name of a member, or nothing."""
    parts = name.split("/")
    if len(name) > _NAME or len(parts) > _DEPTH:
        return "the name is too long"
    if not all(_WORD.fullmatch(part) for part in parts):
        return "is no name of a register's file; it could lead out of the directory, or hide"
    return ""
