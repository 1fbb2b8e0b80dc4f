# SPDX-License-Identifier: Apache-2.0
"""What an operating system lists, as observables: command lines, makers, devices, and who the machine is.

What the agents' inventories and these listings share stands in `machines`; here is what Windows, macOS and
Unix put around values, and what must not identify a machine because every machine has it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, identifiers
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.readers.inputs import Input

PARTS = 1 << 8
"""Elements kept of one list."""
VALUE = 1 << 15
"""Characters kept of one value: the longest command line that Windows can start."""
_ENDINGS = re.compile(r"\.(?:exe|sys|dll|com|bat|cmd|scr|cpl|msc|vbs|ps1|jar)(?=$|[\s,\"])", re.IGNORECASE)
_NAMESPACES = ("\\??\\", "\\\\?\\", "\\\\.\\")
"""What the kernel writes before a path: it is no part of the file's name."""
_GUID = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_PACKED = re.compile(r"[0-9A-Fa-f]{32}")
# Windows Installer stores a product code as 32 digits: the first three groups reversed, then each byte's two digits
# swapped. These are the lengths of what is reversed.
_REVERSED = (8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2)
_SHARED = ("02:42:", "0a:00:27:", "fe:ff:ff:ff:ff:ff", "00:50:56:c0:00:", "20:41:53:59:4e:ff", "50:50:54:50:30:30")
"""Docker's bridge, host-only adapters of VirtualBox, Xen and VMware, dial-up adapters: alike on every machine."""
_COMMON = tuple(
    ip_network(text) for text in ("172.17.0.1/32", "192.168.56.1/32", "192.168.122.1/32", "192.168.137.1/32")
)
"""Own addresses that Docker, VirtualBox, libvirt and connection sharing give every machine."""
_PART = re.compile(r"(?:^|[,\n]\s*)(CN|O)=(?:\"([^\"]+)\"|([^,\n\"]+))")
_APPLE = re.compile(r"(?:(?:Developer ID|3rd Party Mac|Apple|Mac|iPhone)[\w ]*:\s*)?(.*?)\s*\(([A-Z0-9]{10})\)\s*")
"""Subject of an Apple certificate: what it is for, whose it is, and the team."""


def program(command: str) -> str:
    r"""Give the path of the program of a Windows command line: without quotes, arguments and "\??\"."""
    command = command[:VALUE].strip()
    if command.startswith('"'):
        return _bare(command[1:].partition('"')[0])
    # A path with spaces need not be quoted: it ends at the first ending of a program's name.
    found = _ENDINGS.search(command)
    return _bare(command[: found.end()] if found else command.partition(" /")[0].partition(" -")[0])


def _bare(path: str) -> str:
    path = path.strip()
    for prefix in _NAMESPACES:
        path = path.removeprefix(prefix)
    return path


def base(path: str) -> str:
    """Give the last step of a path, whichever way its slashes lean."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def product_code(text: str) -> str:
    """Give the first product code in a text such as "MsiExec.exe /I{...}", or nothing."""
    found = _GUID.search(text[:VALUE])
    return found.group().upper() if found else ""


def unpacked(code: str) -> str:
    """Give the product code that Windows Installer stores as 32 digits, or nothing."""
    if not _PACKED.fullmatch(code):
        return ""
    groups, at = [], 0
    for length in _REVERSED:
        groups.append(code[at : at + length][::-1].upper())
        at += length
    return "{" + "-".join((groups[0], groups[1], groups[2], "".join(groups[3:5]), "".join(groups[5:]))) + "}"


def signers(subject: str) -> list[str]:
    """Give whom a certificate names: person and organisation of "CN=X, O=Y Inc, C=US", or the text itself."""
    subject = subject[:VALUE].strip()
    found = dict.fromkeys((quoted or plain).strip() for _, quoted, plain in _PART.findall(subject))
    return list(found) or [subject]


def mac(value: str) -> str:
    """Give a station's hardware address, or nothing when it is a group's or not this machine's alone."""
    found = identifiers.mac(value)
    return "" if found.startswith(_SHARED) else found


def address(value: str) -> str:
    """Give an address of the machine itself, or nothing for one that every machine has."""
    kept = identifiers.own_address(value)
    return "" if not kept or any(ip_address(kept) in network for network in _COMMON) else kept


