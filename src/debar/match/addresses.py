# SPDX-License-Identifier: Apache-2.0
"""How the addresses of hardware and networks begin, in each way in which they may be written.

What is given are expressions over bytes, of which one fits at the beginning of every address that a pattern fits.
"""

from __future__ import annotations

import re

from debar import ranges
from debar.match.compile import normaliser
from debar.model.vocab import Kind, Operator

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
