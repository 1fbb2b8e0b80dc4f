# SPDX-License-Identifier: Apache-2.0
"""conan.lock, of Conan 1 and 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.readers import records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_REFERENCE = re.compile(r"([^/@#%\s]+)/([^/@#%\s]+)(?:@([^/#%\s]*)/[^#%\s]*)?")
"""name/version@user/channel#revision%time"""
_LISTS = ("requires", "build_requires", "python_requires", "config_requires")
_USUAL = frozenset({"", "_"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package."""
    document = dependencies.json_object(source)
    listing = dependencies.Listing(source, source.asset)
    for locator, text in _references(document):
        found = _REFERENCE.match(text)
        if not found:
            source.tally["own packages"] += 1  # the project itself has a folder, and no reference
            continue
        source.tally["packages"] += 1
        name, version, user = found.groups()
        full = f"{user}/{name}" if user and user not in _USUAL else name
        yield listing.package(locator, name, version, dependencies.named("conan", full))


def _references(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (pointer, reference) of the lists of Conan 2 and the nodes of Conan 1."""
    for key in _LISTS:
        for number, reference in enumerate(records.listed(document.get(key))):
            yield f"/{key}/{number}", dependencies.scalar(reference)
    nodes = dependencies.mapping(dependencies.mapping(document.get("graph_lock")).get("nodes"))
    for key, node in nodes.items():
        fields = dependencies.mapping(node)
        reference = dependencies.scalar(fields.get("ref")) or dependencies.scalar(fields.get("pref"))
        yield f"/graph_lock/nodes/{dependencies.step(key)}", reference
