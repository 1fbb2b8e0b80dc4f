# SPDX-License-Identifier: Apache-2.0
"""Devices on the buses of a machine, and the machine itself: lsusb, lspci and dmidecode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import encodings
from debar.readers.machine import listings, machines
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

DEVICES = 1 << 14
"""Devices that are read; the largest servers have some thousand."""
_USB = re.compile(r"Bus \d+ Device \d+: ID ([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})\s*(.*)")
_PCI = re.compile(
    r"(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] (?:\"([^\"]*)\"|([^:\"]*(?: \[[0-9a-f]{4}\])?)): ?(.*)"
)
_PCI_QUOTED = re.compile(r'(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7] "[^"]*" "([^"]*)" "([^"]*)"')
_NUMBERS = re.compile(r" ?\[([0-9a-f]{4}):([0-9a-f]{4})\]")
_NUMBER = re.compile(r" ?\[([0-9a-f]{4})\]$")
_TAIL = re.compile(r" \((?:rev|prog-if) [^)]*\)")
_DRIVER = re.compile(r"\s+Kernel driver in use: (\S+)")
_PROCESSOR = re.compile(r"processor\s*: ", re.IGNORECASE)
_HARDWARE = re.compile(r"Hardware\s*: *(\S.{0,80})")
_FIELD = re.compile(r"\s+([A-Za-z][A-Za-z ()-]{0,40}): (.*)")
_OF_DEVICES = {
    "Manufacturer": Kind.PUBLISHER,
    "Vendor": Kind.PUBLISHER,
    "Product Name": Kind.MODEL,
    "Part Number": Kind.MODEL,
    "Name": Kind.MODEL,
}
_OF_MODULES = ("Module Manufacturer ID", "Manufacturer")
"""Fields of dmidecode that hold the number of a memory module's maker."""
_OF_THE_MACHINE = {
    "System Information": {
        "Manufacturer": Kind.PUBLISHER,
        "Product Name": Kind.MODEL,
        "Serial Number": Kind.SERIAL,
        "UUID": Kind.SERIAL,
    },
    "Chassis Information": {"Serial Number": Kind.SERIAL},
}
"""Structures of dmidecode that speak of the machine itself; a board's serial number is the board's."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each device, then one of the machine where dmidecode names it."""
    known: dict[Observable, int] = {}
    if _PROCESSOR.match(encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")):
        yield from _chips(source)
        return
    for number, title, lines in _blocks(source):
        if title.startswith("Handle "):
            section, fields = _structure(lines)
            for observable in _carried(_OF_THE_MACHINE.get(section, {}), fields):
                known.setdefault(observable, number)
            kinds = {} if section in _OF_THE_MACHINE else _OF_DEVICES
            label, observables = section, list(_carried(kinds, fields))
            if section == "Memory Device":
                numbers = (machines.of_module(value) for name, value in fields if name in _OF_MODULES)
                observables += [Observable(Kind.HARDWARE_ID, number) for number in numbers if number]
        else:
            label, observables = _device(title, lines)
        if observables:
            source.tally["devices"] += 1
            thing = Thing(f"line {number}", label, observables, meaning=Meaning.HARDWARE)
            yield from listings.observation(source, "", thing)
    if known:
        yield from listings.machine(source, f"line {next(iter(known.values()))}", "", known)


def _chips(source: Input) -> Iterator[Observation]:
    """Yield the chip of a board that /proc/cpuinfo names; only kernels of ARM write such a line."""
    for number, line in source.lines():
        if (found := _HARDWARE.match(line)) and (chip := machines.of_chip(found[1])):
            source.tally["devices"] += 1
            thing = Thing(f"line {number}", found[1], [Observable(Kind.HARDWARE_ID, chip)], meaning=Meaning.HARDWARE)
            yield from listings.observation(source, "", thing)


def _structure(lines: list[str]) -> tuple[str, list[tuple[str, ...]]]:
    """Give title and fields of a structure of dmidecode."""
    fields = [found.groups() for line in lines[1:] if (found := _FIELD.fullmatch(line))]
    return (lines[0].strip() if lines else ""), fields


def _blocks(source: Input) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (number, line, lines below it) for each line that begins a device; the lines below are indented."""
    first, title = 0, ""
    lines: list[str] = []
    count = 0
    for number, line in source.lines():
        is_below = line[:1].isspace() or (title.startswith("Handle ") and not line.startswith("Handle "))
        if is_below or not line.strip():
            if line.strip() and len(lines) < DEVICES:
                lines.append(line)
            continue
        if title and count < DEVICES:
            count += 1
            yield first, title, lines
        first, title, lines = number, line, []
    if title and count < DEVICES:
        yield first, title, lines


def _device(title: str, lines: list[str]) -> tuple[str, list[Observable]]:
    """Give name and observables of a line of lsusb or lspci."""
    if found := _USB.match(title):
        name = found[3].strip()
        return name, [
            Observable(Kind.HARDWARE_ID, f"usb:{found[1]}:{found[2]}".lower()),
            *listings.told(Kind.NAME, name),
        ]
    drivers = [Observable(Kind.DRIVER, driver[1]) for line in lines if (driver := _DRIVER.match(line))]
    if found := _PCI_QUOTED.match(title):  # lspci -mm
        numbers = [number[1] if (number := _NUMBER.search(part)) else "" for part in found.groups()]
        maker, name = (_NUMBER.sub("", part) for part in found.groups())
        identifier = [Observable(Kind.HARDWARE_ID, f"pci:{numbers[0]}:{numbers[1]}")] if all(numbers) else []
        return name, [*identifier, *listings.told(Kind.PUBLISHER, maker), *listings.told(Kind.NAME, name), *drivers]
    if found := _PCI.match(title):
        text = _TAIL.sub("", found[3])
        identifiers = [Observable(Kind.HARDWARE_ID, f"pci:{a}:{b}") for a, b in _NUMBERS.findall(text)]
        name = _NUMBERS.sub("", text).strip()
        return name, [*identifiers, *listings.told(Kind.NAME, name), *drivers]
    return "", []


def _carried(kinds: dict[str, Kind], fields: list[tuple[str, ...]]) -> Iterator[Observable]:
    for name, value in fields:
        if name in kinds:
            yield from listings.told(kinds[name], value)
