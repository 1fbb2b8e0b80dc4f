# SPDX-License-Identifier: Apache-2.0
"""Setup information of Windows drivers (.inf): provider, manufacturers, and the devices they are for.

After Microsoft's "INF file sections and directives". Texts may stand as %tokens% of the section Strings,
of which there can be one for each language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_LINES = 1 << 20
"""Lines looked at; the longest files of graphics drivers have 60,000."""
_LONGEST = 1 << 12
"""Characters looked at of a line: Windows reads no more of one."""
_DEVICES = 1 << 10
"""Identifiers of devices kept."""
_SECTION = re.compile(r"\s*\[([^\]]{1,255})\]")
_TOKEN = re.compile(r"%([^%]{1,255})%")
_DEVICE = re.compile(
    r"\b(?:(USB)\\+VID_([0-9a-f]{4})&PID_([0-9a-f]{4})|(PCI)\\+VEN_([0-9a-f]{4})&DEV_([0-9a-f]{4}))", re.IGNORECASE
)


def read(source: Input) -> Iterator[Observation]:
    """Yield the driver package, then the devices it is for: they may have been attached, or never."""
    version: dict[str, str] = {}
    texts: dict[str, str] = {}
    makers: list[str] = []
    devices: dict[str, None] = {}
    drivers: list[str] = []
    section = ""
    for number, line in source.lines():
        if number > _LINES:
            source.lose(f"line {number}", f"only the first {_LINES} lines were looked at")
            break
        line = line[:_LONGEST]  # noqa: PLW2901 - the rest is not looked at
        if found := _SECTION.match(line):
            section = found[1].strip().lower()
            continue
        key, value = _entry(line)
        if section == "version" and key:
            version.setdefault(key.lower(), value)
        elif section.partition(".")[0] == "strings" and key:
            texts.setdefault(key.lower(), value)
        elif section == "manufacturer":
            makers.append(key or _bare(value))
        elif device := _DEVICE.search(line):
            if len(devices) < _DEVICES:
                devices[_identifier(device)] = None
        elif key.lower() == "servicebinary":
            drivers.append(value.rpartition("\\")[2])
    named = _Names(texts)
    source.tally["driver packages"] += 1
    yield from _told(source, version, [named.plain(maker) for maker in makers], drivers, named)
    if devices:
        source.tally["devices that drivers are for"] += len(devices)
        yield programs.about(
            source,
            [Observable(Kind.HARDWARE_ID, device) for device in devices],
            meaning=Meaning.RESIDUE,
            locator="models",
        )


class _Names:
    """The texts that tokens stand for."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def plain(self, value: str) -> str:
        """Give a value with its tokens replaced, once: a text has no tokens of its own."""
        return _bare(_TOKEN.sub(lambda token: self._texts.get(token[1].lower(), ""), value))


def _told(
    source: Input, version: dict[str, str], makers: list[str], drivers: list[str], named: _Names
) -> Iterator[Observation]:
    """Yield what the package says of itself."""
    plain = {key: named.plain(value) for key, value in version.items()}
    catalogues = [value for key, value in plain.items() if key.startswith("catalogfile")]
    observables = [
        Observable(Kind.FILE, source.name),
        *(o for maker in (plain.get("provider", ""), *makers) for o in components.maker(maker)),
        *(Observable(Kind.FILE, name) for name in catalogues),
        *(Observable(Kind.DRIVER, name) for name in drivers),
    ]
    # DriverVer is a date, a comma, and the version.
    yield programs.about(
        source,
        observables,
        meaning=Meaning.RESIDUE,
        version=plain.get("driverver", "").partition(",")[2].strip(),
    )


def _entry(line: str) -> tuple[str, str]:
    """Give key and value of a line without its comment; a line without "=" is a value alone."""
    bare = _without_comment(line)
    key, equals, value = bare.partition("=")
    return (_bare(key), value.strip()) if equals else ("", bare.strip())


def _without_comment(line: str) -> str:
    """Give a line up to its first semicolon outside of quotation marks."""
    at, is_quoted = 0, False
    for at, letter in enumerate(line):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == ";" and not is_quoted:
            return line[:at]
    return line[: at + 1]


def _bare(value: str) -> str:
    """Give a value without quotation marks around it."""
    text = value.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _identifier(device: re.Match[str]) -> str:
    bus, vendor, product = (group for group in device.groups() if group)
    return f"{bus}:{vendor}:{product}".lower()
