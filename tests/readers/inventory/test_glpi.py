# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of inventories by GLPI Agent, FusionInventory and OCS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observation
from debar.model.vocab import Kind, Meaning
from debar.readers.inventory import glpi
from opened import observed, values

MACHINE = "<HARDWARE><NAME>pc7</NAME><UUID>4C4C4544-0042-3510-8052-B4C04F4E4432</UUID></HARDWARE>"


def told(content: str, around: str = "") -> list[Observation]:
    """Read sections of a request about pc7, without the machine itself."""
    text = f"<REQUEST>{around}<CONTENT>{MACHINE}{content}</CONTENT></REQUEST>"
    return [o for o in observed(glpi, text)[0] if Kind.HOSTNAME not in {x.kind for x in o.observables}]


def test_antivirus_that_stands_nowhere_else_is_found() -> None:
    """The security centre's list is read, with the version and maker that newer agents give; a disabled one stays."""
    (scanner,) = told(
        "<ANTIVIRUS><ENABLED>0</ENABLED><NAME>Vendor Endpoint Security</NAME><COMPANY>AO Vendor</COMPANY>"
        "<VERSION>12.3</VERSION></ANTIVIRUS>"
    )
    assert (scanner.asset, scanner.label, scanner.version) == ("pc7", "Vendor Endpoint Security", "12.3")
    assert scanner.meaning is Meaning.INSTALLED
    assert values(scanner, Kind.NAME) == ["Vendor Endpoint Security"]
    assert values(scanner, Kind.PUBLISHER) == ["AO Vendor"]


@pytest.mark.parametrize(
    ("origin", "kind"), [("rpm", Kind.PACKAGE), ("deb", Kind.PACKAGE), ("registry", Kind.NAME), ("", Kind.NAME)]
)
def test_name_is_that_of_a_package_where_a_package_manager_gave_it(origin: str, kind: Kind) -> None:
    """The same name means more when it is exact."""
    (o,) = told(f"<SOFTWARES><NAME>agent</NAME><FROM>{origin}</FROM></SOFTWARES>")
    assert values(o, kind) == ["agent"]


def test_uninstall_command_gives_program_and_product_code() -> None:
    """The product code also stands in the command that removes it; msiexec itself says nothing."""
    (a, b) = told(
        "<SOFTWARES><NAME>A</NAME><UNINSTALL_STRING>MsiExec.exe /X{D9B3B2D4-2B0C-4A3F-9C9D-2F4B1D1D9E61}"
        '</UNINSTALL_STRING></SOFTWARES><SOFTWARES><NAME>B</NAME><UNINSTALL_STRING>"C:\\V\\un.exe" /S'
        "</UNINSTALL_STRING></SOFTWARES>"
    )
    assert values(a, Kind.PRODUCT_CODE) == ["{D9B3B2D4-2B0C-4A3F-9C9D-2F4B1D1D9E61}"]
    assert values(a, Kind.PATH) == []
    assert values(b, Kind.PATH) == ["C:\\V\\un.exe"]


def test_android_package_stands_in_the_comments() -> None:
    """Agents for Android put the application's identifier there; a comment of words is prose."""
    (a, b) = told(
        "<SOFTWARES><NAME>A</NAME><FROM>Android</FROM><COMMENTS>com.vendor.app</COMMENTS></SOFTWARES>"
        "<SOFTWARES><NAME>B</NAME><FROM>Android</FROM><COMMENTS>a good app</COMMENTS></SOFTWARES>"
    )
    assert values(a, Kind.APP_ID) == ["com.vendor.app"]
    assert values(b, Kind.APP_ID) == []


def test_network_card_of_a_program_is_software() -> None:
    """The filter of a virus scanner is installed, a card is hardware; a name such as eth0 is neither."""
    (card, filtered) = told(
        "<NETWORKS><DESCRIPTION>eth0</DESCRIPTION></NETWORKS>"
        "<NETWORKS><DESCRIPTION>Intel(R) I219</DESCRIPTION><PCIID>8086:10EA:7008:103C</PCIID></NETWORKS>"
        "<NETWORKS><DESCRIPTION>Vendor Filter Adapter</DESCRIPTION><PNPDEVICEID>ROOT\\NET\\0</PNPDEVICEID></NETWORKS>"
    )
    assert (card.meaning, values(card, Kind.HARDWARE_ID)) == (Meaning.HARDWARE, ["pci:8086:10ea"])
    assert (filtered.meaning, filtered.label) == (Meaning.INSTALLED, "Vendor Filter Adapter")


