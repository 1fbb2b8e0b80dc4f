# SPDX-License-Identifier: Apache-2.0
"""setup.py of a Python project: a program in Python, of which only pinned requirements are matched, none run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_PINNED = re.compile(r"""["']([A-Za-z0-9][\w.-]*)\s*(?:\[[\w,\s.-]*\])?\s*={2,3}\s*([\w.!+-]+)""", re.ASCII)
_NAME = re.compile(r"""\s*name\s*=\s*["']([\w.-]+)["']\s*,""", re.ASCII)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each requirement with an exact version."""
    asset = source.asset
    found = []
    for number, line in source.lines():
        text = line[: dependencies.LONGEST]
        if text.lstrip().startswith("#"):
            continue
        if name := _NAME.match(text):
            asset = name[1]
        found += [(number, pinned[1], pinned[2]) for pinned in _PINNED.finditer(text)]
    listing = dependencies.Listing(source, asset)
    for number, name_of, version in found:
        source.tally["packages"] += 1
        yield listing.package(f"line {number}", name_of, version, dependencies.python(name_of))
