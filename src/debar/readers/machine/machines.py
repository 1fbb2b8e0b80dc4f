# SPDX-License-Identifier: Apache-2.0
"""What inventories say of machines: fields as observables, and which machine it is that they speak of.

Agents agree in what they report and differ in what they call it. The names are data of each reader;
what a value of a kind amounts to, and which identifiers tell one machine from another, stands here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, identifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from debar.readers.inputs import Input

MACHINES = 1 << 18
"""Machines of one source that are told apart; the largest fleets that one server manages are below 200 000."""
IDENTIFIERS = 512
"""Identifiers kept of one machine: a chassis switch has some hundred ports, each with an address of its own."""
VALUE = 1 << 14
"""Characters kept of one value; command lines of Java servers reach 10 KiB."""
REPEATED = 512
"""Longest value that is remembered; names, makers and paths are shorter."""
BLANK = frozenset(
    {"", "-", "n/a", "none", "null", "unknown", "(none)", "(null)", "undefined", "not specified", "default string"}
)
"""What stands where nothing is known."""
_BUS_IDENTIFIER = re.compile(r"(?i)\b(PCI|USB)\\+V(?:EN|ID)_([0-9a-f]{4})&(?:DEV|PID)_([0-9a-f]{4})")
_PLUG_AND_PLAY = re.compile(
    r"(?i)(?:^|\\)(?:(?:DISPLAY|MONITOR)\\+([A-Z]{3})[0-9A-F]{4}(?![0-9A-Z])|ACPI\\+VEN_([A-Z]{3})[&\\])"
)
"""Makers by the three letters that UEFI's registry of plug-and-play gives them."""
_EDID = b"\x00\xff\xff\xff\xff\xff\xff\x00"
_BANK = re.compile(r"(?i)Bank (\d{1,3}), Hex 0x([0-9a-f]{2})")
_CODE = re.compile(r"(?i)(?:0x)?([0-9a-f]{2})([0-9a-f]{2})(?:0{2,20}|(?:0000\1\2))?")
_CHIP = re.compile(r"[a-z][a-z0-9_-]{2,31}")
_VALUE_BITS = 0x7F
"""The eighth bit is parity."""
_EXECUTABLE = re.compile(r"(?i).*?\.(?:exe|com|bat|cmd|sys|dll|msi)(?=$|[\s,;])")
# Bridges, tunnels and loopbacks that software makes: their addresses are alike on every host that runs it.
_INTERNAL = re.compile(
    r"(?i)(?:lo\d*|docker.*|br-[0-9a-f]{12}|veth.*|virbr.*|vmnet.*|vboxnet.*|cni.*|ifb\d+|dummy\d+|flannel.*|cali.*|tun\d+|tap\d+)"
)
_COMMANDS = frozenset(
    {"action", "cmd", "cmdline", "commandline", "process.command_line", "svcpath", "uninstall_string"}
)
"""Fields that hold command lines, by whichever agent."""
_APPLE_ROOTS = ("/Applications/", "/Library/", "/System/", "/Users/")
_MAKER, _REFERENCE, _PATH, _PROCESS, _DRIVER = (
    Kind.PUBLISHER,
    Kind.REFERENCE_DOMAIN,
    Kind.PATH,
    Kind.PROCESS,
    Kind.DRIVER,
)


def is_internal(interface: str) -> bool:
    """Tell whether an interface is one that software makes alike on every host: a bridge, a tunnel, a loopback."""
    return _INTERNAL.fullmatch(interface[:64]) is not None


def on_bus(bus: str, vendor: str, product: str) -> str:
    """Give a device's identifier on a bus, as usb:vvvv:pppp; nothing when a part is missing or no number."""
    parts = [part.lower().removeprefix("0x").rjust(4, "0") for part in (vendor, product)]
    is_known = vendor and product and all(re.fullmatch(r"[0-9a-f]{4}", part) for part in parts)
    return f"{bus}:{parts[0]}:{parts[1]}" if is_known else ""


