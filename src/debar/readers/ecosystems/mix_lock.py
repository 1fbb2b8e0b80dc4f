# SPDX-License-Identifier: Apache-2.0
"""mix.lock of Elixir: a map in Elixir, of which the lines are matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_HEX = re.compile(r'\s*(?:%\{)?\s*"?([\w.-]+)"?(?::|\s*=>)\s*\{:hex, :"?([\w.-]+)"?, "([^"]*)"')
_GIT = re.compile(r'\s*(?:%\{)?\s*"?([\w.-]+)"?(?::|\s*=>)\s*\{:git, "([^"]*)", "([^"]*)"')
_REPOSITORY = re.compile(r'\], "([\w.:-]+)"')
_USUAL = "hexpm"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package."""
    listing = dependencies.Listing(source, source.asset)
    for number, line in source.lines():
        text = line[: dependencies.LONGEST * 8]
        if found := _HEX.match(text):
            source.tally["packages"] += 1
            repository = _REPOSITORY.search(text)
            of = repository[1] if repository and repository[1] != _USUAL else ""
            # "hexpm:organisation" is a private part of the usual registry
            name = f"{of.rpartition(':')[2]}/{found[2]}" if of else found[2]
            yield listing.package(f"line {number}", found[2], found[3], dependencies.named("hex", name))
        elif found := _GIT.match(text):
            source.tally["packages"] += 1
            observables = dependencies.named("hex", found[1]) + dependencies.origin(found[2])
            yield listing.package(f"line {number}", found[1], found[3], observables)
        elif line.strip() not in {"", "%{", "}", "%{}"}:
            source.lose(f"line {number}", "not a locked package")
