# SPDX-License-Identifier: Apache-2.0
"""pyproject.toml: a Python project, its authors, and what it requires, in the standard tables and in Poetry's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:@\s*(\S+))?", re.ASCII)
_PINNED = re.compile(r"={2,3}\s*([\w.!+-]+)", re.ASCII)


def read(source: Input) -> Iterator[Observation]:
    """Yield the project with its makers, then one observation for each requirement."""
    document = dependencies.toml(source)
    project = dependencies.mapping(document.get("project"))
    poetry = dependencies.mapping(dependencies.mapping(document.get("tool")).get("poetry"))
    name = dependencies.scalar(project.get("name")) or dependencies.scalar(poetry.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        pointer = "/project" if project.get("name") else "/tool/poetry"
        version = dependencies.scalar(project.get("version")) or dependencies.scalar(poetry.get("version"))
        found = [*dependencies.python(name), *_makers(project), *_makers(poetry)]
        yield listing.package(pointer, name, version, found)
    yield from _standard(listing, document, project)
    yield from _poetry(listing, poetry)


def _makers(project: dict[str, Any]) -> Iterator[Observable]:
    yield from dependencies.people(project.get("authors"))
    yield from dependencies.people(project.get("maintainers"))
    yield from dependencies.addresses(project.get("urls"))
    for key in ("homepage", "repository"):
        yield from components.reference(dependencies.scalar(project.get(key)))
    yield from components.prose(dependencies.scalar(project.get("description")))


def _standard(
    listing: dependencies.Listing, document: dict[str, Any], project: dict[str, Any]
) -> Iterator[Observation]:
    """Yield requirements of the tables project, build-system and dependency-groups."""
    build = dependencies.mapping(document.get("build-system"))
    lists = {"/project/dependencies": project.get("dependencies"), "/build-system/requires": build.get("requires")}
    for table, groups in (
        ("/project/optional-dependencies", project.get("optional-dependencies")),
        ("/dependency-groups", document.get("dependency-groups")),
    ):
        for group, wanted in dependencies.mapping(groups).items():
            lists[f"{table}/{dependencies.step(group)}"] = wanted
    for pointer, wanted in lists.items():
        for number, requirement in enumerate(records.listed(wanted)):
            text = dependencies.scalar(requirement)
            if found := _NAME.match(text):
                listing.source.tally["packages"] += 1
                pinned = _PINNED.search(text.partition(";")[0])
                observables = dependencies.python(found[1]) + dependencies.origin(found[2] or "")
                yield listing.package(f"{pointer}/{number}", found[1], pinned[1] if pinned else "", observables)


def _poetry(listing: dependencies.Listing, poetry: dict[str, Any]) -> Iterator[Observation]:
    """Yield requirements of Poetry's own tables, and its further indexes."""
    tables = {f"/tool/poetry/{key}": poetry.get(key) for key in ("dependencies", "dev-dependencies")}
    for group, table in dependencies.mapping(poetry.get("group")).items():
        pointer = f"/tool/poetry/group/{dependencies.step(group)}/dependencies"
        tables[pointer] = dependencies.mapping(table).get("dependencies")
    for pointer, wanted in tables.items():
        for name, condition in dependencies.mapping(wanted).items():
            fields = dependencies.mapping(condition)
            if name == "python" or "path" in fields:
                continue
            listing.source.tally["packages"] += 1
            found = dependencies.python(name)
            found += dependencies.origin(fields.get("git")) + dependencies.origin(fields.get("url"))
            yield listing.package(f"{pointer}/{dependencies.step(name)}", name, "", found)
    for number, index in enumerate(records.listed(poetry.get("source"))):
        address = dependencies.scalar(dependencies.mapping(index).get("url"))
        if found := dependencies.origin(address):
            yield listing.package(f"/tool/poetry/source/{number}", address, "", found)
