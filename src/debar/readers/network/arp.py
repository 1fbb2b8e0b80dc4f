# SPDX-License-Identifier: Apache-2.0
"""Tables of neighbours as systems print them: arp, ip neigh, /proc/net/arp, arp-scan, Cisco, Junos, Windows.

Every such table has lines with one hardware address and one address; what stands around them differs with
system and language and is not needed. Tables of switch ports have no addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

LINE = 1024
"""Characters looked at of a line; a table's are below 200."""
_WORD = re.compile(r"[^\s()\[\],;<>\"]+")
_NAMED = re.compile(r"\s*([^\s?()]+) \(")
_OWN = re.compile(r", type: \S+, MAC: (\S+), IPv4: (\S+)")
_MAKER = re.compile(r"\d[\d.]+\t[0-9a-f:]{17}\t(.+)", re.IGNORECASE)
_UNKNOWN = frozenset({"(unknown)", "(unknown: locally administered)"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each neighbour, in file order, the same one once."""
    once = hosts.Once()
    for number, line in source.lines():
        if own := _OWN.search(line[:LINE]):
            found = list(hosts.identity(mac_address=own[1], addresses=(own[2],)))
            if found:  # arp-scan says who it is itself
                name = identifiers.address(own[2])
                yield hosts.sighting(source, f"line {number}", name, found, Meaning.HARDWARE, label=name)
            continue
        name, mac, address = _neighbour(line[:LINE])
        if not mac:
            source.tally["lines without a neighbour"] += 1
            continue
        found = list(hosts.identity(name=name, mac_address=mac, addresses=(address,)))
        if (maker := _MAKER.match(line[:LINE])) and maker[1].lower() not in _UNKNOWN and "\t" in line:
            found.append(Observable(Kind.PUBLISHER, hosts.plain(maker[1].partition(" (DUP:")[0])))
        asset = name or address or mac
        if once.is_new(asset, *found):
            source.tally["neighbours"] += 1
            yield hosts.sighting(source, f"line {number}", asset, found, Meaning.HARDWARE, label=asset)


def _neighbour(line: str) -> tuple[str, str, str]:
    """Give name, hardware address and address; no hardware address when the line tells of no one neighbour."""
    words = _WORD.findall(line)
    macs = [mac for mac in map(_mac, words) if mac]
    addresses = list(dict.fromkeys(address for address in map(identifiers.address, words) if address))
    if len(macs) != 1 or len(addresses) > 1:
        return "", "", ""
    named = _NAMED.match(line)
    # Junos and others put a name of its own beside the address; only "name (address)" is told apart surely.
    name = named[1] if named and not identifiers.address(named[1]) else ""
    return name, macs[0], addresses[0] if addresses else ""


def _mac(word: str) -> str:
    """Give a hardware address that is written with marks between its parts: bare digits may be anything."""
    return identifiers.mac(word) if any(mark in word for mark in ":-.") else ""
