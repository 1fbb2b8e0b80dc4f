# SPDX-License-Identifier: Apache-2.0
"""Reports of system_profiler as property list (-xml, .spx) and as JSON (-json)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from debar import text as texts
from debar.errors import SourceError
from debar.readers import records
from debar.readers.machine import listings, mac_profiles, plists
from debar.readers.machine.mac_profiles import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

ITEMS = 1 << 20
"""Things of a report that are read; a full report of a developer's Mac has some 10,000."""
DEPTH = 32
"""Levels of things inside things; hubs on hubs stay below 8."""
_WITHIN = frozenset({"Ethernet", "IPv4", "_spnetwork_ipv4"})
"""Fields that hold an interface's own addresses; others speak of routers and servers."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each application, extension, device ... then one of the Mac."""
    sections = list(_sections(source, _document(source)))
    named = (
        item for place, kind, things in sections if kind == "SPSoftwareDataType" for item in _items(place, kind, things)
    )
    host = mac_profiles.host_of(named)
    every = (item for place, kind, things in sections for item in _items(place, kind, things))
    yield from mac_profiles.observations(source, every, host)


def _document(source: Input) -> object:
    data = source.document()
    if data.lstrip()[:1] != b"{":
        return plists.decoded(bytes(data))
    try:
        return msgspec.json.decode(data)
    except records.UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e


def _sections(source: Input, document: object) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield (place, data type, things) for each section of either form."""
    if isinstance(document, dict):
        for kind, things in document.items():
            if isinstance(things, list):
                yield f"/{kind}", str(kind), things
            else:
                source.lose(f"/{kind}", f"a list was expected, found {type(things).__name__}")
        return
    for number, section in enumerate(document if isinstance(document, list) else ()):
        if isinstance(section, dict) and isinstance(things := section.get("_items"), list):
            yield f"/{number}/_items", str(section.get("_dataType", "")), things
        else:
            source.lose(f"/{number}", "no section of a report")


def _items(place: str, kind: str, things: list[Any]) -> Iterator[Item]:
    """Yield the things of a section and those inside them; a stack instead of recursion."""
    pending = [(f"{place}/{number}", thing, 1) for number, thing in enumerate(things)][::-1]
    count = 0
    while pending and count < ITEMS:
        locator, thing, depth = pending.pop()
        if not isinstance(thing, dict):
            continue
        count += 1
        yield Item(kind, locator, str(thing.get("_name", "")), _cells(thing))
        inner = thing.get("_items")
        if isinstance(inner, list) and depth < DEPTH:
            pending += [(f"{locator}/_items/{number}", part, depth + 1) for number, part in enumerate(inner)][::-1]


def _cells(thing: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    cells: dict[str, tuple[str, ...]] = {}
    for name, value in thing.items():
        if name in _WITHIN and isinstance(value, dict):
            cells |= {texts.header(str(inner)): _texts(part) for inner, part in value.items()}
        elif name != "_items":
            cells.setdefault(texts.header(str(name)), _texts(value))
    return cells


def _texts(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(_text(part) for part in parts[: listings.PARTS] if isinstance(part, (str, int, float, datetime)))


def _text(value: object) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else str(value)[: listings.VALUE]
