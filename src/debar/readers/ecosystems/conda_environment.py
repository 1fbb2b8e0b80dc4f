# SPDX-License-Identifier: Apache-2.0
"""Environments of conda as they are declared or exported: environment.yml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers import components, records, yamltext
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_CONDA = re.compile(r"(?:([^\s:]*)::)?([A-Za-z0-9_][\w.-]*)\s*(?:={1,2}\s*([\w.!+]+))?", re.ASCII)
"""channel::name=version=build; any other condition of the version is no version."""
_PIP = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:={2,3}\s*([\w.!+-]+))?", re.ASCII)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each dependency, those of pip too, and for each channel that is an address."""
    document = dependencies.mapping(yamltext.of(source))
    listing = dependencies.Listing(source, dependencies.scalar(document.get("name")) or source.asset)
    for number, channel in enumerate(records.listed(document.get("channels"))):
        if found := dependencies.origin(channel):
            yield listing.package(f"/channels/{number}", dependencies.scalar(channel), "", found)
    for number, entry in enumerate(records.listed(document.get("dependencies"))):
        locator = f"/dependencies/{number}"
        if isinstance(entry, dict):
            for below, line in enumerate(records.listed(entry.get("pip"))):
                source.tally["packages"] += 1
                yield from _pip(listing, f"{locator}/pip/{below}", dependencies.scalar(line))
            continue
        source.tally["packages"] += 1
        if found_here := _CONDA.match(dependencies.scalar(entry)):
            name = found_here[2]
            found = dependencies.named("conda", name) + dependencies.origin(found_here[1] or "")
            yield listing.package(locator, name, found_here[3] or "", found)
        else:
            source.lose(locator, "not a dependency")


def _pip(listing: dependencies.Listing, locator: str, line: str) -> Iterator[Observation]:
    """Yield a requirement of pip; options are passed over."""
    if line.startswith("-"):
        return
    if "://" in line.partition("@")[0]:
        if found := components.reference(line.removeprefix("git+")):
            yield listing.package(locator, line, "", found)
    elif requirement := _PIP.match(line):
        name = requirement[1]
        found = dependencies.python(name) + dependencies.origin(line.partition("@")[2].strip())
        yield listing.package(locator, name, requirement[2] or "", found)
