# SPDX-License-Identifier: Apache-2.0
"""vcpkg.json: which libraries of C and C++ a project requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_VERSIONS = ("version", "version-semver", "version-date", "version-string")


def read(source: Input) -> Iterator[Observation]:
    """Yield the project with its makers, then one observation for each library that it requires."""
    document = dependencies.json_object(source)
    name = dependencies.scalar(document.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        found = [*dependencies.named("vcpkg", name), *dependencies.people(document.get("maintainers"))]
        for key in ("homepage", "documentation"):
            found += components.reference(dependencies.scalar(document.get(key)))
        version = next(filter(None, (dependencies.scalar(document.get(key)) for key in _VERSIONS)), "")
        yield listing.package("", name, version, found)
    for pointer, wanted in _lists(document):
        for number, library in enumerate(records.listed(wanted)):
            fields = dependencies.mapping(library)
            of = dependencies.scalar(fields.get("name") if fields else library)
            locator = f"{pointer}/{number}"
            if not of:
                source.lose(locator, "a library without a name")
                continue
            source.tally["packages"] += 1
            version = dependencies.scalar(fields.get("version>=")) or dependencies.scalar(fields.get("version"))
            yield listing.package(locator, of, version, dependencies.named("vcpkg", of))


def _lists(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (pointer, libraries) of the project, of its features, and of versions that it insists on."""
    yield "/dependencies", document.get("dependencies")
    yield "/overrides", document.get("overrides")
    for name, feature in dependencies.mapping(document.get("features")).items():
        pointer = f"/features/{dependencies.step(name)}/dependencies"
        yield pointer, dependencies.mapping(feature).get("dependencies")
