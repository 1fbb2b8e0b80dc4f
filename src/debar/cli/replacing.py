# SPDX-License-Identifier: Apache-2.0
"""Files that somebody keeps under version control, replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from debar.errors import UsageError


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
