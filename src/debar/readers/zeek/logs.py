# SPDX-License-Identifier: Apache-2.0
"""Logs of Zeek: which columns tell one from another, and what each column says of which host.

The name of a log is the site's choice, so a log is told from its columns. A row is about two hosts:
what the originator asked for is told of it, what the responder says of itself is told of the responder.
"""

from __future__ import annotations

from typing import NamedTuple

from debar.model.vocab import Kind, Meaning

ORIGINATOR, RESPONDER = "id.orig_h", "id.resp_h"
_USE, _THERE, _DEVICE = Meaning.SERVICE_USE, Meaning.INSTALLED, Meaning.HARDWARE


class Side(NamedTuple):
    """What a row tells of one host."""

    kinds: dict[str, Kind] = {}  # noqa: RUF012 - never changed
    """Columns whose cell is an observable as it stands."""
    labels: tuple[str, ...] = ()
    """Columns for the label, best first."""
    asset: str = ORIGINATOR
    host: str = ""
    """Column with "name", "name:port" or an address."""
    subject: str = ""
    """Column of a certificate's subject, which names the host where no other does."""
    answers: str = ""
    mails: tuple[str, ...] = ()
    """Columns with mail addresses, of which the domains are kept."""
    port: str = ""
    """Column with a listening port."""
    names: tuple[str, ...] = ()
    """Columns with the host's own name; with these three the row says who the host is."""
    macs: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    path: str = ""
    """Column with what a host of the own network was asked for by another, and gave."""
    meaning: Meaning = _USE
    is_own: bool = False
    """Only told of a host of the own network, and what comes again only once."""
    is_same: bool = False
    """Only told where all its columns say the same."""


class Log(NamedTuple):
    """One kind of log."""

    name: str
    marks: tuple[frozenset[str], ...]
    """Sets of columns, any one of which tells this log."""
    sides: tuple[Side, ...]
    without: frozenset[str] = frozenset()
    """Columns that other logs with the same marks have."""
    is_repetitive: bool = False
    """Says the same of the same hosts again and again, so that once is enough."""


def _any(*marks: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(mark.split()) for mark in marks)


_CONTACT = Side({RESPONDER: Kind.IP})
_AGENT = Side({"user_agent": Kind.BANNER}, meaning=_THERE, is_own=True)
"""What a host of the own network calls itself when it asks; that of a stranger is prose."""
_DIGESTS = {"md5": Kind.HASH, "sha1": Kind.HASH, "sha256": Kind.HASH}

