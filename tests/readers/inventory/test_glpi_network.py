# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of network discovery and SNMP inventory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.inventory import glpi_network
from opened import observed, opened, values


def request(device: str) -> str:
    """Give a request about one device."""
    return f"<REQUEST><CONTENT><DEVICE>{device}</DEVICE></CONTENT><QUERY>SNMPQUERY</QUERY></REQUEST>"


def test_device_is_identified_and_describes_itself() -> None:
    """Maker, model, serial number, addresses, and what it says of itself."""
    (o,) = observed(
        glpi_network,
        request(
            "<INFO><NAME>sw1</NAME><MANUFACTURER>Huawei</MANUFACTURER><MODEL>S5735</MODEL><SERIAL>21X</SERIAL>"
            "<MAC>02:00:5E:00:53:20</MAC><COMMENTS>VRP Software</COMMENTS><FIRMWARE>V200</FIRMWARE>"
            "<IPS><IP>192.0.2.2</IP><IP>127.0.0.1</IP></IPS></INFO>"
        ),
    )[0]
    assert (o.asset, o.label, o.version, o.meaning) == ("sw1", "sw1", "V200", Meaning.HARDWARE)
    assert {k: values(o, k) for k in {x.kind for x in o.observables}} == {
        Kind.HOSTNAME: ["sw1"],
        Kind.SERIAL: ["21X"],
        Kind.MAC: ["02:00:5e:00:53:20"],
        Kind.PUBLISHER: ["Huawei"],
        Kind.MODEL: ["S5735"],
        Kind.BANNER: ["VRP Software"],
        Kind.ADDRESS: ["192.0.2.2"],
    }


def test_neighbour_is_an_asset_of_its_own() -> None:
    """What stands behind a port is named by its host name, else its address, else its hardware address."""
    found, source = observed(
        glpi_network,
        request(
            "<INFO><NAME>sw1</NAME></INFO><PORTS><PORT><CONNECTIONS>"
            "<CONNECTION><SYSNAME>cam</SYSNAME><IP>192.0.2.3</IP><MODEL>DS-2CD</MODEL></CONNECTION>"
            "<CONNECTION><IP>192.0.2.4</IP><SYSDESCR>Phone</SYSDESCR></CONNECTION>"
            "<CONNECTION><MAC>02:00:5e:00:53:41</MAC><MAC>02:00:5e:00:53:42</MAC></CONNECTION>"
            "<CONNECTION><IFDESCR>eth0</IFDESCR></CONNECTION>"
            "</CONNECTIONS></PORT></PORTS>"
        ),
    )
    assert [o.asset for o in found] == ["sw1", "cam", "192.0.2.4", "02:00:5e:00:53:41", "02:00:5e:00:53:42"]
    assert values(found[0], Kind.MAC) == []
    assert source.tally["neighbours"] == 4


def test_name_that_several_neighbours_have_is_no_name() -> None:
    """Phones leave the factory with one name; they are told apart by their addresses and not joined by it."""
    port = {"sysname": "IP Phone", "model": "SPA303"}
    ports = [{"connections": [{**port, "ip": f"192.0.2.{n}", "sysmac": f"02:00:5e:00:53:{n}"}]} for n in (71, 72)]
    document = {"content": {"network_device": {"name": "sw1"}, "network_ports": ports}}
    found, _ = observed(glpi_network, document)
    assert [o.asset for o in found] == ["sw1", "192.0.2.71", "192.0.2.72"]
    assert values(found[1], Kind.HOSTNAME) == []


def test_neighbour_on_many_ports_is_told_once() -> None:
    """A device behind a bundle of ports is one device."""
    ports = [{"connections": [{"sysname": "core", "ip": "192.0.2.9", "model": "N5K"}]} for _ in range(4)]
    found, _ = observed(glpi_network, {"content": {"network_device": {"name": "sw1"}, "network_ports": ports}})
    assert [o.label for o in found] == ["sw1", "core"]


def test_access_point_of_a_controller_is_an_asset() -> None:
    """A part with addresses of its own is a device; a board is a part of this one; a fan tells nothing."""
    parts = [
        {"name": "AP2700", "model": "AIR-CAP", "ip": "192.0.2.51", "mac": "02:00:5e:00:53:51"},
        {"name": "Board", "model": "S57", "serial": "X"},
        {"name": "Fan"},
    ]
    found, _ = observed(glpi_network, {"content": {"network_device": {"name": "wlc"}, "network_components": parts}})
    assert [(o.asset, o.label) for o in found[1:]] == [("192.0.2.51", "AIR-CAP"), ("wlc", "S57")]


def test_device_that_did_not_answer_is_counted() -> None:
    """An error instead of a device is nothing to report, and no fault of the file."""
    found, source = observed(glpi_network, request("<ERROR><ID>5</ID><MESSAGE>Timeout</MESSAGE></ERROR>"))
    assert found == []
    assert (source.tally["devices that tell nothing"], source.losses) == (1, [])


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("<REQUEST><CONTENT><DEVICE><IP>1</IP></DEVICE></CONTENT></REQUEST>", "glpi-network"),
        ("<REQUEST><CONTENT><MODULEVERSION>6</MODULEVERSION><DEVICE></DEVICE></CONTENT></REQUEST>", "glpi-network"),
        ("<REQUEST><CONTENT><HARDWARE></HARDWARE></CONTENT></REQUEST>", "glpi"),
        ('{"action":"netinventory","content":{"network_ports":[]}}', "glpi-network"),
        ('{"action":"inventory","content":{"bios":{}}}', "glpi"),
    ],
)
def test_devices_and_computers_are_told_apart(text: str, reader: str) -> None:
    """The same frame holds both."""
    found, _ = sniff.find_reader(opened(text))
    assert found is not None
    assert reader == found.name


@pytest.mark.parametrize("text", ["<REQUEST><CONTENT><DEVICE>", "{", '{"content": 1}'])
def test_broken_document_is_refused(text: str) -> None:
    """Half a document is unusable."""
    with pytest.raises(SourceError):
        observed(glpi_network, text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["connections", "mac", "ip", "ips", "name"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["network_device", "network_ports", "network_components", "firmwares"]), JSON))
def test_any_content_is_survived(content: object) -> None:
    """Whatever the types, reading ends without an error."""
    found, _ = observed(glpi_network, {"content": content})
    assert all(o.observables for o in found)
