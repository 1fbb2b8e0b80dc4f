# SPDX-License-Identifier: Apache-2.0
"""The register, from its files or from the compiled form that makes the second load quick."""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

import msgspec

from debar import cache
from debar.errors import RegisterError
from debar.register import Register, folders, reading
from debar.register.reading import cases, digest, read
from debar.release import VERSION, register_directory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from debar.register.folders import Folder

__all__ = ["cases", "digest", "load", "read"]
KEPT = 20
"""Compiled registers that stay: every change of a file makes a new one."""


def load(directory: Path | None = None, added: Sequence[Path] = ()) -> Register:
    """Give the register in a directory with those added to it, from its compiled form when no file changed since.

    Raises RegisterError with every fault found; what an organisation adds must also pass the rules of `check`,
    all but those that ask for today's date. Without a directory it is the shipped register.
    """
    directory = directory or register_directory()
    every = folders.folders(directory, added)
    compiled = _compiled_file(every)
    if compiled and (register := _decoded(compiled)):
        return register
    register, faults = _checked(directory, added) if added else read(directory)
    if faults:
        raise RegisterError(faults, hint=_hint(every))
    if compiled:
        _store(compiled, register)
    return register


def _checked(directory: Path, added: Sequence[Path]) -> tuple[Register, list[str]]:
    """Give a register and the faults of what was added to it; the rest was checked before it was released."""
    from debar.register import check  # asks this module, and is needed only here

    found = reading.reading(directory, added)
    return found.register, found.faults or check.added(found)


def _hint(every: Sequence[Folder]) -> str:
    if any((one.path / reading.VERSION).is_file() for one in every[1:]):
        return "--register adds to a register; --base-register uses another one instead"
    adding = "".join(f" --register {one.path}" for one in every[1:])
    return f"debar register check{adding or f' {every[0].path}'} lists every fault"


def _compiled_file(every: Sequence[Folder]) -> Path | None:
    """Give where the compiled form belongs: its name changes when any file or the program does."""
    home = cache.home()
    if home is None:
        return None
    state = hashlib.sha256(VERSION.encode())
    try:
        for folder in every:
            top = folder.path.resolve()
            state.update(
                os.fsencode(f"\0{top}\0{_stamp((top / reading.VERSION).stat()) if folder is every[0] else ''}")
            )
            for part in folders.PARTS:
                _add_state(state, os.path.join(top, part))  # noqa: PTH118 - a thousand paths
    except OSError:
        return None
    return home / f"register-{state.hexdigest()[:24]}.msgpack"


def _add_state(state: hashlib._Hash, directory: str) -> None:
    """Add what the system says of each file below a directory; the names that `folders.files` goes by."""
    if not os.path.isdir(directory):  # noqa: PTH112
        return
    with os.scandir(directory) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                _add_state(state, entry.path)
            else:
                state.update(os.fsencode(f"{entry.path}\0{_stamp(entry.stat())}"))


def _stamp(about: os.stat_result) -> str:
    """Give what changes with a file; the time of the last change of its status cannot be set back by a copying tool."""
    return f"{about.st_size}\0{about.st_mtime_ns}\0{about.st_ctime_ns}\0"


def _decoded(compiled: Path) -> Register | None:
    """Give the compiled register if it is there, whole, and nobody else could have written it."""
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(cache.read(compiled), type=Register)
    return None


def _store(compiled: Path, register: Register) -> None:
    """Keep the compiled register for the next run, and no more than KEPT."""
    with contextlib.suppress(OverflowError):  # a number that no compiled form holds
        cache.store(compiled, msgspec.msgpack.encode(register))
        cache.prune(compiled.parent, "register-*.msgpack", KEPT)
