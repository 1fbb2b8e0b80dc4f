# SPDX-License-Identifier: Apache-2.0
"""What "pip list" prints: columns, or JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import encodings, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_RULE = re.compile(r"-+(?: +-+)+\s*")
"""The line under the headings."""
_ENTRY = re.compile(r"([A-Za-z0-9][\w.-]*) +([\w.!+-]+)(?:\s|$)", re.ASCII)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that pip found installed."""
    listing = dependencies.Listing(source, source.asset, Medium.PACKAGES, Meaning.INSTALLED)
    is_json = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n").startswith("[")
    for locator, name, version in _objects(source) if is_json else _columns(source):
        source.tally["packages"] += 1
        yield listing.package(locator, name, version, dependencies.python(name))


def _objects(source: Input) -> Iterator[tuple[str, str, str]]:
    for locator, package in records.objects(source):
        if name := dependencies.scalar(package.get("name")):
            yield locator, name, dependencies.scalar(package.get("version"))
        else:
            source.lose(locator, "a package without a name")


def _columns(source: Input) -> Iterator[tuple[str, str, str]]:
    is_below = False
    for number, line in source.lines():
        if not is_below:
            is_below = _RULE.fullmatch(line) is not None
        elif found := _ENTRY.match(line):
            yield f"line {number}", found[1], found[2]
        elif line.strip():  # pip ends with advice to upgrade itself
            source.tally["lines left aside"] += 1
