# SPDX-License-Identifier: Apache-2.0
"""Scans by nmap as people read them (-oN, standard output) and as grep does (-oG)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import text
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers
from debar.readers.machine import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

LINE = 1 << 16
"""Characters looked at of a line; one of -oG has all ports of a host."""
_REPORT = re.compile(
    r"(?:Nmap scan report for|Interesting ports on) (?:(\S+) \(([0-9a-fA-F.:]+)\)|(\S+?):?)(?: \[.*\])?\Z"
)
_PORT = re.compile(r"(\d{1,5}/(?:tcp|udp|sctp))\s+open\s+(\S+)(?:\s+(.*))?")
_MAC = re.compile(r"MAC Address: ([0-9A-Fa-f:]{17})(?: \((.*)\))?")
_GREPPABLE = re.compile(r"Host: ([0-9a-fA-F.:]+) \(([^)]*)\)\t(?:.*\t)?Ports: (.*)")
_HEARD = re.compile(r"\|[_ ]+(http-server-header|banner|snmp-sysdescr|http-title): (.+)")
_ISSUER = re.compile(r"\|[_ ]+Issuer: (.+)")
_GUESS = re.compile(r"(?:OS details|Running(?: \(JUST GUESSING\))?|Device type|Aggressive OS guesses): (.+)")
_CPE = re.compile(r"cpe:/[^\s,;]+")
_UNKNOWN = frozenset({"", "Unknown"})


def read(source: Input) -> Iterator[Observation]:
    """Yield of each host its identity and its open ports, in file order."""
    asset, first = "", 0
    identity: list[Observable] = []
    for number, line in source.lines():
        line = line[:LINE].rstrip()  # noqa: PLW2901 - the same line without its end
        if report := _REPORT.match(line):
            yield from _machine(source, asset, identity, first)
            name = report[1] or (report[3] if report[3] and not identifiers.address(report[3]) else "")
            address = report[2] or (report[3] if not name else "") or ""
            identity, first = list(hosts.identity(name=name, addresses=(address,))), number
            asset = source.asset if identifiers.is_loopback(name or address) else name or address
        elif grepped := _GREPPABLE.match(line):
            yield from _grepped(source, grepped, number)
        elif not asset:
            continue
        elif port := _PORT.match(line):
            yield from _listening(source, number, asset, port[1], port[2], port[3] or "")
        elif mac := _MAC.match(line):
            identity += hosts.identity(mac_address=mac[1])
            identity += [Observable(Kind.PUBLISHER, mac[2])] if (mac[2] or "") not in _UNKNOWN else []
        elif guess := _GUESS.match(line):
            identity.append(Observable(Kind.TEXT, hosts.plain(guess[1])))
        elif line.startswith("Service Info:"):
            names = filter(None, map(text.cpe, _CPE.findall(line)))
            identity += [Observable(Kind.TEXT, hosts.plain(line[14:])), *(Observable(Kind.CPE, name) for name in names)]
        elif heard := _HEARD.match(line):
            kind = Kind.TEXT if heard[1] == "http-title" else Kind.BANNER
            yield hosts.sighting(
                source, f"line {number}", asset, [Observable(kind, hosts.plain(heard[2]))], Meaning.INSTALLED
            )
        elif issuer := _ISSUER.match(line):
            found = [Observable(Kind.TLS_ISSUER, hosts.plain(issuer[1]))]
            yield hosts.sighting(source, f"line {number}", asset, found, Meaning.INSTALLED)
    yield from _machine(source, asset, identity, first)


def _machine(source: Input, asset: str, identity: list[Observable], line: int) -> Iterator[Observation]:
    if asset:
        source.tally["hosts"] += 1
    if identity:
        yield hosts.sighting(source, f"line {line}", asset, identity, Meaning.HARDWARE, label=asset)


def _listening(source: Input, number: int, asset: str, port: str, service: str, product: str) -> Iterator[Observation]:
    """Yield what listens at a port; a product is only named where a probe recognised one."""
    source.tally["ports"] += 1
    # Scanned with --reason, why the port is taken for open stands before the product.
    product = hosts.plain(re.sub(r"\A(?:syn-ack|udp-response|script-set)(?: ttl \d+)?\s*", "", product))
    found = [Observable(Kind.NAME, product)] if product else []
    found.append(Observable(Kind.PORT, port))
    yield hosts.sighting(source, f"line {number}", asset, found, Meaning.INSTALLED, label=product or service)


def _grepped(source: Input, line: re.Match[str], number: int) -> Iterator[Observation]:
    """Yield a host and its ports of one line of -oG; fields of a port end in slashes, which nmap turns into bars."""
    address, name = line[1], line[2]
    identity = list(hosts.identity(name=name, addresses=(address,)))
    asset = source.asset if identifiers.is_loopback(name or address) else name or address
    yield from _machine(source, asset, identity, number)
    for entry in line[3].partition("\t")[0].split(", "):
        fields = entry.strip().split("/")
        if len(fields) >= 7 and fields[1] == "open":
            yield from _listening(source, number, asset, f"{fields[0]}/{fields[2]}", fields[4], fields[6])