def _certificate(subject: str) -> Iterator[Observable]:
    if found := _APPLE.fullmatch(subject[:VALUE]):
        yield Observable(Kind.SIGNER, found[1])
        yield Observable(Kind.TEAM_ID, found[2])
        return
    yield from (Observable(Kind.SIGNER, name) for name in signers(subject))


def _program(value: str) -> Iterator[Observable]:
    """Give the program's path; an installer's command line names the product instead."""
    path = program(value)
    if base(path).lower().removesuffix(".exe") == "msiexec":
        if code := product_code(value):
            yield Observable(Kind.PRODUCT_CODE, code)
    elif path and not value.startswith("@"):
        yield Observable(Kind.PATH, path)
        if path.lower().endswith(".sys"):
            yield Observable(Kind.DRIVER, base(path))


def _driver(value: str) -> Iterator[Observable]:
    path = program(value)
    yield Observable(Kind.DRIVER, base(path))
    if base(path) != path:
        yield Observable(Kind.PATH, path)


def _named(value: str) -> Iterator[Observable]:
    # "@oem4.inf,%name%;Name": the text after the semicolon is what the place in the file says.
    if value.startswith("@"):
        value = value.rpartition(";")[2] if ";" in value else ""
    if value:
        yield Observable(Kind.NAME, value)


def _maker(value: str) -> list[Observable]:
    if value.startswith("CN="):  # app packages give the subject of their certificate
        names = signers(value)
        return [*(Observable(Kind.SIGNER, name) for name in names), *components.maker(names[-1])]
    return components.maker(value.rpartition(";")[2] if value.startswith("@") else value)


_TOLD: dict[Kind, Callable[[str], Iterable[Observable]]] = {
    Kind.ADDRESS: machines.one(Kind.ADDRESS, address),
    Kind.DRIVER: _driver,
    Kind.HARDWARE_ID: machines.one(
        Kind.HARDWARE_ID, lambda value: machines.on_windows_bus(value) or machines.of_module(value)
    ),
    Kind.HOSTNAME: machines.one(Kind.HOSTNAME, identifiers.hostname),
    Kind.IP: machines.one(Kind.IP, identifiers.own_address),
    Kind.MAC: machines.one(Kind.MAC, mac),
    Kind.NAME: _named,
    Kind.PATH: _program,
    Kind.PRODUCT_CODE: machines.one(Kind.PRODUCT_CODE, lambda value: product_code(value) or unpacked(value)),
    Kind.PUBLISHER: _maker,
    Kind.REFERENCE_DOMAIN: components.reference,
    # PowerShell writes its own name of the provider before a key.
    Kind.REGISTRY: machines.one(Kind.REGISTRY, lambda value: value.rpartition("::")[2]),
    Kind.SERIAL: machines.one(Kind.SERIAL, identifiers.serial),
    Kind.SIGNER: _certificate,
}
"""Kinds whose values amount to something other than themselves."""


def told(kind: Kind, value: str) -> Iterable[Observable]:
    """Give what a value of a kind says; a blank one says nothing."""
    value = value[:VALUE].strip().strip("\0").strip()
    if value.lower() in machines.BLANK:
        return ()
    find = _TOLD.get(kind)
    return find(value) if find else (Observable(kind, value),)


class Thing(NamedTuple):
    """One thing that a listing shows, before it is an observation."""

    locator: str
    label: str
    observables: Iterable[Observable]
    version: str = ""
    meaning: Meaning = Meaning.INSTALLED
    observed_at: str = ""


def observation(source: Input, asset: str, thing: Thing) -> Iterator[Observation]:
    """Yield the observation of a thing, with each observable once, unless nothing is said of it."""
    found = tuple(dict.fromkeys(o for o in thing.observables if o.value))
    if found:
        yield Observation(
            source=source.id,
            locator=thing.locator,
            asset=asset or source.asset,
            label=thing.label or found[0].value,
            version=thing.version,
            medium=Medium.INVENTORY,
            meaning=thing.meaning,
            observables=found,
            observed_at=thing.observed_at,
        )


def machine(source: Input, locator: str, asset: str, found: Iterable[Observable]) -> Iterator[Observation]:
    """Yield the observation of a machine itself, when anything is known of it."""
    known = tuple(dict.fromkeys(found))
    kinds = {o.kind: o.value for o in reversed(known)}
    label = kinds.get(Kind.HOSTNAME) or kinds.get(Kind.MODEL) or asset or source.asset
    yield from observation(source, asset, Thing(locator, label, known, meaning=Meaning.HARDWARE))
