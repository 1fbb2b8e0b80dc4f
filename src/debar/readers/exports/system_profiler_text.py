# SPDX-License-Identifier: Apache-2.0
"""Reports of system_profiler as text: sections, things in them, and their fields, told by how far they are indented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import text as texts
from debar.readers.machine import listings, mac_profiles
from debar.readers.machine.mac_profiles import SECTIONS, Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_HEADING = re.compile(r"( +)(.*\S):\s*")
_FIELD = re.compile(r" +([^:]{1,64}): (.*)")
FIELDS = 1 << 8
"""Fields kept of one thing."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each application, extension, device ... then one of the Mac."""
    yield from mac_profiles.observations(source, _items(source), _host(source))


def _host(source: Input) -> str:
    for _, line in source.lines():
        if line.startswith("      Computer Name: "):
            return line.partition(": ")[2].strip()
    return ""


def _items(source: Input) -> Iterator[Item]:
    """Yield the things of the sections that are read: a heading with a blank line below it opens one."""
    item: Item | None = None
    section = ""
    heading: tuple[int, str] | None = None
    for number, line in source.lines():
        if not line.strip():
            if heading and section:
                if item:
                    yield item
                item = Item(section, f"line {heading[0]}", heading[1], {})
            heading = None
            continue
        heading = None
        if not line[0].isspace():
            if item:
                yield item
            item, section = None, SECTIONS.get(line.strip().removesuffix(":"), "")
        elif found := _HEADING.fullmatch(line):
            heading = (number, found[2])
        elif item and (field := _FIELD.fullmatch(line)) and len(item.cells) < FIELDS:
            name = texts.header(field[1])
            item.cells[name] = (*item.cells.get(name, ()), field[2].strip()[: listings.VALUE])[:FIELDS]
    if item:
        yield item
