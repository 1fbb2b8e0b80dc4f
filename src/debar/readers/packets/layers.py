# SPDX-License-Identifier: Apache-2.0
"""From a frame to what it carries: link, VLAN, PPPoE, IP and tunnels are taken off, TCP and UDP are told apart.

Link types are those of tcpdump.org, ether types those of IEEE, protocols those of IANA.
"""

from __future__ import annotations

import ipaddress
import struct
from functools import lru_cache
from typing import NamedTuple

DEPTH = 16
"""Layers that are taken off one frame; a tunnel in a tunnel in a tunnel has 12."""
EXTENSIONS = 8
"""Extension headers of one IPv6 packet; RFC 8200 knows seven."""
IPV4, IPV6, ARP, LLDP, CDP = 0x0800, 0x86DD, 0x0806, 0x88CC, -1
TCP, UDP = 6, 17
_VLANS = frozenset({0x8100, 0x88A8, 0x9100, 0x9200})
_MPLS = frozenset({0x8847, 0x8848})
_PPPOE, _PPP, _ETHERNET, _IP = 0x8864, -2, 0x6558, -3
_PPP_PROTOCOLS = {0x0021: IPV4, 0x0057: IPV6}
_SNAP, _CISCO = b"\xaa\xaa\x03\x00\x00\x00", b"\xaa\xaa\x03\x00\x00\x0c\x20\x00"
_IN_IP = {4: IPV4, 41: IPV6, 47: -47}
_GRE = -47
_NOTHING = 59
"""IPv6-NoNxt: what follows is not looked at."""
_VXLAN, _GTP = 4789, 2152
_EXTENSIONS = frozenset({0, 43, 60, 135, 139, 140})


class Packet(NamedTuple):
    """What a frame carries."""

    kind: int
    """TCP, UDP, ARP, LLDP or CDP."""
    mac: bytes
    """Hardware address of the sender, where the link has one."""
    source: str = ""
    target: str = ""
    source_port: int = 0
    target_port: int = 0
    payload: bytes = b""
    sequence: int = 0
    flags: int = 0


def unwrapped(link: int, data: bytes) -> Packet | None:
    """Give what a frame carries, or nothing when it is of a kind that says nothing of hosts.

    struct.error or IndexError when it is cut off inside a header.
    """
    take_off = _LINKS.get(link)
    if take_off is None:
        return None
    mac, kind, payload = take_off(data)
    for _ in range(DEPTH):
        if kind in _VLANS:
            kind, payload = struct.unpack_from(">H", payload, 2)[0], payload[4:]
        elif kind in {IPV4, IPV6, _IP}:
            kind, payload, packet = _ip(mac, payload)
            if packet is not None or kind == 0:
                return packet
        elif kind in {ARP, LLDP, CDP}:
            return Packet(kind, mac, payload=payload)
        elif kind == _ETHERNET:
            mac, kind, payload = _ethernet(payload)
        elif kind in _MPLS:
            is_last = payload[2] & 1
            payload = payload[4:]
            kind = _IP if is_last else kind
        elif kind in {_PPPOE, _PPP}:
            kind, payload = _ppp(payload[6:] if kind == _PPPOE else payload)
        elif kind == _GRE:
            kind, payload = _gre(payload)
        else:
            return None
    return None


_Layer = tuple[bytes, int, bytes]
"""Hardware address of the sender, ether type of what follows, and what follows."""


def _ethernet(data: bytes) -> _Layer:
    kind = struct.unpack_from(">H", data, 12)[0]
    if kind > 1500:
        return data[6:12], kind, data[14:]
    # IEEE 802.3: a length stands there, and LLC says what follows.
    return _llc(data[6:12], data[14 : 14 + kind])


def _llc(mac: bytes, payload: bytes) -> _Layer:
    if payload.startswith(_CISCO):
        return mac, CDP, payload[8:]
    if payload.startswith(_SNAP):
        return mac, struct.unpack_from(">H", payload, 6)[0], payload[8:]
    return mac, 0, b""


def _loopback(data: bytes) -> _Layer:
    """An address family in the byte order of the machine: 2 is IPv4 anywhere, other numbers are IPv6."""
    family = data[:4]
    return b"", IPV4 if 2 in {family[0], family[3]} else IPV6, data[4:]


def _raw(data: bytes) -> _Layer:
    return b"", _IP, data


def _cooked(data: bytes) -> _Layer:
    size, mac = struct.unpack_from(">H8s", data, 4)
    kind = struct.unpack_from(">H", data, 14)[0]
    return mac[:6] if size == 6 else b"", kind, data[16:]


def _cooked_second(data: bytes) -> _Layer:
    kind = struct.unpack_from(">H", data)[0]
    return data[12:18] if data[11] == 6 else b"", kind, data[20:]


