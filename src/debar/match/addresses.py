# SPDX-License-Identifier: Apache-2.0
"""How the addresses of hardware and networks begin, in each way in which they may be written.

What is given are expressions over bytes, of which one fits at the beginning of every address that a pattern fits.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from debar import ranges
from debar.match.compile import normaliser
from debar.model.vocab import Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 256
"""Beginnings of addresses that are written out for one range."""
_GAP = rb"[^0-9a-f\xff]"
"""Neither a digit nor the end of the value, behind which stands a byte that no text has."""
_DIGIT = rb"[0-9a-f]"
_UNUSUAL = tuple(
    shape.replace(b"h", _DIGIT).replace(b"n", _GAP)
    for shape in (
        *(b"n", b"hn", rb"hh[^0-9a-f:\-\xff]", rb"hh[:\-]n", rb"hh[:\-]hn", rb"hh:hh[^:\xff]", rb"hh\-hh[^\-\xff]"),
        *(
            rb"hh[:\-]hh[:\-]n",
            rb"hh[:\-]hh[:\-]hn",
            b"hhhn",
            rb"hhhh[^0-9a-f.\-\xff]",
            rb"hhhh[.\-]n",
            rb"hhhh[.\-]hn",
        ),
        b"hhhhhn",
    )
)
"""Beginnings of hardware addresses in no spelling of `hardware`; h is a digit, n anything else."""


def hardware(pattern: str, operator: Operator) -> tuple[bytes, ...]:
    """Give how the maker's part of a hardware address is written, and every unusual way; nothing when it is not whole."""
    digits = normaliser(Kind.MAC)(pattern)[:6]
    if operator not in (Operator.EQUALS, Operator.PREFIX) or len(digits) < 6:
        return ()
    a, b, c = (digits[at : at + 2].encode() for at in (0, 2, 4))
    usual = (a + b + c, a + b":" + b + b":" + c, a + b"-" + b + b"-" + c, a + b + b"." + c, a + b + b"-" + c)
    return (*_UNUSUAL, *(re.escape(way) for way in usual))


def network(pattern: str) -> tuple[bytes, ...]:
    """Give how the addresses of a range begin; nothing when that is too many ways.

    Addresses of version 6 that begin with zeros are always in doubt: those of version 4 may be written so.
    """
    found = ranges.bounds(pattern)
    if found is None:
        return ()
    low, high = found
    zeros = b"0{0,4}:"
    if ranges.is_mapped(low) and ranges.is_mapped(high):
        parts = next(
            (n for n in (15, 14, 13) if low[12 : n - 1] == high[12 : n - 1] and high[n - 1] - low[n - 1] < _MOST), 13
        )
        head = ".".join(map(str, low[12 : parts - 1]))
        return (
            zeros,
            *(
                re.escape(f"{head}.{n}." if head else f"{n}.").encode()
                for n in range(low[parts - 1], high[parts - 1] + 1)
            ),
        )
    first, last = int.from_bytes(low[:2]), int.from_bytes(high[:2])
    if not first or last - first >= _MOST:
        return ()
    return (zeros, *(b"0{0,3}%x:" % n for n in range(first, last + 1)))


_BEFORE, _APART = rb"(?:[^0-9.]|[^0-9]\.)", rb"[^0-9a-f]"
"""What stands before an address, of version 4 and 6, among other text; points before it say nothing."""
_WIDE = 1 << 12
"""Beginnings of two parts that are written out for one range of version 4."""
_TOGETHER = 100
"""Beginnings that are one expression."""
_SHARED = (100 << 8 | 64) >> 6
"""The first bits of addresses that carriers share among customers (RFC 6598), in the first two parts."""


def hardware_among(pattern: str) -> tuple[bytes, ...]:
    """Give how the maker's part of a hardware address is written among other text; nothing when it is not whole.

    Addresses have six parts of one or two digits, three of four, or twelve digits together
    (`readers.identifiers.mac` takes no others).
    """
    digits = normaliser(Kind.MAC)(pattern)[:6]
    if len(digits) < 6:
        return ()
    a, b, c = (digits[at : at + 2].encode() for at in (0, 2, 4))
    found = [a + mark + b + mark + c + mark for mark in (b":", rb"\-")]
    found += [a + b + rb"\." + c, a + b + b":" + c, a + b + rb"\-" + c, a + b + c + rb"[0-9a-f]{6}[^0-9a-f]"]
    if b"0" in (a[:1], b[:1], c[:1]):
        short = [rb"0?" + part[1:] if part[:1] == b"0" else part for part in (a, b, c)]
        found.append(rb"[^0-9a-f]" + rb"[:\-]".join(short) + rb"[:\-]")
    return tuple(found)


def networks_among(patterns: Iterable[str]) -> tuple[bytes, ...]:
    """Give how the addresses of ranges are written among other text; nothing when one has too many ways.

    Ranges of version 4 are put together by their first two parts, and many of these in one expression: digits and
    points are in every line, so that each expression of its own would be tried there.
    """
    thirds: dict[int, set[int]] = {}
    found: set[bytes] = set()
    for pattern in patterns:
        both = ranges.bounds(pattern)
        if both is None:
            return ()
        low, high = both
        if ranges.is_mapped(low) and ranges.is_mapped(high):
            first, last = int.from_bytes(low[12:]) >> 8, int.from_bytes(high[12:]) >> 8
            if (last >> 8) - (first >> 8) > _WIDE:
                return ()
            for head in range(first >> 8, (last >> 8) + 1):
                known = thirds.setdefault(head, set())
                known.update(range(max(first, head << 8) & 255, (min(last, head << 8 | 255) & 255) + 1))
        elif ways := _groups(low, high):
            found.update(ways)
        else:
            return ()
    if thirds:
        # Mapped into version 6 they are rarely written in its digits, and then for any address.
        found.add(rb"ffff:[0-9a-f]{1,4}:")
    heads = [_head(head, parts) for head, parts in sorted(thirds.items())]
    for at in range(0, len(heads), _TOGETHER):
        found.add(_BEFORE + b"(?:" + b"|".join(heads[at : at + _TOGETHER]) + b")")
    return tuple(sorted(found))


def _head(head: int, parts: set[int]) -> bytes:
    """Give how addresses begin that share two parts; of private ones, which are in every line, a digit more."""
    text = rb"%d\.%d\." % (head >> 8, head & 255)
    is_private = ipaddress.IPv4Address(head << 16).is_private or head >> 6 == _SHARED
    return text + b"[" + "".join(sorted({str(part)[0] for part in parts})).encode() + b"]" if is_private else text


def _groups(low: bytes, high: bytes) -> tuple[bytes, ...]:
    """Give how the addresses of a range of version 6 begin; nothing when that is too many ways.

    Two groups are enough, and are plain text where the first has all its digits, as in addresses of the Internet.
    """
    (a, b), (c, d) = ((int.from_bytes(end[:2]), int.from_bytes(end[2:4])) for end in (low, high))
    if not a or c - a >= _MOST:
        return ()
    if a == c and b == d and a >> 12 and b:
        digits = b"%x" % b
        return tuple(rb"%x:%b:" % (a, digits.rjust(width, b"0")) for width in range(len(digits), 5))
    return tuple(_APART + (b"" if group >> 12 else b"0{0,3}") + b"%x:" % group for group in range(a, c + 1))
