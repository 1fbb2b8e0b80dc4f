# SPDX-License-Identifier: Apache-2.0
"""Inventories of computers and phones by GLPI Agent, FusionInventory and OCS Inventory, XML and JSON.

Both are the same sections of the same fields, in capitals in XML and in small letters in JSON. OCS has
a few sections of its own (SECURITYCENTER, SERVICE, RUNNINGPROCESS).
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import encodings, markup, records
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Cells: TypeAlias = dict[str, str]
    Sections: TypeAlias = dict[str, list[tuple[str, Cells]]]

_INSTALLED, _HARDWARE = Meaning.INSTALLED, Meaning.HARDWARE
_MAKER, _MODEL, _NAME, _PATH = Kind.PUBLISHER, Kind.MODEL, Kind.NAME, Kind.PATH
_HEALTH = {"enabled": Kind.HEALTH, "uptodate": Kind.HEALTH}
"""What both agents tell of a product that protects; no other section has these fields."""
_PART = {"manufacturer": _MAKER, "model": _MODEL, "caption": _MODEL, "name": _MODEL}


class _Section(msgspec.Struct, frozen=True):
    """What the fields of a section are."""

    kinds: dict[str, Kind]
    label: tuple[str, ...] = ("name",)
    meaning: Meaning = _INSTALLED
    version: tuple[str, ...] = ("version",)
    state: str = ""
    """Field that says whether it runs."""


_SOFTWARE = _Section(
    {
        "name": _NAME,
        "publisher": _MAKER,
        "guid": Kind.PRODUCT_CODE,
        "folder": _PATH,
        "uninstall_string": _PATH,
        "helplink": Kind.REFERENCE_DOMAIN,
        "url_info_about": Kind.REFERENCE_DOMAIN,
        "comments": Kind.TEXT,
    }
)
_SECTIONS = {
    "softwares": _SOFTWARE,
    "antivirus": _Section({"name": _NAME, "manufacturer": _MAKER, "company": _MAKER, **_HEALTH}),
    "securitycenter": _Section({"product": _NAME, "company": _MAKER, **_HEALTH}, ("product",)),
    "operatingsystem": _Section({"full_name": _NAME, "name": _NAME}, ("full_name", "name")),
    "remote_mgmt": _Section({"type": _NAME}, ("type",)),
    "databases_services": _Section({"name": _NAME, "manufacturer": _MAKER, "path": _PATH}),
    "licenseinfos": _Section({"fullname": _NAME, "name": _NAME}, ("fullname", "name"), version=()),
    "jvms": _Section({"name": _NAME, "vendor": _MAKER, "home": _PATH}),
    "versionprovider": _Section({"name": _NAME, "program": _PATH}),
    "processes": _Section({"cmd": Kind.PROCESS}, ("cmd",), Meaning.RUNNING, ()),
    "runningprocess": _Section(
        {"processname": Kind.PROCESS, "commandline": _PATH, "company": _MAKER, "description": Kind.TEXT},
        ("processname",),
        Meaning.RUNNING,
        (),
    ),
    "service": _Section(
        {"svcname": Kind.SERVICE, "svcdn": _NAME, "svcpath": _PATH, "svcdesc": Kind.TEXT},
        ("svcdn", "svcname"),
        state="svcstate",
    ),
    # A guest's own name and identifiers are the guest's; what the host has is the hypervisor.
    "virtualmachines": _Section({"subsystem": _NAME, "vmtype": _NAME, "name": Kind.TEXT}, version=()),
    "cpus": _Section({**_PART, "type": _MODEL}, ("name", "type"), meaning=_HARDWARE),
    "controllers": _Section({**_PART, "driver": Kind.DRIVER}, meaning=_HARDWARE),
    "usbdevices": _Section({**_PART, "description": Kind.TEXT}, ("name", "caption"), meaning=_HARDWARE),
    "networks": _Section(
        {"manufacturer": _MAKER, "model": _MODEL, "description": _NAME, "driver": Kind.DRIVER},
        ("model", "description"),
        meaning=_HARDWARE,
    ),
    "storages": _Section({"manufacturer": _MAKER, "model": _MODEL}, ("model", "name"), _HARDWARE, ("firmware",)),
    "printers": _Section({"driver": _MODEL, "name": Kind.TEXT}, meaning=_HARDWARE, version=()),
    "monitors": _Section(_PART, ("name", "caption", "manufacturer"), meaning=_HARDWARE),
    "videos": _Section({"name": _MODEL, "chipset": _MODEL}, meaning=_HARDWARE),
    "sounds": _Section({**_PART, "description": Kind.TEXT}, meaning=_HARDWARE),
    "modems": _Section(_PART, meaning=_HARDWARE),
    "inputs": _Section(_PART, ("name", "caption"), meaning=_HARDWARE),
    "memories": _Section({"manufacturer": _MAKER, "model": _MODEL}, ("caption",), meaning=_HARDWARE),
    "batteries": _Section({"manufacturer": _MAKER, "name": _MODEL}, meaning=_HARDWARE),
    "powersupplies": _Section(_PART, meaning=_HARDWARE),
    "sensors": _Section(_PART, meaning=_HARDWARE),
    "cameras": _Section({"manufacturer": _MAKER, "model": _MODEL}, ("model", "designation"), meaning=_HARDWARE),
    "simcards": _Section({"operator_name": _MAKER}, ("operator_name",), meaning=_HARDWARE),
    "firmwares": _Section({"name": _MODEL, "manufacturer": _MAKER, "description": Kind.TEXT}, meaning=_HARDWARE),
}
_IDENTITY = (
    ("hardware", {"name": Kind.HOSTNAME, "uuid": Kind.SERIAL}),
    ("operatingsystem", {"fqdn": Kind.HOSTNAME}),
    ("bios", {"ssn": Kind.SERIAL, "msn": Kind.SERIAL, "smanufacturer": _MAKER, "smodel": _MODEL}),
    ("bios", {"mmanufacturer": _MAKER, "mmodel": _MODEL, "bmanufacturer": _MAKER}),
)
"""Fields that identify the machine itself, or name its makers."""
_NETWORK = {"macaddr": Kind.MAC, "mac": Kind.MAC, "ipaddress": Kind.ADDRESS, "ipaddress6": Kind.ADDRESS}
# The agents' names of package managers that know a package by its name alone.
_PACKAGED = frozenset({"rpm", "deb", "dpkg", "pacman", "apk", "portage", "gentoo", "slackware", "nix", "pkg", "port"})
_APPLICATION = re.compile(r"[A-Za-z][\w]*(?:\.[\w]+)+")
_SCREEN = 16
"""Digits of base 64 that hold the beginning of what a screen says of itself, with its maker."""
_PRODUCT_CODE = re.compile(r"\{[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for the machine, then one for each thing in each section, in the order of the document."""
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    sections = _from_xml(source) if head.startswith("<") else _from_json(source)
    _name_system(sections)
    identity = _identity(sections)
    asset = next((o.value for o in identity if o.kind is Kind.HOSTNAME), "")
    asset = asset or _field(sections, "request", "deviceid") or source.asset
    seen_at = _field(sections, "accesslog", "logdate").replace(" ", "T", 1)
    known = machines.Machines()
    known.note(asset, sections.get("hardware", [("", {})])[0][0], identity, seen_at)
    yield from known.told(source)
    for name, section in _SECTIONS.items():
        for locator, cells in sections.get(name, ()):
            source.tally[name] += 1
            if found := _observables(name, section, cells):
                yield Observation(
                    source=source.id,
                    locator=locator,
                    asset=asset,
                    label=machines.first(cells, section.label) or found[0].value,
                    version=machines.first(cells, section.version),
                    medium=Medium.INVENTORY,
                    meaning=_meaning(name, section, cells),
                    observables=tuple(dict.fromkeys(found)),
                    observed_at=seen_at,
                )


