# SPDX-License-Identifier: Apache-2.0
"""Lists of registries to entries: what is registered, and to whom."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from registries.sources import Snapshot

_TEXT = re.compile(r"^([0-9A-F]{6})\s+\(base 16\)\s+(.*)$", re.MULTILINE)
_VENDOR = re.compile(r"^([0-9a-f]{4})  (.+)$")
_DEVICE = re.compile(r"^\t([0-9a-f]{4})  (.+)$")
_CLASSES = "C "
"""Opens the second part of the lists of USB and PCI, which names no vendors."""
_ROOT = "1.3.6.1.4.1."
"""Where the numbers of enterprises hang in the tree of SNMP."""


class Entry(NamedTuple):
    """Something that is registered."""

    value: str
    """As an indicator writes it: "00:18:82", "70:b3:d5:1", "usb:12d1", "usb:05c6:9215", "1.3.6.1.4.1.2011"."""
    registrant: str
    """As it is printed, with single spaces."""
    device: str = ""
    """Name of a single device below the number of its vendor."""


def entries(snapshot: Snapshot) -> list[Entry]:
    """Give what a list has, in the order of its values."""
    return sorted(
        Entry(entry.value, " ".join(entry.registrant.split()), entry.device)
        for entry in _FORMS[snapshot.source.form](snapshot)
    )


def prefix(digits: str) -> str:
    """Give a block of 24, 28 or 36 bits as it is written: pairs, and a single digit at the end where there is one."""
    plain = digits.lower()
    return ":".join(plain[at : at + 2] for at in range(0, len(plain), 2))


def _oui_json(snapshot: Snapshot) -> Iterator[Entry]:
    """Yield from {"001882": "registrant, a line break, its address"}."""
    for digits, registrant in json.loads(snapshot.text).items():
        yield Entry(prefix(digits), registrant.partition("\n")[0])


def _oui_text(snapshot: Snapshot) -> Iterator[Entry]:
    for digits, registrant in _TEXT.findall(snapshot.text):
        yield Entry(prefix(digits), registrant)


def _ids(snapshot: Snapshot) -> Iterator[Entry]:
    """Yield vendors and devices of usb.ids and pci.ids, which share one form."""
    vendor, registrant = "", ""
    for line in snapshot.text.splitlines():
        if line.startswith(_CLASSES):
            return
        if said := _VENDOR.match(line):
            vendor, registrant = f"{snapshot.source.registry}:{said[1]}", said[2]
            yield Entry(vendor, registrant)
        elif vendor and (said := _DEVICE.match(line)):
            yield Entry(f"{vendor}:{said[1]}", registrant, said[2].strip())


def _numbers(snapshot: Snapshot) -> Iterator[Entry]:
    """Yield from lines of number, tab, registrant; a line that begins with # is a remark."""
    for line in snapshot.text.splitlines():
        number, tab, registrant = line.partition("\t")
        if tab and number.isdigit():
            yield Entry(_ROOT + number, registrant)


_FORMS: dict[str, Callable[[Snapshot], Iterator[Entry]]] = {
    "oui-json": _oui_json,
    "oui-text": _oui_text,
    "ids": _ids,
    "numbers": _numbers,
}
