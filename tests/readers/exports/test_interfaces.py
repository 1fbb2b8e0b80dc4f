# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of ip, ifconfig and ipconfig."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import interfaces
from opened import observed, values

FORMS = {
    "ip": (
        "2: eth0@if7: <BROADCAST,UP> mtu 1500 qdisc mq\n    link/ether 00:15:17:7a:60:31 brd ff:ff:ff:ff:ff:ff\n"
        "    inet 10.1.2.3/24 brd 10.1.2.255 scope global eth0\n    inet6 fe80::1/64 scope link\n"
    ),
    "ifconfig of BSD": (
        "em0: flags=8843<UP,BROADCAST> mtu 1500\n\tether 00:15:17:7a:60:31\n"
        "\tinet 10.1.2.3 netmask 0xffffff00 broadcast 10.1.2.255\n"
    ),
    "ifconfig of Solaris": "e1000g0: flags=1000843<UP> mtu 1500 index 2\n  inet 10.1.2.3 netmask ffffff00\n  ether 0:15:17:7a:60:31\n",
    "ifconfig of old Linux": (
        "eth0      Link encap:Ethernet  HWaddr 00:15:17:7A:60:31  \n"
        "          inet addr:10.1.2.3  Bcast:10.1.2.255  Mask:255.255.255.0\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_machine_is_known_by_its_own_addresses(form: str) -> None:
    """Loopback, broadcast, mask and link-local addresses identify nobody."""
    (machine,), _ = observed(interfaces, FORMS[form])
    assert machine.meaning is Meaning.HARDWARE
    assert values(machine, Kind.MAC) == ["00:15:17:7a:60:31"]
    assert values(machine, Kind.ADDRESS) == ["10.1.2.3"]


def test_bridges_of_container_engines_are_left_out() -> None:
    """They have the same addresses on every machine."""
    found, _ = observed(
        interfaces,
        "3: docker0: <UP> mtu 1500\n    link/ether 02:42:9d:0a:11:22 brd ff:ff:ff:ff:ff:ff\n    inet 172.17.0.1/16 scope global\n"
        "4: veth1: <UP> mtu 1500\n    link/ether 3e:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff\n",
    )
    assert found == []


@pytest.mark.parametrize(
    ("title", "own", "gateway"),
    [
        ("Windows IP Configuration", "IPv4 Address", "Default Gateway"),
        ("Windows-IP-Konfiguration", "IPv4-Adresse  ", "Standardgateway"),
        ("Configuración IP de Windows", "Dirección IPv4", "Puerta de enlace predeterminada"),
    ],
)
def test_ipconfig_is_read_in_any_language(title: str, own: str, gateway: str) -> None:
    """The machine's name is told first, its addresses by their shape and the words IPv4 and IPv6."""
    found, _ = observed(
        interfaces,
        f"\r\n{title}\r\n\r\n   Name . . . . . . . : WS-1\r\n   Suffix . . : corp.example\r\n\r\nAdapter:\r\n\r\n"
        "   Description . . . : Example VPN\r\n   Physical . . . . : 00-15-17-7A-60-31\r\n"
        f"   {own}. . . . . . . : 10.1.2.3(Preferred) \r\n   {gateway} . . : 10.1.2.1\r\n   DHCP . . : 10.1.2.2\r\n",
    )
    adapter, machine = found
    assert (adapter.asset, adapter.label) == ("WS-1", "Example VPN")
    assert [o.value for o in machine.observables] == ["WS-1", "00:15:17:7a:60:31", "10.1.2.3"]
