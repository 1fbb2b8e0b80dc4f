# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of nmap's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.inputs import Input
from debar.readers.network import nmap
from opened import observed, opened, values

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.inventory import Observation

UP = '<status state="up"/>'


def scan(*hosts: str) -> list[Observation]:
    """Read a scan of these hosts."""
    return observed(
        nmap, f'<nmaprun scanner="nmap" start="1767225600">{"".join(f"<host>{h}</host>" for h in hosts)}</nmaprun>'
    )[0]


def port(inner: str, state: str = "open") -> str:
    """Write a host with one port."""
    return (
        f'{UP}<address addr="192.0.2.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="80">'
        f'<state state="{state}"/>{inner}</port></ports>'
    )


def test_host_has_names_addresses_and_the_maker_of_its_card() -> None:
    """A host is called by its name; the maker of its network card is that of a device."""
    (o,) = scan(
        f'{UP}<address addr="192.0.2.1" addrtype="ipv4"/><address addr="02:00:00:00:00:0A" addrtype="mac" vendor="Cam Co"/>'
        '<hostnames><hostname name="cam.example.org" type="PTR"/></hostnames>'
    )
    assert (o.asset, o.label, o.meaning, o.observed_at) == (
        "cam.example.org",
        "cam.example.org",
        Meaning.HARDWARE,
        "2026-01-01T00:00:00Z",
    )
    assert (values(o, Kind.MAC), values(o, Kind.ADDRESS), values(o, Kind.PUBLISHER)) == (
        ["02:00:00:00:00:0a"],
        ["192.0.2.1"],
        ["Cam Co"],
    )


def test_guess_of_an_operating_system_is_prose() -> None:
    """What a host looks like from afar names ten makers, of which none is proven."""
    (o,) = scan(
        f'{UP}<address addr="192.0.2.1" addrtype="ipv4"/><os><osmatch name="Cam OS 2"><osclass vendor="Cam Co" osfamily="embedded" type="webcam"><cpe>cpe:/h:cam:x</cpe></osclass></osmatch></os>'
    )
    assert values(o, Kind.TEXT) == ["Cam OS 2", "Cam Co embedded webcam"]
    assert values(o, Kind.PUBLISHER) == values(o, Kind.CPE) == []


def test_probed_service_is_a_product_and_a_guessed_one_is_a_port() -> None:
    """Only a probe proves a product; the number of a port proves a port."""
    service = '<service name="http" product="Cam webs" version="2.1" devicetype="webcam" method="probed"><cpe>cpe:/a:cam:webs:2.1</cpe></service>'
    _, probed = scan(port(service))
    _, guessed = scan(port('<service name="http" product="Cam webs" method="table"/>'))
    assert (probed.label, probed.version, probed.meaning) == ("Cam webs", "2.1", Meaning.INSTALLED)
    assert (values(probed, Kind.NAME), values(probed, Kind.CPE), values(probed, Kind.PORT)) == (
        ["Cam webs"],
        ["cam:webs"],
        ["80/tcp"],
    )
    assert [x.kind for x in guessed.observables] == [Kind.PORT]


@pytest.mark.parametrize("state", ["closed", "filtered", "open|filtered"])
def test_port_that_is_not_surely_open_is_counted(state: str) -> None:
    """Only what answered is there."""
    assert [o.meaning for o in scan(port('<service name="http" method="probed" product="X"/>', state))] == [
        Meaning.HARDWARE
    ]


@pytest.mark.parametrize(
    ("script", "kind", "value"),
    [
        ('<script id="http-server-header" output="&#xa;  Cam-Webs/2"/>', Kind.BANNER, "Cam-Webs/2"),
        ('<script id="http-headers" output="&#xa;  Date: x&#xa;  Server: Cam/1&#xa;"/>', Kind.BANNER, "Cam/1"),
        ('<script id="http-title" output="Cam login"/>', Kind.TEXT, "Cam login"),
        (
            '<script id="http-auth" output="&#xa;HTTP/1.1 401 Unauthorized&#xa;  Digest nonce=1 realm=Cam(C42) qop=auth"/>',
            Kind.BANNER,
            'realm="Cam(C42)"',
        ),
        (
            '<script id="upnp-info" output="&#xa;10.0.0.1&#xa;    Server: Cam UPnP/1.0&#xa;"/>',
            Kind.BANNER,
            "Cam UPnP/1.0",
        ),
        ('<script id="upnp-info" output="&#xa;      Manufacturer: Cam Co&#xa;"/>', Kind.PUBLISHER, "Cam Co"),
        ('<script id="upnp-info" output="&#xa;      Model Name: C-42&#xa;"/>', Kind.MODEL, "C-42"),
        ('<script id="onvif-scopes" output="onvif://www.onvif.org/name/Cam%20Co"/>', Kind.BANNER, "Cam Co"),
        ('<script id="wsdd" output="onvif://www.onvif.org/hardware/C-42"/>', Kind.MODEL, "C-42"),
        ('<script id="snmp-sysdescr" output="Cam OS 1&#xa;  System uptime: 1d"/>', Kind.BANNER, "Cam OS 1"),
        (
            '<script id="ssl-cert" output="Subject: commonName=a/organizationName=Cam Co&#xa;Issuer: commonName=Cam CA/organizationName=Cam Co"/>',
            Kind.TLS_ISSUER,
            "CN=Cam CA, O=Cam Co",
        ),
        (
            '<service name="x" servicefp="SF-Port80-TCP:V=7%r(GetRequest,9,&quot;HTTP/1\\.0\\x20200\\r\\nServer:\\x20C\nSF:am&quot;);"/>',
            Kind.BANNER,
            "HTTP/1.0 200 Server: Cam",
        ),
    ],
)
def test_what_a_service_says_is_taken_from_scripts(script: str, kind: Kind, value: str) -> None:
    """Headers, descriptions, certificates and what no probe recognised."""
    assert value in values(scan(port(script))[1], kind)


