# SPDX-License-Identifier: Apache-2.0
"""Signatures of Windows programs: who made them, and whether they are of this very file.

After Microsoft's "Windows Authenticode Portable Executable Signature Format"; its steps are numbered
here. Page hashes are not looked at: they are inside what the signature covers.
"""

from __future__ import annotations

import hashlib
from struct import unpack_from
from typing import TYPE_CHECKING, NamedTuple

from debar.readers.binary import der, signatures
from debar.readers.binary.pe_image import SECURITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pe_image import Image
    from debar.readers.binary.pieces import Pieces

_CERTIFICATES = 16
"""Entries of the certificate table looked at; programs have one or two."""
_NESTED = 16
"""Signatures inside signatures looked at; programs have one or two."""
_SIGNED_DATA = 2
"""WIN_CERT_TYPE_PKCS_SIGNED_DATA."""
INDIRECT = "1.3.6.1.4.1.311.2.1.4"
"""SPC_INDIRECT_DATA: the content is a digest of the file."""


class Mark(NamedTuple):
    """One signature of a file."""

    offset: int
    signer: signatures.Signer
    digest: tuple[str, bytes]
    """Name of the algorithm and digest of the file that was signed."""


def table(pieces: Pieces, image: Image) -> list[tuple[int, bytes]]:
    """Give (offset, signed data) of each entry of the certificate table."""
    at, size = image.directory(SECURITY)
    end = min(at + size, pieces.size)
    found = []
    for _ in range(_CERTIFICATES):
        if not at or at + 8 > end:
            break
        length, _, kind = unpack_from("<IHH", pieces.at(at, 8))
        if length <= 8:
            break
        if kind == _SIGNED_DATA:
            found.append((at, pieces.near(at + 8, min(length - 8, end - at - 8))))
        at += length + 7 & ~7
    return found


def marks(entries: list[tuple[int, bytes]]) -> Iterator[Mark]:
    """Yield each signature, also those inside others; BrokenError where one cannot be read."""
    waiting = list(entries)
    for _ in range(_NESTED):
        if not waiting:
            return
        offset, data = waiting.pop(0)
        found = signatures.read(data)
        digest = _digest(found)
        for signer in found.signers:
            # Without a digest that can be made, nobody can say whether the signature is of this file.
            yield Mark(offset, signer if digest[0] else signer._replace(is_sound=None), digest)
            waiting += [(offset, nested) for nested in signer.nested]


def _digest(found: signatures.Signed) -> tuple[str, bytes]:
    if found.kind != INDIRECT:
        return "", b""
    about = der.read(found.content)
    algorithm, value, *_ = der.listed(der.read(found.content, about.end), 2)
    return signatures.DIGESTS.get(der.oid(der.listed(algorithm, 1)[0]), ""), value.content


class Digests:
    """The digests of a file as signatures mean it, while the file goes by."""

    def __init__(self, image: Image, whole: int, names: set[str]) -> None:
        """Take how many bytes the file has, and the names of the algorithms."""
        self._made = {name: hashlib.new(name, usedforsecurity=False) for name in names if name}
        at, size = image.directory(SECURITY)
        # 1. from the beginning to the checksum  2. from there to the directory entry of the certificates
        # 3. from there to the certificate table  4. what stands after that
        entry = image.entries + 8 * SECURITY
        self._spans = ((0, image.checksum), (image.checksum + 4, entry), (entry + 8, at), (at + size, whole))
        self._next = 0
        """Where the bytes begin that did not go by yet: blocks may repeat the end of those before."""

    @property
    def is_wanted(self) -> bool:
        """Tell whether there is any digest to make."""
        return bool(self._made)

    def look(self, block: memoryview, at: int) -> None:
        """Take the block that begins at an offset of the file."""
        end = at + len(block)
        for begin, stop in self._spans:
            first, last = max(begin, self._next, at), min(stop, end)
            if first < last:
                for one in self._made.values():
                    one.update(block[first - at : last - at])
        self._next = end

    def made(self) -> dict[str, bytes]:
        """Give the digests of what went by, by the names of the algorithms."""
        return {name: one.digest() for name, one in self._made.items()}
