# SPDX-License-Identifier: Apache-2.0
"""What people decided about lines of drafts and about dates, in a log that is only ever added to.

Each line of the file is one choice, with a digest over it and all before it, so that nothing can be taken out or
changed unseen. A later choice about the same thing takes the place of an earlier one, and both stay.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from debar.errors import EvidenceError, UsageError
from debar.model.intake import Chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

USUAL = ".debar-choices.jsonl"
"""In the current folder: the log that is used when none is named."""
LARGEST = 256 << 20
_DECODER = msgspec.json.Decoder(Chosen)


def read(file: Path) -> tuple[Chosen, ...]:
    """Give the choices of a log in order; EvidenceError when one was changed, UsageError for no log.

    A last line without its end was cut off while it was written, and never acknowledged: it does not count.
    """
    found: list[Chosen] = []
    before = ""
    for number, line in enumerate(_whole(file).split(b"\n")[:-1], 1):
        try:
            one = _DECODER.decode(line)
        except msgspec.MsgspecError as e:
            raise UsageError(f"{file}:{number}: {e}", hint="name a log that debar review wrote, with --log") from e
        if one.digest != _digest(one, before):
            raise EvidenceError(
                f"{file}:{number}: this choice, or one before it, is not as it was made",
                hint="compare the file with a copy; choices are only ever added",
            )
        before = one.digest
        found.append(one)
    return tuple(found)


def add(file: Path, chosen: Iterable[Chosen]) -> tuple[Chosen, ...]:
    """Add choices to a log, on disk when this returns, and give all that it holds; the caller keeps others out."""
    known = read(file)
    before = known[-1].digest if known else ""
    added = []
    for one in chosen:
        one = replace(one, digest=_digest(one, before))  # noqa: PLW2901 - the same choice, with its place in the chain
        before = one.digest
        added.append(one)
    try:
        with file.open("ab") as out:
            out.truncate(_length(file))
            out.write(b"".join(msgspec.json.encode(one) + b"\n" for one in added))
            out.flush()
            os.fsync(out.fileno())
        if not known:
            _settle(file.parent)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="name a log in a folder that can be written, with --log") from e
    return (*known, *added)


def _settle(folder: Path) -> None:
    """Have the name of a new log written down to the disk, where the system can."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def newest(chosen: Sequence[Chosen]) -> dict[tuple[str, str], Chosen]:
    """Give the choice that holds for each line of each story: the last."""
    return {(one.story, one.line): one for one in chosen}


def _digest(one: Chosen, before: str) -> str:
    return hashlib.sha256(before.encode() + b"\n" + msgspec.json.encode(replace(one, digest=""))).hexdigest()


def _whole(file: Path) -> bytes:
    """Give the content of a log; nothing of one that is not there yet."""
    try:
        if not file.exists():
            return b""
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{file}: larger than {LARGEST >> 20} MB", hint="begin another log, with --log")
        return file.read_bytes()
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="name a log that can be read, with --log") from e


def _length(file: Path) -> int:
    """Give how many bytes of a log are whole lines."""
    return _whole(file).rfind(b"\n") + 1
