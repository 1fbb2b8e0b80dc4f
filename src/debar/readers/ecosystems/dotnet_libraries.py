# SPDX-License-Identifier: Apache-2.0
"""Libraries of a .NET program: *.deps.json beside it, and project.assets.json from building it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Medium
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

FILES = 500
"""File names of one library that are told; packages with resources in every language have some hundred."""
_OWN = frozenset({"project", "msbuildproject"})
_ASSEMBLIES = (".dll", ".exe", ".so", ".dylib")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each library; projects of one's own are counted only."""
    document = dependencies.json_object(source)
    # Only what lies beside a program tells what the program is shipped with.
    medium = Medium.PACKAGES if "runtimeTarget" in document else Medium.SBOM
    listing = dependencies.Listing(source, _program(document) or source.asset, medium)
    files = _files(document)
    for key, library in dependencies.mapping(document.get("libraries")).items():
        fields = dependencies.mapping(library)
        name, _, version = key.partition("/")
        if dependencies.scalar(fields.get("type")).lower() in _OWN:
            source.tally["own packages"] += 1
            continue
        source.tally["packages"] += 1
        found = dependencies.named("nuget", name)
        found += [Observable(Kind.FILE, file) for file in files.get(key, ())]
        yield listing.package(f"/libraries/{dependencies.step(key)}", name, version, found)


def _program(document: dict[str, Any]) -> str:
    """Give the name of the program that the libraries are of."""
    project = dependencies.mapping(document.get("project"))
    restored = dependencies.mapping(project.get("restore"))
    if name := dependencies.scalar(restored.get("projectName")):
        return name
    for key, library in dependencies.mapping(document.get("libraries")).items():
        if "runtimeTarget" in document and dependencies.mapping(library).get("type") == "project":
            return str(key).partition("/")[0]
    return ""


def _files(document: dict[str, Any]) -> dict[str, list[str]]:
    """Give the names of the assemblies of each library, in every target."""
    found: dict[str, dict[str, None]] = {}
    for target in dependencies.mapping(document.get("targets")).values():
        for key, library in dependencies.mapping(target).items():
            names = found.setdefault(key, {})
            for group in ("runtime", "native", "runtimeTargets"):
                for path in dependencies.mapping(dependencies.mapping(library).get(group)):
                    name = path.rpartition("/")[2]
                    if name.endswith(_ASSEMBLIES) and len(names) < FILES:
                        names[name] = None
    return {key: list(names) for key, names in found.items()}
