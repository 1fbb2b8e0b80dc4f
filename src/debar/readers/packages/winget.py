# SPDX-License-Identifier: Apache-2.0
"""What winget exports: the packages of a Windows machine by their identifiers in a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components, records
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of each source, in file order."""
    for place, document in records.objects(source):
        sources = document.get("Sources")
        if not isinstance(sources, list):
            raise SourceError("an export of winget without sources", locator=f"{place}/Sources")
        created = document.get("CreationDate")
        shelf = Shelf(source, observed_at=created if isinstance(created, str) else "")
        for number, origin in enumerate(sources):
            yield from _packages(source, shelf, origin, f"{place}/Sources/{number}")


def _packages(source: Input, shelf: Shelf, origin: object, place: str) -> Iterator[Observation]:
    if not isinstance(origin, dict):
        source.lose(place, f"an object was expected, found {type(origin).__name__}")
        return
    details = records.texts(origin.get("SourceDetails"))
    # Identifiers follow winget's rule only in its own source; that of the Microsoft store has none that say anything.
    is_named = details.get("Name", "winget") == "winget"
    for number, entry in enumerate(records.listed(origin.get("Packages"))):
        fields = records.texts(entry)
        identifier = fields.get("PackageIdentifier", "") or fields.get("Id", "")
        if not identifier:
            source.lose(f"{place}/Packages/{number}", "a package without an identifier")
            continue
        source.tally["packages"] += 1
        found = [Observable(Kind.PACKAGE, identifier)]
        if is_named and "." in identifier:
            found += components.maker(identifier.partition(".")[0])
        yield shelf.installed(f"{place}/Packages/{number}", identifier, fields.get("Version", ""), found)
