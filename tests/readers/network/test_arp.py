# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of tables of neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import sniff
from debar.readers.network import arp
from opened import observed, opened, values

TABLES = {
    "linux": "? (192.0.2.64) at 02:00:5e:20:00:64 [ether] on eth0\n",
    "numeric": "Address                  HWtype  HWaddress           Flags Mask            Iface\n192.0.2.64               ether   02:00:5e:20:00:64   C                     eth0\n",
    "freebsd": "? (192.0.2.64) at 02:00:5e:20:00:64 on em0 expires in 1180 seconds [ethernet]\n",
    "french windows": "\r\nInterface\xa0: 192.0.2.50 --- 0xa\r\n  Adresse Internet      Adresse physique      Type\r\n  192.0.2.64            02-00-5e-20-00-64     dynamique\r\n",
    "nexus": "IP ARP Table for context default\nAddress         Age       MAC Address     Interface\n192.0.2.64      00:10:20  0200.5e20.0064  Vlan10\n",
    "junos": "MAC Address       Address         Name                      Interface           Flags\n02:00:5e:20:00:64 192.0.2.64      192.0.2.64                ge-0/0/1.0          none\n",
    "powershell": "\nifIndex IPAddress   LinkLayerAddress  State       PolicyStore\n------- ---------   ----------------  -----       -----------\n7       192.0.2.64  02-00-5E-20-00-64 Reachable   ActiveStore\n",
}


@pytest.mark.parametrize("system", TABLES)
def test_neighbour_is_read_from_every_system(system: str) -> None:
    """One address and one hardware address in a line are a neighbour, whatever language stands around."""
    found, _ = observed(arp, TABLES[system])
    (o,) = found
    assert (o.asset, values(o, Kind.ADDRESS), values(o, Kind.MAC)) == (
        "192.0.2.64",
        ["192.0.2.64"],
        ["02:00:5e:20:00:64"],
    )
    assert (o.medium, o.meaning) == (Medium.NETWORK, Meaning.HARDWARE)


@pytest.mark.parametrize("system", TABLES)
def test_table_is_recognised(system: str) -> None:
    """Each system's table is known by its own header or lines."""
    reader, _ = sniff.find_reader(opened(TABLES[system], "table.txt"))
    assert reader is not None
    assert reader.name == "arp"


def test_groups_and_unanswered_requests_are_no_neighbours() -> None:
    """Broadcast, multicast and incomplete entries are counted."""
    found, source = observed(
        arp,
        "? (192.0.2.9) at <incomplete> on eth0\n? (224.0.0.251) at 1:0:5e:0:0:fb on en0\n  192.0.2.255  ff-ff-ff-ff-ff-ff  static\n",
    )
    assert found == []
    assert source.tally == {"lines without a neighbour": 3}


def test_neighbour_that_comes_again_is_told_once() -> None:
    """Tables of several moments in one file repeat themselves."""
    found, source = observed(arp, TABLES["linux"] * 5)
    assert len(found) == source.tally["neighbours"] == 1


@given(st.text(alphabet="0123456789abcdef:.- ()\tat\n", max_size=200))
def test_any_lines_are_survived(text: str) -> None:
    """Whatever the lines, reading ends, and what comes out has a hardware address."""
    assert all(values(o, Kind.MAC) for o in observed(arp, text)[0])
