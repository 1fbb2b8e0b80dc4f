# SPDX-License-Identifier: Apache-2.0
"""The manifest of a chiselled Ubuntu image: a line for each package, slice and path (manifest.wall)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import records
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of which slices are in the image, in file order."""
    shelf = Shelf(source)
    for locator, line in records.objects(source):
        if line.get("kind") != "package":
            continue
        fields = records.texts(line)
        if not (name := fields.get("name", "")):
            source.lose(locator, "a package without a name")
            continue
        source.tally["packages"] += 1
        # chisel cuts packages of Ubuntu's archive and of no other
        found = (Observable(Kind.PACKAGE, name), Observable(Kind.PURL, f"pkg:deb/ubuntu/{name}"))
        yield shelf.installed(locator, name, fields.get("version", ""), found)
