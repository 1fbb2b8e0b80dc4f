# SPDX-License-Identifier: Apache-2.0
"""pubspec.lock of Dart and Flutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import yamltext
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; folders of the project itself are counted only."""
    document = dependencies.mapping(yamltext.of(source))
    listing = dependencies.Listing(source, source.asset)
    for name, package in dependencies.mapping(document.get("packages")).items():
        fields = dependencies.mapping(package)
        if fields.get("source") == "path":
            source.tally["own packages"] += 1
            continue
        source.tally["packages"] += 1
        found = dependencies.named("pub", name)
        found += dependencies.origin(dependencies.mapping(fields.get("description")).get("url"))
        yield listing.package(
            f"/packages/{dependencies.step(name)}", name, dependencies.scalar(fields.get("version")), found
        )
