# SPDX-License-Identifier: Apache-2.0
"""Database of packages that Alpine's apk has installed: paragraphs of one-letter fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf, made_by, place_ofs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_WANTED = frozenset("PVTUom")
"""Name, version, description, address, origin and maintainer, as apk-package(5) names them."""
_FOLDER = "F"
_MOST_FOLDERS = 1 << 16
"""Folders kept of one package; the largest of Alpine (kernel headers) has below 5000."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each installed package, in file order."""
    shelf = Shelf(source)
    # The index of a repository looks alike, and goes by this name only.
    is_index = source.name.startswith("APKINDEX")
    for number, fields, folders in _paragraphs(source):
        if is_index:
            source.tally["packages not installed"] += 1
            continue
        if not (name := fields.get("P", "")):
            source.lose(f"line {number}", "a package without a name")
            continue
        source.tally["packages"] += 1
        found = _observables(name, fields, folders)
        yield shelf.installed(f"line {number}", name, fields.get("V", ""), found)


def _paragraphs(source: Input) -> Iterator[tuple[int, dict[str, str], list[str]]]:
    """Yield (number of the first line, wanted fields, folders) for each package."""
    first, fields, folders = 0, dict[str, str](), list[str]()
    for number, line in source.lines():
        if not line.strip():
            if first:
                yield first, fields, folders
            first, fields, folders = 0, {}, []
            continue
        if line[1:2] != ":":
            source.lose(f"line {number}", "not a field of one letter")
            continue
        first = first or number
        if line[0] == _FOLDER and len(folders) < _MOST_FOLDERS:
            folders.append(f"/{line[2:FIELD].strip()}/")
        elif line[0] in _WANTED:
            fields.setdefault(line[0], line[2:FIELD].strip())
    if first:
        yield first, fields, folders


def _observables(name: str, fields: dict[str, str], folders: list[str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    if origin := fields.get("o"):
        yield Observable(Kind.PACKAGE, origin)
    yield from made_by(fields.get("m", ""))
    yield from components.reference(fields.get("U", ""))
    yield from place_ofs(folders)
    yield from components.prose(fields.get("T", ""))
