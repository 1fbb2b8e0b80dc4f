# SPDX-License-Identifier: Apache-2.0
"""Suricata's event log (eve.json): what hosts looked up, contacted and presented, and what they say of themselves.

An event is about two hosts. What the client asked for is told of the client, what the server says of
itself is told of the server. Frames of the local network tell whose hardware address is whose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import eve, identifiers, instants, records
from debar.readers.machine import hosts
from debar.sieving import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


# Looking up a member of an enumeration costs as much as making an observable.
_BANNER, _DOMAIN, _FILE, _HASH, _IP, _TEXT, _TLS_ISSUER = (
    Kind.BANNER,
    Kind.DOMAIN,
    Kind.FILE,
    Kind.HASH,
    Kind.IP,
    Kind.TEXT,
    Kind.TLS_ISSUER,
)
_Fields = dict[str, tuple[tuple[tuple[str, ...], Kind], ...]]
_ASKED: _Fields = {
    "tls": ((("sni",), _DOMAIN), (("issuerdn",), _TLS_ISSUER), (("fingerprint",), _HASH)),
    "quic": ((("sni",), _DOMAIN), (("ua",), _TEXT)),
    "http": ((("hostname",), _DOMAIN), (("http_user_agent",), _TEXT)),
    "fileinfo": ((("filename",), _FILE), (("md5",), _HASH), (("sha1",), _HASH), (("sha256",), _HASH)),
    "alert": ((("signature",), _TEXT),),
    "email": ((("x_mailer",), _TEXT), (("user_agent",), _TEXT)),
    "smtp": ((("helo",), _TEXT),),
}
"""Blocks of an event, and the fields that tell what the client wanted, got or used."""
_CLIENT: _Fields = {
    "ssh": ((("client", "software_version"), _BANNER),),
    "smb": ((("request", "native_os"), _BANNER), (("request", "native_lm"), _BANNER)),
    "tls": ((("client", "issuerdn"), _TLS_ISSUER), (("client", "subject"), _TEXT)),
}
"""Fields in which a client says what it is."""
_SERVER: _Fields = {
    "ssh": ((("server", "software_version"), _BANNER),),
    "smb": ((("response", "native_os"), _BANNER), (("response", "native_lm"), _BANNER)),
    "http": ((("server",), _BANNER),),
    "ftp": ((("reply",), _BANNER),),
    "rfb": ((("name",), _BANNER),),
}
"""Fields in which a server says what it is."""
_HEADERS = {
    "request_headers": {":authority": _DOMAIN, "host": _DOMAIN, "user-agent": _TEXT},
    "response_headers": {"server": _BANNER, "x-powered-by": _BANNER},
}
_GREETING = "220"
"""Reply of an FTP server that is ready (RFC 959): the one that names its software."""
_CONTACTS = frozenset(
    {"flow", "netflow", "alert", "tls", "quic", "http", "smtp", "ssh", "rdp", "ftp", "sip", "mqtt", "rfb"}
)
"""Events whose server was contacted for its own sake; a resolver or a lease server was not."""


_NAMED = frozenset({"dhcp", "smb", "rdp", "mdns"})
"""Blocks in which hosts say who they are."""


_WANTED = Wanted(
    frozenset({_DOMAIN, _IP, _TLS_ISSUER, _TEXT, _BANNER, _FILE, _HASH, Kind.URL_PATH}),
    tuple(b'"%b"' % name for name in (b"ether", b"arp", b"dhcp", b"ntlmssp", b"client_name", b"mdns")),
)
"""What events could name, and the blocks that say who is who."""


def read(source: Input) -> Iterator[Observation]:
    """Yield what each event tells of its hosts, in file order, then the hosts of the local network.

    What a host says of itself again is told once.
    """
    log = _Log(source)
    for locator, event in records.objects(source, _WANTED):
        source.tally["events"] += 1
        yield from log.observations(locator, eve.unwrapped(event))
    if log.once.is_full:
        source.lose("", f"more than {hosts.REMEMBERED} different things; those after are told each time they come")
    yield from log.stations.observations()


class _Log:
    """One log while it is read."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.once = hosts.Once()
        self.stations = hosts.Stations(source)

    def observations(self, locator: str, event: dict[str, Any]) -> Iterator[Observation]:
        """Yield what one event tells, if it is told for the first time."""
        when = instants.in_utc(eve.text(event.get("timestamp")))
        if "ether" in event or "arp" in event:
            self._learn(locator, event, when)
        told = False
        for asset, found, meaning, label in _seen(event):
            if not found or not asset:
                continue
            told = True
            # What a host is, is told once; each contact counts, because it tells how long they went on.
            if meaning is Meaning.SERVICE_USE or self.once.is_new(asset, meaning, *found):
                yield hosts.sighting(self.source, locator, asset, found, meaning, label=label, when=when)
            else:
                self.source.tally["repetitions"] += 1
        if not told:
            self.source.tally["events that name nothing"] += 1

    def _learn(self, locator: str, event: dict[str, Any], when: str) -> None:
        """Note whose frames carried which address as their own."""
        ether, arp = eve.block(event, "ether"), eve.block(event, "arp")
        for side, key in (("src", "src_ip"), ("dest", "dest_ip")):
            found = [ether.get(f"{side}_mac"), *eve.values(ether, (f"{side}_macs",))]
            if len(found) < 3 and (value := eve.text(event.get(key))):  # several stations sent for one address
                for mac in filter(None, map(identifiers.mac, map(eve.text, found))):
                    self.stations.learn(mac, value, locator, when)
            if arp and (mac := identifiers.mac(eve.text(arp.get(f"{side}_mac")))) and (value := eve.text(arp.get(key))):
                self.stations.learn(mac, value, locator, when)


