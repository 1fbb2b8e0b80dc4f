# SPDX-License-Identifier: Apache-2.0
"""Which keys of a Windows registry say something of software and devices, and what their values mean.

The same for text exports and for hives. A key is known by its own name or its parent's; the whole path
then decides, so that a key which means nothing costs two look-ups.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.model.vocab import Kind, Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator


class Key(NamedTuple):
    """One key as it was read."""

    locator: str
    path: str
    """With the long name of its root and backslashes."""
    values: dict[str, tuple[str, ...]]
    """By name, "" for the default; a list has several texts, a number is written in digits."""


class Rule(NamedTuple):
    """What keys at one place of the registry are about."""

    thing: str
    """What is counted."""
    where: re.Pattern[str]
    """Fits the path in small letters."""
    kinds: dict[str, Kind]
    """Value -> what it carries."""
    own: Kind | None = None
    """What the key's own name is."""
    version: tuple[str, ...] = ()
    meaning: Meaning = Meaning.INSTALLED
    each: bool = False
    """Each value is a thing of its own: its name and what it starts."""


_PROGRAM = {
    "displayname": Kind.NAME,
    "quietdisplayname": Kind.NAME,
    "productname": Kind.NAME,
    "publisher": Kind.PUBLISHER,
    "contact": Kind.TEXT,
    "comments": Kind.TEXT,
    "installlocation": Kind.PATH,
    "installsource": Kind.PATH,
    "localpackage": Kind.PATH,
    "displayicon": Kind.PATH,
    "uninstallstring": Kind.PATH,
    "quietuninstallstring": Kind.PATH,
    "modifypath": Kind.PATH,
    "bundlecachepath": Kind.PATH,
    "urlinfoabout": Kind.REFERENCE_DOMAIN,
    "urlupdateinfo": Kind.REFERENCE_DOMAIN,
    "helplink": Kind.REFERENCE_DOMAIN,
}
_SERVICE = {
    "displayname": Kind.NAME,
    "imagepath": Kind.PATH,
    "servicedll": Kind.PATH,
    "group": Kind.CONFIG,
    "description": Kind.TEXT,
}
_PROTECTION = {
    "displayname": Kind.NAME,
    "productname": Kind.NAME,
    "companyname": Kind.PUBLISHER,
    "productexe": Kind.PATH,
    "reportingexe": Kind.PATH,
}
_OF_A_VENDOR = {
    "displayname": Kind.NAME,
    "productname": Kind.NAME,
    "name": Kind.NAME,
    "publisher": Kind.PUBLISHER,
    "vendor": Kind.PUBLISHER,
    "company": Kind.PUBLISHER,
    "productcode": Kind.PRODUCT_CODE,
    "installdir": Kind.PATH,
    "installpath": Kind.PATH,
    "installlocation": Kind.PATH,
    "installdirectory": Kind.PATH,
    "path": Kind.PATH,
    "folder": Kind.PATH,
}
_APPLICATION = {
    "name": Kind.NAME,
    "productname": Kind.NAME,
    "publisher": Kind.PUBLISHER,
    "rootdirpath": Kind.PATH,
    "uninstallstring": Kind.PATH,
    "msiproductcode": Kind.PRODUCT_CODE,
    "registrykeypath": Kind.REGISTRY,
    "lowercaselongpath": Kind.PATH,
    "fileid": Kind.HASH,
}
_BINARY = {
    "drivername": Kind.DRIVER,
    "product": Kind.NAME,
    "drivercompany": Kind.PUBLISHER,
    "service": Kind.SERVICE,
    "inf": Kind.FILE,
    "driverid": Kind.HASH,
}
_DEVICE = {
    "devicedesc": Kind.NAME,
    "friendlyname": Kind.NAME,
    "model": Kind.NAME,
    "description": Kind.NAME,
    "mfg": Kind.PUBLISHER,
    "manufacturer": Kind.PUBLISHER,
    "provider": Kind.PUBLISHER,
    "service": Kind.SERVICE,
    "hardwareid": Kind.HARDWARE_ID,
}
_DEVICE_DRIVER = {
    "driverdesc": Kind.NAME,
    "providername": Kind.PUBLISHER,
    "matchingdeviceid": Kind.HARDWARE_ID,
    "infpath": Kind.FILE,
}
_MACHINE = {
    "computername": Kind.HOSTNAME,
    "nv hostname": Kind.HOSTNAME,
    "hostname": Kind.HOSTNAME,
    "systemmanufacturer": Kind.PUBLISHER,
    "systemproductname": Kind.MODEL,
    "ipaddress": Kind.ADDRESS,
    "dhcpipaddress": Kind.ADDRESS,
}
_NAMING = ("\\computername", "\\activecomputername", "\\tcpip\\parameters")
"""Keys that hold the machine's name."""
_OF_NAMES = frozenset(name for name, kind in _MACHINE.items() if kind is Kind.HOSTNAME)
MACHINE, OF_VENDORS, FILTERS = "machine", "keys of vendors", "filters"
_SET = r"\\(?:currentcontrolset|controlset\d+)\\"
_UNDER_SOFTWARE = r"(?:^|\\)software(?:\\wow6432node)?"


