# SPDX-License-Identifier: Apache-2.0
"""Who the hosts of a local network say they are: ARP, DHCP, NetBIOS, LLDP and CDP."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import identifiers
from debar.readers.machine import hosts
from debar.readers.packets import layers
from debar.readers.packets.facts import Fact, is_

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = 256
"""Options or fields read of one packet; a frame of 1500 bytes has room for some more."""
DHCP_PORTS = frozenset({67, 68})
NETBIOS_NAMES, NETBIOS_DATAGRAMS = 137, 138
_COOKIE = b"\x63\x82\x53\x63"
_REQUESTED, _TYPE, _NAME, _VENDOR, _FULL_NAME = 50, 53, 12, 60, 81
_REQUEST, _ACKNOWLEDGED, _REGISTRATION = 1, 5, 5
_MED = b"\x00\x12\xbb"
_MED_KINDS = {8: Kind.SERIAL, 9: Kind.PUBLISHER, 10: Kind.MODEL, 5: Kind.TEXT, 6: Kind.TEXT, 7: Kind.TEXT}
"""Inventory of LLDP-MED (ANSI/TIA-1057): serial number, maker, model; revisions of hardware, firmware, software."""


def arp(payload: bytes) -> Iterator[tuple[str, str]]:
    """Yield (hardware address, address) of the sender of an ARP packet, unless it only asks whether one is free."""
    hardware, protocol, size, length = struct.unpack_from(">HHBB", payload)
    if (hardware, protocol, size, length) == (1, layers.IPV4, 6, 4):
        yield payload[8:14].hex(":"), layers.text(payload[14:18])


def dhcp(payload: bytes) -> Iterator[Fact]:
    """Yield who a client is; struct.error or IndexError where the message is cut off (RFC 2131, 2132, 4702)."""
    if len(payload) < 240 or payload[236:240] != _COOKIE:
        return
    options: dict[int, bytes] = {}
    at = 240
    for _ in range(FIELDS):
        if at >= len(payload) or payload[at] == 255:
            break
        if payload[at] == 0:
            at += 1
            continue
        code, size = payload[at], payload[at + 1]
        options[code] = options.get(code, b"") + payload[at + 2 : at + 2 + size]
        at += 2 + size
    name, vendor, full = (
        _plain(options.get(_NAME)),
        _plain(options.get(_VENDOR)),
        _full_name(options.get(_FULL_NAME, b"")),
    )
    addresses = [layers.text(payload[12:16])]
    # A server's answer counts once it is binding; what a client asks for it may not get, but had.
    if options.get(_TYPE) == bytes([_ACKNOWLEDGED]):
        addresses.append(layers.text(payload[16:20]))
    elif payload[0] == _REQUEST and len(options.get(_REQUESTED, b"")) == 4:
        addresses.append(layers.text(options[_REQUESTED]))
    if payload[0] != _REQUEST:
        name = vendor = full = ""  # these would be the server's words
    found = [Observable(Kind.BANNER, vendor)] if vendor else []
    if full and full != name:
        found.append(Observable(Kind.TEXT, full))
    yield is_(*found, name=name or full, mac=payload[28:34].hex(":"), addresses=tuple(addresses))


def _full_name(option: bytes) -> str:
    """Give the name in option 81: after flags and two results, as text or in labels (RFC 4702, 2)."""
    if len(option) < 4:
        return ""
    if not option[0] & 4:
        return _plain(option[3:])
    labels, at = [], 3
    while at < len(option) and option[at]:
        labels.append(option[at + 1 : at + 1 + option[at]])
        at += 1 + option[at]
    return _plain(b".".join(labels))


def _plain(value: bytes | None) -> str:
    return hosts.plain(value.decode("utf-8", "replace")) if value else ""


def netbios(payload: bytes, source: str, port: int) -> Iterator[Fact]:
    """Yield the name under which a Windows host makes itself known (RFC 1001, 14.1; RFC 1002, 4.2 and 4.4)."""
    if port == NETBIOS_DATAGRAMS:
        name = _netbios_name(payload[14:48]) if len(payload) >= 48 and payload[0] in {16, 17, 18} else ""
    else:
        flags = struct.unpack_from(">H", payload, 2)[0]
        is_registration = flags >> 11 == _REGISTRATION
        # The group bit of the record that is registered: names of workgroups are not names of hosts.
        name = (
            _netbios_name(payload[12:46]) if is_registration and len(payload) >= 64 and not payload[62] & 0x80 else ""
        )
    if name:
        yield is_(name=name, addresses=(source,))


def _netbios_name(encoded: bytes) -> str:
    """Give a name of 15 characters; its sixteenth tells a host (0) or its files (32) from other things."""
    if len(encoded) != 34 or encoded[0] != 32:
        return ""
    pairs = encoded[1:33]
    if any(not 65 <= byte <= 80 for byte in pairs):
        return ""
    octets = bytes((pairs[at] - 65) << 4 | pairs[at + 1] - 65 for at in range(0, 32, 2))
    return hosts.plain(octets[:15].decode("cp1252", "replace")) if octets[15] in {0, 32} else ""


def lldp(payload: bytes) -> Iterator[Fact]:
    """Yield who a switch, telephone or camera says it is (IEEE 802.1AB)."""
    name, mac, addresses = "", "", []
    found: list[Observable] = []
    at = 0
    for _ in range(FIELDS):
        if at + 2 > len(payload):
            break
        head = struct.unpack_from(">H", payload, at)[0]
        kind, value = head >> 9, payload[at + 2 : at + 2 + (head & 0x1FF)]
        at += 2 + (head & 0x1FF)
        if kind == 0:
            break
        if kind == 1 and value[:1] == b"\x04":
            mac = value[1:7].hex(":")
        elif kind == 5:
            name = _plain(value)
        elif kind == 6:
            found.append(Observable(Kind.BANNER, _plain(value)))
        elif kind == 8 and value[:2] in {b"\x05\x01", b"\x11\x02"}:
            addresses.append(layers.text(value[2 : 1 + value[0]]))
        elif kind == 127 and value.startswith(_MED) and len(value) > 4 and value[3] in _MED_KINDS:
            kind_of = _MED_KINDS[value[3]]
            found.append(Observable(kind_of, identifiers.normal(kind_of, _plain(value[4:]))))
    yield is_(*(o for o in found if o.value), name=name, mac=mac, addresses=tuple(addresses))


def cdp(payload: bytes, mac: bytes) -> Iterator[Fact]:
    """Yield who a device says it is in Cisco's protocol, which others speak as well."""
    kinds = {5: Kind.BANNER, 6: Kind.MODEL}
    name = ""
    found: list[Observable] = []
    addresses: list[str] = []
    at = 4
    for _ in range(FIELDS):
        if at + 4 > len(payload):
            break
        kind, size = struct.unpack_from(">HH", payload, at)
        if size < 4:
            break
        value = payload[at + 4 : at + size]
        at += size
        if kind == 1:
            name = _plain(value)
        elif kind in kinds and _plain(value):
            found.append(Observable(kinds[kind], _plain(value)))
        elif kind == 2 and value[4:9] == b"\x01\x01\xcc\x00\x04":
            addresses.append(layers.text(value[9:13]))
    yield is_(*found, name=name, mac=mac.hex(":"), addresses=tuple(addresses))
