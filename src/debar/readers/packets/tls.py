# SPDX-License-Identifier: Apache-2.0
"""What a TLS handshake shows before it is encrypted: the server's name and, up to version 1.2, its certificate."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from debar.readers.packets import ciphers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.packets.ciphers import Certificate

MESSAGE = 1 << 16
"""Longest handshake message that is looked at; longer chains of certificates are cut off."""
EXTENSIONS = 64
"""Extensions of one ClientHello that are looked at; browsers send below 25."""
CLIENT_HELLO, SERVER_HELLO, CERTIFICATE = 1, 2, 11
_HANDSHAKE = 0x16
_SERVER_NAME = 0


def is_tls(data: bytes | bytearray) -> bool:
    """Tell whether a stream begins with a TLS handshake."""
    return len(data) >= 3 and data[0] == _HANDSHAKE and data[1] == 3 and data[2] <= 4


def messages(data: bytes | bytearray) -> Iterator[tuple[int, bytes]]:
    """Yield (type, body) of each whole handshake message; it ends where encryption begins or the data do."""
    pieces, at = bytearray(), 0
    while at + 5 <= len(data) and data[at] == _HANDSHAKE and len(pieces) < MESSAGE:
        size = struct.unpack_from(">H", data, at + 3)[0]
        pieces += data[at + 5 : at + 5 + size]
        at += 5 + size
    yield from handshake(pieces)


def handshake(data: bytes | bytearray) -> Iterator[tuple[int, bytes]]:
    """Yield (type, body) of each whole message in the contents of records."""
    at = 0
    while at + 4 <= len(data):
        kind, size = data[at], int.from_bytes(data[at + 1 : at + 4], "big")
        if at + 4 + size > len(data):
            return
        yield kind, bytes(data[at + 4 : at + 4 + size])
        at += 4 + size


def is_over(data: bytes | bytearray) -> bool:
    """Tell whether the readable part of a stream's handshake is all there."""
    at = 0
    while at + 5 <= len(data) and data[at] == _HANDSHAKE:
        at += 5 + struct.unpack_from(">H", data, at + 3)[0]
    return at < len(data) and data[at] != _HANDSHAKE


def server_name(hello: bytes) -> str:
    """Give the server name of a ClientHello, or nothing; struct.error or IndexError where it is cut off."""
    at = 34
    at += 1 + hello[at]
    at += 2 + struct.unpack_from(">H", hello, at)[0]
    at += 1 + hello[at]
    at += 2
    for _ in range(EXTENSIONS):
        if at + 4 > len(hello):
            return ""
        kind, size = struct.unpack_from(">HH", hello, at)
        if kind == _SERVER_NAME and size > 5:
            length = struct.unpack_from(">H", hello, at + 7)[0]
            return hello[at + 9 : at + 9 + length].decode("ascii", "replace").strip("\0. ")
        at += 4 + size
    return ""


def certificate(body: bytes) -> Certificate | None:
    """Give the first certificate of a chain, which is the server's own; nothing when it cannot be read."""
    size = int.from_bytes(body[3:6], "big")
    return ciphers.certificate(body[6 : 6 + size]) if size else None