def test_issuer_that_is_not_printed_is_taken_from_the_table() -> None:
    """At its usual verbosity nmap prints only the subject of a certificate."""
    script = (
        '<script id="ssl-cert" output="Subject: commonName=cam"><table key="subject"><elem key="commonName">cam</elem></table>'
        '<table key="issuer"><elem key="commonName">Cam CA</elem><elem key="organizationName">Cam Co</elem></table></script>'
    )
    assert values(scan(port(script))[1], Kind.TLS_ISSUER) == ["CN=Cam CA, O=Cam Co"]


def test_windows_host_gives_its_own_names() -> None:
    """Names that a host has for itself join it to inventories."""
    (o,) = scan(
        f'{UP}<address addr="192.0.2.1" addrtype="ipv4"/><hostscript><script id="nbstat" output="NetBIOS name: DESK7, NetBIOS user: &lt;unknown&gt;, NetBIOS MAC: 02:00:00:00:00:07 (x)"/>'
        '<script id="smb-os-discovery" output="&#xa;  OS: Windows 10&#xa;  Computer name: desk7&#xa;  FQDN: desk7.example.org&#xa;"/></hostscript>'
    )
    assert values(o, Kind.HOSTNAME) == ["DESK7", "desk7", "desk7.example.org"]
    assert (values(o, Kind.MAC), values(o, Kind.BANNER)) == (["02:00:00:00:00:07"], ["Windows 10"])


def test_host_that_is_down_or_has_no_name_is_counted_or_lost() -> None:
    """Nothing is said of what did not answer."""
    found, source = observed(
        nmap,
        f'<nmaprun><host><status state="down"/><address addr="192.0.2.1" addrtype="ipv4"/></host><host>{UP}</host></nmaprun>',
    )
    assert found == []
    assert source.tally["hosts that are down"] == 1
    assert source.losses == [("line 1", "a host without address and name")]


def test_masscan_tells_a_host_once() -> None:
    """Masscan writes a host again for each port, and a banner where nmap has products."""
    host = '<address addr="192.0.2.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="{}"><state state="open"/><service name="http" banner="Server:\\x20Cam"/></port></ports>'
    found = scan(host.format(80), host.format(81))
    assert [o.label for o in found] == ["192.0.2.1", "http", "http"]
    assert values(found[1], Kind.BANNER) == ["Server: Cam"]


def test_declared_entities_are_refused() -> None:
    """A document type is usual; one that declares entities reads nothing from anywhere."""
    text = '<!DOCTYPE nmaprun [<!ENTITY e SYSTEM "file:///etc/hostname">]><nmaprun><host><status state="up"/><address addr="&e;"/></host></nmaprun>'
    with pytest.raises(SourceError, match=r"entity|entities"):
        observed(nmap, text)


def test_scan_that_was_stopped_keeps_its_hosts() -> None:
    """A document without an end gives what stands before it."""
    source = opened(f'<!DOCTYPE nmaprun>\n<nmaprun><host>{UP}<address addr="192.0.2.1" addrtype="ipv4"/></host><host>')
    found: list[Observation] = []
    with pytest.raises(SourceError, match="not well-formed"):
        found.extend(nmap.read(source))
        pytest.fail("the end is missing")
    assert sniff.find_reader(source)[0] is not None


@pytest.mark.slow
def test_real_scans_are_read_without_loss(corpus: Path) -> None:
    """Scans of several versions give their hosts and ports."""
    for file in sorted((corpus / "14-net-nmap").rglob("*.xml")):
        source = Input(file.name, file)
        if file.name != "defused_et_local_includer.xml":
            assert sniff.find_reader(source)[0] is not None
            found = list(nmap.read(source))
            assert found or source.tally["ports"] == source.tally["ports not open"]
            assert source.losses == []