_Seen = tuple[str, list[Observable], Meaning, str]


def _seen(event: dict[str, Any]) -> Iterator[_Seen]:
    """Yield (asset, observables, meaning, label) for each host that an event tells something of."""
    client, server = eve.ends(event)
    asked = _fields(event, _ASKED) + _headers(event, "request_headers") + _resolved(event) + _correspondents(event)
    tls = eve.block(event, "tls")
    if not tls.get("sni") and (name := hosts.common_name(eve.text(tls.get("subject")))):
        asked.append(Observable(_DOMAIN, name))
    if eve.text(event.get("event_type")) in _CONTACTS and identifiers.address(server):
        asked.append(Observable(_IP, server))
    yield client, asked, Meaning.SERVICE_USE, ""
    yield client, _fields(event, _CLIENT) + _called(event, client), Meaning.INSTALLED, ""
    ftp = eve.block(event, "ftp")
    is_greeting = not ftp or _GREETING in eve.values(ftp, ("completion_code",))
    found = (_fields(event, _SERVER) if is_greeting else []) + _headers(event, "response_headers")
    found += _shown(tls) if hosts.is_own(server) else []
    yield server, found, Meaning.INSTALLED, ""
    if http := eve.block(event, "http"):
        status, name = http.get("status"), eve.text(http.get("hostname"))
        given = hosts.given(server, client, name, eve.text(http.get("url")), str(status or ""))
        yield server, list(given), Meaning.INSTALLED, ""
    if not _NAMED.isdisjoint(event):
        yield from _named(event, client)


def _called(event: dict[str, Any], client: str) -> list[Observable]:
    """Give what a host of the own network calls itself when it asks; that of a stranger is prose."""
    agent = eve.text(eve.block(event, "http").get("http_user_agent")) if hosts.is_own(client) else ""
    return [Observable(_BANNER, agent)] if agent else []


def _shown(tls: dict[str, Any]) -> list[Observable]:
    """Give whose certificate a server has if it signed that itself, as devices do.

    Any other issuer may be whoever looks into the traffic of the client.
    """
    issuer, subject = eve.text(tls.get("issuerdn")), eve.text(tls.get("subject"))
    return [Observable(_TLS_ISSUER, issuer), Observable(_TEXT, subject)] if issuer and issuer == subject else []


