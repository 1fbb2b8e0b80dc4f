# SPDX-License-Identifier: Apache-2.0
"""A running Linux machine, from what its kernel and its service manager lay out as files.

Nothing is started, written or contacted; what may not be read is left out and counted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers
from debar.readers.machine import kernel_net, machines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_SHORT = 1 << 16
"""Bytes read of one file of the kernel; names and numbers are shorter."""
_LONG = 1 << 26
"""Bytes read of a table of connections or modules; 64 MiB are about half a million rows."""
_UNITS = (
    "etc/systemd/system",
    "usr/lib/systemd/system",
    "lib/systemd/system",
    "usr/local/lib/systemd/system",
    "etc/init.d",
)
_DMI = {
    "sys_vendor": Kind.PUBLISHER,
    "board_vendor": Kind.PUBLISHER,
    "bios_vendor": Kind.PUBLISHER,
    "product_name": Kind.MODEL,
    "product_serial": Kind.SERIAL,
    "product_uuid": Kind.SERIAL,
}
_HARDWARE = re.compile(r"^Hardware\s*: *(.+)$", re.MULTILINE)
_CHIPS = 16
"""Names of a board in its device tree that are looked at, the most specific first; boards have below ten."""
_USB = (("manufacturer", Kind.PUBLISHER), ("product", Kind.MODEL))


def read(source: Input) -> Iterator[Observation]:
    """Yield what a machine is, has, runs and talks to; SourceError where there is no Linux to read."""
    root = Path(source.path.partition(":")[2] or "/")
    if not (root / "proc" / "version").is_file():
        raise SourceError(
            "no running Linux here to read", hint="scan an export instead: osquery, GLPI, PowerShell (debar formats)"
        )
    host = _text(root / "proc/sys/kernel/hostname") or _text(root / "etc/hostname") or source.asset
    for part in (_machine, _devices, _modules, _services, _processes, _sockets, _neighbours):
        for locator, asset, label, medium, meaning, observables in part(root):
            source.tally[part.__name__.lstrip("_")] += 1
            yield Observation(
                source=source.id,
                locator=locator,
                asset=asset or host,
                label=label,
                medium=medium,
                meaning=meaning,
                observables=tuple(observables),
            )


_Row = tuple[str, str, str, Medium, Meaning, list[Observable]]
"""Locator, asset or empty for the machine itself, label, medium, meaning, observables."""


def _machine(root: Path) -> Iterator[_Row]:
    """Yield the machine itself: names, serial numbers, hardware addresses."""
    name = identifiers.hostname(_text(root / "proc/sys/kernel/hostname") or _text(root / "etc/hostname"))
    found = [Observable(Kind.HOSTNAME, name)] if name else []
    for file, kind in _DMI.items():
        value = _text(root / "sys/class/dmi/id" / file)
        value = "" if identifiers.is_filler(value) else identifiers.normal(kind, value)
        if value and Observable(kind, value) not in found:
            found.append(Observable(kind, value))
    for card in _entries(root / "sys/class/net"):
        # Bridges, tunnels and containers make their addresses up; a card has a device behind it.
        mac = identifiers.mac(_text(card / "address")) if (card / "device").exists() else ""
        found += [Observable(Kind.MAC, mac)] if mac else []
    if found:
        label = next((o.value for o in found if o.kind is Kind.MODEL), name)
        yield ("sys/class/dmi/id", "", label or "machine", Medium.INVENTORY, Meaning.HARDWARE, found)


def _devices(root: Path) -> Iterator[_Row]:
    """Yield what is plugged in and built in, by the numbers of its maker."""
    for device in _entries(root / "sys/bus/usb/devices"):
        vendor, product = _text(device / "idVendor"), _text(device / "idProduct")
        if vendor and product:
            found = [Observable(Kind.HARDWARE_ID, f"usb:{vendor}:{product}".lower())]
            found += [Observable(kind, value) for file, kind in _USB if (value := _text(device / file))]
            label = next((o.value for o in found if o.kind is Kind.MODEL), found[0].value)
            yield (_place(root, device), "", label, Medium.INVENTORY, Meaning.HARDWARE, found)
    for file in ("proc/device-tree/compatible", "proc/cpuinfo"):
        if chips := _chips(_text(root / file)):
            yield (file, "", chips[0].value, Medium.INVENTORY, Meaning.HARDWARE, chips)
    for card in _entries(root / "sys/class/drm"):
        if maker := machines.of_screen(_bytes(card / "edid", _SHORT)):
            found = [Observable(Kind.HARDWARE_ID, maker)]
            yield (_place(root, card), "", maker, Medium.INVENTORY, Meaning.HARDWARE, found)
    for device in _entries(root / "sys/bus/pci/devices"):
        vendor, product = (_text(device / file).removeprefix("0x") for file in ("vendor", "device"))
        if vendor and product:
            number = f"pci:{vendor}:{product}".lower()
            yield (
                _place(root, device),
                "",
                number,
                Medium.INVENTORY,
                Meaning.HARDWARE,
                [Observable(Kind.HARDWARE_ID, number)],
            )


def _modules(root: Path) -> Iterator[_Row]:
    """Yield the modules that the kernel has loaded."""
    for number, line in enumerate(_text(root / "proc/modules", _LONG).splitlines(), 1):
        if name := line.partition(" ")[0]:
            yield (
                f"proc/modules line {number}",
                "",
                name,
                Medium.INVENTORY,
                Meaning.RUNNING,
                [Observable(Kind.DRIVER, name)],
            )


def _services(root: Path) -> Iterator[_Row]:
    """Yield the services that are set up, running or not."""
    names: dict[str, str] = {}
    for folder in _UNITS:
        for file in _entries(root / folder):
            if file.suffix in {".service", ""} and not file.is_dir():
                names.setdefault(file.name, _place(root, file))
    for name, place in sorted(names.items()):
        yield (place, "", name, Medium.INVENTORY, Meaning.INSTALLED, [Observable(Kind.SERVICE, name)])


def _processes(root: Path) -> Iterator[_Row]:
    """Yield each program that runs, once, with the first of its processes."""
    programs: dict[tuple[str, str], str] = {}
    for folder in _entries(root / "proc"):
        if folder.name.isdecimal() and (name := _text(folder / "comm")):
            try:
                path = str((folder / "exe").readlink()).removesuffix(" (deleted)")
            except OSError:
                path = ""  # a thread of the kernel, or another user's
            programs.setdefault((name, path), _place(root, folder))
    for (name, path), place in sorted(programs.items()):
        found = [Observable(Kind.PROCESS, name), *([Observable(Kind.PATH, path)] if path else [])]
        yield (place, "", name, Medium.INVENTORY, Meaning.RUNNING, found)


def _sockets(root: Path) -> Iterator[_Row]:
    """Yield ports that are listened on, and addresses that the machine talks to, each once."""
    for protocol in ("tcp", "tcp6", "udp", "udp6"):
        place = f"proc/net/{protocol}"
        for number, port, remote in kernel_net.sockets(_text(root / place, _LONG)):
            locator = f"{place} line {number}"
            if remote:
                yield (locator, "", remote, Medium.NETWORK, Meaning.SERVICE_USE, [Observable(Kind.IP, remote)])
            else:
                open_port = f"{port}/{protocol.rstrip('6')}"
                yield (locator, "", open_port, Medium.INVENTORY, Meaning.INSTALLED, [Observable(Kind.PORT, open_port)])


def _neighbours(root: Path) -> Iterator[_Row]:
    """Yield the devices on the same network that the machine has heard of: each an asset of its own."""
    for number, address, mac in kernel_net.neighbours(_text(root / "proc/net/arp", _LONG)):
        found = [Observable(Kind.ADDRESS, address), Observable(Kind.MAC, mac)]
        yield (f"proc/net/arp line {number}", address, address, Medium.NETWORK, Meaning.HARDWARE, found)


def _chips(text: str) -> list[Observable]:
    """Give the chips that a device tree is compatible with, or that the line "Hardware" names."""
    names = text.split("\0") if ":" not in text else _HARDWARE.findall(text)
    return [Observable(Kind.HARDWARE_ID, chip) for name in names[:_CHIPS] if (chip := machines.of_chip(name))]


def _text(file: Path, most: int = _SHORT) -> str:
    """Give what a file of the kernel says, or nothing when it may not be read."""
    return _bytes(file, most).decode("utf-8", "replace").strip().strip("\0")


def _bytes(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(most)
    except OSError:
        return b""


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _place(root: Path, file: Path) -> str:
    return str(file.relative_to(root))
