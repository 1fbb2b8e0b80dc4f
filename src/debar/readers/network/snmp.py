# SPDX-License-Identifier: Apache-2.0
"""Walks through a device's SNMP tables: what it is, what is in it, what is installed on it, and who is beside it.

Lines are those of net-snmp: "OID = TYPE: value", with numbers (-On) or names (SNMPv2-MIB::sysDescr.0).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

VALUES = 1 << 18
"""Values kept of one walk; a chassis with all its ports and programs has some 50,000."""
LINES = 32
"""Lines of one value that are kept; descriptions have up to five."""
_LINE = re.compile(
    r"(?:([A-Za-z][\w-]*)::)?([A-Za-z][\w-]*|\.?(?:iso|\d+))((?:\.[0-9A-Za-z'\"\[\]:-]+)*) = (.*)", re.DOTALL
)
_TYPED = re.compile(r"(?:Wrong Type \(should be [^)]*\): )?([A-Za-z][A-Za-z0-9-]*(?: ?Address)?): ?(.*)", re.DOTALL)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ \n]*)+")
_OCTETS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}\Z")

_SYSTEM = "1.3.6.1.2.1."
_LLDP = "1.0.8802.1.1.2.1."
_CDP = "1.3.6.1.4.1.9.9.23.1.2.1.1."
_COLUMNS = {
    f"{_SYSTEM}1.1": "sysDescr",
    f"{_SYSTEM}1.2": "sysObjectID",
    f"{_SYSTEM}1.5": "sysName",
    f"{_SYSTEM}2.2.1.6": "ifPhysAddress",
    f"{_SYSTEM}3.1.1.2": "atPhysAddress",
    f"{_SYSTEM}4.20.1.1": "ipAdEntAddr",
    f"{_SYSTEM}4.22.1.2": "ipNetToMediaPhysAddress",
    f"{_SYSTEM}4.35.1.4": "ipNetToPhysicalPhysAddress",
    f"{_SYSTEM}17.1.1": "dot1dBaseBridgeAddress",
    f"{_SYSTEM}25.3.2.1.3": "hrDeviceDescr",
    f"{_SYSTEM}25.4.2.1.2": "hrSWRunName",
    f"{_SYSTEM}25.4.2.1.4": "hrSWRunPath",
    f"{_SYSTEM}25.6.3.1.2": "hrSWInstalledName",
    f"{_SYSTEM}43.5.1.1.16": "prtGeneralPrinterName",
    f"{_SYSTEM}43.5.1.1.17": "prtGeneralSerialNumber",
    f"{_SYSTEM}47.1.1.1.1.2": "entPhysicalDescr",
    f"{_SYSTEM}47.1.1.1.1.5": "entPhysicalClass",
    f"{_SYSTEM}47.1.1.1.1.7": "entPhysicalName",
    f"{_SYSTEM}47.1.1.1.1.11": "entPhysicalSerialNum",
    f"{_SYSTEM}47.1.1.1.1.12": "entPhysicalMfgName",
    f"{_SYSTEM}47.1.1.1.1.13": "entPhysicalModelName",
    f"{_LLDP}3.2": "lldpLocChassisId",
    f"{_LLDP}3.3": "lldpLocSysName",
    f"{_LLDP}3.4": "lldpLocSysDesc",
    f"{_LLDP}4.1.1.5": "lldpRemChassisId",
    f"{_LLDP}4.1.1.9": "lldpRemSysName",
    f"{_LLDP}4.1.1.10": "lldpRemSysDesc",
    f"{_CDP}4": "cdpCacheAddress",
    f"{_CDP}5": "cdpCacheVersion",
    f"{_CDP}6": "cdpCacheDeviceId",
    f"{_CDP}8": "cdpCachePlatform",
}
"""Columns by number: SNMPv2, IF, IP, BRIDGE, HOST-RESOURCES, Printer, ENTITY, LLDP and CISCO-CDP MIB."""
_NAMES = frozenset(_COLUMNS.values())
_OWN = (
    ("sysDescr", Kind.BANNER),
    ("lldpLocSysDesc", Kind.BANNER),
    ("sysObjectID", Kind.OID),
    ("prtGeneralPrinterName", Kind.BANNER),
    ("prtGeneralSerialNumber", Kind.SERIAL),
)
_PARTS = (
    ("entPhysicalMfgName", Kind.PUBLISHER),
    ("entPhysicalModelName", Kind.MODEL),
    ("entPhysicalDescr", Kind.TEXT),
    ("entPhysicalName", Kind.TEXT),
)
_CHASSIS = frozenset({"3", "chassis(3)", "chassis"})
_NEIGHBOURS = ("ipNetToMediaPhysAddress", "ipNetToPhysicalPhysAddress", "atPhysAddress")

_Walk = dict[str, dict[str, tuple[str, int]]]
"""Column -> index -> (value, line)."""


def read(source: Input) -> Iterator[Observation]:
    """Yield the device itself, its parts, its programs and its neighbours."""
    walk: _Walk = {}
    count = 0
    for number, line in _joined(source):
        found = _LINE.fullmatch(line)
        if not found:
            continue
        source.tally["values"] += 1
        column, index = _place(found)
        if not column:
            continue
        value = _value(found[4], column)
        if not value:
            continue
        count += 1
        if count > VALUES:
            source.lose(f"line {number}", f"more than {VALUES} values of one device; the rest is not read")
            break
        walk.setdefault(column, {}).setdefault(index, (value, number))
    if not source.tally["values"]:
        raise SourceError("no line of a walk in it", locator="line 1")
    yield from _observations(source, walk)


def _joined(source: Input) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, text) for each value; a quoted text or a list of octets may go on."""
    first, text, lines = 0, "", 0
    for number, line in source.lines():
        line = line.rstrip("\r")  # noqa: PLW2901 - the same line, without what Windows adds
        if " = " in line and _LINE.match(line):
            if first:
                yield first, text
            first, text, lines = number, line, 1
        elif first and lines < LINES:
            text, lines = f"{text}\n{line}", lines + 1
    if first:
        yield first, text


