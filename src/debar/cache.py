# SPDX-License-Identifier: Apache-2.0
"""What takes long to make, kept for the next run in the user's own folder: `$XDG_CACHE_HOME/debar`, or `~/.cache/debar`.

Names tell what a thing was made from, so nothing is out of date. What somebody else wrote is not believed, and a cache
that cannot be read or written is no error.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def home() -> Path | None:
    """Give the folder, which need not be there; nothing where there can be none."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - no home is no error
    return Path(home, "debar") if os.path.isabs(home) else None  # noqa: PTH117


def stamps(folder: str | Path, most: int = 1 << 16) -> Iterator[str]:
    """Yield name, size and last change of each file in a folder, in order: what is made by code is out of date with it.

    OSError where the folder cannot be looked at.
    """
    with os.scandir(folder) as entries:
        files = sorted((entry.name, entry) for entry in entries if entry.is_file())
    for name, entry in files[:most]:
        yield f"\0{name}\0{stamp(entry.stat())}"


def stamp(about: os.stat_result) -> str:
    """Give size and last change of a file."""
    return f"{about.st_size}\0{about.st_mtime_ns}"


def read(file: Path, most: int = -1) -> bytes:
    """Give what is kept in a file, at most so many bytes; nothing when there is none, or it is somebody else's."""
    try:
        with file.open("rb") as opened:
            if hasattr(os, "getuid") and os.fstat(opened.fileno()).st_uid != os.getuid():
                return b""
            return opened.read(most)
    except OSError:
        return b""


def store(file: Path, data: bytes) -> None:
    """Keep bytes in a file of this user alone; who reads it meanwhile sees all of them or none."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(data)
        partial.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()


def prune(folder: Path, pattern: str, most: int) -> None:
    """Leave no more than the latest files of a kind."""
    with contextlib.suppress(OSError):
        for old in sorted(folder.glob(pattern), key=lambda file: file.stat().st_mtime_ns)[:-most]:
            old.unlink()
