# SPDX-License-Identifier: Apache-2.0
"""Objects that PowerShell wrote with Export-Clixml: programs, services, drivers, app packages, processes and others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import text as texts
from debar.readers import markup
from debar.readers.machine import windows_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.machine.windows_classes import Texts
    from debar.readers.markup import Element

PARTS = 1 << 8
"""Texts kept of one list, and properties kept of one object."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SCALARS = ("S", "I16", "U16", "I32", "U32", "I64", "U64", "G", "Version", "URI")
"""Elements of simple types that carry what is read here (MS-PSRP, section 2.2.5.1)."""
_PROPERTIES = frozenset({"Props", "MS"})
"""Elements that hold an object's properties, those of its type and those that were added."""
_WITHIN = {
    ("cimsystemproperties", "servername"): "pscomputername",
    ("signercertificate", "subject"): "subject",
    ("actions", "execute"): "execute",
}
"""Properties of objects inside objects, and what they are called here."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each object of a known class, then those of the machines."""
    objects = windows_objects.Objects(source)
    cells: dict[str, Texts] = {}
    for locator, element in markup.elements(source, "Obj", *_SCALARS):
        if markup.local(element) != "Obj":
            _note(cells, element)
        elif not _property(element) and cells:
            source.tally["objects"] += 1
            yield from objects.observed(locator, cells)
            cells = {}
    yield from objects.machines()


def _note(cells: dict[str, Texts], element: Element) -> None:
    """Keep a simple value under the name of the property that it is, or is in the list of."""
    holder = element.getparent()
    owner = holder.getparent() if holder is not None else None
    if owner is None or holder is None or not element.text:
        return
    name, outer = texts.header(element.get("N") or ""), _property(owner)
    if markup.local(holder) not in _PROPERTIES:
        name = outer
    elif outer:
        name = _WITHIN.get((outer, name), "")
    if name and len(cells) < PARTS and len(cells.get(name, ())) < PARTS:
        cells[name] = (*cells.get(name, ()), _plain(element.text))


def _property(element: Element) -> str:
    """Give the property of an exported object that an object is, or is in the list of; nothing for an exported one."""
    holder = element.getparent()
    outer = holder.getparent() if holder is not None else None
    is_listed = outer is not None and markup.local(outer) == "Obj"
    return texts.header(element.get("N") or (outer.get("N") if is_listed and outer is not None else None) or "")


def _plain(text: str) -> str:
    """Give a text without the escapes that stand for control characters."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
