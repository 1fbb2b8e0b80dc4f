# SPDX-License-Identifier: Apache-2.0
"""Putting a proof where it belongs: a folder or a zip file that appears whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import SourceError, UsageError
from debar.proof import stored
from debar.proof.evidence import ENVELOPE
from debar.proof.held import MEMBERS, chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from debar.proof.held import Part

ZIP = ".zip"
"""End of a name that asks for a zip file."""
_FREE = "a proof is never overwritten: name another place"
_ROOM = "name a place that can be written, with room for it"


def expect_free(out: Path) -> None:
    """Raise UsageError unless a proof can be put there: nothing is, or an empty folder for one that is to be a folder."""
    if _is_zip(out) or not out.is_dir():
        if os.path.lexists(out):
            raise UsageError(f"{out}: is there already", hint=_FREE)
    elif any(out.iterdir()):
        raise UsageError(f"{out}: is a folder with something in it", hint=_FREE)
    if not out.absolute().parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}", hint="make it first, or name another place")
    inner = out.absolute().resolve()
    if outer := next((folder for folder in inner.parents if os.path.lexists(folder / ENVELOPE)), None):
        raise UsageError(f"{out}: lies in the proof {outer}, which it would break", hint="name a place beside it")


def put(parts: Mapping[str, Part], out: Path, check: Callable[[Path], None] = lambda _: None) -> None:
    """Write the files of a proof; nothing is left when it fails. UsageError for what cannot be written.

    `check` looks at it before anybody else can, and raises for what must not come to be. SourceError for an input that
    changed while it was copied.
    """
    expect_free(out)
    if len(parts) > MEMBERS:
        raise UsageError(f"a proof of {len(parts)} files is too large", hint="leave --with-inputs out")
    if _is_zip(out) and not stored.fits(parts):
        raise UsageError(
            f"{out}: the proof is too large for a zip file", hint="name a folder, or leave --with-inputs out"
        )
    with beside(out) as partial:
        inner = partial / (f"proof{ZIP}" if _is_zip(out) else "proof")
        try:
            if _is_zip(out):
                _write_zip(parts, inner)
            else:
                _write_folder(parts, inner)
            check(inner)
            _move(inner, out)
        except stored.ChangedError as e:
            raise SourceError(str(e), hint="make the proof again, when nobody writes to its inputs") from e
        except OSError as e:
            raise UsageError(f"{out}: {e.strerror or e}", hint=_ROOM) from e


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """Give a hidden folder on the disk that a proof goes to, for what is on its way there; it goes when that is done."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
    except OSError as e:
        raise UsageError(f"{out}: {e.strerror or e}", hint=_ROOM) from e
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_zip(out: Path) -> bool:
    return out.suffix.casefold() == ZIP


def _move(partial: Path, out: Path) -> None:
    """Put what was written in its place. OSError, where something has come to be there meanwhile."""
    if _is_zip(out):
        try:
            os.link(partial, out)  # unlike a replacement, a link fails where something is
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            partial.rename(out)
    else:
        partial.rename(out)  # fails on a folder that is not empty
    _settle(out.absolute().parent)


def _write_zip(parts: Mapping[str, Part], partial: Path) -> None:
    with partial.open("xb") as opened:
        stored.write(opened, parts)
        opened.flush()
        os.fsync(opened.fileno())


def _write_folder(parts: Mapping[str, Part], partial: Path) -> None:
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


def _settle(folder: Path) -> None:
    """Have the names in a folder written down to the disk, where the system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
