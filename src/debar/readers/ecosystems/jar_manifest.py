# SPDX-License-Identifier: Apache-2.0
"""META-INF/MANIFEST.MF of a Java archive that was unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Medium
from debar.readers import places
from debar.readers.languages import dependencies, java_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the archive that the manifest is of."""
    fields = java_metadata.manifest(bytes(source.document()).decode(errors="replace"))
    found = list(java_metadata.betrayed(fields))
    source.tally["manifests"] += 1
    if not found:
        source.tally["manifests that name nobody"] += 1
        return
    # .../commons-io.jar/META-INF/MANIFEST.MF: the folder or archive above is called after the program.
    above = places.parts(source.path)[-3:-2]
    listing = dependencies.Listing(source, source.asset, Medium.FILES)
    label = java_metadata.title(fields) or (above[0] if above else source.name)
    yield listing.package("line 1", label, java_metadata.version(fields), found)
