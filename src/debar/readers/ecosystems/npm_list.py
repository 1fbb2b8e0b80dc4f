# SPDX-License-Identifier: Apache-2.0
"""What "npm ls --json" prints: the modules of Node.js that are installed, as a tree."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from debar.model.vocab import Medium
from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

DEPTH = 200
"""Deepest nesting that is followed; trees of npm nest below 30."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each installed module; missing ones are counted only."""
    for start, document in records.objects(source):
        asset = dependencies.scalar(document.get("name")) or source.asset
        listing = dependencies.Listing(source, asset, Medium.PACKAGES)
        for locator, name, fields in _modules(source, f"{start}/dependencies", document):
            if fields.get("missing"):
                source.tally["packages not installed"] += 1
                continue
            source.tally["packages"] += 1
            found = dependencies.named("npm", dependencies.scalar(fields.get("name")) or name)
            found += dependencies.origin(fields.get("resolved"))
            # "npm ls --long" adds what package.json says
            found += [*dependencies.people(fields.get("author")), *dependencies.repository(fields.get("repository"))]
            found += components.reference(dependencies.scalar(fields.get("homepage")))
            yield listing.package(locator, name, dependencies.scalar(fields.get("version")), found)


def _modules(source: Input, start: str, document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (pointer, name, fields) of every module of a tree, those nearest to its root first."""
    pending = deque([(start, dependencies.mapping(document.get("dependencies")), 0)])
    while pending:
        pointer, level, depth = pending.popleft()
        for name, module in level.items():
            fields = dependencies.mapping(module)
            place = f"{pointer}/{dependencies.step(name)}"
            yield place, name, fields
            below = dependencies.mapping(fields.get("dependencies"))
            if below and depth >= DEPTH:
                source.lose(place, f"nested deeper than {DEPTH}")
            elif below:
                pending.append((f"{place}/dependencies", below, depth + 1))
