# SPDX-License-Identifier: Apache-2.0
"""Promises of the form that joins what different sources say of one machine."""

import pytest

from debar.model.vocab import Kind
from debar.readers import identifiers


@pytest.mark.parametrize(
    ("written", "mac"),
    [
        ("00-80-0C-07-AE-D3", "00:80:0c:07:ae:d3"),
        ("0:80:c:7:ae:d3", "00:80:0c:07:ae:d3"),
        ("0080.0c07.aed3", "00:80:0c:07:ae:d3"),
        ("00800c07aed3", "00:80:0c:07:ae:d3"),
        ("00 80 0C 07 AE D3", "00:80:0c:07:ae:d3"),
        ("0080-0c07-aed3", "00:80:0c:07:ae:d3"),
        ("ff:ff:ff:ff:ff:ff", ""),
        ("01:00:5e:00:00:fb", ""),
        ("33:33:00:00:00:01", ""),
        ("00:00:00:00:00:00", ""),
        ("00:80:0c:07:ae", ""),
        ("00:80:0c-07:ae:d3", ""),
        ("02005E005301", "02:00:5e:00:53:01"),
        ("d5:c9:gh:81:cf:80", ""),
        ("", ""),
        ("0" * 5000, ""),
    ],
)
def test_hardware_address_has_one_form(written: str, mac: str) -> None:
    """However a system writes it, a station's address comes out alike; groups and zeros are no station."""
    assert identifiers.mac(written) == mac


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("10.0.0.1/24", "10.0.0.1"),
        ("224.0.0.251", ""),
        ("0.0.0.0", ""),
        ("255.255.255.255", ""),
        ("1.2.3", ""),
        ("name", ""),
    ],
)
def test_address_is_one_that_a_host_can_have(written: str, address: str) -> None:
    """Groups, zeros and other texts are no address of a host."""
    assert identifiers.address(written) == address


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("192.0.2.7/24", "192.0.2.7"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", ""),
        ("127.0.0.1", ""),
        ("0.0.0.0", ""),
        ("::1", ""),
        ("any", ""),
        ("300.1.1.1", ""),
    ],
)
def test_address_tells_one_host_from_another(value: str, address: str) -> None:
    """Loopback, link-local and unspecified addresses are everyone's."""
    assert address == identifiers.own_address(value)


@pytest.mark.parametrize(
    "value",
    [
        "To be filled by O.E.M.",
        " To Be Filled By O.E.M.",
        "Default string",
        "System Serial Number",
        "None",
        "0",
        "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF",
        "Not Specified",
        "03000200-0400-0500-0006-000700080009",
        "..",
        "",
    ],
)
def test_serial_number_of_nobody_is_left_out(value: str) -> None:
    """What makers leave where a number belongs would join machines that have nothing in common."""
    assert identifiers.serial(value) == ""


def test_serial_number_is_kept_as_it_is() -> None:
    """Serial numbers and hardware UUIDs join by their exact value."""
    assert identifiers.serial(" PF3ABCDE ") == "PF3ABCDE"
    assert identifiers.serial("4C4C4544-0042-3510-8052-B4C04F4E4431") == "4C4C4544-0042-3510-8052-B4C04F4E4431"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("web01", "web01"),
        (" web01.example.com. ", "web01.example.com"),
        ("PC-0815", "PC-0815"),
        ("localhost", ""),
        ("LOCALHOST.localdomain", ""),
        ("(none)", ""),
        ("", ""),
    ],
)
def test_host_name_has_no_dot_of_the_root(written: str, name: str) -> None:
    """Name servers write a dot at the end, hosts do not; a name that every host has is none."""
    assert identifiers.hostname(written) == name


def test_value_of_another_kind_stays_as_it_is() -> None:
    """Only what identifies a machine has a form of its own."""
    assert identifiers.normal(Kind.NAME, " localhost. ") == " localhost. "
    assert identifiers.normal(Kind.MAC, "00-80-0C-07-AE-D3") == "00:80:0c:07:ae:d3"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("64500", "AS64500"),
        ("AS64500", "AS64500"),
        ("as64500 Example Ltd", "AS64500"),
        ("0", ""),
        ("99999999999", ""),
        ("4294967296", ""),
        ("192.0.2.1", ""),
        ("64500x", ""),
        ("Example Ltd", ""),
    ],
)
def test_number_of_a_network_is_written_in_one_way(written: str, number: str) -> None:
    """With or without letters before it and a name behind it."""
    assert identifiers.normal(Kind.ASN, written) == number