def _rule(thing: str, where: str, kinds: dict[str, Kind], **more: Any) -> Rule:  # noqa: ANN401 - fields of a rule
    return Rule(thing, re.compile(where), kinds, **more)


_SERVICES = _rule("services", _SET + r"services\\[^\\]+$", _SERVICE, own=Kind.SERVICE)
_AT_START = _rule("programs at start", r"\\currentversion\\(?:policies\\explorer\\)?[^\\]+$", {}, each=True)
_OF_BROWSER = {"": Kind.PATH, "path": Kind.PATH, "update_url": Kind.REFERENCE_DOMAIN}
_BY_PARENT: dict[str, tuple[Rule, ...]] = {
    "uninstall": (
        _rule(
            "programs",
            r"\\currentversion\\uninstall\\[^\\]+$",
            _PROGRAM,
            own=Kind.PRODUCT_CODE,
            version=("displayversion",),
        ),
    ),
    "services": (_SERVICES,),
    "instances": (
        _rule(FILTERS, _SET + r"services\\[^\\]+\\(?:parameters\\)?instances\\[^\\]+$", {"altitude": Kind.ALTITUDE}),
    ),
    "products": (_rule("installer products", r"\\installer\\products\\[^\\]+$", _PROGRAM, own=Kind.PRODUCT_CODE),),
    "nativemessaginghosts": (
        _rule("browser extensions", r"\\nativemessaginghosts\\[^\\]+$", _OF_BROWSER, own=Kind.EXTENSION),
    ),
    "extensions": (_rule("browser extensions", r"\\extensions\\[a-p]{32}$", _OF_BROWSER, own=Kind.EXTENSION),),
    "app paths": (
        _rule(
            "program paths",
            r"\\currentversion\\app paths\\[^\\]+$",
            {"": Kind.PATH},
            own=Kind.PROCESS,
            meaning=Meaning.RESIDUE,
        ),
    ),
    "interfaces": (_rule(MACHINE, r"\\tcpip\\parameters\\interfaces\\[^\\]+$", _MACHINE),),
    "inventoryapplication": (
        _rule("programs", r"\\inventoryapplication\\[^\\]+$", _APPLICATION, version=("version",)),
    ),
    "inventoryapplicationfile": (
        _rule(
            "files seen",
            r"\\inventoryapplicationfile\\[^\\]+$",
            {**_APPLICATION, "name": Kind.FILE},
            version=("version",),
            meaning=Meaning.RESIDUE,
        ),
    ),
    "inventorydriverbinary": (
        _rule("drivers", r"\\inventorydriverbinary\\[^\\]+$", _BINARY, version=("driverversion",)),
    ),
    "inventorydevicepnp": (_rule("devices", r"\\inventorydevicepnp\\[^\\]+$", _DEVICE, meaning=Meaning.HARDWARE),),
    **dict.fromkeys(
        ("av", "as", "fw", "monitoring", "antivirus", "firewall"),
        (_rule("protection", r"\\security center\\(?:provider\\|monitoring\\)[^\\]+(?:\\[^\\]+)?$", _PROTECTION),),
    ),
}
_BY_NAME: dict[str, tuple[Rule, ...]] = {
    "installproperties": (
        _rule(
            "programs",
            r"\\installer\\userdata\\[^\\]+\\products\\[^\\]+\\installproperties$",
            _PROGRAM,
            own=Kind.PRODUCT_CODE,
            version=("displayversion",),
        ),
    ),
    "parameters": (
        _rule(MACHINE, r"\\tcpip\\parameters$", _MACHINE),
        _rule("services", _SET + r"services\\[^\\]+\\parameters$", _SERVICE, own=Kind.SERVICE),
    ),
    **dict.fromkeys(("run", "runonce", "runservices", "runservicesonce"), (_AT_START,)),
    **dict.fromkeys(
        ("computername", "activecomputername"),
        (_rule(MACHINE, r"\\control\\computername\\(?:active)?computername$", _MACHINE),),
    ),
    "bios": (_rule(MACHINE, r"\\hardware\\description\\system\\bios$", _MACHINE),),
    "systeminformation": (_rule(MACHINE, r"\\control\\systeminformation$", _MACHINE),),
    "extensioninstallforcelist": (
        _rule("browser extensions", r"\\policies\\.*\\extensioninstallforcelist$", {}, each=True),
    ),
}
_AT_ANY_DEPTH = (
    _rule(
        "drivers of devices",
        _SET + r"control\\class\\\{[^\\]+\}\\\d+$",
        _DEVICE_DRIVER,
        version=("driverversion",),
    ),
    _rule(
        "devices",
        _SET + r"enum\\(?:pci|acpi|hdaudio|display)\\[^\\]+\\[^\\]+$",
        _DEVICE,
        meaning=Meaning.HARDWARE,
    ),
    # Windows never forgets what was once plugged in.
    _rule(
        "devices",
        _SET + r"enum\\(?:usb|usbstor|hid|bth|bthenum|swd)\\[^\\]+\\[^\\]+$",
        _DEVICE,
        meaning=Meaning.RESIDUE,
    ),
    _rule(
        OF_VENDORS,
        _UNDER_SOFTWARE + r"\\(?!(?:classes|wow6432node|microsoft\\windows(?: nt)?)(?:\\|$))[^\\]+(?:\\[^\\]+){0,6}$",
        _OF_A_VENDOR,
        version=("version", "displayversion", "productversion"),
        meaning=Meaning.RESIDUE,
    ),
)
_CLASSES = re.compile(_UNDER_SOFTWARE + r"\\classes(?:\\|$)")
_INSTALLER = re.compile(_UNDER_SOFTWARE + r"\\classes(?:$|\\(?:wow6432node$|installer(?:$|\\products(?:$|\\))))")


