# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of ASN.1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.readers.binary import der


def test_values_of_definite_length_are_places_in_the_bytes() -> None:
    """Short and long lengths give the same contents."""
    short, long = bytes.fromhex("3003020105"), bytes.fromhex("308200 03020105".replace(" ", ""))
    for data in (short, long):
        (number,) = der.listed(der.read(data + b"padding"))
        assert (number.tag, number.content) == (der.INTEGER, b"\5")


def test_values_of_indefinite_length_end_at_their_mark() -> None:
    """Apple writes values whose end is a mark; those inside may do so, too."""
    data = bytes.fromhex("3080 3080 020105 0000 020106 0000 ff".replace(" ", ""))
    inner, number = der.listed(der.read(data))
    assert ([v.content for v in der.parts(inner)], number.content) == ([b"\5"], b"\6")


def test_octet_string_in_pieces_is_put_together() -> None:
    """BER may cut a string into several."""
    assert der.octets(der.read(bytes.fromhex("2480 0402 6162 0401 63 0000".replace(" ", "")))) == b"abc"


def test_object_identifiers_are_dots_and_digits() -> None:
    """The first two numbers share one, and large ones take several bytes."""
    assert der.oid(der.read(bytes.fromhex("06092a864886f70d010702"))) == "1.2.840.113549.1.7.2"
    assert der.oid(der.read(bytes.fromhex("0603550403"))) == "2.5.4.3"


@pytest.mark.parametrize(
    "data", ["", "30", "3005", "30850000000001", "3f8101", "3080", "30800201", "3084ffffffff", "1f00"]
)
def test_what_does_not_end_in_time_is_broken(data: str) -> None:
    """A value that is longer than what surrounds it is refused."""
    with pytest.raises(der.BrokenError):
        der.read(bytes.fromhex(data))


def test_depth_costs_no_recursion() -> None:
    """A hundred thousand values inside one another are gone through with a counter."""
    depth = 100_000
    assert der.read(b"\x30\x80" * depth + b"\0\0" * depth).end == 4 * depth


@given(st.binary(max_size=200))
def test_any_bytes_end(data: bytes) -> None:
    """Whatever the bytes, values lie inside what surrounds them."""
    try:
        for value in der.parts(der.read(data)):
            assert value.end <= len(data)
    except der.BrokenError:
        pass
