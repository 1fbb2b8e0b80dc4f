# SPDX-License-Identifier: Apache-2.0
"""What was read, byte for byte: the digest, size and path of every input, and copies where they are asked for.

A file is read again for its digest after the scan. Where the scan has taken a digest of its own the two must agree: an
input that changed in between proves nothing. Of a report that was written before, an input without a digest is said to
be hashed later, and never copied: a report names any path that its writer wants, and nothing shows that this is the file.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar.errors import SourceError
from debar.model.results import Result
from debar.proof.held import Part, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from debar.model.inventory import Source
    from debar.model.results import Report

HASHED, LATER, TOLD = "hashed", "hashed when it was proven, not when it was read", "told by the scan"
INSIDE, GONE = "inside another input", "not there any more"
"""Where the digest of an input is from."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+-]+:")
"""What is read otherwise than from a file here: the machine itself (host:), storage and tables that a cluster reads."""
COPIES = "inputs"
"""Folder of the copies, each named by its digest: what an input is called decides no path."""


class InputProof(Result, frozen=True, kw_only=True):
    """One input, as the proof holds it."""

    path: str
    """As the report names it."""
    sha256: str
    """Empty where nothing could be hashed."""
    size: int
    reader: str
    """Empty for a file that was found and from which nothing was read."""
    state: str
    """hashed; hashed when it was proven, not when it was read; told by the scan; or inside another input."""
    copy: str
    """Name of its copy in the proof; empty where there is none."""


class Kept(NamedTuple):
    """Inputs, and the files of the proof that hold their bytes."""

    inputs: tuple[InputProof, ...]
    parts: dict[str, Part]


class Keeping(NamedTuple):
    """Which inputs are copied into a proof."""

    is_asked: bool = False
    """Those that are hashed."""
    never: str = ""
    """SHA-256 of the key that signs: a proof is given away, and that key must not be."""


NO_COPIES = Keeping()


def gathered(
    report: Report, places: Mapping[str, Path], keeping: Keeping = NO_COPIES, *, was_written: bool = False
) -> Kept:
    """Give every input of a report; `places` says where the files lie that are still there, by the path that is shown.

    Raises SourceError, with every path, for inputs that are not those that the report was made from, or are gone.
    `was_written` says that the report was there before, so that nobody knows when its inputs were read.
    """
    found: dict[str, InputProof] = {}
    parts: dict[str, Part] = {}
    faults: list[str] = []
    read = {source.path: source for source in report.sources}
    for path, place in sorted(places.items()):
        if _is_pipe(place):  # nobody has read it, which the report says, and nobody waits for it
            continue
        source = read.get(path)
        told = source.sha256 if source and not place.is_dir() else ""
        state = LATER if was_written and not told else HASHED
        for shown, file in _files(path, place):
            try:
                one = _hashed(shown, file, source.reader if source else "", state)
            except OSError as e:
                faults.append(f"{shown}: {e.strerror or e}")
                continue
            if told and told != one.sha256:
                faults.append(f"{shown}: changed since it was read: {told} then, {one.sha256} now")
            if keeping.is_asked and state == HASHED and one.sha256 != keeping.never:
                one = structs.replace(one, copy=f"{COPIES}/{one.sha256}")
                parts[one.copy] = Part(one.size, file=file)
            found[shown] = one
    unseen = list(_untouched(report.sources, places.keys()))
    faults += [f"{one.path}: is not there any more" for one in unseen if one.state == GONE]
    if faults:
        raise SourceError("\n".join(faults), hint="scan anew: what changed or went away cannot be proven")
    found |= {one.path: one for one in unseen}
    return Kept(tuple(one for _, one in sorted(found.items())), parts)


def changed(inputs: Iterable[InputProof], places: Mapping[str, Path]) -> Iterator[str]:
    """Yield each input whose file is not what it was when a proof was made: changed, or not there."""
    for one in inputs:
        if one.state not in (HASHED, LATER):
            continue
        place = places.get(one.path)
        if place is None or not place.is_file():
            yield f"{one.path}: is not there"
            continue
        try:
            size = place.stat().st_size
            # A proof of somebody else may name a file that is endless here: one of another size is not read.
            now = measured(Part(size, file=place)).sha256 if size == one.size else f"{size} bytes"
        except OSError as e:
            yield f"{one.path}: {e.strerror or e}"
            continue
        if now != one.sha256:
            then = one.sha256 if size == one.size else f"{one.size} bytes"
            yield f"{one.path}: changed since the proof was made: {then} then, {now} now"


def _files(path: str, place: Path) -> Iterator[tuple[str, Path]]:
    """Yield a file, or every file of a folder that is one input, such as a table of a lake."""
    if not place.is_dir():
        yield path, place
        return
    for file in sorted(place.rglob("*")):
        if file.is_file() and not file.is_symlink():
            name = file.relative_to(place).as_posix().encode(errors="surrogateescape").decode(errors="replace")
            yield f"{path.rstrip('/')}/{name}", file


def _hashed(path: str, file: Path, reader: str, state: str) -> InputProof:
    found = measured(Part(file.stat().st_size, file=file))
    return InputProof(path=path, sha256=found.sha256, size=found.size, reader=reader, state=state, copy="")


def _untouched(sources: Iterable[Source], places: AbstractSet[str]) -> Iterator[InputProof]:
    """Yield the sources that are no file on disk of their own, with what the scan told of them."""
    for source in sources:
        if source.path in places:
            continue
        outer = source.path.partition("!")[0]
        is_inside = outer != source.path and outer in places
        is_stream = source.path == "-" or _ELSEWHERE.match(source.path)
        state = INSIDE if is_inside else TOLD if is_stream else GONE
        yield InputProof(
            path=source.path, sha256=source.sha256, size=source.size, reader=source.reader, state=state, copy=""
        )


def _is_pipe(place: Path) -> bool:
    """Tell whether something is there that is neither file nor folder: a pipe, a socket, a device."""
    return os.path.exists(place) and not (os.path.isfile(place) or os.path.isdir(place))  # noqa: PTH110, PTH112, PTH113 - these never raise
