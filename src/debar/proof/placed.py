# SPDX-License-Identifier: Apache-2.0
"""Putting a proof where it belongs: a folder or a zip file that appears whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import UsageError
from debar.proof import stored
from debar.proof.held import MEMBERS, chunks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.proof.held import Part

ZIP = ".zip"
"""End of a name that asks for a zip file."""
_FREE = "a proof is never overwritten: name another place"


def expect_free(out: Path) -> None:
    """Raise UsageError unless a proof can be put there: nothing is, or an empty folder for one that is to be a folder."""
    if out.suffix == ZIP or not out.is_dir():
        if os.path.lexists(out):
            raise UsageError(f"{out}: is there already", hint=_FREE)
    elif any(out.iterdir()):
        raise UsageError(f"{out}: is a folder with something in it", hint=_FREE)
    if not out.absolute().parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}", hint="make it first, or name another place")


def put(parts: Mapping[str, Part], out: Path) -> None:
    """Write the files of a proof; nothing is left when it fails. UsageError for what cannot be written."""
    expect_free(out)
    if len(parts) > MEMBERS:
        raise UsageError(f"a proof of {len(parts)} files is too large", hint="leave --with-inputs out")
    if out.suffix == ZIP and not stored.fits(parts):
        raise UsageError(
            f"{out}: the proof is too large for a zip file", hint="name a folder, or leave --with-inputs out"
        )
    partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
    try:
        if out.suffix == ZIP:
            _put_zip(parts, partial / out.name, out)
        else:
            _put_folder(parts, partial / "proof", out)
    except OSError as e:
        raise UsageError(f"{out}: {e.strerror or e}", hint="name a place that can be written, with room for it") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _put_zip(parts: Mapping[str, Part], partial: Path, out: Path) -> None:
    with partial.open("xb") as opened:
        stored.write(opened, parts)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(partial, out)  # unlike a replacement, a link fails where something has come to be meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        partial.rename(out)
    _settle(out.absolute().parent)


def _put_folder(parts: Mapping[str, Part], partial: Path, out: Path) -> None:
    partial.mkdir(mode=0o777)
    for name, part in parts.items():
        file = partial / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:
            for piece in chunks(part):
                opened.write(piece)
            opened.flush()
            os.fsync(opened.fileno())
    for folder in sorted({(partial / name).parent for name in parts}, reverse=True):
        _settle(folder)
    partial.rename(out)  # fails on a folder that is not empty
    _settle(out.absolute().parent)


def _settle(folder: Path) -> None:
    """Have the names in a folder written down to the disk, where the system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
