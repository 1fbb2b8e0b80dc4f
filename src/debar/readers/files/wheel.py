# SPDX-License-Identifier: Apache-2.0
"""Python packages as files (wheels): the metadata inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import packed, pieces, programs
from debar.readers.binary.packed import Packed
from debar.readers.languages import dependencies, header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_METADATA = r"[^/]+\.dist-info/METADATA"
_LARGEST = 1 << 22
_EMPTY = "UNKNOWN"
"""What old tools write for a field that nobody filled in."""


def fits(source: Input) -> bool:
    """Tell whether a zip file is a wheel."""
    return packed.fits(source, rb"\.dist-info/METADATA", rb"\.dist-info/WHEEL")


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that a file holds."""
    with pieces.opened(source) as file:
        archive = Packed(file)
        names = archive.names(_METADATA)
        if not names:
            raise SourceError("a wheel without metadata")
        text = archive.content(names[0], _LARGEST).decode("utf-8", "replace")
        fields = {
            key: [value for value in values if value != _EMPTY] for key, values in header_fields.read(text).items()
        }
        name, version = (next(iter(fields.get(key, ())), "") for key in ("name", "version"))
        if not name:
            raise SourceError("metadata without the name of the package", locator=names[0])
        source.tally["package files"] += 1
        observables = [Observable(Kind.FILE, source.name), *dependencies.python(name), *_makers(fields)]
        # The file lies there; whether it was ever installed, the folder of installed packages says.
        yield programs.about(
            source, observables, meaning=Meaning.RESIDUE, label=name, version=version, locator=names[0]
        )


def _makers(fields: dict[str, list[str]]) -> Iterator[Observable]:
    for key in ("author", "maintainer"):
        for value in fields.get(key, ()):
            yield from components.maker(value)
    for key in ("author-email", "maintainer-email"):
        for value in fields.get(key, ()):
            for person in value.split(",")[: dependencies.PEOPLE]:
                # A bare address names no maker, only its domain does.
                yield from dependencies.people(person.strip()) if "<" in person else components.contact(person.strip())
    for key in ("home-page", "download-url"):
        for value in fields.get(key, ()):
            yield from components.reference(value)
    for value in fields.get("project-url", ()):
        # "Label, https://..."
        yield from components.reference(value.rpartition(",")[2].strip())
    yield from components.prose(*fields.get("summary", ()))
