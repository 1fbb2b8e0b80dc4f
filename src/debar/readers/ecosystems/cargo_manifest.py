# SPDX-License-Identifier: Apache-2.0
"""Cargo.toml: a crate, its authors, and the crates that it requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_GROUPS = ("dependencies", "dev-dependencies", "build-dependencies")


def read(source: Input) -> Iterator[Observation]:
    """Yield the crate with its makers, then one observation for each crate that it requires."""
    document = dependencies.toml(source)
    about = dependencies.mapping(document.get("package"))
    name = dependencies.scalar(about.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        found = [*dependencies.named("cargo", name), *_makers(about)]
        yield listing.package("/package", name, dependencies.scalar(about.get("version")), found)
    for pointer, group in _groups(document):
        for key, wanted in group.items():
            fields = dependencies.mapping(wanted)
            if "path" in fields and "version" not in fields:
                source.tally["local packages"] += 1
                continue
            source.tally["packages"] += 1
            crate = dependencies.scalar(fields.get("package")) or key
            found = dependencies.named("cargo", crate)
            for origin in ("git", "registry-index", "registry"):
                found += dependencies.origin(fields.get(origin))
            yield listing.package(f"{pointer}/{dependencies.step(key)}", crate, "", found)


def _makers(about: dict[str, Any]) -> Iterator[Observable]:
    yield from dependencies.people(about.get("authors"))
    for key in ("homepage", "repository", "documentation"):
        yield from components.reference(dependencies.scalar(about.get(key)))
    yield from components.prose(dependencies.scalar(about.get("description")))


def _groups(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (pointer, requirements) of the crate, its workspace, and for single targets."""
    tables = {"": document, "/workspace": dependencies.mapping(document.get("workspace"))}
    for target, table in dependencies.mapping(document.get("target")).items():
        tables[f"/target/{dependencies.step(target)}"] = dependencies.mapping(table)
    for pointer, table in tables.items():
        for group in _GROUPS:
            yield f"{pointer}/{group}", dependencies.mapping(table.get(group))
