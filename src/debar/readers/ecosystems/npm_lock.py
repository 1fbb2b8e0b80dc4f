# SPDX-License-Identifier: Apache-2.0
"""Lock files of npm, versions 1 to 3: package-lock.json, npm-shrinkwrap.json, and node_modules/.package-lock.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_FOLDER = "node_modules/"
_ALIAS = "npm:"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; folders of the project itself are counted only."""
    document = dependencies.json_object(source)
    listing = dependencies.Listing(source, dependencies.scalar(document.get("name")) or source.asset)
    if isinstance(packages := document.get("packages"), dict):
        entries = _by_folder(source, packages)
    else:
        entries = _nested(dependencies.mapping(document.get("dependencies")))
    for locator, name, fields in entries:
        source.tally["packages"] += 1
        found = dependencies.named("npm", name) + dependencies.origin(fields.get("resolved"))
        version = dependencies.scalar(fields.get("version"))
        # Version 1 writes where a package that is in no registry came from in the place of its version.
        if "/" in version:
            found += dependencies.repository(version)
            version = ""
        yield listing.package(locator, name, version, found)


def _by_folder(source: Input, packages: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (pointer, name, fields) of versions 2 and 3: packages by the folder that each lies in."""
    for folder, package in packages.items():
        fields = dependencies.mapping(package)
        if _FOLDER not in folder or fields.get("link"):
            source.tally["own packages"] += 1
            continue
        # An alias lies in a folder of another name, and then gives its own.
        name = dependencies.scalar(fields.get("name")) or folder.rpartition(_FOLDER)[2]
        yield f"/packages/{dependencies.step(folder)}", name, fields


def _nested(packages: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (pointer, name, fields) of version 1: packages below the package that needed another version of them."""
    pending = [("/dependencies", packages)]
    while pending:
        pointer, level = pending.pop()
        for name, package in level.items():
            fields = dependencies.mapping(package)
            place = f"{pointer}/{dependencies.step(name)}"
            version = dependencies.scalar(fields.get("version"))
            if version.startswith(_ALIAS):
                own, _, number = version.removeprefix(_ALIAS).rpartition("@")
                yield place, own or name, {**fields, "version": number}
            else:
                yield place, name, fields
            if below := dependencies.mapping(fields.get("dependencies")):
                pending.append((f"{place}/dependencies", below))