def test_machine_is_identified_by_its_own_values_only() -> None:
    """Addresses of bridges, of virtual cards and of the access point are not the machine's; nor is a junk serial."""
    text = (
        f"<REQUEST><CONTENT>{MACHINE}<BIOS><SSN>To be filled by O.E.M.</SSN><SMODEL>X1</SMODEL></BIOS>"
        "<NETWORKS><MACADDR>02:00:5E:00:53:07</MACADDR><IPADDRESS>192.0.2.7</IPADDRESS>"
        "<WIFI_BSSID>02:00:5e:00:53:fe</WIFI_BSSID></NETWORKS>"
        "<NETWORKS><DESCRIPTION>docker0</DESCRIPTION><IPADDRESS>172.17.0.1</IPADDRESS></NETWORKS>"
        "<NETWORKS><VIRTUALDEV>1</VIRTUALDEV><MACADDR>02:00:5E:00:53:08</MACADDR></NETWORKS></CONTENT></REQUEST>"
    )
    (machine,) = observed(glpi, text)[0]
    assert values(machine, Kind.HOSTNAME) == ["pc7"]
    assert values(machine, Kind.SERIAL) == ["4C4C4544-0042-3510-8052-B4C04F4E4432"]
    assert values(machine, Kind.MAC) == ["02:00:5e:00:53:07"]
    assert values(machine, Kind.ADDRESS) == ["192.0.2.7"]
    assert values(machine, Kind.MODEL) == ["X1"]


def test_container_image_is_a_package_url() -> None:
    """Guests of container engines name their image; the guest's own name is prose."""
    content = {
        "hardware": {"name": "pc7"},
        "virtualmachines": [{"name": "db", "image": "team/app:2", "vmtype": "docker"}],
    }
    found, _ = observed(glpi, {"action": "inventory", "content": content})
    assert values(found[-1], Kind.PURL) == ["pkg:docker/team/app"]
    assert values(found[-1], Kind.TEXT) == ["db"]


def test_both_forms_say_the_same() -> None:
    """XML in capitals and JSON in small letters give equal observations, apart from their places."""
    xml, _ = observed(
        glpi,
        f"<REQUEST><CONTENT>{MACHINE}<SOFTWARES><NAME>A</NAME><PUBLISHER>V</PUBLISHER></SOFTWARES></CONTENT></REQUEST>",
    )
    content = {
        "hardware": {"name": "pc7", "uuid": "4C4C4544-0042-3510-8052-B4C04F4E4432"},
        "softwares": [{"name": "A", "publisher": "V"}],
    }
    json, _ = observed(glpi, {"action": "inventory", "content": content})
    assert [(o.asset, o.label, o.observables) for o in xml] == [(o.asset, o.label, o.observables) for o in json]


def test_system_of_ocs_stands_among_the_hardware() -> None:
    """OCS has no section for the operating system."""
    text = "<REQUEST><CONTENT><HARDWARE><NAME>a</NAME><OSNAME>ALT Linux</OSNAME><OSVERSION>10</OSVERSION></HARDWARE></CONTENT></REQUEST>"
    found, _ = observed(glpi, text)
    assert [(o.label, o.version) for o in found] == [("a", ""), ("ALT Linux", "10")]


@pytest.mark.parametrize(
    "text",
    [
        "<REPLY><RESPONSE>SEND</RESPONSE></REPLY>",
        "<REQUEST><CONTENT><HARDWARE>",
        '<!DOCTYPE r [<!ENTITY a "b">]><REQUEST><CONTENT>&a;</CONTENT></REQUEST>',
        "{",
        '{"content": [1]}',
        "[1]",
    ],
)
def test_document_without_inventory_is_refused(text: str) -> None:
    """An answer of the server, half a document and one with entities are unusable as a whole."""
    with pytest.raises(SourceError):
        observed(glpi, text)


def test_latin_one_and_utf_sixteen_are_read() -> None:
    """Agents for Windows wrote ISO-8859-1 for years."""
    text = '<?xml version="1.0" encoding="{}"?><REQUEST><CONTENT><ANTIVIRUS><NAME>Sécurité</NAME></ANTIVIRUS></CONTENT></REQUEST>'
    for name in ("ISO-8859-1", "UTF-16"):
        (o,) = observed(glpi, text.format(name).encode(name))[0]
        assert o.label == "Sécurité"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "cmd", "mac", "image"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["softwares", "hardware", "networks", "antivirus", "processes", "bios"]), JSON))
def test_any_content_is_survived(content: object) -> None:
    """Whatever the types, reading ends without an error."""
    found, _ = observed(glpi, {"action": "inventory", "content": content})
    assert all(o.observables for o in found)


def test_what_runs_is_told_from_what_is_there() -> None:
    """Processes run; a service of OCS runs if its state says so."""
    found = told(
        "<PROCESSES><CMD>/opt/kaspersky/kesl/libexec/kesl</CMD></PROCESSES>"
        "<SERVICE><SVCNAME>AVP</SVCNAME><SVCSTATE>Running</SVCSTATE></SERVICE>"
        "<SERVICE><SVCNAME>AVPSUS</SVCNAME><SVCSTATE>Stopped</SVCSTATE></SERVICE>"
    )
    assert [o.meaning for o in found] == [Meaning.RUNNING, Meaning.RUNNING, Meaning.INSTALLED]
