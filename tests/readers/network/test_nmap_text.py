# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of nmap's texts."""

from debar.model.vocab import Kind, Meaning
from debar.readers.network import nmap_text
from opened import observed, values

NORMAL = """\
# Nmap 7.94 scan initiated
Nmap scan report for cam.example.org (192.0.2.64)
Host is up (0.01s latency).
PORT    STATE  SERVICE VERSION
22/tcp  closed ssh
80/tcp  open   http    syn-ack ttl 64 Cam webs 2.1 (IP camera)
| http-server-header: Cam-Webs/2.1
| ssl-cert: Subject: commonName=cam
| Issuer: commonName=Cam CA/organizationName=Cam Co
|_http-title: Login
554/tcp open   rtsp
MAC Address: 02:00:5E:20:00:64 (Cam Co)
Running (JUST GUESSING): Cam embedded (90%)
Service Info: Device: webcam; CPE: cpe:/h:cam:ipc

Nmap scan report for 192.0.2.65
80/tcp open http
"""


def test_report_gives_hosts_ports_and_what_they_say() -> None:
    """A host has its name, its card's maker and its ports; guesses are prose."""
    found, source = observed(nmap_text, NORMAL)
    machine = next(o for o in found if o.asset == "cam.example.org" and o.meaning is Meaning.HARDWARE)
    assert (values(machine, Kind.HOSTNAME), values(machine, Kind.ADDRESS)) == (["cam.example.org"], ["192.0.2.64"])
    assert (values(machine, Kind.MAC), values(machine, Kind.PUBLISHER)) == (["02:00:5e:20:00:64"], ["Cam Co"])
    assert values(machine, Kind.CPE) == ["cam:ipc"]
    assert "Cam embedded (90%)" in values(machine, Kind.TEXT)
    assert [v for o in found for v in values(o, Kind.PORT)] == ["80/tcp", "554/tcp", "80/tcp"]
    assert [v for o in found for v in values(o, Kind.NAME)] == ["Cam webs 2.1 (IP camera)"]
    assert [v for o in found for v in values(o, Kind.TLS_ISSUER)] == ["commonName=Cam CA/organizationName=Cam Co"]
    assert source.tally == {"hosts": 2, "ports": 3}


def test_greppable_line_gives_the_same_as_the_report() -> None:
    """Ports stand in one line, their parts between slashes."""
    line = "Host: 192.0.2.64 (cam)\tPorts: 80/open/tcp//http//Cam webs 2.1/, 81/closed/tcp//x///\tIgnored State: closed (9)\n"
    machine, port = observed(nmap_text, "# Nmap 7.94\nHost: 192.0.2.64 (cam)\tStatus: Up\n" + line)[0]
    assert (machine.asset, values(machine, Kind.ADDRESS)) == ("cam", ["192.0.2.64"])
    assert (port.label, values(port, Kind.PORT)) == ("Cam webs 2.1", ["80/tcp"])


def test_host_that_scanned_itself_is_the_folder() -> None:
    """Every host is localhost: the name joins nothing."""
    (port,) = observed(nmap_text, "Nmap scan report for localhost (127.0.0.1)\n22/tcp open ssh\n")[0]
    assert port.asset == "some"


def test_lines_before_any_host_say_nothing() -> None:
    """A port without a host is nobody's."""
    assert observed(nmap_text, "22/tcp open ssh\n|_banner: x\n")[0] == []
