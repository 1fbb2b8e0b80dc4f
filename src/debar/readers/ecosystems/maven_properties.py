# SPDX-License-Identifier: Apache-2.0
"""pom.properties, which Maven leaves in each archive that it builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Medium
from debar.readers.languages import dependencies, java_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the archive that the coordinates are of."""
    group, artifact, version = java_metadata.properties(bytes(source.document()).decode(errors="replace"))
    if not artifact:
        source.lose("line 1", "coordinates without an artifact")
        return
    source.tally["packages"] += 1
    listing = dependencies.Listing(source, source.asset, Medium.FILES)
    label = f"{group}:{artifact}" if group else artifact
    yield listing.package("line 1", label, version, dependencies.maven(group, artifact))
