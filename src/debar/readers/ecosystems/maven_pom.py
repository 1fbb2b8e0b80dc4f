# SPDX-License-Identifier: Apache-2.0
"""Project files of Maven: pom.xml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.languages import dependencies, java_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the project with its makers, then its parent and each dependency."""
    project = java_metadata.project(bytes(source.document()))
    group, artifact, version = project.coordinates
    listing = dependencies.Listing(source, artifact or source.asset)
    if artifact:
        source.tally["projects"] += 1
        found = [*dependencies.maven(group, artifact), *project.makers(), *project.repositories()]
        yield listing.package("line 1", _label(group, artifact), version, found)
    for locator, part in project.dependencies():
        if not part.artifact:
            source.lose(locator, "a dependency without an artifact")
            continue
        source.tally["packages"] += 1
        # "${project.groupId}" of a parent elsewhere stays unknown: then the name is all there is
        label = _label(part.group, part.artifact)
        yield listing.package(locator, label, part.version, dependencies.maven(part.group, part.artifact))


def _label(group: str, artifact: str) -> str:
    return f"{group}:{artifact}" if group else artifact
