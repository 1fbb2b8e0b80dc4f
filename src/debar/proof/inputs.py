# SPDX-License-Identifier: Apache-2.0
"""What was read, byte for byte: the digest, size and path of every input, and copies where they are asked for.

A file is read again for its digest after the scan. Where the scan has taken a digest of its own the two must agree: an
input that changed in between proves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.model.results import Result
from debar.proof.held import Part, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from debar.model.inventory import Source
    from debar.model.results import Report

HASHED, TOLD, INSIDE, GONE = "hashed", "told by the scan", "inside another input", "not there any more"
"""Where the digest of an input is from."""
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
    """hashed, told by the scan, or inside another input."""
    copy: str
    """Name of its copy in the proof; empty where there is none."""


class Kept(NamedTuple):
    """Inputs, and the files of the proof that hold their bytes."""

    inputs: tuple[InputProof, ...]
    parts: dict[str, Part]


def gathered(report: Report, places: Mapping[str, Path], *, keeps: bool) -> Kept:
    """Give every input of a report; `places` says where the files lie that are still there, by the path that is shown.

    Raises SourceError, with every path, for inputs that are not those that the report was made from, or are gone.
    """
    found: dict[str, InputProof] = {}
    parts: dict[str, Part] = {}
    faults: list[str] = []
    read = {source.path: source for source in report.sources}
    for path, place in sorted(places.items()):
        source = read.get(path)
        for shown, file in _files(path, place):
            try:
                one = _hashed(shown, file, source.reader if source else "", keeps=keeps)
            except OSError as e:
                faults.append(f"{shown}: {e.strerror}")
                continue
            if source and source.sha256 and file == place and source.sha256 != one.sha256:
                faults.append(f"{shown}: changed since it was read: {source.sha256} then, {one.sha256} now")
            found[shown] = one
            if one.copy:
                parts[one.copy] = Part(one.size, file=file)
    unseen = list(_untouched(report.sources, places))
    faults += [f"{one.path}: is not there any more" for one in unseen if one.state == GONE]
    if faults:
        raise SourceError("\n".join(faults), hint="scan anew: what changed or went away cannot be proven")
    found |= {one.path: one for one in unseen}
    return Kept(tuple(one for _, one in sorted(found.items())), parts)


def changed(inputs: Iterable[InputProof], places: Mapping[str, Path]) -> Iterator[str]:
    """Yield each input whose file is not what it was when a proof was made: changed, or not there."""
    for one in inputs:
        if one.state != HASHED:
            continue
        place = places.get(one.path)
        if place is None or not place.is_file():
            yield f"{one.path}: is not there"
            continue
        try:
            now = measured(Part(place.stat().st_size, file=place))
        except OSError as e:
            yield f"{one.path}: {e.strerror}"
            continue
        if now.sha256 != one.sha256:
            yield f"{one.path}: changed since the proof was made: {one.sha256} then, {now.sha256} now"


def _files(path: str, place: Path) -> Iterator[tuple[str, Path]]:
    """Yield a file, or every file of a folder that is one input, such as a table of a lake."""
    if not place.is_dir():
        yield path, place
        return
    for file in sorted(place.rglob("*")):
        if file.is_file() and not file.is_symlink():
            name = file.relative_to(place).as_posix().encode(errors="surrogateescape").decode(errors="replace")
            yield f"{path.rstrip('/')}/{name}", file


def _hashed(path: str, file: Path, reader: str, *, keeps: bool) -> InputProof:
    found = measured(Part(file.stat().st_size, file=file))
    copy = f"{COPIES}/{found.sha256}" if keeps else ""
    return InputProof(path=path, sha256=found.sha256, size=found.size, reader=reader, state=HASHED, copy=copy)


def _untouched(sources: Iterable[Source], places: Mapping[str, Path]) -> Iterator[InputProof]:
    """Yield the sources that are no file on disk of their own, with what the scan told of them."""
    for source in sources:
        if source.path in places:
            continue
        outer = source.path.partition("!")[0]
        is_inside = outer != source.path and outer in places
        is_stream = source.path == "-" or source.path.startswith("host:")
        state = INSIDE if is_inside else TOLD if is_stream else GONE
        yield InputProof(
            path=source.path, sha256=source.sha256, size=source.size, reader=source.reader, state=state, copy=""
        )
