# SPDX-License-Identifier: Apache-2.0
"""The ClientHello of a QUIC connection, whose first packets anyone on the way may decrypt (RFC 9001, section 5).

The keys come from the connection's id, which stands in the packet. Google's own QUIC before it sent its
hello in the clear.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from typing import TYPE_CHECKING

from debar.readers.packets import ciphers, tls
from debar.readers.packets.ciphers import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 2048
"""Connections whose hello is put together at the same time."""
HELLO = 1 << 14
"""Longest ClientHello; one with keys that withstand quantum computers has below 2 KiB."""
PACKETS = 16
"""Packets in one datagram, and frames that are looked at in one packet: padding is one frame a byte and skipped."""
FRAMES = 256
_CRYPTO = frozenset({6, 8})
"""Frames with pieces of the handshake; Google numbered them 8, which is not allowed here otherwise."""
TAGS = 128
"""Tags in a hello of Google's QUIC."""


_DRAFT_29 = Version(bytes.fromhex("afbfec289993d24c9e9786f19c6111e04390a899"))
_DRAFT_23 = Version(bytes.fromhex("c3eef712c72ebb5a11a7d2432bb46365bef9f502"))
_VERSIONS = {
    0x00000001: Version(bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")),  # RFC 9001, 5.2
    0x6B3343CF: Version(bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9"), b"quicv2 ", 1),  # RFC 9369, 3.3
    **{0xFF000000 + draft: _DRAFT_29 for draft in range(29, 33)},
    **{0xFF000000 + draft: _DRAFT_23 for draft in range(23, 29)},
    # Google's versions with TLS, as Chromium's quic_crypto has them.
    0x54303530: Version(bytes.fromhex("7ff579e5acd072915580304c43a2367c60488310")),
    0x54303531: Version(bytes.fromhex("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d")),
}


class Hellos:
    """ClientHellos while their pieces come in."""

    def __init__(self) -> None:
        self._pieces: OrderedDict[tuple[str, int, str, int], tuple[bytes, dict[int, bytes]]] = OrderedDict()

    def server_name(self, flow: tuple[str, int, str, int], datagram: bytes) -> str:
        """Give the server's name once a datagram completes the hello of its connection, else nothing.

        struct.error or IndexError where the datagram is cut off.
        """
        if b"CHLO" in datagram[:64]:
            return _google_name(datagram)
        if flow in self._pieces:
            first, pieces = self._pieces[flow]
        else:
            first, pieces = b"", {}
        for version, connection, header, start, size in _initials(datagram):
            # The first id that the client chose stays the source of the keys, whatever ids follow.
            plain = ciphers.decrypted(version, first or connection, datagram[header : start + size], start - header)
            if not plain:
                continue
            first = first or connection
            for offset, piece in _crypto(plain):
                if offset + len(piece) <= HELLO and sum(map(len, pieces.values())) < HELLO:
                    pieces.setdefault(offset, piece)
        if not pieces:
            return ""
        hello = _joined(pieces)
        for kind, body in tls.handshake(hello):
            self._pieces.pop(flow, None)
            return tls.server_name(body) if kind == tls.CLIENT_HELLO else ""
        self._pieces[flow] = (first, pieces)
        if len(self._pieces) > CONNECTIONS:
            self._pieces.popitem(last=False)
        return ""


def _joined(pieces: dict[int, bytes]) -> bytes:
    """Give what is there from the start without a gap."""
    whole = bytearray()
    for offset in sorted(pieces):
        if offset > len(whole):
            break
        whole += pieces[offset][len(whole) - offset :]
    return bytes(whole[:HELLO])


def _initials(datagram: bytes) -> Iterator[tuple[Version, bytes, int, int, int]]:
    """Yield version, destination id, start, start of the number, and size from there, of each first packet."""
    at = 0
    for _ in range(PACKETS):
        if at + 7 > len(datagram) or datagram[at] & 0xC0 != 0xC0:
            return
        header, version = at, _VERSIONS.get(struct.unpack_from(">I", datagram, at + 1)[0])
        if version is None:
            return
        size = datagram[at + 5]
        connection = datagram[at + 6 : at + 6 + size]
        at += 6 + size
        at += 1 + datagram[at]
        kind = datagram[header] >> 4 & 3
        if kind == version.initial:
            token, at = _number(datagram, at)
            at += token
        elif kind == (version.initial + 3) & 3:  # a retry has no length and ends the datagram
            return
        length, at = _number(datagram, at)
        if kind == version.initial:
            yield version, connection, header, at, length
        at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Give an integer of variable length (RFC 9000, 16), and where it ends."""
    size = 1 << (data[at] >> 6)
    if at + size > len(data):
        raise IndexError("a number that is cut off")
    return int.from_bytes(data[at : at + size], "big") & (1 << (8 * size - 2)) - 1, at + size


def _crypto(plain: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, piece) of the handshake; other frames that may stand between are stepped over (RFC 9000, 12.4)."""
    at = 0
    for _ in range(FRAMES):
        while at < len(plain) and plain[at] == 0:
            at += 1
        if at >= len(plain):
            return
        kind = plain[at]
        at += 1
        if kind in _CRYPTO:
            offset, at = _number(plain, at)
            size, at = _number(plain, at)
            yield offset, plain[at : at + size]
            at += size
        elif kind in {2, 3}:
            _, at = _number(plain, at)
            _, at = _number(plain, at)
            ranges, at = _number(plain, at)
            for _ in range(1 + 2 * min(ranges, FRAMES) + (3 if kind == 3 else 0)):
                _, at = _number(plain, at)
        elif kind != 1:
            return


def _google_name(datagram: bytes) -> str:
    """Give the server's name of a hello in the clear: a table of tags, each with the end of its value."""
    at = datagram.index(b"CHLO")
    count = struct.unpack_from("<H", datagram, at + 4)[0]
    table, values = at + 8, at + 8 + 8 * count
    begin = 0
    for number in range(min(count, TAGS)):
        tag, end = struct.unpack_from("<4sI", datagram, table + 8 * number)
        if tag == b"SNI\0":
            return datagram[values + begin : values + end].decode("ascii", "replace").strip("\0. ")
        begin = end
    return ""
