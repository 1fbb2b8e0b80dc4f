# SPDX-License-Identifier: Apache-2.0
"""Podfile.lock of CocoaPods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers import records, yamltext
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_POD = re.compile(r"([^\s(]+)(?: \(([^)]*)\))?")
"""Firebase/Core (6.0.0)"""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each pod; the parts that are installed of a pod are one with it."""
    document = dependencies.mapping(yamltext.of(source))
    listing = dependencies.Listing(source, source.asset)
    external = dependencies.mapping(document.get("EXTERNAL SOURCES"))
    origins = _repositories(dependencies.mapping(document.get("SPEC REPOS")))
    seen = set()
    for number, entry in enumerate(records.listed(document.get("PODS"))):
        text = next(iter(entry), "") if isinstance(entry, dict) else dependencies.scalar(entry)
        found = _POD.match(text)
        if not found:
            source.lose(f"/PODS/{number}", "not a pod")
            continue
        name = found[1].partition("/")[0]
        if name in seen:
            source.tally["parts of a pod"] += 1
            continue
        seen.add(name)
        where = dependencies.mapping(external.get(name))
        if ":path" in where:
            source.tally["own packages"] += 1
            continue
        source.tally["packages"] += 1
        observables = dependencies.named("cocoapods", name) + origins.get(name, [])
        observables += dependencies.origin(where.get(":git")) + dependencies.origin(where.get(":podspec"))
        yield listing.package(f"/PODS/{number}", name, found[2] or "", observables)


def _repositories(groups: dict[str, object]) -> dict[str, list[Observable]]:
    """Give for each pod the repository of specifications that it comes from, unless that is the usual one."""
    found: dict[str, list[Observable]] = {}
    for address, pods in groups.items():
        if address != "https://github.com/CocoaPods/Specs.git":
            observables = dependencies.origin(address)
            found.update((pod, observables) for pod in records.listed(pods) if isinstance(pod, str))
    return found
