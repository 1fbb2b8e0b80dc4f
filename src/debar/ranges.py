# SPDX-License-Identifier: Apache-2.0
"""Ranges of addresses, and which of them an address lies in.

Addresses are compared as 16 bytes, those of version 4 as version 6 maps them (RFC 4291, 2.5.5.2), so that
one order holds for both and an address counts the same however a log writes it.
"""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAPPED = bytes(10) + b"\xff\xff"
_DOTTED = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\.(?!\Z)|\Z)){4}")
"""An address of version 4: no part begins with a zero that says nothing, which some read as octal."""


class Ranges(msgspec.Struct, frozen=True):
    """Ranges cut into pieces that do not overlap, each with the positions of all ranges that cover it."""

    starts: tuple[bytes, ...] = ()
    """Where each piece begins, in order; it ends where the next begins."""
    positions: tuple[tuple[int, ...], ...] = ()
    """Of each piece; none where nothing covers it."""
    sizes: tuple[tuple[int, ...], ...] = ()
    """Bits that the range of each position leaves open: the smaller, the more it says."""

    def within(self, address: str) -> Iterable[tuple[int, int]]:
        """Give (bits that are fixed, position) of each range that an address lies in; none for what is no address."""
        packed = packed_address(address)
        at = bisect_right(self.starts, packed) - 1 if packed else -1
        if at < 0:
            return ()
        return [(128 - size, position) for size, position in zip(self.sizes[at], self.positions[at], strict=True)]


def packed_address(text: str) -> bytes:
    """Give an address as 16 bytes, or nothing for what is none; a zone behind "%" is left out."""
    if _DOTTED.fullmatch(text):  # nearly every one; the library takes four times as long
        return _MAPPED + bytes(map(int, text.split(".")))
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return b""
    return address.packed if address.version == 6 else _MAPPED + address.packed


def bounds(text: str) -> tuple[bytes, bytes] | None:
    """Give the first and last address of "192.0.2.0/24" or "192.0.2.0-192.0.2.255", or nothing for what is no range."""
    first, dash, last = text.partition("-")
    if dash:
        low, high = packed_address(first.strip()), packed_address(last.strip())
        return (low, high) if low and high and low <= high else None
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        return None
    return packed_address(str(network[0])), packed_address(str(network[-1]))


def compiled(patterns: Iterable[tuple[str, int]]) -> Ranges:
    """Give the ranges of (pattern, position), ready to be asked; ValueError for what is no range."""
    known: list[tuple[bytes, bytes, int]] = []
    for pattern, position in patterns:
        found = bounds(pattern)
        if found is None:
            raise ValueError(f"{pattern!r} is no range of addresses")
        known.append((*found, position))
    # One walk over all borders, so that thousands of ranges cost no more than their overlaps.
    begin: dict[bytes, list[tuple[int, int]]] = {}
    end: dict[bytes, list[tuple[int, int]]] = {}
    for low, high, position in known:
        entry = (_size(low, high), position)
        begin.setdefault(low, []).append(entry)
        if after := _after(high):
            end.setdefault(after, []).append(entry)
    starts = sorted({*begin, *end})
    pieces: list[tuple[tuple[int, int], ...]] = []
    covering: list[tuple[int, int]] = []
    for start in starts:
        for entry in end.get(start, ()):
            covering.remove(entry)
        covering += begin.get(start, ())
        pieces.append(tuple(sorted(covering, key=lambda entry: entry[1])))
    return Ranges(
        starts=tuple(starts),
        positions=tuple(tuple(position for _, position in piece) for piece in pieces),
        sizes=tuple(tuple(size for size, _ in piece) for piece in pieces),
    )


def is_mapped(address: bytes) -> bool:
    """Tell whether 16 bytes are an address of version 4."""
    return address.startswith(_MAPPED)


def _after(address: bytes) -> bytes:
    """Give the address that follows, or nothing after the last."""
    number = int.from_bytes(address) + 1
    return number.to_bytes(16) if number < 1 << 128 else b""


def _size(low: bytes, high: bytes) -> int:
    """Give how many bits a range leaves open."""
    return (int.from_bytes(high) - int.from_bytes(low)).bit_length()
