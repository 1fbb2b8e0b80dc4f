# SPDX-License-Identifier: Apache-2.0
"""What of a handshake needs a library of ciphers: names in certificates, and the first packets of QUIC."""

from __future__ import annotations

import struct
import warnings
from functools import lru_cache
from typing import NamedTuple


class Certificate(NamedTuple):
    """What a certificate says of who has it and who gave it."""

    subject: str
    issuer: str


class Version(NamedTuple):
    """What differs between versions: the salt of the first keys and the words that they are derived with."""

    salt: bytes
    prefix: bytes = b"quic "
    initial: int = 0
    """Number of the first packet's type."""


@lru_cache(maxsize=256)
def certificate(encoded: bytes) -> Certificate | None:
    """Give the names in a certificate, or nothing when it cannot be read."""
    from cryptography import x509  # loaded for captures of TLS only

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of certificates that break a rule, which is no concern here
            found = x509.load_der_x509_certificate(encoded)
            return Certificate(found.subject.rfc4514_string(), found.issuer.rfc4514_string())
    except (ValueError, TypeError):
        return None


def decrypted(version: Version, connection: bytes, packet: bytes, start: int) -> bytes:
    """Give a client's first packet without its protection, or nothing when the keys do not fit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(packet) < start + 20:
        return b""
    key, vector, mask_key = _keys(version, connection)
    # 1. The mask of the header comes from a sample four bytes behind the number's start (RFC 9001, 5.4).
    mask = Cipher(algorithms.AES(mask_key), modes.ECB()).encryptor().update(packet[start + 4 : start + 20])  # noqa: S305 - RFC 9001
    first = packet[0] ^ mask[0] & 0x0F
    size = (first & 3) + 1
    number = bytes(a ^ b for a, b in zip(packet[start : start + size], mask[1:], strict=False))
    # 2. The rest is AES-128-GCM, with the header as what is signed but not encrypted (5.3).
    header = bytes([first]) + packet[1:start] + number
    nonce = (int.from_bytes(vector, "big") ^ int.from_bytes(number, "big")).to_bytes(12, "big")
    try:
        return AESGCM(key).decrypt(nonce, packet[start + size :], header)
    except InvalidTag:
        return b""


def _keys(version: Version, connection: bytes) -> tuple[bytes, bytes, bytes]:
    """Give key, vector and header key of the client (RFC 9001, 5.1 and 5.2)."""
    from cryptography.hazmat.primitives import hashes, hmac
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    def expanded(secret: bytes, word: bytes, size: int) -> bytes:
        label = b"tls13 " + word
        about = struct.pack(">HB", size, len(label)) + label + b"\0"
        return HKDFExpand(hashes.SHA256(), size, about).derive(secret)

    extract = hmac.HMAC(version.salt, hashes.SHA256())
    extract.update(connection)
    client = expanded(extract.finalize(), b"client in", 32)
    words = (b"key", b"iv", b"hp")
    key, vector, mask = (expanded(client, version.prefix + word, 12 if word == b"iv" else 16) for word in words)
    return key, vector, mask
