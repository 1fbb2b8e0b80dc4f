# SPDX-License-Identifier: Apache-2.0
"""Charts of Helm: Chart.yaml, requirements.yaml, and Chart.lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers import components, records, yamltext
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_LOCAL = "file://"


def read(source: Input) -> Iterator[Observation]:
    """Yield the chart with its makers, then one observation for each chart that it depends on."""
    document = dependencies.mapping(yamltext.of(source))
    name = dependencies.scalar(document.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        found = [*dependencies.named("helm", name), *_makers(document)]
        yield listing.package("", name, dependencies.scalar(document.get("version")), found)
    for number, chart in enumerate(records.listed(document.get("dependencies"))):
        fields = dependencies.mapping(chart)
        part, address = dependencies.scalar(fields.get("name")), dependencies.scalar(fields.get("repository"))
        if not part:
            source.lose(f"/dependencies/{number}", "a chart without a name")
            continue
        if address.startswith(_LOCAL):
            source.tally["own packages"] += 1
            continue
        source.tally["packages"] += 1
        found = dependencies.named("helm", part) + dependencies.origin(address)
        version = dependencies.scalar(fields.get("version"))
        locked_at = dependencies.scalar(document.get("generated"))
        yield listing.package(f"/dependencies/{number}", part, version, found, seen_at=locked_at)


def _makers(document: dict[str, Any]) -> Iterator[Observable]:
    yield from dependencies.people(document.get("maintainers"))
    yield from components.reference(dependencies.scalar(document.get("home")))
    yield from dependencies.addresses(document.get("sources"))
    yield from components.prose(dependencies.scalar(document.get("description")))