def on_windows_bus(identifier: str) -> str:
    r"""Give the same of a Windows device identifier such as PCI\VEN_8086&DEV_10EA&SUBSYS_7008103C.

    Screens and parts that firmware lists have their maker alone there: DISPLAY\HWV3118, ACPI\VEN_HWV&DEV_1000.
    """
    identifier = identifier[:VALUE]
    if found := _BUS_IDENTIFIER.search(identifier):
        return on_bus(found[1].lower(), found[2], found[3])
    found = _PLUG_AND_PLAY.search(identifier)
    return f"pnp:{(found[1] or found[2]).lower()}" if found else ""


def of_screen(data: bytes) -> str:
    """Give the maker of a screen from what it says of itself (EDID, 3.4: three letters of five bits), as pnp:ven."""
    if not data.startswith(_EDID) or len(data) < len(_EDID) + 2:
        return ""
    packed = int.from_bytes(data[len(_EDID) : len(_EDID) + 2], "big")
    letters = [packed >> shift & 0x1F for shift in (10, 5, 0)]
    is_known = all(1 <= letter <= 26 for letter in letters)
    return "pnp:" + "".join(chr(ord("a") - 1 + letter) for letter in letters) if is_known else ""


def of_module(maker: str) -> str:
    """Give the maker of a memory module as jep106:BANK:0xNN, where it is written as a number: 8A91, "Bank 11, Hex 0x91".

    Both bytes of JEP106 have odd parity, so that hardly another number is taken for one.
    """
    if found := _BANK.fullmatch(maker.strip()):
        return f"jep106:{int(found[1])}:0x{int(found[2], 16) & _VALUE_BITS:02x}"
    found = _CODE.fullmatch(maker.strip())
    pair = [int(part, 16) for part in found.groups()] if found else []
    if not pair or any(part.bit_count() % 2 == 0 for part in pair):
        return ""
    return f"jep106:{(pair[0] & _VALUE_BITS) + 1}:0x{pair[1] & _VALUE_BITS:02x}"


def of_chip(name: str) -> str:
    """Give what a kernel calls the chip of its board as soc:name: hi3516cv300, "hisilicon,hi3516cv300"."""
    found = _CHIP.fullmatch(name.strip().lower().rpartition(",")[2])
    return f"soc:{found[0]}" if found else ""


def program(command: str) -> str:
    """Give the program that a command line starts."""
    command = command.strip()[:VALUE]
    if command[:1] in {'"', "'"}:
        return command[1:].partition(command[0])[0]
    if found := _EXECUTABLE.match(command):
        return found.group()
    if command[1:2] == ":" or command.startswith("\\\\"):
        return command  # a Windows path without an ending may have blanks anywhere
    if command.startswith(_APPLE_ROOTS):
        # Folders of macOS have blanks: what follows the program begins with a dash or a slash of its own.
        command = re.split(r" (?=[-/])", command, maxsplit=1)[0]
        folder, slash, name = command.rpartition("/")
        return folder + slash + name.partition(" ")[0]
    return command.partition(" ")[0]


def located(path: str) -> str:
    """Give a path without quotation marks, and without the options that services of Windows have behind theirs."""
    if path[:1] == '"':
        return path[1:].partition('"')[0]
    return found.group() if "\\" in path and (found := _EXECUTABLE.match(path)) else path


def base(path: str) -> str:
    """Give the last step of a path, whichever way its slashes lean."""
    return re.split(r"[/\\]", path)[-1]


def _file_or_path(kind: Kind) -> Callable[[str], Iterator[Observable]]:
    """Give what a path, command line or bare file name says: its last step as that kind, and the path."""

    def told(value: str) -> Iterator[Observable]:
        if value.startswith("["):
            return  # [kworker/0:0H] is a thread of the kernel, no program
        path = located(value)
        # Names of kernel threads have slashes of their own: kworker/3:5-events.
        is_path = "\\" in path or path[:1] in {"/", ".", "~"} or path[1:2] == ":"
        if name := (base(path) if is_path else path).rstrip(":"):
            yield Observable(kind, name)
        if is_path:
            yield Observable(_PATH, path)

    return told


