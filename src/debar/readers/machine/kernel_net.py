# SPDX-License-Identifier: Apache-2.0
"""Tables of the Linux kernel about its network: connections and neighbours, as /proc/net writes them."""

from __future__ import annotations

import ipaddress
import re
import sys
from typing import TYPE_CHECKING

from debar.readers import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTENING, _UNCONNECTED = "0A", "07"
"""States in the kernel's include/net/tcp_states.h: TCP listens; UDP without a peer is written as closed."""
_END = re.compile(r"([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})")


def sockets(table: str) -> Iterator[tuple[int, int, str]]:
    """Yield (line, own port, "") for each port listened on, and (line, own port, address) for each peer; each once."""
    seen: set[tuple[int, str]] = set()
    for number, line in enumerate(table.splitlines(), 1):
        cells = line.split()
        if len(cells) < 4 or not (own := _END.fullmatch(cells[1])) or not (peer := _END.fullmatch(cells[2])):
            continue
        is_open = cells[3] == _LISTENING or (cells[3] == _UNCONNECTED and peer[2] == "0000")
        port, remote = int(own[2], 16), "" if is_open else address(peer[1])
        key = (port, "") if is_open else (0, remote)
        if key in seen or (not is_open and _is_local(remote)):
            continue
        seen.add(key)
        yield number, port, remote


def neighbours(table: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, address, hardware address in small letters) of each neighbour that answered."""
    for number, line in enumerate(table.splitlines(), 1):
        cells = line.split()
        if len(cells) >= 4 and (mac := identifiers.mac(cells[3])):
            yield number, cells[0], mac


def address(digits: str) -> str:
    """Give an address that the kernel writes as 32-bit words in the order of the machine's bytes."""
    words = [bytes.fromhex(digits[at : at + 8]) for at in range(0, len(digits), 8)]
    packed = b"".join(word[::-1] if sys.byteorder == "little" else word for word in words)
    found = ipaddress.ip_address(packed)
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def _is_local(remote: str) -> bool:
    found = ipaddress.ip_address(remote)
    return found.is_loopback or found.is_unspecified