def _place(found: re.Match[str]) -> tuple[str, str]:
    """Give column and index of a line, or nothing when it is none of those that tell something."""
    name, rest = found[2], found[3]
    if name in _NAMES:
        return name, rest.lstrip(".")
    path = (name + rest).lstrip(".")
    if path.startswith("iso."):
        path = f"1.{path[4:]}"
    if not path.startswith("1."):
        return "", ""
    # The longest column is 13 numbers deep; an index follows.
    at = len(path)
    while at > 0:
        if column := _COLUMNS.get(path[:at]):
            return column, path[at + 1 :]
        at = path.rfind(".", 0, at)
    return "", ""


def _value(text: str, column: str) -> str:
    """Give a value as text: without type and quotation marks, octets in hexadecimal as what they spell."""
    typed = _TYPED.fullmatch(text.strip())
    kind, value = (typed[1], typed[2].strip()) if typed else ("", text.strip())
    if kind in {"Hex-STRING", "OCTET"} and _HEX.fullmatch(value):
        octets = bytes.fromhex("".join(value.split()))
        if len(octets) == 6 and (column.endswith("Address") or "ChassisId" in column):
            return octets.hex(":")
        if column == "cdpCacheAddress" and len(octets) == 4:
            return ".".join(map(str, octets))
        value = octets.rstrip(b"\0").decode("utf-8", "replace")
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return "" if value.startswith("No Such ") else hosts.plain(" ".join(value.split()))


def _observations(source: Input, walk: _Walk) -> Iterator[Observation]:
    machine, name, asset = _machine(source, walk)
    if machine:
        line = min(number for rows in walk.values() for _, number in rows.values())
        yield hosts.sighting(source, f"line {line}", asset, machine, Meaning.HARDWARE, label=name or asset)
    for column, kind, meaning in (
        ("hrSWInstalledName", Kind.NAME, Meaning.INSTALLED),
        ("hrSWRunName", Kind.PROCESS, Meaning.RUNNING),
        ("hrDeviceDescr", Kind.TEXT, Meaning.HARDWARE),
    ):
        for index, (value, number) in walk.get(column, {}).items():
            path = walk.get("hrSWRunPath", {}).get(index, ("", 0))[0] if kind is Kind.PROCESS else ""
            found = [Observable(kind, value), *([Observable(Kind.PATH, path)] if path else [])]
            source.tally["devices" if meaning is Meaning.HARDWARE else "programs"] += 1
            yield _told(source, number, asset, found, meaning)
    yield from _parts(source, walk, asset)
    yield from _neighbours(source, walk)