LOGS = (
    Log(
        "dns",
        _any("query", "answers"),
        (Side({"query": Kind.DOMAIN}, ("query",), answers="answers"),),
    ),
    Log(
        "ssl",
        _any("server_name", "cipher established"),
        (
            Side(
                {"issuer": Kind.TLS_ISSUER, RESPONDER: Kind.IP},
                ("server_name", "subject", RESPONDER),
                host="server_name",
                subject="subject",
            ),
            # A device signs its own certificate; any other issuer may be whoever looks into the traffic of the client.
            Side(
                {"issuer": Kind.TLS_ISSUER, "subject": Kind.TEXT},
                ("subject",),
                RESPONDER,
                meaning=_THERE,
                is_own=True,
                is_same=True,
            ),
        ),
    ),
    Log(
        "sip",
        _any("call_id"),
        (Side({"user_agent": Kind.TEXT, RESPONDER: Kind.IP}, ("user_agent",)), _AGENT),
        is_repetitive=True,
    ),
    Log(
        "http",
        _any("uri"),
        (
            Side({"user_agent": Kind.TEXT, RESPONDER: Kind.IP}, ("host", RESPONDER), host="host"),
            Side({"server": Kind.BANNER}, asset=RESPONDER, path="uri", meaning=_THERE),
            _AGENT,
        ),
    ),
    Log(
        "x509",
        _any("certificate.issuer"),
        (Side({"certificate.issuer": Kind.TLS_ISSUER}, ("certificate.subject",)),),
    ),
    Log(
        "software",
        _any("software_type"),
        (Side({"name": Kind.TEXT, "unparsed_version": Kind.BANNER}, ("name",), asset="host", meaning=_THERE),),
    ),
    Log(
        "dhcp",
        _any("mac assigned_addr", "mac client_addr", "mac msg_types", "mac host_name", "mac dhcp_host_name"),
        (
            Side(
                {
                    "vendor_class": Kind.BANNER,
                    "client_software": Kind.BANNER,
                    "client_fqdn": Kind.TEXT,
                    "domain": Kind.TEXT,
                },
                names=("host_name", "dhcp_host_name", "client_fqdn"),
                macs=("mac",),
                addresses=("assigned_addr", "client_addr"),
                meaning=_DEVICE,
            ),
            Side({"server_software": Kind.BANNER}, asset="server_addr", meaning=_THERE),
        ),
        is_repetitive=True,
    ),
    Log(
        "radius",
        _any("framed_addr"),
        (Side(macs=("mac",), addresses=("framed_addr",), meaning=_DEVICE),),
        is_repetitive=True,
    ),
    Log(
        "known_certs",
        _any("host port_num issuer_subject"),
        (
            Side(
                {"issuer_subject": Kind.TLS_ISSUER, "subject": Kind.TEXT},
                ("subject",),
                asset="host",
                port="port_num",
                meaning=_THERE,
            ),
        ),
    ),
    Log(
        "known_services",
        _any("host port_num port_proto"),
        (Side({"service": Kind.TEXT}, ("service",), asset="host", port="port_num", meaning=_THERE),),
    ),
    Log(
        "known_hosts",
        _any("ts host"),
        (Side(asset="host", addresses=("host",), meaning=_DEVICE),),
        without=frozenset({"uri", "method", "device_type"}),
    ),
    Log(
        "smtp",
        _any("mailfrom", "rcptto", "helo"),
        (
            Side(
                {"user_agent": Kind.TEXT, "helo": Kind.TEXT, RESPONDER: Kind.IP},
                ("user_agent", RESPONDER),
                mails=("mailfrom", "rcptto", "from", "to", "cc"),
            ),
        ),
        is_repetitive=True,
    ),
    Log(
        "ssh",
        _any("kex_alg", "auth_attempts", "client server version"),
        (
            _CONTACT,
            Side({"client": Kind.BANNER}, meaning=_THERE),
            Side({"server": Kind.BANNER}, asset=RESPONDER, meaning=_THERE),
        ),
        is_repetitive=True,
    ),
    Log(
        "rdp",
        _any("security_protocol", "client_build", "client_channels"),
        (
            _CONTACT,
            Side({"client_build": Kind.TEXT}, names=("client_name",), addresses=(ORIGINATOR,), meaning=_DEVICE),
        ),
        is_repetitive=True,
    ),
    Log(
        "ntlm",
        _any("server_nb_computer_name", "server_dns_computer_name", "domainname hostname"),
        (
            Side(names=("hostname",), addresses=(ORIGINATOR,), meaning=_DEVICE),
            Side(
                names=("server_dns_computer_name", "server_nb_computer_name"),
                addresses=(RESPONDER,),
                asset=RESPONDER,
                meaning=_DEVICE,
            ),
        ),
        is_repetitive=True,
    ),
    Log(
        "snmp",
        _any("display_string", "get_requests"),
        (Side({"display_string": Kind.BANNER}, asset=RESPONDER, meaning=_DEVICE),),
        is_repetitive=True,
    ),
    Log(
        "rfb",
        _any("desktop_name"),
        (_CONTACT, Side({"desktop_name": Kind.BANNER}, asset=RESPONDER, meaning=_DEVICE)),
        is_repetitive=True,
    ),
    Log(
        "socks",
        _any("request.host", "request.name"),
        (Side({"request.host": Kind.IP}, ("request.name", "request.host"), host="request.name"),),
    ),
    Log(
        "kerberos",
        _any("request_type service"),
        (Side({"client_cert_subject": Kind.TEXT}), Side({"server_cert_subject": Kind.TEXT}, asset=RESPONDER)),
        is_repetitive=True,
    ),
    Log(
        "ftp",
        _any("command arg", "command reply_code"),
        (_CONTACT,),
        is_repetitive=True,
    ),
    Log(
        "files",
        _any("fuid mime_type", "fuid filename", "fuid source", "fuid seen_bytes"),
        (Side({"filename": Kind.FILE, **_DIGESTS}, ("filename",), asset="rx_hosts"),),
        without=frozenset({"note"}),
    ),
    Log(
        "notice",
        _any("note msg"),
        (Side({"msg": Kind.TEXT, "sub": Kind.TEXT}, ("note",), asset="src", meaning=Meaning.MENTION),),
    ),
    Log("conn", _any("conn_state", "history resp_pkts"), (_CONTACT,), is_repetitive=True),
)
"""The first whose columns are all there; the most frequent first."""

STATIONS = (
    ("orig_l2_addr", ORIGINATOR),
    ("resp_l2_addr", RESPONDER),
    ("src_mac", "orig_h"),
)
"""Columns with the hardware address of a frame, and the address that the frame carried as its own."""

RENAMED = {
    "id_orig_h": ORIGINATOR,
    "id_resp_h": RESPONDER,
    "@timestamp": "ts",
    "source.ip": ORIGINATOR,
    "source.address": ORIGINATOR,
    "destination.ip": RESPONDER,
    "zeek.ssl.server.name": "server_name",
    "tls.client.server_name": "server_name",
    "zeek.ssl.cipher": "cipher",
    "zeek.ssl.established": "established",
    "zeek.dns.query": "query",
    "zeek.dns.answers": "answers",
    "url.domain": "host",
    "url.original": "uri",
    "user_agent.original": "user_agent",
    "zeek.dhcp.address.mac": "mac",
    "zeek.dhcp.address.assigned": "assigned_addr",
    "zeek.dhcp.hostname": "host_name",
    "zeek.ssh.client": "client",
    "zeek.ssh.server": "server",
    "zeek.ssh.auth.attempts": "auth_attempts",
    "zeek.connection.state": "conn_state",
}
"""Fields as shippers name them, and what Zeek calls them: without dots, or as Filebeat's module does (Elastic's
reference of its fields)."""
