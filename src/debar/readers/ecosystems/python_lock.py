# SPDX-License-Identifier: Apache-2.0
"""Lock files of Python projects in TOML: poetry.lock, uv.lock, pdm.lock and the standard pylock.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers import components, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_LISTS = ("package", "packages")
_OWN = frozenset({"virtual", "editable", "directory", "path"})
"""How uv, pdm and pylock say that a package is a folder of the project."""
_ORIGINS = ("registry", "git", "url")
"""Where uv says that a package comes from."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; the project's own folders are counted only."""
    document = dependencies.toml(source)
    packages = [
        (f"/{key}/{number}", package)
        for key in _LISTS
        for number, package in enumerate(records.listed(document.get(key)))
    ]
    listing = dependencies.Listing(source, _project(packages) or source.asset)
    for locator, package in packages:
        name = dependencies.scalar(package.get("name")) if isinstance(package, dict) else ""
        if not name:
            source.lose(locator, "a package without a name")
        elif _is_own(package):
            source.tally["own packages"] += 1
        else:
            source.tally["packages"] += 1
            version = dependencies.scalar(package.get("version"))
            yield listing.package(locator, name, version, [*dependencies.python(name), *_more(package)])


def _is_own(package: dict[str, Any]) -> bool:
    """Tell whether a package is a folder of the project itself."""
    origin = dependencies.mapping(package.get("source"))
    return bool(_OWN.intersection(origin) or "directory" in package or origin.get("type") == "directory")


def _project(packages: list[tuple[str, Any]]) -> str:
    """Give the name of the package that uv says lies in the folder of the lock file itself."""
    for _, package in packages:
        origin = dependencies.mapping(package.get("source")) if isinstance(package, dict) else {}
        if "." in (origin.get("virtual"), origin.get("editable")):
            return dependencies.scalar(package.get("name"))
    return ""


def _more(package: dict[str, Any]) -> Iterator[Observable]:
    """Yield where a package comes from unless that is PyPI, and its description."""
    origin = dependencies.mapping(package.get("source"))
    for key in _ORIGINS:
        yield from dependencies.origin(origin.get(key))
    for address in (package.get("url"), package.get("git"), package.get("index")):
        yield from dependencies.origin(address)
    for key in ("vcs", "archive", "sdist"):
        yield from dependencies.origin(dependencies.mapping(package.get(key)).get("url"))
    for wheel in records.listed(package.get("wheels"))[:1]:
        yield from dependencies.origin(dependencies.mapping(wheel).get("url"))
    yield from components.prose(
        dependencies.scalar(package.get("description")) or dependencies.scalar(package.get("summary"))
    )
