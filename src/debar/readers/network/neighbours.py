# SPDX-License-Identifier: Apache-2.0
"""Devices beside a switch or host, as CDP and LLDP tell of them: "show cdp|lldp neighbors detail", lldpctl.

Each neighbour is a block of lines "name: value"; a description goes on over the lines that follow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

LINES = 16
"""Lines of a description that are kept; the longest of Cisco has five."""
VALUES = 32
"""Values of one kind that are kept of a neighbour."""
_FIELD = re.compile(r"\s*([A-Za-z][A-Za-z0-9 /()_-]{0,40}?)\s*:\s*(.*)")
_SERIAL = re.compile(r"\(([A-Z0-9]{8,15})\)\Z")
_FIELDS = {
    "device id": "name",
    "system name": "name",
    "sysname": "name",
    "ip address": "address",
    "ipv4 address": "address",
    "ipv6 address": "address",
    "ip": "address",
    "mgmtip": "address",
    "management address": "address",
    "management address (ipv4)": "address",
    "chassis id": "chassis",
    "chassisid": "chassis",
    "platform": "model",
    "model": "model",
    "model name": "model",
    "version": "banner",
    "system description": "banner",
    "sysdescr": "banner",
    "manufacturer": "maker",
    "manufacturer name": "maker",
    "serial number": "serial",
    "serial num": "serial",
}
"""Fields of Cisco IOS and NX-OS, Junos, Aruba and lldpd, in small letters."""
_BEGINS = frozenset({"device id", "local intf", "chassis id", "chassisid", "local port id"})
"""Fields that a new neighbour begins with, unless its block has them only later."""
_GOES_ON = frozenset({"banner"})
_NOTHING = frozenset({"", "- not advertised", "not advertised", "n/a"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each neighbour, in file order."""
    block: dict[str, list[str]] = {}
    seen: set[str] = set()
    first, going_on, lines = 0, "", 0
    for number, line in source.lines():
        if set(line.strip()) == {"-"} and len(line.strip()) > 3:
            yield from _observation(source, block, first)
            block, seen, first, going_on = {}, set(), 0, ""
            continue
        field = _FIELD.match(line[: hosts.LONGEST])
        name = field[1].lower() if field else ""
        kind = _FIELDS.get(name, "")
        if name in _BEGINS and name in seen:
            yield from _observation(source, block, first)
            block, seen, first = {}, set(), 0
        if field and (kind or name in _BEGINS or not going_on or not line.strip()):
            seen.add(name)
            first = first or number
            going_on, lines = kind if kind in _GOES_ON else "", 0
            if kind and len(values := block.setdefault(kind, [])) < VALUES:
                values.append(_value(name, field[2]))
        elif going_on and line.strip() and lines < LINES:
            lines += 1
            block[going_on][-1] = f"{block[going_on][-1]} {line.strip()}".strip()
        elif going_on and lines:
            going_on = ""
    yield from _observation(source, block, first)


def _value(name: str, text: str) -> str:
    """Give a value by itself: Cisco puts another field on the line of the platform."""
    value = text.partition(",  ")[0] if name == "platform" else text
    return "" if value.strip().lower() in _NOTHING else value.strip()


def _observation(source: Input, block: dict[str, list[str]], line: int) -> Iterator[Observation]:
    """Yield what a block says of a neighbour, if it says anything."""
    values = {kind: list(filter(None, map(hosts.plain, texts))) for kind, texts in block.items()}
    names, addresses, chassis = (values.get(kind, []) for kind in ("name", "address", "chassis"))
    serials = values.get("serial", [])
    # NX-OS puts the serial number behind the name: SW2(FOC1234ABCD).
    serials += [found[1] for found in map(_SERIAL.search, names) if found]
    names = list(dict.fromkeys(_SERIAL.sub("", name) for name in names))
    mac = next(filter(None, (identifiers.mac(text.removeprefix("mac ")) for text in chassis)), "")
    found = [o for name in names for o in hosts.identity(name=name)]
    found += hosts.identity(mac_address=mac, addresses=tuple(addresses))
    kinds = (("model", Kind.MODEL), ("banner", Kind.BANNER), ("maker", Kind.PUBLISHER))
    found += [Observable(kind, value) for name, kind in kinds for value in values.get(name, [])]
    found += [Observable(Kind.SERIAL, serial) for serial in filter(None, map(identifiers.serial, serials))]
    asset = next(iter(names), "") or next(filter(None, map(identifiers.address, addresses)), "") or mac
    if not found or not asset:
        return
    source.tally["neighbours"] += 1
    yield hosts.sighting(source, f"line {line}", asset, found, Meaning.HARDWARE, label=asset)
