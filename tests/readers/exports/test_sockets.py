# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of netstat, ss and lsof."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import sockets
from opened import observed, values

FORMS = {
    "netstat of Linux": (
        "Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n"
        "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 955/sshd\n"
        "tcp 0 0 10.1.2.3:22 10.1.2.9:51514 ESTABLISHED 955/sshd\n"
        "tcp 0 0 10.1.2.3:41022 93.184.216.34:443 ESTABLISHED 812/agent\n"
    ),
    "ss": (
        "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n"
        'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=955,fd=3))\n'
        'tcp ESTAB 0 0 10.1.2.3:22 10.1.2.9:51514 users:(("sshd",pid=955,fd=4))\n'
        'tcp ESTAB 0 0 10.1.2.3:41022 93.184.216.34:443 users:(("agent",pid=812,fd=4))\n'
    ),
    "ss of one protocol": (
        "State Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
        'LISTEN 0 128 *:22 *:* users:(("sshd",pid=955,fd=3))\n'
        'ESTAB 0 0 10.1.2.3:22 10.1.2.9:51514 users:(("sshd",pid=955,fd=4))\n'
        'ESTAB 0 0 10.1.2.3%eth0:41022 93.184.216.34:443 users:(("agent",pid=812,fd=4))\n'
    ),
    "netstat of Windows": (
        "  TCP    0.0.0.0:22    0.0.0.0:0    ABHÖREN\n [sshd]\n"
        "  TCP    10.1.2.3:22    10.1.2.9:51514    HERGESTELLT\n [sshd]\n"
        "  TCP    10.1.2.3:41022    93.184.216.34:443    HERGESTELLT\n [agent]\n"
    ),
    "lsof": (
        "COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\n"
        "sshd 955 root 3u IPv4 0x6a 0t0 TCP *:22 (LISTEN)\n"
        "sshd 956 root 3u IPv4 0x6a 0t0 TCP 10.1.2.3:22->10.1.2.9:51514 (ESTABLISHED)\n"
        "agent 812 root 3u IPv4 0x6b 0t0 TCP 10.1.2.3:41022->93.184.216.34:443 (ESTABLISHED)\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_listener_and_contact_are_told_apart(form: str) -> None:
    """Who listens is a program; who was contacted is a service; who came in is neither."""
    found, source = observed(sockets, FORMS[form])
    assert [(values(o, Kind.PROCESS), values(o, Kind.PORT), values(o, Kind.IP), o.meaning) for o in found] == [
        (["sshd"], ["22/tcp"], [], Meaning.RUNNING),
        (["agent"], [], [], Meaning.RUNNING),
        ([], [], ["93.184.216.34"], Meaning.SERVICE_USE),
    ]
    assert source.tally == {"sockets": 3, "incoming connections": 1}


def test_ports_after_a_dot_and_addresses_of_six() -> None:
    """MacOS writes a dot before the port, IPv6 stands in brackets or bare."""
    found, _ = observed(
        sockets,
        "tcp4 0 0 10.1.2.3.52345 93.184.216.34.443 ESTABLISHED\n"
        "tcp6 0 0 2001:db8::1.52345 2606:2800:220:1::1.443 ESTABLISHED\n"
        "tcp ESTAB 0 0 [2001:db8::1]:41022 [2606:2800:220:1::2]:443\n"
        "tcp46 0 0 *.88 *.* LISTEN\n",
    )
    assert [o.label for o in found] == ["93.184.216.34", "2606:2800:220:1::1", "2606:2800:220:1::2", "88/tcp"]


def test_listener_without_a_name_is_there() -> None:
    """A port is open because something listens; nobody saw what."""
    (found,), _ = observed(sockets, "tcp 0 0 0.0.0.0:13000 0.0.0.0:* LISTEN -\n")
    assert (found.meaning, values(found, Kind.PORT)) == (Meaning.INSTALLED, ["13000/tcp"])


def test_the_machine_itself_is_no_contact() -> None:
    """Loopback is not traffic to anybody."""
    found, _ = observed(sockets, "tcp 0 0 127.0.0.1:41022 127.0.0.1:5432 ESTABLISHED -\n")
    assert found == []