def _from_xml(source: Input) -> Sections:
    """Give the sections of a REQUEST."""
    sections: Sections = {}
    for locator, root in markup.elements(source, "REQUEST"):
        sections.setdefault("request", []).append((locator, _lower(markup.fields(root))))
        for element in root.iterfind("{*}CONTENT/*"):
            entry = (f"line {element.sourceline}", _lower(markup.fields(element)))
            sections.setdefault(markup.local(element).lower(), []).append(entry)
    if sections.keys() <= {"request"}:
        raise SourceError("no CONTENT in it", locator="line 1", hint="answers of a server hold no inventory")
    return sections


def _from_json(source: Input) -> Sections:
    """Give the sections of a document in GLPI's inventory format."""
    try:
        document = msgspec.json.decode(source.document())
    except records.UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    content: Any = document.get("content") if isinstance(document, dict) else None
    if not isinstance(content, dict):
        raise SourceError("no object called content in it", locator="/content")
    sections: Sections = {"request": [("", records.texts(document))]}
    for name, value in content.items():
        place = f"/content/{name}"
        for at, entry in enumerate(records.listed(value)):
            locator = f"{place}/{at}" if isinstance(value, list) else place
            if isinstance(entry, dict):
                flags = {key: str(int(told)) for key, told in entry.items() if isinstance(told, bool)}
                sections.setdefault(name.lower(), []).append((locator, _lower({**records.texts(entry), **flags})))
            elif name in _SECTIONS:
                source.lose(locator, f"an object was expected, found {type(entry).__name__}")
    return sections