def rule(path: str) -> Rule | None:
    """Give what a key is about by its path in small letters, or nothing."""
    above, _, name = path.rpartition("\\")
    parent = above.rpartition("\\")[2]
    for candidate in (*_BY_PARENT.get(parent, ()), *_BY_NAME.get(name, ())):
        if candidate.where.search(path):
            return candidate
    if "\\software\\" in path and _CLASSES.search(path):
        return None
    return next((candidate for candidate in _AT_ANY_DEPTH if candidate.where.search(path)), None)


def is_worth_entering(path: str) -> bool:
    """Tell whether keys below a path in small letters can say something: registrations of file types do not."""
    return not _CLASSES.search(path) or _INSTALLER.search(path) is not None


def named(path: str) -> frozenset[str]:
    """Give the values that hold the machine's name in the key of this path in small letters."""
    return _OF_NAMES if path.endswith(_NAMING) else frozenset()


def hosts(lines: Iterator[str]) -> Iterator[str]:
    """Yield the machine's names in a text export: only keys that hold them are looked at."""
    is_inside = False
    for line in lines:
        if line.startswith("["):
            here = line.rstrip().lower()
            is_inside = here.removesuffix("]").endswith(_NAMING)
        elif is_inside:
            name, _, value = line.partition("=")
            if _MACHINE.get(name.strip('" ').lower()) is Kind.HOSTNAME and (host := value.strip().strip('"')):
                yield host
