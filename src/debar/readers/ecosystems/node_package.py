# SPDX-License-Identifier: Apache-2.0
"""package.json: of an installed module of Node.js, and of a project that requires some."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from debar.model.vocab import Medium
from debar.readers import components, places
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_INSTALLED = frozenset({"node_modules", "nodejs"})
"""Folders below which a module is installed; what it requires is installed beside it and tells for itself."""
_REQUIRED = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
MOST = 20_000
"""Requirements that are looked at."""
_LOCAL = ("file:", "link:", "workspace:", "portal:")
_ALIAS = "npm:"


def read(source: Input) -> Iterator[Observation]:
    """Yield the module itself and, for a project that is not installed, one observation for each requirement."""
    fields = dependencies.json_object(source)
    name, version = dependencies.scalar(fields.get("name")), dependencies.scalar(fields.get("version"))
    if name:
        source.tally["packages"] += 1
        listing = dependencies.Listing(source, source.asset, Medium.PACKAGES)
        yield listing.package("", name, version, [*dependencies.named("npm", name), *_makers(fields)])
    else:
        source.tally["files without a package"] += 1  # {"type": "module"} only tells how to load a folder
    if _INSTALLED.isdisjoint(places.parts(source.path)):
        yield from _requirements(dependencies.Listing(source, name or source.asset), fields)


def _makers(fields: dict[str, Any]) -> Iterator[Observable]:
    for key in ("author", "maintainers", "contributors", "publisher"):
        yield from dependencies.people(fields.get(key))
    yield from components.reference(dependencies.scalar(fields.get("homepage")))
    yield from dependencies.repository(fields.get("repository"))
    bugs = fields.get("bugs")
    yield from components.reference(dependencies.scalar(dependencies.mapping(bugs).get("url") or bugs))
    yield from dependencies.origin(fields.get("_resolved"))
    yield from components.prose(dependencies.scalar(fields.get("description")))


def _requirements(listing: dependencies.Listing, fields: dict[str, Any]) -> Iterator[Observation]:
    for group in _REQUIRED:
        for name, condition in islice(dependencies.mapping(fields.get(group)).items(), MOST):
            wanted = dependencies.scalar(condition)
            if wanted.startswith(_LOCAL):
                listing.source.tally["local packages"] += 1
                continue
            if wanted.startswith(_ALIAS):
                name = wanted.removeprefix(_ALIAS)  # noqa: PLW2901 - the module is known by its own name
                name = name[: name.find("@", 1)] if "@" in name[1:] else name  # noqa: PLW2901
            listing.source.tally["requirements"] += 1
            found = dependencies.named("npm", name)
            if "/" in wanted:
                found += dependencies.repository(wanted)
            yield listing.package(f"/{group}/{dependencies.step(name)}", name, "", found)
