# SPDX-License-Identifier: Apache-2.0
"""Pipfile.lock of pipenv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_ORIGINS = ("git", "file", "path")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package of every group, and for each index that is not PyPI."""
    document = dependencies.json_object(source)
    listing = dependencies.Listing(source, source.asset)
    about = dependencies.mapping(document.get("_meta"))
    indexes: dict[str, str] = {}
    for number, index in enumerate(records.listed(about.get("sources"))):
        fields = dependencies.mapping(index)
        address = dependencies.scalar(fields.get("url"))
        indexes[dependencies.scalar(fields.get("name"))] = address
        if found := dependencies.origin(address):
            yield listing.package(f"/_meta/sources/{number}", address, "", found)
    for group, packages in document.items():
        if group == "_meta":
            continue
        for name, package in dependencies.mapping(packages).items():
            source.tally["packages"] += 1
            fields = dependencies.mapping(package)
            found = dependencies.python(name)
            found += dependencies.origin(indexes.get(dependencies.scalar(fields.get("index"))))
            for key in _ORIGINS:
                found += dependencies.origin(fields.get(key))
            version = dependencies.scalar(fields.get("version")).lstrip("=")
            yield listing.package(f"/{dependencies.step(group)}/{dependencies.step(name)}", name, version, found)