def _named(event: dict[str, Any], client: str) -> Iterator[_Seen]:
    """Yield hosts that say who they are: by DHCP, NTLM, remote desktop or multicast DNS."""
    if dhcp := eve.block(event, "dhcp"):
        name, mac = eve.text(dhcp.get("hostname")), identifiers.mac(eve.text(dhcp.get("client_mac")))
        addresses = tuple(eve.text(dhcp.get(key)) for key in ("assigned_ip", "client_ip"))
        found = list(hosts.identity(name=name, mac_address=mac, addresses=addresses))
        if agent := eve.text(dhcp.get("vendor_class_identifier")):
            found.append(Observable(_BANNER, agent))
        asset = name or next(filter(None, map(identifiers.address, addresses)), "") or mac
        yield asset, found, Meaning.HARDWARE, ""
    for name in (
        *eve.values(eve.block(event, "smb"), ("ntlmssp", "host")),
        *eve.values(eve.block(event, "rdp"), ("client", "client_name")),
    ):
        yield name, list(hosts.identity(name=name, addresses=(client,))), Meaning.HARDWARE, ""
    if (mdns := eve.block(event, "mdns")) and mdns.get("type") != "request":
        said = [
            eve.text(value.get("rdata"))
            for value in records.listed(mdns.get("answers"))[: eve.VALUES]
            if isinstance(value, dict)
        ]
        yield (
            eve.text(event.get("src_ip")),
            [Observable(_BANNER, value) for value in said if value],
            Meaning.HARDWARE,
            "",
        )


def _fields(event: dict[str, Any], blocks: _Fields) -> list[Observable]:
    """Give the values of the known fields of an event's blocks."""
    found: list[Observable] = []
    if blocks.keys().isdisjoint(event):
        return found  # nearly every event has one block
    for name, fields in blocks.items():
        if not isinstance(block := event.get(name), dict):
            continue
        for path, kind in fields:
            for value in eve.values(block, path):
                if kind is _DOMAIN:
                    found += filter(None, [hosts.contacted(value)])
                elif kind is _FILE:
                    found += [Observable(kind, base)] if (base := value.partition("?")[0].rpartition("/")[2]) else []
                else:
                    found.append(Observable(kind, value.replace(":", "") if kind is _HASH else value))
    return found


def _headers(event: dict[str, Any], name: str) -> list[Observable]:
    """Give what the headers of a request or an answer tell, where the log was told to hold them."""
    found: list[Observable] = []
    for header in records.listed(eve.block(event, "http").get(name) if "http" in event else None)[: eve.VALUES]:
        if isinstance(header, dict) and (kind := _HEADERS[name].get(eve.text(header.get("name")).lower())):
            value = eve.text(header.get("value"))
            found += (
                filter(None, [hosts.contacted(value) if kind is _DOMAIN else Observable(kind, value)]) if value else []
            )
    return found


def _resolved(event: dict[str, Any]) -> list[Observable]:
    """Give names and addresses of a query and its answers, in the shapes of all versions of the log."""
    dns = eve.block(event, "dns")
    if not dns:
        return []
    names = [eve.text(dns.get("rrname"))]
    grouped = eve.block(dns, "grouped")
    answers = [*eve.values(grouped, ("A",)), *eve.values(grouped, ("AAAA",)), *eve.values(grouped, ("CNAME",))]
    answers.append(eve.text(dns.get("rdata")))
    # Version 1 has one name an event, 2 a list of answers, 3 lists of queries and answers.
    for key in ("query", "queries", "answers"):
        for entry in records.listed(dns.get(key))[: eve.VALUES]:
            if isinstance(entry, dict):
                names.append(eve.text(entry.get("rrname")))
                answers.append(eve.text(entry.get("rdata")))
    found = [Observable(_DOMAIN, name) for name in names if name]
    for value in filter(None, answers):
        if address := identifiers.address(value):
            found.append(Observable(_IP, address))
        elif hosts.is_name(value):
            found.append(Observable(_DOMAIN, value))
    return list(dict.fromkeys(found))


def _correspondents(event: dict[str, Any]) -> list[Observable]:
    """Give the domains of a mail's addresses."""
    if "smtp" not in event and "email" not in event:
        return []
    smtp, email = eve.block(event, "smtp"), eve.block(event, "email")
    addresses = [*eve.values(smtp, ("mail_from",)), *eve.values(smtp, ("rcpt_to",))]
    return hosts.correspondents(
        [*addresses, *(value for key in ("from", "to", "cc") for value in eve.values(email, (key,)))]
    )