def _machine(source: Input, walk: _Walk) -> tuple[list[Observable], str, str]:
    """Give what the device says of itself, its name, and what it is called in the report."""
    names = [value for column in ("sysName", "lldpLocSysName") for value, _ in walk.get(column, {}).values()]
    macs = [
        identifiers.mac(value)
        for column in ("ifPhysAddress", "dot1dBaseBridgeAddress", "lldpLocChassisId")
        for value, _ in walk.get(column, {}).values()
    ]
    addresses = [identifiers.address(value) for value, _ in walk.get("ipAdEntAddr", {}).values()]
    found = [o for name in names for o in hosts.identity(name=name)]
    for mac in filter(None, macs):
        found += hosts.identity(mac_address=mac)
    found += hosts.identity(addresses=tuple(addresses))
    for column, kind in _OWN:
        for value, _ in walk.get(column, {}).values():
            text = _oid(value) if kind is Kind.OID else identifiers.normal(kind, value)
            found += [Observable(kind, text)] if text else []
    name = next(iter(names), "")
    return found, name, name or next((a for a in addresses if a and not identifiers.is_loopback(a)), "") or source.asset


def _oid(value: str) -> str:
    """Give an object identifier in digits as far as it is known in digits."""
    value = value.lstrip(".")
    for begins, digits in (
        ("iso.", "1."),
        ("SNMPv2-SMI::enterprises.", "1.3.6.1.4.1."),
        ("enterprises.", "1.3.6.1.4.1."),
    ):
        if value.startswith(begins):
            return digits + value[len(begins) :]
    return value


def _parts(source: Input, walk: _Walk, asset: str) -> Iterator[Observation]:
    """Yield the parts of a device; only the serial number of its chassis is that of the device."""
    indexes = dict.fromkeys(index for column, _ in _PARTS[:2] for index in walk.get(column, {}))
    for index in indexes:
        found, line = [], 0
        for column, kind in _PARTS:
            value, number = walk.get(column, {}).get(index, ("", 0))
            if value:
                found.append(Observable(kind, value))
                line = line or number
        is_chassis = walk.get("entPhysicalClass", {}).get(index, ("", 0))[0] in _CHASSIS
        serial = identifiers.serial(walk.get("entPhysicalSerialNum", {}).get(index, ("", 0))[0])
        if serial and is_chassis:
            found.append(Observable(Kind.SERIAL, serial))
        source.tally["parts"] += 1
        yield _told(source, line, asset, found, Meaning.HARDWARE)


def _neighbours(source: Input, walk: _Walk) -> Iterator[Observation]:
    """Yield the devices beside this one, each an asset of its own."""
    for column in _NEIGHBOURS:
        for index, (value, number) in walk.get(column, {}).items():
            ending = _OCTETS.search(index.replace('"', "").rstrip("]"))
            address, mac = identifiers.address(ending[0]) if ending else "", identifiers.mac(value)
            if address and mac:
                source.tally["neighbours"] += 1
                yield _told(source, number, address, list(hosts.identity(mac_address=mac, addresses=(address,))))
    for prefix, name_of, text_of, model_of in (
        ("lldpRemChassisId", "lldpRemSysName", "lldpRemSysDesc", ""),
        ("cdpCacheAddress", "cdpCacheDeviceId", "cdpCacheVersion", "cdpCachePlatform"),
    ):
        for index in dict.fromkeys([*walk.get(name_of, {}), *walk.get(text_of, {}), *walk.get(prefix, {})]):
            rows = {column: walk.get(column, {}).get(index, ("", 0)) for column in (prefix, name_of, text_of, model_of)}
            name, place = rows[name_of][0], rows[prefix][0]
            mac, address = identifiers.mac(place), identifiers.address(place)
            found = list(hosts.identity(name=name, mac_address=mac, addresses=(address,)))
            found += [Observable(Kind.BANNER, rows[text_of][0])] if rows[text_of][0] else []
            found += [Observable(Kind.MODEL, rows[model_of][0])] if rows[model_of][0] else []
            line = next((number for _, number in rows.values() if number), 0)
            if found and (asset := name or address or mac):
                source.tally["neighbours"] += 1
                yield _told(source, line, asset, found)


def _told(source: Input, line: int, asset: str, found: list[Observable], meaning: Meaning | None = None) -> Observation:
    """Give one thing of the walk; without a meaning it is a device by itself."""
    if meaning is None:
        return hosts.sighting(source, f"line {line}", asset, found, Meaning.HARDWARE, label=asset)
    return hosts.sighting(source, f"line {line}", asset, found, meaning)
