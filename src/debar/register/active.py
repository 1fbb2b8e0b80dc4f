# SPDX-License-Identifier: Apache-2.0
"""Which register is active: the one that ships with debar, or one that was imported from a bundle.

`home` holds a directory for each import and `active.json`, which names one of them.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

import msgspec

from debar.errors import RegisterError
from debar.register import trust
from debar.register.age import calver
from debar.release import register_directory

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

POINTER = "active.json"
DIRECTORY = re.compile(r"([0-9.]{10,15})-[0-9a-f]{12}")
"""Version, and the beginning of the manifest's digest."""
LONGEST = 4096
"""Bytes of the pointer that are read; it has about 100."""
_CHOOSE = "debar register import BUNDLE makes one active"


class Pointer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What active.json says."""

    directory: str
    built_at: str
    shipped: str
    """Version that shipped with debar when this one was imported."""
    sha256: str = ""
    """Digest of its files as `load.digest` gives it, when it was imported."""


def home() -> Path | None:
    """Give where imported registers are: $XDG_DATA_HOME/debar, or ~/.local/share/debar; None without a home."""
    return trust.place("XDG_DATA_HOME", ".local/share")


def active(home: Path | None) -> Path | None:
    """Give the directory of the imported register that is in use, or None when it is the shipped one."""
    return choice(home)[0]


def choice(home: Path | None) -> tuple[Path | None, str]:
    """Give what `active` gives, and why an import is not used although there is one.

    It is not used if somebody else could have written it, if its directory is gone, and if the shipped register
    has become newer than both the import and the one that shipped at its time. Never raises.
    """
    found, why = pointer(home) if home else (None, "")
    if home is None or found is None:
        return None, why
    directory = home / found.directory
    try:
        about = directory.lstat()
        if not directory.is_dir() or directory.is_symlink() or trust.is_foreign(about):
            return None, f"{directory}: is no directory of yours alone; {_CHOOSE}"
    except OSError as e:
        return None, f"{directory}: {e.strerror}; {_CHOOSE}"
    shipped = shipped_version()
    if order(shipped) > max(order(version(found)), order(found.shipped)):
        return None, f"the shipped register {shipped} is newer than {version(found)}, which was imported"
    return directory, ""


def pointer(home: Path) -> tuple[Pointer | None, str]:
    """Give what the pointer says, or why it is not followed; neither where there is none."""
    file = home / POINTER
    try:
        with file.open("rb") as opened:
            if trust.is_foreign(os.fstat(opened.fileno())) or trust.is_foreign(home.stat()):
                return None, f"{file}: somebody else could have written it; {_CHOOSE}"
            found = msgspec.json.decode(opened.read(LONGEST), type=Pointer)
        if DIRECTORY.fullmatch(found.directory):
            return found, ""
    except FileNotFoundError:
        return None, ""
    except OSError as e:
        return None, f"{file}: {e.strerror}; {_CHOOSE}"
    except msgspec.MsgspecError:
        pass
    return None, f"{file}: does not name a register; {_CHOOSE}"


def version(pointer: Pointer) -> str:
    """Give the version of the register that a pointer names."""
    return pointer.directory.partition("-")[0]


def shipped_version() -> str:
    """Give the version of the register that ships with debar, or nothing when it has none."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (register_directory() / "VERSION").read_text(encoding="utf-8").strip()
    return ""


def order(version: str) -> tuple[tuple[date, int], ...]:
    """Give what versions are compared by; what is no version is older than every version."""
    with contextlib.suppress(ValueError):
        return (calver(version),)
    return ()


def expect_unaltered(home: Path | None, sha256: str) -> None:
    """Raise RegisterError when the files of the register in use are not those that were imported."""
    found = pointer(home)[0] if home else None
    if found and found.sha256 and found.sha256 != sha256:
        fault = f"the register {version(found)} was altered since it was imported"
        raise RegisterError([fault], hint="import its bundle again; debar register status tells more")
