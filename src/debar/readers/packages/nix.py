# SPDX-License-Identifier: Apache-2.0
"""What Nix says is installed: the manifest of a profile, and `nix-env --query --json`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components, records
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

# "/nix/store/HASH-NAME-VERSION", or another folder if that is configured; a version begins with a digit after the
# name, as Nix's parseDrvName has it.
_STORE = re.compile(r".*/[0-9a-z]{32}-([\w?=.+-]+?)(?:-(\d[\w?=.+-]*))?$")
_FLAKE = re.compile(r"(github|gitlab|sourcehut):([^/]+)/([^/?]+)")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of the profile, in file order."""
    shelf = Shelf(source)
    for place, document in records.objects(source):
        elements = document.get("elements")
        named = elements if isinstance(elements, dict) else {}
        listed = elements if isinstance(elements, list) else []
        if elements is None:
            yield from _queried(source, shelf, place, document)
        for key, element in [*named.items(), *((str(number), element) for number, element in enumerate(listed))]:
            yield from _element(source, shelf, f"{place}/elements/{_step(key)}", element)


def _element(source: Input, shelf: Shelf, place: str, element: object) -> Iterator[Observation]:
    """Read one element of a manifest; each path of it in the store has its name and version."""
    if not isinstance(element, dict):
        source.lose(place, f"an object was expected, found {type(element).__name__}")
        return
    if element.get("active") is False:
        source.tally["packages not installed"] += 1
        return
    paths = element.get("storePaths")
    stored = [_STORE.match(path) for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
    packages = dict.fromkeys((found[1], found[2] or "") for found in stored if found)
    if not packages:
        source.lose(place, "an element without a path in the store")
    fields = records.texts(element)
    origin = _origin(fields.get("originalUrl") or fields.get("url", ""))
    for name, version in packages:
        source.tally["packages"] += 1
        yield shelf.installed(place, name, version, [Observable(Kind.PACKAGE, name), *origin])


def _origin(address: str) -> list[Observable]:
    """Give the project a flake is from; that all of Nixpkgs is from GitHub tells of no maker."""
    flake = _FLAKE.match(address)
    if flake and flake[2].lower() != "nixos":
        return [Observable(Kind.PURL, f"pkg:{flake[1]}/{flake[2]}/{flake[3]}")]
    return [] if flake else components.reference(address.removeprefix("git+"))


def _step(key: str) -> str:
    """Give a key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _queried(source: Input, shelf: Shelf, place: str, packages: dict[str, Any]) -> Iterator[Observation]:
    for key, package in packages.items():
        fields = records.texts(package)
        name = fields.get("pname") or fields.get("name", "")
        if not name:
            source.lose(f"{place}/{_step(key)}", "a package without a name")
            continue
        source.tally["packages"] += 1
        about = records.texts(package.get("meta") if isinstance(package, dict) else None)
        found = [Observable(Kind.PACKAGE, name), *components.reference(about.get("homepage", ""))]
        found += components.prose(about.get("description", ""))
        yield shelf.installed(f"{place}/{_step(key)}", name, fields.get("version", ""), found)
