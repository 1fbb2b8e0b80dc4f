# SPDX-License-Identifier: Apache-2.0
"""Packages of PHP: composer.lock, and vendor/composer/installed.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.vocab import Meaning, Medium
from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_GROUPS = ("packages", "packages-dev")
_INSTALLED = "version_normalized"
"""Field that Composer writes of what it installed, and not of what it locked."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is locked or installed."""
    document = dependencies.json(source)
    locked = dependencies.Listing(source, source.asset)
    installed = dependencies.Listing(source, source.asset, Medium.PACKAGES, Meaning.INSTALLED)
    for locator, package in _packages(document):
        fields = dependencies.mapping(package)
        name = dependencies.scalar(fields.get("name"))
        if not name:
            source.lose(locator, "a package without a name")
            continue
        source.tally["packages"] += 1
        listing = installed if _INSTALLED in fields else locked
        found = [*dependencies.named("composer", name), *_makers(fields)]
        version = dependencies.scalar(fields.get("version"))
        yield listing.package(locator, name, version, found, seen_at=dependencies.scalar(fields.get("time")))


def _packages(document: object) -> Iterator[tuple[str, Any]]:
    """Yield (pointer, package); the first version of installed.json is a list."""
    if isinstance(document, list):
        yield from ((f"/{number}", package) for number, package in enumerate(document))
    for group in _GROUPS:
        for number, package in enumerate(records.listed(dependencies.mapping(document).get(group))):
            yield f"/{group}/{number}", package


def _makers(fields: dict[str, Any]) -> Iterator[Observable]:
    yield from dependencies.people(fields.get("authors"))
    yield from components.reference(dependencies.scalar(fields.get("homepage")))
    yield from dependencies.addresses(dependencies.mapping(fields.get("support")).get("source"))
    for key in ("source", "dist"):
        yield from dependencies.origin(dependencies.mapping(fields.get(key)).get("url"))
    yield from components.prose(dependencies.scalar(fields.get("description")))