def _point_to_point(data: bytes) -> _Layer:
    return b"", _PPP, data


def _pppoe(data: bytes) -> _Layer:
    return b"", _PPPOE, data


def _radio(data: bytes) -> _Layer:
    return _wireless(data[struct.unpack_from("<H", data, 2)[0] :])


def _wireless(data: bytes) -> _Layer:
    """A data frame of IEEE 802.11 that is not encrypted."""
    control, flags = data[0], data[1]
    if control & 0x0C != 0x08 or control & 0x40 or flags & 0x40:
        return b"", 0, b""
    to_system, from_system = flags & 1, flags & 2
    header = 24 + (6 if to_system and from_system else 0) + (2 if control & 0x80 else 0)
    mac = data[24:30] if to_system and from_system else data[16:22] if from_system else data[10:16]
    return _llc(mac, data[header:])


_LINKS = {
    0: _loopback,
    1: _ethernet,
    9: _point_to_point,
    12: _raw,
    14: _raw,
    50: _point_to_point,
    51: _pppoe,
    101: _raw,
    105: _wireless,
    108: _loopback,
    113: _cooked,
    127: _radio,
    228: _raw,
    229: _raw,
    276: _cooked_second,
}


def _ppp(data: bytes) -> tuple[int, bytes]:
    at = 2 if data.startswith(b"\xff\x03") else 0
    if data[at] & 1:  # the protocol may be shortened to one byte
        return _PPP_PROTOCOLS.get(data[at], 0), data[at + 1 :]
    return _PPP_PROTOCOLS.get(struct.unpack_from(">H", data, at)[0], 0), data[at + 2 :]


def _gre(data: bytes) -> tuple[int, bytes]:
    flags, kind = struct.unpack_from(">HH", data)
    size = 4 + sum(4 for bit in (0x8000, 0x2000, 0x1000) if flags & bit)
    if flags & 7 == 1:  # version 1 carries PPP (RFC 2637)
        return _PPP, data[8 + sum(4 for bit in (0x1000, 0x0080) if flags & bit) :]
    return kind, data[size:]


def _ip(mac: bytes, data: bytes) -> tuple[int, bytes, Packet | None]:
    """Give ether type and payload of a tunnel, or the packet of TCP or UDP; 0 when it is neither."""
    version = data[0] >> 4
    if version == 4:
        size, fragment = struct.unpack_from(">H2xH", data, 2)
        protocol, source, target = data[9], text(data[12:16]), text(data[16:20])
        # Offloaded segments have the length 0; padding stands behind the length.
        body = data[(data[0] & 15) * 4 : size or None]
        if fragment & 0x1FFF:  # not the first part of a packet
            protocol = _NOTHING
    elif version == 6:
        size, protocol = struct.unpack_from(">HB", data, 4)
        source, target = text(data[8:24]), text(data[24:40])
        protocol, body = _extended(protocol, data[40 : 40 + size if size else None])
    else:
        return 0, b"", None
    if protocol == TCP:
        near, far, sequence = struct.unpack_from(">HHI", body)
        payload = body[(body[12] >> 4) * 4 :]
        return 0, b"", Packet(TCP, mac, source, target, near, far, payload, sequence, body[13])
    if protocol != UDP:
        return _IN_IP.get(protocol, 0), body, None
    near, far = struct.unpack_from(">HH", body)
    kind, inner = _in_udp(near, far, body[8:])
    return kind, inner, None if kind else Packet(UDP, mac, source, target, near, far, inner)


def _in_udp(near: int, far: int, payload: bytes) -> tuple[int, bytes]:
    """Give ether type and payload of a tunnel in UDP."""
    if far == _VXLAN:
        return _ETHERNET, payload[8:]
    if far == _GTP and near == _GTP and payload[1] == 255:  # a packet of a mobile subscriber (3GPP TS 29.281)
        return _IP, payload[12 if payload[0] & 7 else 8 :]
    return 0, payload


def _extended(protocol: int, body: bytes) -> tuple[int, bytes]:
    """Take the extension headers off a packet of IPv6."""
    for _ in range(EXTENSIONS):
        if protocol in _EXTENSIONS:
            protocol, body = body[0], body[(body[1] + 1) * 8 :]
        elif protocol == 44:
            if struct.unpack_from(">H", body, 2)[0] >> 3:
                return _NOTHING, b""  # not the first part
            protocol, body = body[0], body[8:]
        else:
            break
    return protocol, body


@lru_cache(maxsize=1 << 14)
def text(address: bytes) -> str:
    """Give an IP address as people write it."""
    if len(address) == 4:
        return ".".join(map(str, address))
    if len(address) != 16:
        raise IndexError("an address that is cut off")
    return str(ipaddress.IPv6Address(address))
