# SPDX-License-Identifier: Apache-2.0
"""packages.lock.json of NuGet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_OWN = "Project"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package of each framework; projects of one's own are counted only."""
    document = dependencies.json_object(source)
    listing = dependencies.Listing(source, source.asset)
    for framework, packages in dependencies.mapping(document.get("dependencies")).items():
        for name, package in dependencies.mapping(packages).items():
            fields = dependencies.mapping(package)
            if fields.get("type") == _OWN:
                source.tally["own packages"] += 1
                continue
            source.tally["packages"] += 1
            locator = f"/dependencies/{dependencies.step(framework)}/{dependencies.step(name)}"
            version = dependencies.scalar(fields.get("resolved"))
            yield listing.package(locator, name, version, dependencies.named("nuget", name))
