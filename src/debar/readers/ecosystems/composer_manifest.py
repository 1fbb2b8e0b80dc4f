# SPDX-License-Identifier: Apache-2.0
"""composer.json: a PHP project, its authors, and what it requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the project with its makers, one observation for each package that it requires, and further repositories."""
    document = dependencies.json_object(source)
    name = dependencies.scalar(document.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        found = [*dependencies.named("composer", name), *dependencies.people(document.get("authors"))]
        found += components.reference(dependencies.scalar(document.get("homepage")))
        found += dependencies.addresses(dependencies.mapping(document.get("support")).get("source"))
        found += components.prose(dependencies.scalar(document.get("description")))
        yield listing.package("", name, dependencies.scalar(document.get("version")), found)
    for group in ("require", "require-dev"):
        for package in dependencies.mapping(document.get(group)):
            if "/" not in package:  # php, ext-json and lib-curl are the platform
                source.tally["requirements of the platform"] += 1
                continue
            source.tally["packages"] += 1
            locator = f"/{group}/{dependencies.step(package)}"
            yield listing.package(locator, package, "", dependencies.named("composer", package))
    repositories = document.get("repositories")
    named = (
        repositories
        if isinstance(repositories, dict)
        else dict(enumerate(repositories if isinstance(repositories, list) else ()))
    )
    for key, repository in named.items():
        address = dependencies.scalar(dependencies.mapping(repository).get("url"))
        if found := dependencies.origin(address):
            yield listing.package(f"/repositories/{dependencies.step(str(key))}", address, "", found)
