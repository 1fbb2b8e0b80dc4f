# SPDX-License-Identifier: Apache-2.0
"""Classes of Windows management and what their properties mean, in whichever form they were written out.

wmic, Get-CimInstance, Get-Package, Get-AppxPackage and others show the same properties as lists, tables,
JSON or XML. Which class an object is of is seldom said, so it is told from its properties.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import Kind, Meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts = tuple[str, ...]


class Class(NamedTuple):
    """A class, known by properties that no other before it in the table has together."""

    thing: str
    """What is counted."""
    marks: frozenset[str]
    kinds: dict[str, Kind | tuple[Kind, ...]]
    """Property -> what it carries."""
    version: tuple[str, ...] = ("version",)
    meaning: Meaning = Meaning.INSTALLED
    is_machine: bool = False
    """Speaks of the machine itself."""
    states: tuple[str, ...] = ()
    """Properties that say whether it runs."""


def _class(thing: str, marks: str, kinds: Mapping[str, Kind | tuple[Kind, ...]], **more: object) -> Class:
    return Class(thing, frozenset(marks.split()), dict(kinds), **more)  # type: ignore[arg-type]


_HARDWARE = {"meaning": Meaning.HARDWARE}
_RUNNING = {"meaning": Meaning.RUNNING, "version": ()}
_STATED = {"states": ("state", "status", "started"), "version": ()}
_MACHINE = {"meaning": Meaning.HARDWARE, "is_machine": True, "version": ()}
HOSTS = (
    "pscomputername",
    "__server",
    "csname",
    "systemname",
    "machinename",
    "node",
    "computername",
    "hostname",
    "dnshostname",
    "csdnshostname",
)
"""Properties that name the machine, of whichever class."""
_PROGRAM = {
    "displayname": Kind.NAME,
    "name": Kind.NAME,
    "productname": Kind.NAME,
    "publisher": Kind.PUBLISHER,
    "vendor": Kind.PUBLISHER,
    "identifyingnumber": Kind.PRODUCT_CODE,
    "productcode": Kind.PRODUCT_CODE,
    "pschildname": Kind.PRODUCT_CODE,
    "pspath": Kind.REGISTRY,
    "fastpackagereference": Kind.PRODUCT_CODE,
    "installlocation": Kind.PATH,
    "installsource": Kind.PATH,
    "uninstallstring": Kind.PATH,
    "quietuninstallstring": Kind.PATH,
    "localpackage": Kind.PATH,
    "displayicon": Kind.PATH,
    "fullpath": Kind.PATH,
    "urlinfoabout": Kind.REFERENCE_DOMAIN,
    "urlupdateinfo": Kind.REFERENCE_DOMAIN,
    "helplink": Kind.REFERENCE_DOMAIN,
    "contact": Kind.TEXT,
    "comments": Kind.TEXT,
    "summary": Kind.TEXT,
}
_SERVICE = {
    "name": Kind.SERVICE,
    "servicename": Kind.SERVICE,
    "displayname": Kind.NAME,
    "pathname": Kind.PATH,
    "binarypathname": Kind.PATH,
    "description": Kind.TEXT,
}
_DEVICE = {
    "devicename": Kind.NAME,
    "friendlyname": Kind.NAME,
    "name": Kind.NAME,
    "caption": Kind.NAME,
    "interfacedescription": Kind.NAME,
    "driverdescription": Kind.NAME,
    "manufacturer": Kind.PUBLISHER,
    "driverprovidername": Kind.PUBLISHER,
    "driverprovider": Kind.PUBLISHER,
    "signer": Kind.SIGNER,
    "infname": Kind.FILE,
    "drivername": Kind.DRIVER,
    "driverfilename": Kind.DRIVER,
    "hardwareid": Kind.HARDWARE_ID,
    "deviceid": Kind.HARDWARE_ID,
    "pnpdeviceid": Kind.HARDWARE_ID,
    "instanceid": Kind.HARDWARE_ID,
    "service": Kind.SERVICE,
    "servicename": Kind.SERVICE,
    "macaddress": Kind.MAC,
    "permanentaddress": Kind.MAC,
    "model": Kind.MODEL,
}
_PROCESS = {
    "name": Kind.PROCESS,
    "processname": Kind.PROCESS,
    "imagename": Kind.PROCESS,
    "services": Kind.SERVICE,
    "executablepath": Kind.PATH,
    "path": Kind.PATH,
    "company": Kind.PUBLISHER,
    "product": Kind.NAME,
    "description": Kind.TEXT,
}
_COMPUTER = {
    "dnshostname": Kind.HOSTNAME,
    "name": Kind.HOSTNAME,
    "manufacturer": Kind.PUBLISHER,
    "model": Kind.MODEL,
    "systemfamily": Kind.MODEL,
}
_SYSTEM = {
    "hostname": Kind.HOSTNAME,
    "systemmanufacturer": Kind.PUBLISHER,
    "systemmodel": Kind.MODEL,
    "ipaddress": Kind.ADDRESS,
}
_CLASSES = (
    # the machine
    _class(
        "machine",
        "uuid vendor identifyingnumber",
        {"vendor": Kind.PUBLISHER, "name": Kind.MODEL, "identifyingnumber": Kind.SERIAL, "uuid": Kind.SERIAL},
        **_MACHINE,
    ),
    *(
        _class("machine", f"manufacturer model {own}", _COMPUTER, **_MACHINE)
        for own in ("systemtype", "domain", "dnshostname", "totalphysicalmemory", "systemfamily", "primaryownername")
    ),
    _class("machine", "hostname systemmanufacturer", _SYSTEM, **_MACHINE),
    _class("machine", "hostname osname", _SYSTEM, **_MACHINE),
    _class(
        "machine",
        "csmanufacturer csmodel",
        {
            "csdnshostname": Kind.HOSTNAME,
            "csname": Kind.HOSTNAME,
            "csmanufacturer": Kind.PUBLISHER,
            "csmodel": Kind.MODEL,
            "biosserialnumber": Kind.SERIAL,
            "biosseralnumber": Kind.SERIAL,  # so Get-ComputerInfo spells it
        },
        **_MACHINE,
    ),
    _class("machine", "smbiosbiosversion", {"manufacturer": Kind.PUBLISHER, "serialnumber": Kind.SERIAL}, **_MACHINE),
    _class(
        "network adapters",
        "macaddress ipaddress",
        {
            "dnshostname": Kind.HOSTNAME,
            "macaddress": Kind.MAC,
            "ipaddress": Kind.ADDRESS,
            "description": Kind.NAME,
            "servicename": Kind.SERVICE,
        },
        version=(),
        **_HARDWARE,
    ),
    _class(
        "operating systems",
        "csname osarchitecture",
        {"csname": Kind.HOSTNAME, "caption": Kind.NAME, "manufacturer": Kind.PUBLISHER},
    ),
    # drivers and devices
    _class("drivers of devices", "driverprovidername", _DEVICE, version=("driverversion",)),
    _class("network adapters", "macaddress pnpdeviceid", _DEVICE, version=(), **_HARDWARE),
    _class("network adapters", "macaddress adaptertype", _DEVICE, version=(), **_HARDWARE),
    _class("network adapters", "macaddress interfacedescription", _DEVICE, version=("driverversion",), **_HARDWARE),
    _class(
        "drivers",
        "providername originalfilename",
        {"driver": Kind.FILE, "originalfilename": Kind.PATH, "providername": Kind.PUBLISHER},
    ),
    _class("devices", "pnpclass", _DEVICE, version=(), **_HARDWARE),
    _class("devices", "instanceid friendlyname", _DEVICE, version=(), **_HARDWARE),
    _class("drives", "interfacetype model", _DEVICE, version=("firmwarerevision",), **_HARDWARE),
    _class(
        "drivers",
        "modulename displayname",
        {
            "modulename": (Kind.SERVICE, Kind.DRIVER),
            "displayname": Kind.NAME,
            "path": Kind.DRIVER,
            "description": Kind.TEXT,
        },
        **_STATED,
    ),
    # The filter manager calls a filter as its service is called, and lists those that are loaded.
    *(
        _class("filters", f"{own} altitude", {own: (Kind.SERVICE, Kind.DRIVER), "altitude": Kind.ALTITUDE}, **_RUNNING)
        for own in ("filtername", "filter")
    ),
    _class(
        "memory modules",
        "manufacturer partnumber",
        {"manufacturer": (Kind.PUBLISHER, Kind.HARDWARE_ID), "partnumber": Kind.MODEL},
        version=(),
        **_HARDWARE,
    ),
    _class("devices", "manufacturer model", _DEVICE, version=(), **_HARDWARE),
    # programs and what runs
    _class(
        "protection",
        "displayname pathtosignedproductexe",
        {
            "displayname": Kind.NAME,
            "pathtosignedproductexe": Kind.PATH,
            "pathtosignedreportingexe": Kind.PATH,
            "productstate": Kind.HEALTH,
        },
        version=(),
    ),
    _class(
        "app packages",
        "packagefullname publisher",
        {
            "name": Kind.NAME,
            "packagefamilyname": Kind.PACKAGE,
            "publisher": Kind.PUBLISHER,
            "installlocation": Kind.PATH,
        },
    ),
    _class("services", "displayname startmode", _SERVICE, **_STATED),
    _class("services", "displayname starttype", _SERVICE, **_STATED),
    _class("services", "displayname servicename", _SERVICE, **_STATED),
    _class("services", "displayname name status", _SERVICE, **_STATED),
    _class("programs", "displayname publisher", _PROGRAM, version=("displayversion", "version")),
    _class("programs", "displayname displayversion", _PROGRAM, version=("displayversion",)),
    _class("programs", "displayname uninstallstring", _PROGRAM, version=("displayversion",)),
    _class("programs", "name vendor version", _PROGRAM),
    _class("programs", "name identifyingnumber version", _PROGRAM),
    _class("programs", "name providername version", _PROGRAM),
    _class("programs", "name vendor", _PROGRAM),
    _class("updates", "hotfixid", {"hotfixid": Kind.NAME, "description": Kind.TEXT}, version=()),
    _class(
        "programs at start",
        "command location",
        {"caption": Kind.NAME, "name": Kind.NAME, "command": Kind.PATH, "location": Kind.REGISTRY},
        version=(),
    ),
    _class("processes", "processid", {**_PROCESS, "caption": Kind.PROCESS}, **_RUNNING),
    _class("processes", "processname id", _PROCESS, **{**_RUNNING, "version": ("productversion", "fileversion")}),
    _class("processes", "imagename pid", _PROCESS, **_RUNNING),
    _class(
        "tasks",
        "taskname taskpath",
        {"taskname": Kind.NAME, "author": Kind.PUBLISHER, "execute": Kind.PATH, "description": Kind.TEXT},
        version=(),
    ),
    _class("signatures", "signercertificate path", {"path": Kind.PATH, "subject": Kind.SIGNER}, version=()),
    # contacts
    _class(
        "connections", "remoteaddress localport", {"remoteaddress": Kind.IP}, version=(), meaning=Meaning.SERVICE_USE
    ),
    _class(
        "names looked up",
        "entry recordname",
        {"entry": Kind.DOMAIN, "name": Kind.DOMAIN},
        version=(),
        meaning=Meaning.SERVICE_USE,
    ),
)
KNOWN = frozenset(HOSTS).union(*(one.marks.union(one.kinds, one.version, one.states) for one in _CLASSES))
"""Properties that mean something; what else an object has need not be kept."""


@lru_cache(maxsize=512)
def told(properties: frozenset[str]) -> Class | None:
    """Give the class of an object by its properties without case and spaces, or nothing."""
    return next((one for one in _CLASSES if one.marks <= properties), None)


def meaning(one: Class, cells: Mapping[str, Texts]) -> Meaning:
    """Give what an object is: sc writes "4  RUNNING", PowerShell in JSON 4 alone, older classes that it is started."""
    states = [text.strip().lower() for name in one.states for text in cells.get(name, ())]
    is_at_work = any("running" in state.split() or state in {"4", "true"} for state in states)
    return Meaning.RUNNING if is_at_work else one.meaning


def host_of(cells: Mapping[str, Texts]) -> str:
    """Give the machine that an object names as its own."""
    return next((text for name in HOSTS for text in cells.get(name, ()) if text.strip(" .\\")), "").strip(" .\\")
