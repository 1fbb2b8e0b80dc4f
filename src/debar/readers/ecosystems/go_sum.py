# SPDX-License-Identifier: Apache-2.0
"""go.sum: checksums of the modules that Go fetched for a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.binary import go_modules
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_DESCRIPTION_ONLY = "/go.mod"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each module whose code was fetched; those of which only go.mod was are counted."""
    listing = dependencies.Listing(source, source.asset)
    for number, line in source.lines():
        words = line[: dependencies.LONGEST].split()
        if not words:
            continue
        if len(words) != 3 or not words[2].startswith("h"):
            source.lose(f"line {number}", "not a module, its version and checksum")
        elif words[1].endswith(_DESCRIPTION_ONLY):
            source.tally["modules not in the build"] += 1
        else:
            source.tally["packages"] += 1
            yield listing.package(f"line {number}", words[0], words[1], go_modules.observables(words[0]))
