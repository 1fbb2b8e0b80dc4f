# SPDX-License-Identifier: Apache-2.0
"""Entries of pacman's local database (Arch Linux and its kin): one file `desc` for each package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf, made_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_MOST_FIELDS = 256
"""Fields kept of one package; pacman writes below 40."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that the file describes; one in pacman's own database, more where joined."""
    shelf = Shelf(source)
    for number, fields in _entries(source):
        name = fields.get("NAME", "")
        if not name:
            source.lose(f"line {number}", "a package without a name")
        elif "FILENAME" in fields:
            # Databases of repositories look alike, but name the file to download.
            source.tally["packages not installed"] += 1
        else:
            source.tally["packages"] += 1
            yield shelf.installed(f"line {number}", name, fields.get("VERSION", ""), _observables(name, fields))


def _entries(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the first line, fields) for each package."""
    first, fields, current = 0, dict[str, str](), ""
    for number, line in source.lines():
        value = line.strip()
        if len(value) > 2 and value[0] == value[-1] == "%":
            current = value[1:-1][:FIELD]
            if current in {"NAME", "FILENAME"} and "NAME" in fields:
                yield first, fields
                first, fields = 0, {}
            first = first or number
            if len(fields) < _MOST_FIELDS:
                fields.setdefault(current, "")
        elif value and not current:
            source.lose(f"line {number}", "a value without a field")
        elif value and current in fields and len(fields[current]) < FIELD:
            fields[current] = f"{fields[current]}\n{value[:FIELD]}".strip()
    if fields:
        yield first, fields


def _observables(name: str, fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    if base := fields.get("BASE"):
        yield Observable(Kind.PACKAGE, base)
    # pacman itself writes this where the builder gave no name
    if (packager := fields.get("PACKAGER", "")) != "Unknown Packager":
        yield from made_by(packager)
    yield from components.reference(fields.get("URL", ""))
    yield from components.prose(fields.get("DESC", ""))
