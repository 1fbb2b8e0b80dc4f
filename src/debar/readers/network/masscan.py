# SPDX-License-Identifier: Apache-2.0
"""Scans by masscan as JSON (-oJ, -oD) and as a list (-oL): open ports, and what stood in their banners.

Versions of masscan differ in where they put commas, so each line is read by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers, instants, records
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

PORTS = 1 << 16
"""Ports of one host in one line."""
_CERTIFICATES = frozenset({"X509", "X509CA"})
"""Banners that are whole certificates in base64 and no text."""


def read(source: Input) -> Iterator[Observation]:
    """Yield each host once and what each of its open ports says, in file order."""
    once = hosts.Once()
    for number, line in source.lines():
        bare = line.strip().strip(",[]").strip()
        found = _from_json(source, number, bare) if bare.startswith("{") else _from_list(bare.split(" ", 5))
        for address, port, banner, when in found:
            identity = list(hosts.identity(addresses=(address,)))
            if identity and once.is_new(address):
                source.tally["hosts"] += 1
                yield hosts.sighting(source, f"line {number}", address, identity, Meaning.HARDWARE, when=when)
            said = [Observable(Kind.BANNER, banner)] if banner else []
            said.append(Observable(Kind.PORT, port))
            if once.is_new(address, *said):
                source.tally["ports"] += 1
                yield hosts.sighting(source, f"line {number}", address, said, Meaning.INSTALLED, label=port, when=when)


_Found = tuple[str, str, str, str]
"""Address, port, banner and time."""


def _from_json(source: Input, number: int, line: str) -> Iterator[_Found]:
    try:
        scanned: Any = msgspec.json.decode(line)
    except records.UNREADABLE as e:
        if "finished" not in line:  # old versions end with {finished: 1}
            source.lose(f"line {number}", str(e))
        return
    fields = records.texts(scanned)
    address, when = identifiers.address(fields.get("ip", "")), instants.epoch(fields.get("timestamp", ""))
    # -oJ has a list of ports, -oD one port and its state.
    ports = records.listed(scanned.get("ports")) or [scanned] if isinstance(scanned, dict) else []
    for port in ports[:PORTS]:
        about = records.texts(port)
        service = records.texts(port.get("service")) if isinstance(port, dict) else {}
        data = records.texts(port.get("data")) if isinstance(port, dict) else {}
        is_open = (about.get("status") or data.get("status") or "open") == "open"
        if address and is_open and about.get("port", "").isdecimal():
            name = service.get("name", "") or data.get("service_name", "")
            banner = "" if name in _CERTIFICATES else service.get("banner", "") or data.get("banner", "")
            place = f"{about['port']}/{about.get('proto', 'tcp')}"
            yield address, place, hosts.plain(" ".join(banner.split())), when


def _from_list(words: list[str]) -> Iterator[_Found]:
    """Yield "open tcp 80 10.0.0.1 1600000000" and "banner tcp 80 10.0.0.1 1600000000 http Server: x"."""
    if len(words) < 5 or words[0] not in {"open", "banner"} or not words[2].isdecimal():
        return
    if address := identifiers.address(words[3]):
        name, _, banner = words[5].partition(" ") if len(words) > 5 else ("", "", "")
        banner = "" if name in _CERTIFICATES else banner
        yield address, f"{words[2]}/{words[1]}", hosts.plain(banner), instants.epoch(words[4])
