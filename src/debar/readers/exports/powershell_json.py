# SPDX-License-Identifier: Apache-2.0
"""Objects that PowerShell wrote with ConvertTo-Json: programs, services, drivers, app packages, processes and others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar import text as texts
from debar.readers import records
from debar.readers.machine import windows_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.machine.windows_classes import Texts

PARTS = 1 << 8
"""Elements kept of one list; adapters have some dozens of addresses at most."""
_SUBJECT = re.compile(r"\[Subject\]\s*(.+)")
_WITHIN = {
    ("CimSystemProperties", "ServerName"): "pscomputername",
    ("SignerCertificate", "Subject"): "subject",
    ("Entities", "Name"): "publisher",
    ("Actions", "Execute"): "execute",
}
"""Properties of objects inside objects, and what they are called here."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each object of a known class, then those of the machines."""
    objects = windows_objects.Objects(source)
    for locator, found in records.objects(source):
        source.tally["objects"] += 1
        yield from objects.observed(locator, _cells(found))
    yield from objects.machines()


def _cells(found: dict[str, Any]) -> dict[str, Texts]:
    """Give an object's properties as texts; objects inside it are looked into where something is known to stand."""
    cells: dict[str, Texts] = {}
    for name, value in found.items():
        cells[texts.header(name)] = _texts(value)
        if isinstance(value, (dict, list)):
            for (outer, inner), called in _WITHIN.items():
                if outer == name:
                    parts = [part.get(inner) for part in records.listed(value) if isinstance(part, dict)]
                    cells[called] = _texts(parts)
        elif name == "SignerCertificate" and isinstance(value, str) and (subject := _SUBJECT.search(value)):
            cells["subject"] = (subject[1].strip(),)
    return cells


def _texts(value: object) -> Texts:
    """Give a scalar, or the scalars of a list: Windows PowerShell wraps a list as {"value": [...], "Count": n}."""
    if isinstance(value, dict):
        value = value.get("value")
    parts = value if isinstance(value, list) else [value]
    return tuple(
        str(part) for part in parts[:PARTS] if isinstance(part, (str, int, float)) and not isinstance(part, bool)
    )
