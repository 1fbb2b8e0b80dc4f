# SPDX-License-Identifier: Apache-2.0
"""What CycloneDX says of machines: devices of a hardware BOM (HBOM), and rows of osquery in an operations BOM (OBOM).

The names of properties are those of the CycloneDX taxonomy `cdx:device`, and of cdxgen and its collector cdx-hbom.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.readers.boms.cyclonedx_components import Fields

OPERATIONS = "cdx:osquery:category"
"""The property that tells a row of osquery."""
_DEVICE = ("cdx:device:", "cdx:hbom:")
_FOUR_DIGITS = r"(?:0x)?([0-9a-f]{4})"
_OWN_ADDRESS = frozenset({"", "network-interface", "wireless-adapter"})
"""Classes of cdx-hbom whose hardware address is the machine's own: a paired headset has one of its own."""
_SERIALS = ("serialNumber", "platformUuid")
_MODELS = ("modelNumber", "partNumber", "modelName")
_BUSES = (("usb", ("usbBus", "usbDevice", "usbVersion")), ("pci", ("pciSlot", "pciAddress", "pciClassCode")))
_COLUMNS = {
    "install_location": Kind.PATH,
    "identifying_number": Kind.PRODUCT_CODE,
    "bundle_identifier": Kind.BUNDLE,
}
"""Columns of osquery beside name, version, publisher and paths, which become fields of the component."""
_ROWS = (
    ("service", Kind.SERVICE, Meaning.INSTALLED),
    ("systemd", Kind.SERVICE, Meaning.INSTALLED),
    ("process", Kind.PROCESS, Meaning.RUNNING),
    ("driver", Kind.DRIVER, Meaning.INSTALLED),
    ("kernel_module", Kind.DRIVER, Meaning.RUNNING),
    ("certificate", Kind.NAME, Meaning.RESIDUE),
    ("history", Kind.NAME, Meaning.RESIDUE),
    ("keys", Kind.NAME, Meaning.RESIDUE),
    ("", Kind.NAME, Meaning.INSTALLED),
)
"""Part of a category's name, what the name of its rows is, and what a row means; the first that fits."""
_STATES = ("status", "sub_state")
"""Columns of services that say whether they run."""


class Row(NamedTuple):
    """What a row of osquery is, and its values that are no fields of a component."""

    meaning: Meaning
    observables: list[Observable]


def device(properties: Iterable[tuple[str, str]], *, is_subject: bool) -> list[Observable]:
    """Give what the properties of a device tell; serial numbers of parts are not the machine's and are left out."""
    named: dict[str, str] = {}
    for name, value in properties:
        for space in _DEVICE:
            if name.startswith(space):
                named.setdefault(name[len(space) :], value.strip())
    return list(dict.fromkeys(_of_device(named, is_subject=is_subject)))


def is_collected(properties: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a collector looked at the very machine, other than a maker who lists the parts of a product."""
    return any(name.startswith(_DEVICE[1]) for name, _ in properties)


def _of_device(named: dict[str, str], *, is_subject: bool) -> Iterator[Observable]:
    if is_subject:
        for name in _SERIALS:
            # cdx-hbom writes "redacted:..." unless it is told otherwise.
            if (serial := identifiers.serial(named.get(name, ""))) and ":" not in serial:
                yield Observable(Kind.SERIAL, serial)
    address = identifiers.mac(named.get("macAddress", ""))
    if address and (is_subject or named.get("hardwareClass", "") in _OWN_ADDRESS):
        yield Observable(Kind.MAC, address)
    for name in _MODELS:
        if not identifiers.is_filler(named.get(name, "")):
            yield Observable(Kind.MODEL, named[name])
    if named.get("driver"):
        yield Observable(Kind.DRIVER, named["driver"])
    vendor, product = (re.fullmatch(_FOUR_DIGITS, named.get(name, "").lower()) for name in ("vendorId", "productId"))
    if vendor and product and (bus := _bus(named)):
        yield Observable(Kind.HARDWARE_ID, f"{bus}:{vendor[1]}:{product[1]}")


def _bus(named: dict[str, str]) -> str:
    """Give the bus that a device is on, as its class or other properties tell."""
    for bus, names in _BUSES:
        if named.get("hardwareClass", "").startswith(bus) or any(name in named for name in names):
            return bus
    return ""


def row(component: Fields) -> Row | None:
    """Give what a component is as a row of osquery; nothing for one that is none."""
    cells = {entry.name: entry.value for entry in component.properties or ()}
    category = cells.get(OPERATIONS)
    if category is None:
        return None
    _, kind, meaning = next(entry for entry in _ROWS if entry[0] in category)
    found = [Observable(kind, component.name)] if component.name and kind is not Kind.NAME else []
    found += [Observable(kind, cells[column]) for column, kind in _COLUMNS.items() if cells.get(column)]
    if kind is Kind.SERVICE and any((cells.get(column) or "").lower() == "running" for column in _STATES):
        meaning = Meaning.RUNNING
    if re.fullmatch("[a-p]{32}", cells.get("identifier", "")):
        found.append(Observable(Kind.EXTENSION, cells["identifier"]))
    return Row(meaning, found)


def contacts(component: Fields) -> list[Observable]:
    """Give the address that a program talks to, which says whose service it uses and not whose program it is."""
    properties = component.properties or ()
    return [Observable(Kind.IP, e.value) for e in properties if e.name == "remote_address" and e.value]
