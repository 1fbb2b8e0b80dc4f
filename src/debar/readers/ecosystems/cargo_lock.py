# SPDX-License-Identifier: Apache-2.0
"""Cargo.lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked crate; crates of the project itself are counted only."""
    document = dependencies.toml(source)
    packages = records.listed(document.get("package"))
    own = [package for package in packages if isinstance(package, dict) and not package.get("source")]
    asset = dependencies.scalar(own[0].get("name")) if len(own) == 1 else ""
    listing = dependencies.Listing(source, asset or source.asset)
    for number, package in enumerate(packages):
        locator = f"/package/{number}"
        fields = dependencies.mapping(package)
        name, origin = dependencies.scalar(fields.get("name")), dependencies.scalar(fields.get("source"))
        if not name:
            source.lose(locator, "a package without a name")
        elif not origin:
            source.tally["own packages"] += 1
        else:
            source.tally["packages"] += 1
            found = dependencies.named("cargo", name) + dependencies.origin(origin)
            yield listing.package(locator, name, dependencies.scalar(fields.get("version")), found)