def _lower(cells: Cells) -> Cells:
    return {name.lower(): value for name, value in cells.items()}


def _name_system(sections: Sections) -> None:
    """Put the operating system where newer agents have it; OCS tells it among the hardware."""
    if "operatingsystem" not in sections:
        for locator, cells in sections.get("hardware", ()):
            system = {"full_name": cells.get("osname", ""), "version": cells.get("osversion", "")}
            sections.setdefault("operatingsystem", []).append((locator, system))


def _field(sections: Sections, name: str, field: str) -> str:
    return next((cells[field] for _, cells in sections.get(name, ()) if cells.get(field)), "")


def _identity(sections: Sections) -> list[Observable]:
    """Give what identifies the machine, and its makers."""
    found: list[Observable] = []
    for name, kinds in _IDENTITY:
        for _, cells in sections.get(name, ()):
            found += machines.observables(kinds, cells)
    for _, cells in sections.get("networks", ()):
        is_own = cells.get("virtualdev") != "1" and not machines.is_internal(cells.get("description", ""))
        found += machines.observables(_NETWORK, cells) if is_own else []
    return found


def _observables(name: str, section: _Section, cells: Cells) -> list[Observable]:
    """Give every value of an entry that can betray a maker."""
    found = [
        o
        for o in machines.observables(section.kinds, cells)
        # Whatever Windows Installer installed is removed by msiexec.exe, which says nothing of it.
        if not o.value.lower().endswith("msiexec.exe")
        # A processor's "model" is a number of its family, and most systems describe a card as eth0 or en1.
        and not (o.kind is _MODEL and o.value.isdigit())
        and not (name == "networks" and o.kind is _NAME and " " not in o.value)
    ]
    if section is _SOFTWARE:
        return [*_named(found, cells.get("from", "").lower()), *_more_of_software(cells)]
    if name == "virtualmachines" and cells.get("image"):
        image = cells["image"].partition("@")[0]
        folder, slash, last = image.rpartition("/")
        found.append(Observable(Kind.PURL, f"pkg:docker/{folder}{slash}{last.partition(':')[0]}"))
    if name == "memories":
        number = machines.of_module(cells.get("manufacturer", ""))
        return [*found, *([Observable(Kind.HARDWARE_ID, number)] if number else [])]
    if name == "monitors":
        maker = machines.of_screen(_decoded(cells.get("base64", "")))
        return [*found, *([Observable(Kind.HARDWARE_ID, maker)] if maker else [])]
    bus = "usb" if name == "usbdevices" else "pci"
    vendor, product = cells.get("vendorid", ""), cells.get("productid", "")
    if not vendor and cells.get("pciid"):
        vendor, product = (*cells["pciid"].split(":"), "")[:2]
    identifiers = (machines.on_bus(bus, vendor, product), machines.on_windows_bus(cells.get("pnpdeviceid", "")))
    return [*found, *(Observable(Kind.HARDWARE_ID, identifier) for identifier in identifiers if identifier)]


def _meaning(name: str, section: _Section, cells: Cells) -> Meaning:
    """Give what an entry is: what its section says, unless the entry knows better."""
    if section.state and cells.get(section.state, "").lower() == "running":
        return Meaning.RUNNING
    return _INSTALLED if _is_software(name, cells) else section.meaning


def _is_software(name: str, cells: Cells) -> bool:
    """Tell whether a network card is one that a program made: a tunnel, or the filter of a virus scanner."""
    return name == "networks" and (cells.get("virtualdev") == "1" or cells.get("pnpdeviceid", "").startswith("ROOT"))


def _decoded(text: str) -> bytes:
    """Give the beginning of what is written in base 64, or nothing."""
    try:
        return base64.b64decode(text[:_SCREEN])
    except ValueError:
        return b""


def _named(found: list[Observable], origin: str) -> list[Observable]:
    """Give the same with the name as that of a package where a package manager gave it."""
    if origin not in _PACKAGED:
        return found
    return [Observable(Kind.PACKAGE, o.value) if o.kind is _NAME else o for o in found]


def _more_of_software(cells: Cells) -> Iterator[Observable]:
    """Yield what stands in fields that are meant for something else."""
    if code := _PRODUCT_CODE.search(cells.get("uninstall_string", "")[: machines.VALUE]):
        yield Observable(Kind.PRODUCT_CODE, code.group())
    if cells.get("from", "").lower() == "android" and _APPLICATION.fullmatch(cells.get("comments", "")):
        yield Observable(Kind.APP_ID, cells["comments"])
