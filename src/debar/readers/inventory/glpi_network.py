# SPDX-License-Identifier: Apache-2.0
"""Network discovery and SNMP inventory by GLPI Agent and FusionInventory, XML and JSON.

A switch names its neighbours (LLDP, CDP) and the hardware addresses behind its ports: each is an asset
of its own, never this device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import encodings, markup, records
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Cells: TypeAlias = dict[str, str]
    Entry: TypeAlias = tuple[str, Cells]

NEIGHBOURS = 1 << 17
"""Neighbours of one document that are told; a core switch knows some 30 000 hardware addresses."""
_NAMES = ("name", "snmphostname", "dnshostname", "netbiosname", "sysname")
_IDENTITY = {
    "name": Kind.HOSTNAME,
    "snmphostname": Kind.HOSTNAME,
    "dnshostname": Kind.HOSTNAME,
    "netbiosname": Kind.HOSTNAME,
    "sysname": Kind.HOSTNAME,
    "serial": Kind.SERIAL,
    "mac": Kind.MAC,
    "sysmac": Kind.MAC,
    "ip": Kind.ADDRESS,
    "manufacturer": Kind.PUBLISHER,
    "netportvendor": Kind.PUBLISHER,
    "model": Kind.MODEL,
    "sysobjectid": Kind.OID,
    "comments": Kind.BANNER,
    "description": Kind.BANNER,
    "sysdescr": Kind.BANNER,
    "modeldescription": Kind.BANNER,
}
"""Fields of a device, whether it was asked itself or is a neighbour."""
_UNNAMED = {name: Kind.TEXT if kind is Kind.HOSTNAME else kind for name, kind in _IDENTITY.items()}
_FIRMWARE = {"name": Kind.MODEL, "manufacturer": Kind.PUBLISHER, "description": Kind.TEXT}
_COMPONENT = {"model": Kind.MODEL, "manufacturer": Kind.PUBLISHER, "name": Kind.TEXT, "description": Kind.TEXT}
_POINTING = frozenset({Kind.PUBLISHER, Kind.MODEL, Kind.BANNER, Kind.MAC, Kind.OID})
_XML_LISTS = {
    "firmwares": "{*}FIRMWARES",
    "components": "{*}COMPONENTS/{*}COMPONENT",
    "ports": "{*}PORTS/{*}PORT",
    "neighbours": "{*}PORTS/{*}PORT/{*}CONNECTIONS/{*}CONNECTION",
}


class _Device(msgspec.Struct):
    """One device as either form tells it."""

    locator: str
    cells: Cells
    addresses: list[str] = msgspec.field(default_factory=list)
    """Addresses of the device itself."""
    cards: list[str] = msgspec.field(default_factory=list)
    """Hardware addresses of its own ports."""
    firmwares: list[Entry] = msgspec.field(default_factory=list)
    components: list[Entry] = msgspec.field(default_factory=list)
    neighbours: list[Entry] = msgspec.field(default_factory=list)


def read(source: Input) -> Iterator[Observation]:
    """Yield for each device one observation of itself, then of its firmware, its parts and its neighbours."""
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    for device in _from_xml(source) if head.startswith("<") else _from_json(source):
        source.tally["devices"] += 1
        found = _own(device)
        if not found:
            source.tally["devices that tell nothing"] += 1  # most often they did not answer in time
            continue
        asset = _called(device.cells, found) or source.asset
        version = device.cells.get("firmware", "")
        yield _observation(source, device.locator, asset, found, version)
        for locator, cells in device.firmwares:
            if parts := machines.observables(_FIRMWARE, cells):
                yield _observation(source, locator, asset, parts, cells.get("version", ""))
        for locator, cells in device.components:
            yield from _component(source, locator, asset, cells)
        yield from _neighbours(source, device)


def _own(device: _Device) -> list[Observable]:
    """Give what identifies a device, and its makers."""
    cells = {**device.cells, **{f"ip {at}": value for at, value in enumerate(device.addresses)}}
    cells |= {f"mac {at}": value for at, value in enumerate(device.cards)}
    kinds = {**_IDENTITY, **{name: Kind.ADDRESS for name in cells if name.startswith("ip ")}}
    kinds |= {name: Kind.MAC for name in cells if name.startswith("mac ")}
    return machines.observables(kinds, cells)[: machines.IDENTIFIERS]


def _called(cells: Mapping[str, str], found: list[Observable]) -> str:
    """Give what a device is called: its host name, else its address, else its hardware address."""
    by_kind = {o.kind: o.value for o in reversed(found)}
    return machines.first(cells, _NAMES) or by_kind.get(Kind.ADDRESS, "") or by_kind.get(Kind.MAC, "")


def _component(source: Input, locator: str, asset: str, cells: Cells) -> Iterator[Observation]:
    """Yield a part; one with an address of its own, such as an access point of its controller, is its own asset."""
    identity = {name: cells[name] for name in ("ip", "mac", "serial") if name in cells}
    if "ip" in identity or "mac" in identity:
        own = machines.observables({**_COMPONENT, **_IDENTITY, "name": Kind.TEXT, "description": Kind.TEXT}, cells)
        asset = _called({}, own) or asset
    else:
        own = machines.observables(_COMPONENT, cells)
    if not _POINTING.isdisjoint(o.kind for o in own):
        source.tally["parts"] += 1
        yield _observation(source, locator, asset, own, cells.get("firmware") or cells.get("version", ""))


def _neighbours(source: Input, device: _Device) -> Iterator[Observation]:
    """Yield each neighbour once, however many ports it is seen on."""
    seen: set[tuple[Observable, ...]] = set()
    shared = _shared_names(device.neighbours)
    for locator, cells in device.neighbours:
        is_shared = machines.first(cells, _NAMES) in shared
        found = machines.observables(_UNNAMED if is_shared else _IDENTITY, cells)
        asset = _called({} if is_shared else cells, found)
        if asset and not _POINTING.isdisjoint(o.kind for o in found) and (key := tuple(found)) not in seen:
            if len(seen) >= NEIGHBOURS:
                source.lose(locator, f"more than {NEIGHBOURS} neighbours")
                return
            seen.add(key)
            source.tally["neighbours"] += 1
            yield _observation(source, locator, asset, found, "")


def _shared_names(neighbours: list[Entry]) -> set[str]:
    """Give the names of several neighbours: phones and access points leave the factory with one."""
    bearers: dict[str, set[str]] = {}
    for _, cells in neighbours:
        if name := machines.first(cells, _NAMES):
            bearers.setdefault(name, set()).add(machines.first(cells, ("sysmac", "mac", "ip")))
    return {name for name, found in bearers.items() if len(found) > 1}


def _observation(source: Input, locator: str, asset: str, found: list[Observable], version: str) -> Observation:
    by_kind = {o.kind: o.value for o in reversed(found)}
    return Observation(
        source=source.id,
        locator=locator,
        asset=asset,
        label=by_kind.get(Kind.HOSTNAME) or by_kind.get(Kind.MODEL) or found[0].value,
        version=version,
        medium=Medium.INVENTORY,
        meaning=Meaning.HARDWARE,
        observables=tuple(found),
    )


def _from_xml(source: Input) -> Iterator[_Device]:
    """Yield the devices of a REQUEST."""
    for locator, element in markup.elements(source, "DEVICE"):
        cells = _cells(element)
        for within in element.iterfind("{*}INFO"):
            cells |= _cells(within)
        lists = {
            name: [(f"line {found.sourceline}", _cells(found)) for found in element.iterfind(path)]
            for name, path in _XML_LISTS.items()
        }
        for found in element.iterfind("{*}PORTS/{*}PORT/{*}CONNECTIONS/{*}CONNECTION/{*}MAC"):
            lists["neighbours"].append((f"line {found.sourceline}", {"mac": found.text or ""}))
        yield _Device(
            locator,
            cells,
            # Whoever wrote this format put a device's addresses into itself, its INFO and its PORTs.
            [
                found.text or ""
                for path in ("", "{*}INFO/", "{*}PORTS/{*}PORT/")
                for found in element.iterfind(path + "{*}IPS/{*}IP")
            ],
            [cells["mac"] for _, cells in lists["ports"] if "mac" in cells],
            lists["firmwares"],
            lists["components"],
            lists["neighbours"],
        )


def _cells(element: markup.Element) -> Cells:
    return {name.lower(): value for name, value in markup.fields(element).items()}


def _from_json(source: Input) -> Iterator[_Device]:
    """Yield the device of a document in GLPI's inventory format."""
    try:
        document = msgspec.json.decode(source.document())
    except records.UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    content: Any = document.get("content") if isinstance(document, dict) else None
    if not isinstance(content, dict):
        raise SourceError("no object called content in it", locator="/content")
    devices = records.listed(content.get("network_device"))
    for device in devices or [{}]:
        cells = records.texts(device)
        ports = [
            (f"/content/network_ports/{at}", port)
            for at, port in enumerate(records.listed(content.get("network_ports")))
            if isinstance(port, dict)
        ]
        yield _Device(
            "/content/network_device",
            cells,
            [*_texts(device, "ips"), *(ip for _, port in ports for ip in _texts(port, "ips"))],
            [mac for _, port in ports if (mac := records.texts(port).get("mac"))],
            _entries(content, "firmwares"),
            _entries(content, "network_components"),
            [neighbour for place, port in ports for neighbour in _connected(place, port)],
        )
        return  # the ports and parts of a document are those of its one device


def _entries(content: dict[str, Any], name: str) -> list[Entry]:
    return [
        (f"/content/{name}/{at}", records.texts(entry)) for at, entry in enumerate(records.listed(content.get(name)))
    ]


def _texts(owner: object, name: str) -> list[str]:
    values = owner.get(name) if isinstance(owner, dict) else None
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _connected(place: str, port: dict[str, Any]) -> Iterator[Entry]:
    """Yield what stands behind a port: a neighbour that names itself, or each hardware address."""
    for at, entry in enumerate(records.listed(port.get("connections"))):
        locator = f"{place}/connections/{at}"
        if cells := records.texts(entry):
            yield locator, cells
        for number, mac in enumerate(_texts(entry, "mac")):
            yield f"{locator}/mac/{number}", {"mac": mac}
