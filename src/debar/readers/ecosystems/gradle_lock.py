# SPDX-License-Identifier: Apache-2.0
"""gradle.lockfile, and the lock files that Gradle 6 and earlier kept for each configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_LOCKED = re.compile(r"([^:=\s]+):([^:=\s]+):([^:=\s]+)(?:=.*)?\s*")
_NOTHING = "empty="
"""Configurations without dependencies follow."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked module."""
    listing = dependencies.Listing(source, source.asset)
    for number, line in source.lines():
        if not line.strip() or line.startswith(("#", _NOTHING)):
            continue
        if locked := _LOCKED.fullmatch(line[: dependencies.LONGEST * 8].strip()):
            source.tally["packages"] += 1
            group, artifact, version = locked.groups()
            yield listing.package(f"line {number}", f"{group}:{artifact}", version, dependencies.maven(group, artifact))
        else:
            source.lose(f"line {number}", "not group:artifact:version")
