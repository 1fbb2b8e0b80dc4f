# SPDX-License-Identifier: Apache-2.0
"""Where journals lie: in a folder that is their owner's alone."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from pathlib import Path

TIDIED = 30
"""Days after which a journal that nobody went on with is removed."""


def folder() -> Path | None:
    """Give the folder of journals, which need not be there; nothing where there can be none."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - no home is no error
    return Path(state, "debar") if os.path.isabs(state) else None  # noqa: PTH117


def opened(file: Path) -> int:
    """Open a journal, and make its folder, for this process alone; OSError where that cannot be."""
    home = file.parent
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = home.lstat()
    if not stat.S_ISDIR(about.st_mode) or not _is_own(about):
        raise OSError(0, f"{home} is somebody else's")
    if stat.S_IMODE(about.st_mode) & 0o077 and os.name != "nt":
        home.chmod(0o700)
    _tidy(home)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o600)
    if _is_own(os.fstat(handle)) and _locked(handle):
        return handle
    os.close(handle)
    raise OSError(0, "somebody else has it")


def read(handle: int, at: int, size: int) -> bytes:
    """Read without moving the place at which frames are added."""
    if hasattr(os, "pread"):
        return os.pread(handle, size, at)
    place = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, at, os.SEEK_SET)
    data = os.read(handle, size)
    os.lseek(handle, place, os.SEEK_SET)
    return data


def _is_own(about: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or about.st_uid == os.getuid()


def _locked(handle: int) -> bool:
    """Take a journal for this process; tell whether nobody else has it."""
    try:
        import fcntl  # not on Windows, where two scans of the same must not go on at once
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _tidy(home: Path) -> None:
    """Remove journals that nobody went on with."""
    for file in home.glob("scan-*.journal"):
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > TIDIED * 86_400:
                file.unlink()
