# SPDX-License-Identifier: Apache-2.0
"""A backup as it is written and read: a directory, or one file of tar in zstd."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec
import zstandard

from debar.errors import SourceError
from debar.store import lake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AT_ONCE = 1 << 20
_LEVEL = 3
"""Of zstd: most of what is packed is packed already."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a backup."""

    name: str
    size: int
    sha256: str


class Folder:
    """A backup that is a directory."""

    def __init__(self, home: Path) -> None:
        """Take the directory, which is there and empty."""
        self._home = home
        self.parts: list[Part] = []

    @classmethod
    @contextlib.contextmanager
    def made(cls, to: Path) -> Iterator[Folder]:
        """Give a backup to write to; when all went well it is on the disk afterwards."""
        to.mkdir(mode=0o700)
        yield cls(to)
        for folder, _, _ in os.walk(to):
            lake.sync(Path(folder))
        lake.sync(to.parent)

    def add(self, name: str, file: Path) -> None:
        """Add a file."""
        to = self._home / name
        _make(to.parent)
        with file.open("rb") as source, _private(to) as out:
            self.parts.append(_copied(name, source, out))

    def end(self, name: str, content: bytes) -> None:
        """Add what comes last."""
        with _private(self._home / name) as out:
            _copied(name, io.BytesIO(content), out)


class Tar:
    """A backup that is one file."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        """Take the archive, open for writing."""
        self._tar = tar
        self.parts: list[Part] = []

    @classmethod
    @contextlib.contextmanager
    def made(cls, to: Path) -> Iterator[Tar]:
        """Give a backup to write to; the file has its name when all went well, and is on the disk then."""
        partial = to.with_name(f".{to.name}.partial")
        try:
            packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
            with (
                _private(partial) as out,
                packer.stream_writer(out, closefd=False) as stream,
                tarfile.open(fileobj=stream, mode="w|") as tar,
            ):
                yield cls(tar)
            partial.replace(to)
            lake.sync(to.parent)
        finally:
            partial.unlink(missing_ok=True)

    def add(self, name: str, file: Path) -> None:
        """Add a file."""
        with file.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            digest = _Digest(source)
            self._put(name, size, digest)
            self.parts.append(Part(name=name, size=size, sha256=digest.value.hexdigest()))

    def end(self, name: str, content: bytes) -> None:
        """Add what comes last."""
        self._put(name, len(content), io.BytesIO(content))

    def _put(self, name: str, size: int, source: Any) -> None:  # noqa: ANN401 - whatever has bytes to read
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self._tar.addfile(about, source)


class _Digest:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.value = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        found = self._source.read(size)
        self.value.update(found)
        return found


def unpacked(source: Path, home: Path, check: Callable[[str], None]) -> Iterator[Part]:
    """Copy the files of a backup below a directory, and yield what each is; `check` raises for a name that is none.

    Raises SourceError for what is no backup.
    """
    if source.is_dir():
        for path in _walked(source):
            name = path.relative_to(source).as_posix()
            check(name)
            with path.open("rb") as opened:
                yield _laid(name, opened, home)
        return
    try:
        with (
            source.open("rb") as packed,
            zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True) as stream,
            tarfile.open(fileobj=stream, mode="r|") as tar,
        ):
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None:
                    raise SourceError(f"{member.name[:200]!r}: is no file", path=str(source))
                check(member.name)
                yield _laid(member.name, content, home)
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as e:
        raise SourceError(f"is no backup, or not all of one: {e}", path=str(source)) from e


def _walked(home: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(home):
        folders.sort()
        for file in sorted(files):
            path = Path(folder, file)
            if path.is_symlink() or not path.is_file():
                raise SourceError("is no file", path=str(path))
            yield path


def _laid(name: str, source: IO[bytes], home: Path) -> Part:
    to = home / name
    _make(to.parent)
    with _private(to) as out:
        return _copied(name, source, out)


def _make(folder: Path) -> None:
    """Make a folder and those above it, for its owner alone; the library gives those above it to everybody."""
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            one.mkdir(mode=0o700)


def _copied(name: str, source: IO[bytes], out: IO[bytes]) -> Part:
    digest = _Digest(source)
    shutil.copyfileobj(digest, out, _AT_ONCE)
    return Part(name=name, size=out.tell(), sha256=digest.value.hexdigest())


@contextlib.contextmanager
def _private(file: Path) -> Iterator[IO[bytes]]:
    """Give a new file that nobody but its owner may read; it is on the disk afterwards."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
