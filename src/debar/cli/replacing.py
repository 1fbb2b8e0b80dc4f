# SPDX-License-Identifier: Apache-2.0
"""Files that somebody keeps under version control, replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep other processes that do the same from a file, from when it is read until it was replaced.

    The lock is on its folder, since the file itself is replaced, and ends with the process however that ends. Where there
    is no folder, or no such lock (Windows, some network drives), nobody is kept out.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            folder = os.open(Path(os.path.realpath(file)).parent, os.O_RDONLY)
            stack.callback(os.close, folder)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield


def replace_file(file: Path, text: str) -> None:
    """Put a file in the place of another in one step, so that it is there whole or as it was; UsageError where that cannot be."""
    file = Path(os.path.realpath(file))  # a link stays a link
    if file.exists() and not file.is_file():  # a pipe or a device would be gone for everybody
        raise UsageError(f"{file}: is no file", hint="name a file, there or not")
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with partial.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
        if file.exists():
            shutil.copymode(file, partial)
        partial.replace(file)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="name a file in a directory that can be written") from e
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
