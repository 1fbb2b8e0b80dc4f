# SPDX-License-Identifier: Apache-2.0
"""Files put where none is, each whole or not at all, and taken away again together."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def put(place: Path, text: str, made: list[Path]) -> None:
    """Write a file where none is yet, on disk before it has its name; FileExistsError where another one is.

    What was made is added, the folders first. One that says the same stays: whoever was interrupted begins again.
    """
    content = text.encode()
    if place.is_file() and place.read_bytes() == content:
        return
    for folder in reversed([one for one in (place.parent, *place.parent.parents) if not one.exists()]):
        folder.mkdir(exist_ok=True)
        made.append(folder)
    partial = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with partial.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _name(partial, place)
        made.append(place)
    finally:
        partial.unlink(missing_ok=True)


def _name(partial: Path, place: Path) -> None:
    """Give a file its name; FileExistsError where something has it."""
    if place.is_symlink() or place.exists():
        raise FileExistsError(17, "is there already", str(place))
    try:
        os.link(partial, place)  # unlike a replacement, a link fails where something is
    except FileExistsError as e:
        raise FileExistsError(e.errno, e.strerror, str(place)) from e
    except OSError:  # a file system without links
        partial.rename(place)


def unmake(made: Sequence[Path]) -> None:
    """Take away files and folders that were made, the last first."""
    for place in reversed(made):
        with contextlib.suppress(OSError):
            place.rmdir() if place.is_dir() else place.unlink()
