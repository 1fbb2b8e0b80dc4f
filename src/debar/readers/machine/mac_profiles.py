# SPDX-License-Identifier: Apache-2.0
"""What system_profiler reports of a Mac, in whichever form it was written: applications, extensions, devices, the Mac.

Its text form names fields in English ("Signed by"), the others by keys ("signed_by"); folded, most are alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.machine import listings, machines
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

Texts = tuple[str, ...]


class Item(NamedTuple):
    """One thing of a report."""

    section: str
    """Data type, such as SPApplicationsDataType."""
    locator: str
    name: str
    cells: dict[str, Texts]
    """By name without case, spaces and punctuation."""


SECTIONS = {
    "Applications": "SPApplicationsDataType",
    "Disabled Software": "SPDisabledSoftwareDataType",
    "Ethernet": "SPEthernetDataType",
    "Ethernet Cards": "SPEthernetDataType",
    "Extensions": "SPExtensionsDataType",
    "Fibre Channel": "SPFibreChannelDataType",
    "Frameworks": "SPFrameworksDataType",
    "Graphics/Displays": "SPDisplaysDataType",
    "Hardware": "SPHardwareDataType",
    "Installations": "SPInstallHistoryDataType",
    "Network": "SPNetworkDataType",
    "NVMExpress": "SPNVMeDataType",
    "PCI": "SPPCIDataType",
    "PCI Cards": "SPPCIDataType",
    "Preference Panes": "SPPrefPaneDataType",
    "Printers": "SPPrintersDataType",
    "SATA/SATA Express": "SPSerialATADataType",
    "Serial-ATA": "SPSerialATADataType",
    "Software": "SPSoftwareDataType",
    "Startup Items": "SPStartupItemDataType",
    "Thunderbolt": "SPThunderboltDataType",
    "USB": "SPUSBDataType",
}
"""Headings of the text form; those of sections that are not read are left out."""
_SOFTWARE = {
    "path": Kind.PATH,
    "location": Kind.PATH,
    "kextlocation": Kind.PATH,
    "spextpath": Kind.PATH,
    "spprefpanebundlepath": Kind.PATH,
    "signedby": Kind.SIGNER,
    "spextsignedby": Kind.SIGNER,
    "bundleid": Kind.BUNDLE,
    "identifier": Kind.BUNDLE,
    "spextbundleid": Kind.BUNDLE,
    "spprefpaneidentifier": Kind.BUNDLE,
    "teamid": Kind.TEAM_ID,
    "info": Kind.TEXT,
    "getinfostring": Kind.TEXT,
    "spextinfo": Kind.TEXT,
}
_DEVICE = {
    "manufacturer": Kind.PUBLISHER,
    "vendor": Kind.PUBLISHER,
    "vendorname": Kind.PUBLISHER,
    "vendornamekey": Kind.PUBLISHER,
    "sppcivendor": Kind.PUBLISHER,
    "spdisplaysvendor": Kind.PUBLISHER,
    "product": Kind.MODEL,
    "model": Kind.MODEL,
    "devicemodel": Kind.MODEL,
    "sppcimodel": Kind.MODEL,
    "chipsetmodel": Kind.MODEL,
}
_MACHINE = {
    "serialnumber": Kind.SERIAL,
    "serialnumbersystem": Kind.SERIAL,
    "platformuuid": Kind.SERIAL,
    "hardwareuuid": Kind.SERIAL,
    "machinemodel": Kind.MODEL,
    "modelidentifier": Kind.MODEL,
    "machinename": Kind.MODEL,
    "modelname": Kind.MODEL,
    "computername": Kind.HOSTNAME,
    "localhostname": Kind.HOSTNAME,
    "macaddress": Kind.MAC,
    "spethernetmacaddress": Kind.MAC,
    "ipv4addresses": Kind.ADDRESS,
    "ipaddress": Kind.ADDRESS,
    "addresses": Kind.ADDRESS,
}
_VERSIONS = ("version", "spextversion", "spprefpaneversion", "installversion", "systemversion", "osversion")
_USB_PRODUCT, _PCI_PRODUCT = ("productid",), ("deviceid", "sppcideviceid", "spdisplaysdeviceid")
_VENDOR_IDS = ("vendorid", "sppcivendorid", "spdisplaysvendorid", "vendor", "spdisplaysvendor")
_HEXADECIMAL = re.compile(r"0x([0-9a-fA-F]{4})\b")
_NAMED_IN_BRACKETS = re.compile(r"0x[0-9a-fA-F]{4}\s+\((.+)\)|(.+?)\s+\(0x[0-9a-fA-F]{4}\)")
_OF_DEVICES = frozenset(
    f"SP{name}DataType"
    for name in ("USB", "PCI", "Displays", "NVMe", "SerialATA", "FibreChannel", "Thunderbolt", "Ethernet", "Printers")
)
_OF_THE_MACHINE = frozenset(f"SP{name}DataType" for name in ("Hardware", "Software", "Network", "Ethernet"))
_HISTORY = "SPInstallHistoryDataType"
_LOADED = frozenset({"yes", "spext_yes"})
"""What stands under "loaded" of an extension that the kernel has loaded, in the text form and in the others."""


def observations(source: Input, items: Iterable[Item], host: str = "") -> Iterator[Observation]:
    """Yield one observation for each thing of a report, then one of the Mac itself."""
    known: dict[Observable, str] = {}
    for item in items:
        source.tally["items"] += 1
        if item.section in _OF_THE_MACHINE:
            for observable in _carried(_MACHINE, item):
                known.setdefault(observable, item.locator)
        is_device = item.section in _OF_DEVICES
        found = [*_devices(item)] if is_device else [*_carried(_SOFTWARE, item)]
        if item.name and (found or item.section == _HISTORY):
            yield from listings.observation(source, host, _thing(item, found, is_device=is_device))
    if known:
        yield from listings.machine(source, next(iter(known.values())), host, known)


def _thing(item: Item, found: list[Observable], *, is_device: bool) -> Thing:
    return Thing(
        item.locator,
        item.name,
        [*listings.told(Kind.NAME, item.name), *found],
        next((text for name in _VERSIONS for text in item.cells.get(name, ())), ""),
        Meaning.HARDWARE if is_device else _meaning(item),
        _instant(item) if item.section == _HISTORY else "",
    )


def _meaning(item: Item) -> Meaning:
    """Give what a program is: an installation that once took place is no proof that the thing is still there."""
    if item.section == _HISTORY:
        return Meaning.RESIDUE
    loaded = (*item.cells.get("spextloaded", ()), *item.cells.get("loaded", ()))
    return Meaning.INSTALLED if _LOADED.isdisjoint(text.lower() for text in loaded) else Meaning.RUNNING


def _carried(kinds: dict[str, Kind], item: Item) -> Iterator[Observable]:
    for name, kind in kinds.items():
        texts = item.cells.get(name, ())
        if kind is Kind.PATH:  # never a command line: blanks and brackets are part of names on a Mac
            yield from (Observable(kind, text) for text in texts if text)
        elif kind is Kind.SIGNER:
            # The chain of certificates begins with the signer's own; the rest are authorities.
            yield from (o for text in texts[:1] for o in listings.told(kind, text.partition(", ")[0]))
        elif kind is Kind.ADDRESS:
            yield from (o for text in texts for part in text.split(",") for o in listings.told(kind, part))
        else:
            yield from (o for text in texts for o in listings.told(kind, text))


def _devices(item: Item) -> Iterator[Observable]:
    """Yield a device's makers, and its identifier on its bus: "0x05ac  (Apple Inc.)" has the maker's name in it."""
    for name, kind in _DEVICE.items():
        for text in item.cells.get(name, ()):
            named = _NAMED_IN_BRACKETS.fullmatch(text)
            yield from listings.told(kind, (named[1] or named[2]) if named else text)
    vendor = _number(item, _VENDOR_IDS)
    for text in item.cells.get("vendorid", ()):
        if named := _NAMED_IN_BRACKETS.fullmatch(text):
            yield from components.maker(named[1] or named[2])
    for bus, names in (("usb", _USB_PRODUCT), ("pci", _PCI_PRODUCT)):
        if identifier := machines.on_bus(bus, vendor, _number(item, names)):
            yield Observable(Kind.HARDWARE_ID, identifier)


def _number(item: Item, names: Texts) -> str:
    for name in names:
        for text in item.cells.get(name, ()):
            if found := _HEXADECIMAL.search(text):
                return found[1]
    return ""


def _instant(item: Item) -> str:
    """Give when an installation took place, where the report gives it as ISO."""
    texts = item.cells.get("installdate", ())
    return texts[0] if texts and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", texts[0]) else ""


def host_of(items: Iterable[Item]) -> str:
    """Give the name that a report gives its Mac."""
    return next(
        (
            o.value
            for item in items
            if item.section == "SPSoftwareDataType"
            for o in _carried(_MACHINE, item)
            if o.kind is Kind.HOSTNAME
        ),
        "",
    )
