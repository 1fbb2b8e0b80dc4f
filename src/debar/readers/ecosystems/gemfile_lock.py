# SPDX-License-Identifier: Apache-2.0
"""Gemfile.lock of Bundler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_GEM = re.compile(r" {4}([\w.-]+) \(([^)]*)\)\s*")
"""Locked gems are indented by four blanks, what each of them requires by six."""
_SECTIONS = frozenset({"GEM", "GIT", "PLUGIN SOURCE"})
_OWN = "PATH"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked gem; of gems in a folder of the project the name alone is known."""
    listing = dependencies.Listing(source, source.asset)
    section = ""
    origin: list[Observable] = []
    for number, line in source.lines():
        if line and not line[0].isspace():
            section, origin = line.strip(), []
        elif line.startswith("  remote: ") and section in _SECTIONS:
            origin = origin + dependencies.origin(line.partition(":")[2])
        elif section not in _SECTIONS and section != _OWN:
            continue
        elif gem := _GEM.fullmatch(line[: dependencies.LONGEST]):
            if section == _OWN:
                source.tally["own packages"] += 1
                found = dependencies.named("gem", gem[1])[1:]
            else:
                source.tally["packages"] += 1
                found = dependencies.named("gem", gem[1]) + origin
            yield listing.package(f"line {number}", gem[1], gem[2], found)