def one(kind: Kind, normal: Callable[[str], str]) -> Callable[[str], Iterator[Observable]]:
    """Give what a value says in its normal form, or nothing."""

    def told(value: str) -> Iterator[Observable]:
        if found := normal(value):
            yield Observable(kind, found)

    return told


def _maker(value: str) -> list[Observable]:
    """Give what a maker's field says; some agents put a homepage there."""
    return components.reference(value) if value.startswith(("http://", "https://")) else components.maker(value)


_TOLD: dict[Kind, Callable[[str], Iterable[Observable]]] = {
    _MAKER: _maker,
    _REFERENCE: components.reference,
    _PATH: one(_PATH, located),
    _PROCESS: _file_or_path(_PROCESS),
    _DRIVER: _file_or_path(_DRIVER),
    Kind.HOSTNAME: one(Kind.HOSTNAME, identifiers.hostname),
    Kind.MAC: one(Kind.MAC, identifiers.mac),
    Kind.SERIAL: one(Kind.SERIAL, identifiers.serial),
    Kind.ADDRESS: one(Kind.ADDRESS, identifiers.own_address),
    Kind.IP: one(Kind.IP, identifiers.own_address),
}
"""Kinds whose values amount to something other than themselves."""


def observables(kinds: Mapping[str, Kind], cells: Mapping[str, str]) -> list[Observable]:
    """Give what the cells of a row say, each once, in the order of the kinds; blank ones say nothing.

    A state of health keeps the name of its field, without which it means nothing.
    """
    found: list[Observable] = []
    for name, kind in kinds.items():
        if value := cells.get(name):
            if kind is Kind.HEALTH:
                value = f"{name}={value.strip()}"
            said = _said if len(value) <= REPEATED else _said.__wrapped__
            found += [o for o in said(kind, name in _COMMANDS, value) if o not in found]
    return found


@lru_cache(maxsize=1 << 14)
def _said(kind: Kind, is_command: bool, value: str) -> tuple[Observable, ...]:  # noqa: FBT001
    """Give what one value says; a fleet's machines have the same programs by the thousand."""
    value = value.strip()[:VALUE]
    if value.lower() in BLANK:
        return ()
    told = _TOLD.get(kind)
    if is_command:
        value = program(value)
    return tuple(dict.fromkeys(told(value))) if told else (Observable(kind, value),)


def first(cells: Mapping[str, str], names: Sequence[str]) -> str:
    """Give the first cell of these names that says something."""
    return next((cells[name].strip() for name in names if cells.get(name, "").strip().lower() not in BLANK), "")


_IDENTIFYING = frozenset({Kind.HOSTNAME, Kind.SERIAL, Kind.MAC, Kind.ADDRESS, Kind.MODEL})


class Machines:
    """The identifiers of each machine that a source speaks of, gathered on the way and told once at the end."""

    def __init__(self) -> None:
        """Begin without any machine."""
        self._found: dict[str, tuple[str, str, dict[Observable, None]]] = {}

    def note(self, asset: str, locator: str, found: Iterable[Observable], seen_at: str = "") -> None:
        """Keep what identifies a machine; the first place that does is where it is said to stand."""
        for observable in found:
            if asset not in self._found and len(self._found) < MACHINES:
                self._found[asset] = (locator, seen_at, {})
            if asset in self._found and len(kept := self._found[asset][2]) < IDENTIFIERS:
                kept[observable] = None

    def told(self, source: Input) -> Iterator[Observation]:
        """Yield one observation for each machine, in the order in which they were met."""
        for asset, (locator, seen_at, found) in self._found.items():
            kinds = {o.kind: o.value for o in reversed(found)}
            if _IDENTIFYING.isdisjoint(kinds):
                continue
            source.tally["machines"] += 1
            yield Observation(
                source=source.id,
                locator=locator,
                asset=asset,
                label=kinds.get(Kind.HOSTNAME) or kinds.get(Kind.MODEL) or asset,
                medium=Medium.INVENTORY,
                meaning=Meaning.HARDWARE,
                observables=tuple(found),
                observed_at=seen_at,
            )
