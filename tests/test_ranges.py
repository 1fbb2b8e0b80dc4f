# SPDX-License-Identifier: Apache-2.0
"""Promises about ranges of addresses."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.ranges import bounds, compiled, packed_address

ADDRESSES = st.integers(0, 40).map(lambda n: f"192.0.2.{n}")
PAIRS = st.tuples(ADDRESSES, ADDRESSES).map(lambda p: "-".join(sorted(p, key=ipaddress.ip_address)))


@given(
    st.lists(st.one_of(PAIRS, st.sampled_from(["192.0.2.0/24", "192.0.2.8/29", "::/0", "0.0.0.0/0"])), max_size=6),
    ADDRESSES,
)
def test_an_address_is_found_in_every_range_that_holds_it(patterns: list[str], address: str) -> None:
    """However ranges overlap, all that hold an address are given, each once, and the smaller counts for more."""
    packed = packed_address(address)
    held = [n for n, p in enumerate(patterns) if (b := bounds(p)) and b[0] <= packed <= b[1]]
    found = compiled(list(zip(patterns, range(len(patterns)), strict=True))).within(address)
    assert held == [position for _, position in found]


def test_the_smaller_range_says_more() -> None:
    """A network inside another fixes more bits of its addresses."""
    (wide, _), (narrow, _) = compiled([("192.0.2.0/24", 0), ("192.0.2.8/29", 1)]).within("192.0.2.9")
    assert (120, 125) == (wide, narrow)


@pytest.mark.parametrize("written", ["192.0.2.9", "::ffff:192.0.2.9", "::FFFF:c000:209", "0:0:0:0:0:ffff:192.0.2.9"])
def test_an_address_counts_the_same_however_it_is_written(written: str) -> None:
    """Version 4 mapped into version 6 is the same address."""
    assert list(compiled([("192.0.2.0/24", 0)]).within(written))


@pytest.mark.parametrize(
    "written", ["", "nonsense", "192.0.2.256", "192.0.2", "192.0.2.09", " 192.0.2.9", "2001:db8::1", "fe80::1%eth0"]
)
def test_what_is_no_address_of_it_lies_in_no_range(written: str) -> None:
    """Neither text nor other addresses are inside."""
    assert [] == list(compiled([("192.0.2.0/24", 0)]).within(written))


def test_what_is_no_range_is_refused() -> None:
    """A range whose end comes first, or half of one, is a fault of whoever wrote it."""
    for wrong in ("192.0.2.9-192.0.2.1", "192.0.2.9/24", "x", "192.0.2.1-"):
        with pytest.raises(ValueError, match="no range"):
            compiled([(wrong, 0)])


OCTETS = st.one_of(st.integers(0, 300).map(str), st.sampled_from(["", "00", "01", "1 ", "٣", "256", "0x1", "+1"]))


@given(st.lists(OCTETS, min_size=3, max_size=5).map(".".join), st.sampled_from(["", "", ".", "\n", "%eth0"]))
def test_addresses_of_version_4_are_those_of_the_standard_library(text: str, behind: str) -> None:
    """The quick way takes what the library takes, and nothing else."""
    try:
        address = ipaddress.ip_address((text + behind).partition("%")[0])
        expected = (bytes(10) + b"\xff\xff" if address.version == 4 else b"") + address.packed
    except ValueError:
        expected = b""
    assert packed_address(text + behind) == expected
