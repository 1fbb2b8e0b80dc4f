# SPDX-License-Identifier: Apache-2.0
"""Network captures, pcap and pcapng: what hosts look up and contact, and what they say of themselves.

Millions of packets say few things: each is told once, at the packet that said it first.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import hosts
from debar.readers.packets import captures, dns, headers, layers, neighbours, quic, streams, tls
from debar.readers.packets.facts import Fact, use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.packets.captures import Frame
    from debar.readers.packets.ciphers import Certificate
    from debar.readers.packets.layers import Packet
    from debar.readers.packets.streams import Stream

_CUT_OFF = (struct.error, IndexError)
"""What taking apart raises where a packet ends too early, or counts lie."""
_SYN, _SYN_ACK = 2, 18
_LOOKUPS = frozenset({dns.PORT, dns.MULTICAST, dns.LINK_LOCAL})
_GREETERS = frozenset({21, 22, 25, 110, 143, 465, 587})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(source: Input) -> Iterator[Observation]:
    """Yield what the packets tell of each host, each thing once, then the hosts of the local network."""
    capture = _Capture(source)
    for frame in captures.frames(source):
        source.tally["packets"] += 1
        yield from capture.observations(frame)
    if capture.left_out:
        source.lose("", f"{capture.left_out} things beyond the {hosts.REMEMBERED} that are remembered")
    if given_up := capture.streams.given_up:
        source.tally["streams given up"] = given_up
    yield from capture.stations.observations()


class _Capture:
    """One capture while it is read."""

    def __init__(self, source: Input) -> None:
        self.source = source
        self.once = hosts.Once()
        self.left_out = 0
        self.stations = hosts.Stations(source)
        self.streams = streams.Streams()
        self.hellos = quic.Hellos()

    def observations(self, frame: Frame) -> Iterator[Observation]:
        """Yield what one frame tells, if it is told for the first time."""
        packet = None
        found: list[Fact] = []
        try:
            packet = layers.unwrapped(frame.link, frame.data)
            if packet is not None:
                found += self._facts(packet, frame)
        except _CUT_OFF:
            self.source.tally["packets cut off or broken"] += 1
        if packet is None:
            self.source.tally["packets of other kinds"] += 1
        for fact in found:
            if not fact.found or not fact.asset:
                continue
            if self.once.is_full:
                self.left_out += 1
            elif self.once.is_new(*fact):
                yield hosts.sighting(
                    self.source,
                    f"packet {frame.number}",
                    fact.asset,
                    list(fact.found),
                    fact.meaning,
                    label=fact.label,
                    when=_instant(frame.microseconds),
                )

    def _facts(self, packet: Packet, frame: Frame) -> Iterator[Fact]:
        """Yield what a packet tells; what came before a cut is kept."""
        if packet.kind == layers.ARP:
            for mac, address in neighbours.arp(packet.payload):
                self._learn(mac, address, frame)
        elif packet.kind == layers.LLDP:
            yield from neighbours.lldp(packet.payload)
        elif packet.kind == layers.CDP:
            yield from neighbours.cdp(packet.payload, packet.mac)
        else:
            if packet.mac:
                self._learn(packet.mac.hex(":"), packet.source, frame)
            yield from self._datagram(packet) if packet.kind == layers.UDP else self._segment(packet)

    def _learn(self, mac: str, address: str, frame: Frame) -> None:
        if self.stations.is_new(mac, address):
            self.stations.learn(mac, address, f"packet {frame.number}", _instant(frame.microseconds))

    def _datagram(self, packet: Packet) -> Iterator[Fact]:
        source, target, payload = packet.source, packet.target, packet.payload
        near, far = packet.source_port, packet.target_port
        if near in _LOOKUPS or far in _LOOKUPS:
            yield from dns.facts(payload, source, target, near, far)
        elif far in neighbours.DHCP_PORTS:
            yield from neighbours.dhcp(payload)
        elif far in {neighbours.NETBIOS_NAMES, neighbours.NETBIOS_DATAGRAMS}:
            yield from neighbours.netbios(payload, source, far)
        elif headers.SSDP in {near, far} or payload[:4] in headers.ANNOUNCEMENTS:
            yield from headers.facts(payload, source, target, is_announcement=True)
        elif headers.WS_DISCOVERY in {near, far}:
            yield from headers.devices(payload, source)
        elif headers.is_message(payload):
            yield from headers.facts(payload, source, target)
        elif payload[:1] >= b"\xc0" or b"CHLO" in payload[:64]:
            flow = (source, near, target, far)
            if name := self.hellos.server_name(flow, payload):
                yield use(source, Observable(Kind.DOMAIN, name), Observable(Kind.IP, target))

    def _segment(self, packet: Packet) -> Iterator[Fact]:
        if packet.flags & _SYN_ACK == _SYN:
            yield use(packet.source, Observable(Kind.IP, packet.target))
        stream = self.streams.feed(packet)
        if stream is None:
            # A connection that is kept open asks for more than one host.
            if headers.is_message(packet.payload) and self.streams.is_done(packet):
                yield from headers.facts(packet.payload, packet.source, packet.target)
            return
        if tls.is_tls(stream.data):
            yield from self._handshake(packet, stream)
        elif dns.PORT in {packet.source_port, packet.target_port}:
            yield from self._lookups(packet, stream)
        elif headers.is_message(stream.data):
            if headers.is_whole(stream.data) or len(stream.data) >= streams.BEGINNING:
                yield from headers.facts(stream.data, packet.source, packet.target)
                self.streams.finish(stream)
        elif len(stream.data) > 3:
            if packet.source_port in _GREETERS or stream.data.startswith(b"SSH-"):
                yield from headers.greeting(stream.data, packet.source)
            self.streams.finish(stream)

    def _handshake(self, packet: Packet, stream: Stream) -> Iterator[Fact]:
        """Yield the name a client asks for, or the certificate that a server shows."""
        for kind, body in tls.messages(stream.data):
            if kind == tls.CLIENT_HELLO:
                self.streams.finish(stream)
                if name := tls.server_name(body):
                    stream.is_named = True
                    yield use(packet.source, Observable(Kind.DOMAIN, name), Observable(Kind.IP, packet.target))
                return
            if kind == tls.CERTIFICATE:
                self.streams.finish(stream)
                if shown := tls.certificate(body):
                    yield from self._shown(packet, shown)
                return
        if tls.is_over(stream.data) or len(stream.data) >= streams.BEGINNING:
            self.streams.finish(stream)

    def _shown(self, packet: Packet, shown: Certificate) -> Iterator[Fact]:
        """Yield who gave a server's certificate; of a server in the own network it says what that is."""
        client, server = packet.target, packet.source
        other = self.streams.other(packet)
        found = [Observable(Kind.TLS_ISSUER, shown.issuer), Observable(Kind.IP, server)]
        if (other is None or not other.is_named) and (name := hosts.common_name(shown.subject)):
            found.insert(0, Observable(Kind.DOMAIN, name))
        yield Fact(client, tuple(found), Meaning.SERVICE_USE, label=shown.subject)
        # Any other issuer may be whoever looks into the traffic of the client.
        if hosts.is_local(server) and shown.issuer == shown.subject:
            own = (Observable(Kind.TLS_ISSUER, shown.issuer), Observable(Kind.TEXT, shown.subject))
            yield Fact(server, tuple(o for o in own if o.value), Meaning.INSTALLED, label=shown.subject)

    def _lookups(self, packet: Packet, stream: Stream) -> Iterator[Fact]:
        """Yield what DNS over TCP tells; each message has its length before it (RFC 1035, 4.2.2)."""
        size = int.from_bytes(stream.data[:2], "big")
        if 2 + size <= len(stream.data):
            message = bytes(stream.data[2 : 2 + size])
            self.streams.finish(stream)
            yield from dns.facts(message, packet.source, packet.target, packet.source_port, packet.target_port)


def _instant(microseconds: int) -> str:
    """Give a moment in UTC, or nothing."""
    if microseconds < 0:
        return ""
    try:
        return (_EPOCH + timedelta(microseconds=microseconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    except OverflowError:
        return ""
