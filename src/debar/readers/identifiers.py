# SPDX-License-Identifier: Apache-2.0
"""What tells one machine from others, in one form: host names, addresses, hardware addresses, serial numbers.

Machines of different sources are joined by these values, so every reader brings them into the form given
here. What every machine has, and what makers leave where a number belongs, identifies none and is left out.
"""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.model.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

JOINING = frozenset({Kind.SERIAL, Kind.MAC, Kind.ADDRESS, Kind.HOSTNAME})
"""Kinds by which names of one asset are joined (`debar.assets`)."""
LONGEST_SERIAL = 256
"""Characters kept of a serial number; digests of images, the longest, have 135."""
_HEX = re.compile(r"[0-9a-f]{12}")
_PARTED = re.compile(
    r"[0-9a-f]{1,2}(?:([:\-. ])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4})|(?:[0-9a-f]{4}[.:-]){2}[0-9a-f]{4}"
)
# What makers and hypervisors leave where a serial number belongs (dmidecode, osquery and GLPI show them).
_JUNK = re.compile(
    r"(?i)[0\W_fx]*|to be filled.*|default ?string|system serial number|chassis serial number|base board serial.*|"
    r"not (?:specified|applicable|available|settable|present|found).*|n/?a|nil|null|none|unknown|undefined|serial|empty|"
    r"o\.?e\.?m\.?|invalid|xxx+|\*+.*|0?123456789(?:0|abcdef)?|03000200-0400-0500-0006-000700080009"
)
_EVERYBODY = frozenset(
    {"localhost", "localhost.localdomain", "localhost4", "localhost6", "ip6-localhost", "::1", "(none)"}
)
_NETWORK = re.compile(r"(?:as)?([1-9][0-9]{0,9})(?![\w.])", re.IGNORECASE)
_NETWORKS = 1 << 32
"""Numbers of networks have 32 bits (RFC 6793)."""
_BROADCAST = ipaddress.ip_address("255.255.255.255")


@lru_cache(maxsize=1 << 14)
def mac(text: str) -> str:
    """Give a station's hardware address as aa:bb:cc:dd:ee:ff; nothing for groups, for zeros and for anything else."""
    text = text.strip().lower()
    if len(text) > 17:
        return ""
    if found := _PARTED.fullmatch(text):
        mark = found[1]
        bare = "".join(part.zfill(2) for part in text.split(mark)) if mark else re.sub(r"[.:-]", "", text)
    else:
        bare = text
    # The lowest bit of the first octet marks a group of stations (IEEE 802).
    if not _HEX.fullmatch(bare) or bare == "0" * 12 or int(bare[:2], 16) & 1:
        return ""
    return ":".join(bare[at : at + 2] for at in range(0, 12, 2))


@lru_cache(maxsize=1 << 14)
def address(text: str) -> str:
    """Give an IP address that one host can have, without its zone; nothing for groups, for zeros and for any other text."""
    try:
        parsed = ipaddress.ip_address(text.strip().partition("%")[0].partition("/")[0])
    except ValueError:
        return ""
    if parsed.is_multicast or parsed.is_unspecified or parsed == _BROADCAST:
        return ""
    return str(parsed)


def own_address(text: str) -> str:
    """Give an address that tells a host from others: neither loopback nor link-local, which every host has."""
    found = address(text)
    if not found:
        return ""
    parsed = ipaddress.ip_address(found)
    return "" if parsed.is_loopback or parsed.is_link_local else found


def is_loopback(name: str) -> bool:
    """Tell whether a name or an address is one that every host has for itself, and so joins nothing."""
    return name.lower() in _EVERYBODY or name.startswith("127.")


def hostname(text: str) -> str:
    """Give a host name without the dot of the root; nothing for one that every host has."""
    name = text.strip().rstrip(".")
    return "" if is_loopback(name) else name


def serial(text: str) -> str:
    """Give a serial number or hardware UUID, without what makers leave there that identifies nothing."""
    found = text.strip()[:LONGEST_SERIAL]
    return "" if len(found) < 3 or is_filler(found) else found


def is_filler(text: str) -> bool:
    """Tell whether a text is one that makers of boards leave in place of a number or a name."""
    return _JUNK.fullmatch(text[:LONGEST_SERIAL]) is not None


def network(text: str) -> str:
    """Give the number of a network as AS64500, however it is written: 64500, "AS64500 Example Ltd"."""
    found = _NETWORK.match(text.strip())
    return f"AS{found[1]}" if found and int(found[1]) < _NETWORKS else ""


_NORMAL: dict[Kind, Callable[[str], str]] = {
    Kind.ADDRESS: address,
    Kind.ASN: network,
    Kind.HOSTNAME: hostname,
    Kind.MAC: mac,
    Kind.SERIAL: serial,
}


def normal(kind: Kind, text: str) -> str:
    """Give a value of any kind in the form that joins it to the same of other sources; nothing if it identifies none."""
    form = _NORMAL.get(kind)
    return form(text) if form else text
