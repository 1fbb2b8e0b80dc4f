# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SNMP walks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.network import snmp
from opened import observed, values


@pytest.mark.parametrize(
    "oid", [".1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.1.0", "iso.3.6.1.2.1.1.1.0", "SNMPv2-MIB::sysDescr.0", "sysDescr.0"]
)
def test_description_is_read_however_its_name_is_written(oid: str) -> None:
    """Numbers with and without a dot, with iso, and names with and without their module."""
    (o,), _ = observed(snmp, f'{oid} = STRING: "Cam OS\n Version 2"\n')
    assert (o.meaning, values(o, Kind.BANNER)) == (Meaning.HARDWARE, ["Cam OS Version 2"])


@pytest.mark.parametrize("value", ["Hex-STRING: 02 00 5E 20 00 64 ", "STRING: 2:0:5e:20:0:64", "0:0:0"])
def test_hardware_address_is_read_from_octets_and_from_text(value: str) -> None:
    """The tool writes octets as it was told to."""
    found, _ = observed(snmp, f"IF-MIB::ifPhysAddress.2 = {value}\nSNMPv2-MIB::sysName.0 = STRING: sw\n")
    assert values(found[0], Kind.MAC) == ([] if value == "0:0:0" else ["02:00:5e:20:00:64"])


@pytest.mark.parametrize(
    "value", ["OID: .1.3.6.1.4.1.39165.1", "OID: iso.3.6.1.4.1.39165.1", "OID: SNMPv2-SMI::enterprises.39165.1"]
)
def test_kind_of_device_is_in_digits(value: str) -> None:
    """However the tool shortens an identifier, it comes out in digits."""
    (o,), _ = observed(snmp, f"sysObjectID.0 = {value}\n")
    assert values(o, Kind.OID) == ["1.3.6.1.4.1.39165.1"]


def test_neighbour_is_an_asset_of_its_own() -> None:
    """A neighbour's address and hardware address are never put on the device that was asked."""
    text = 'sysName.0 = STRING: sw\nIP-MIB::ipNetToMediaPhysAddress.7.10.0.0.64 = STRING: 2:0:5e:20:0:64\nIP-MIB::ipNetToPhysicalPhysAddress.7.ipv4."10.0.0.65" = STRING: 2:0:5e:20:0:65\n'
    machine, *neighbours = observed(snmp, text)[0]
    assert values(machine, Kind.MAC) == []
    assert [(o.asset, values(o, Kind.MAC)) for o in neighbours] == [
        ("10.0.0.64", ["02:00:5e:20:00:64"]),
        ("10.0.0.65", ["02:00:5e:20:00:65"]),
    ]


def test_serial_number_of_a_module_is_not_that_of_the_device() -> None:
    """Only the chassis lends its serial number to the device."""
    text = "sysName.0 = STRING: sw\n" + "".join(
        f"entPhysicalClass.{n} = INTEGER: {kind}\nentPhysicalSerialNum.{n} = STRING: FOC{n}\nentPhysicalMfgName.{n} = STRING: Maker {n}\n"
        for n, kind in ((1, "3"), (2, "module(9)"))
    )
    _, chassis, module = observed(snmp, text)[0]
    assert (values(chassis, Kind.SERIAL), values(module, Kind.SERIAL)) == (["FOC1"], [])
    assert values(module, Kind.PUBLISHER) == ["Maker 2"]


def test_value_that_is_not_there_says_nothing() -> None:
    """An agent answers for what it does not have."""
    found, source = observed(snmp, 'sysName.0 = No Such Object available on this agent at this OID\nsysDescr.0 = ""\n')
    assert found == []
    assert source.tally["values"] == 2


def test_text_without_values_is_refused() -> None:
    """A time-out is no walk."""
    with pytest.raises(SourceError, match="no line of a walk"):
        observed(snmp, "Timeout: No Response from 192.0.2.1\n")


@given(st.text(alphabet='1.3:= "\nSTRINGOIDx', max_size=200))
def test_any_lines_are_survived(text: str) -> None:
    """Whatever stands behind it, what was read stays."""
    found, _ = observed(snmp, "sysName.0 = STRING: sw\n" + text)
    assert found[0].label.startswith("sw")
