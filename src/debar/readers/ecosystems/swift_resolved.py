# SPDX-License-Identifier: Apache-2.0
"""Package.resolved of the Swift package manager, versions 1 to 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import text
from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each resolved package."""
    document = dependencies.json_object(source)
    listing = dependencies.Listing(source, source.asset)
    within = dependencies.mapping(document.get("object"))
    pointer, pins = ("/object/pins", within.get("pins")) if within else ("/pins", document.get("pins"))
    for number, pin in enumerate(records.listed(pins)):
        fields = dependencies.mapping(pin)
        name = dependencies.scalar(fields.get("identity")) or dependencies.scalar(fields.get("package"))
        address = dependencies.scalar(fields.get("location")) or dependencies.scalar(fields.get("repositoryURL"))
        if not name:
            source.lose(f"{pointer}/{number}", "a package without a name")
            continue
        source.tally["packages"] += 1
        state = dependencies.mapping(fields.get("state"))
        version = dependencies.scalar(state.get("version")) or dependencies.scalar(state.get("branch"))
        # A package of Swift is called after its address (purl-spec, swift).
        host = text.url_domain(address)
        place = address.partition("://")[2].partition("/")[2].removesuffix(".git")
        found = dependencies.named("swift", f"{host}/{place}" if host and place else name)[:1]
        found += dependencies.named("swift", name)[1:] + components.reference(address)
        yield listing.package(f"{pointer}/{number}", name, version, found)
