# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of CDP and LLDP neighbours."""

from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Kind
from debar.readers.network import neighbours
from opened import observed, values

NEXUS = """\
----------------------------------------
Device ID:SW2(FOC1234ABCD)
System Name: SW2
Interface address(es):
    IPv4 Address: 10.0.0.2
Platform: N9K-C93180YC-EX, Capabilities: Router Switch
Version:
Example Nexus Software
 Version 9.3(5)

Advertisement Version: 2
"""


def test_serial_number_behind_a_name_is_taken_off() -> None:
    """NX-OS puts it in brackets behind the name of the device."""
    (o,) = observed(neighbours, NEXUS)[0]
    assert (o.asset, values(o, Kind.HOSTNAME), values(o, Kind.SERIAL)) == ("SW2", ["SW2"], ["FOC1234ABCD"])
    assert values(o, Kind.BANNER) == ["Example Nexus Software Version 9.3(5)"]
    assert values(o, Kind.ADDRESS) == ["10.0.0.2"]


def test_neighbours_without_lines_between_them_are_told_apart() -> None:
    """A field that comes again begins the next neighbour."""
    text = "Chassis id: 0200.5e40.000c\nSystem Name: a\nChassis id: 0200.5e40.000d\nSystem Name: b\n"
    assert [(o.asset, values(o, Kind.MAC)) for o in observed(neighbours, text)[0]] == [
        ("a", ["02:00:5e:40:00:0c"]),
        ("b", ["02:00:5e:40:00:0d"]),
    ]


def test_what_is_not_advertised_is_nothing() -> None:
    """A neighbour that says only where it is plugged in has no name."""
    assert observed(neighbours, "Local Intf: Gi1/0/1\nSystem Name: - not advertised\nPort id: x\n")[0] == []


def test_endless_description_is_cut() -> None:
    """A description of a million lines does not fill the memory."""
    (o,) = observed(neighbours, "Device ID: a\nVersion :\n" + "long line of a description\n" * 10_000)[0]
    assert len(values(o, Kind.BANNER)[0]) < 1100


@given(st.text(alphabet="DeviceID: \n-Version,()x", max_size=200))
def test_any_lines_are_survived(text: str) -> None:
    """Whatever the lines, reading ends."""
    assert all(o.observables for o in observed(neighbours, "Device ID: a\n" + text)[0])
