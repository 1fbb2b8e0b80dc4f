# SPDX-License-Identifier: Apache-2.0
"""DHCP leases of ISC dhcpd and dhclient, dnsmasq and Kea: which address and hardware address a host had, and when.

Servers write their file as a log, so the same host may come many times. What a client wrote is about
the host whose file it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.readers import instants
from debar.readers.machine import leased
from debar.readers.machine.leased import Lease

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

WORDS = 64
"""Words kept of one statement of dhcpd; real ones have fewer than 16."""
DEPTH = 16
"""Deepest nesting of blocks that is followed; real files nest 3 deep."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{};]|#.*|[^\s{};"#]+')
_ESCAPE = re.compile(r"\\([0-7]{3}|.)")
_MAC = re.compile(r"(?:[0-9a-f]{2}-(?=.*:))?((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})", re.IGNORECASE)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*", re.IGNORECASE)


class _Block(msgspec.Struct):
    """An open block of an ISC file; a statement belongs to the nearest lease around it."""

    lease: Lease | None
    opened_here: bool = False
    is_own: bool = False
    """Written by the client that has the lease."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each lease, in file order."""
    lines = ((number, line) for number, line in source.lines() if line.strip() and not line.lstrip().startswith("#"))
    first = next(lines, None)
    if first is None:
        return
    cells = first[1].strip().split(",")
    if "address" in cells and "expire" in cells:
        leases = _kea(source, cells, lines)
    elif _is_dnsmasq(first[1]):
        leases = _dnsmasq(source, first, lines)
    else:
        leases = _isc(source, first, lines)
    for lease in leases:
        source.tally["leases"] += 1
        yield leased.observation(source, lease)


def _mac(text: str) -> str:
    """Give a hardware address without dnsmasq's mark for its type, or nothing."""
    found = _MAC.fullmatch(text)
    return found.group(1) if found else ""


def _is_dnsmasq(line: str) -> bool:
    words = line.split()
    return words[0] == "duid" or (len(words) >= 4 and words[0].isdecimal() and _ADDRESS.fullmatch(words[2]) is not None)


def _dnsmasq(source: Input, first: tuple[int, str], lines: Iterator[tuple[int, str]]) -> Iterator[Lease]:
    """Yield leases of "expiry mac address name client-id"; when they began is not said."""
    for number, line in _again(first, lines):
        words = line.split()
        if words[0] == "duid":
            continue
        if not _is_dnsmasq(line):
            source.lose(f"line {number}", "not a lease of dnsmasq")
            continue
        yield Lease(f"line {number}", address=words[2], mac=_mac(words[1]), name="" if words[3] == "*" else words[3])


def _again(first: tuple[int, str], lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from lines


def _kea(source: Input, header: list[str], lines: Iterator[tuple[int, str]]) -> Iterator[Lease]:
    """Yield leases of Kea's CSV file, which quotes nothing and writes a comma as "&#x2c"."""
    at = {name: number for number, name in enumerate(header)}
    for number, line in lines:
        cells = line.strip().split(",")
        if len(cells) < len(header):
            source.lose(f"line {number}", f"{len(cells)} columns where the header has {len(header)}")
            continue
        row = {name: cells[index] for name, index in at.items()}
        if not _ADDRESS.fullmatch(row["address"]):
            source.lose(f"line {number}", "no address")
            continue
        # A lease runs from its last renewal for its lifetime, so the renewal is expiry less lifetime.
        expire, lifetime = row["expire"], row.get("valid_lifetime", "")
        known = expire.isdecimal() and lifetime.isdecimal() and len(expire) < 12 and len(lifetime) < 12
        yield Lease(
            f"line {number}",
            address=row["address"],
            mac=_mac(row.get("hwaddr", "")),
            name=row.get("hostname", "").replace("&#x2c", ",").rstrip("."),
            since=instants.epoch(str(int(expire) - int(lifetime))) if known else "",
        )


def _isc(source: Input, first: tuple[int, str], lines: Iterator[tuple[int, str]]) -> Iterator[Lease]:
    """Yield each "lease" block, and each address inside an "ia-na" block, when it closes; a client's, if it has one."""
    stack: list[_Block] = []
    words: list[str] = []
    begun, number, leases = 0, first[0], 0
    for number, line in _again(first, lines):
        for mark in _TOKEN.findall(line):
            if mark == "{":
                if len(stack) >= DEPTH:
                    raise SourceError(f"blocks nested deeper than {DEPTH}", locator=f"line {number}")
                stack.append(_opened(words, begun or number, stack))
                words, begun = [], 0
            elif mark == ";":
                if stack and (lease := stack[-1].lease):
                    _learn(lease, words)
                words, begun = [], 0
            elif mark == "}":
                words, begun = [], 0
                if not stack:
                    source.lose(f"line {number}", "a brace closes nothing")
                elif (block := stack.pop()).opened_here and block.lease:
                    leases += 1
                    if block.lease.address:
                        block.lease.asset = source.asset if block.is_own else ""
                        yield block.lease
            elif mark[0] != "#" and len(words) < WORDS:
                words.append(mark)
                begun = begun or number
    if stack:
        source.lose(f"line {number}", "the file ends inside a lease")
    if not leases:
        raise SourceError("no lease of dhcpd, dnsmasq or Kea in it", locator=f"line {first[0]}")


def _opened(words: list[str], line: int, stack: list[_Block]) -> _Block:
    """Give the block that these words open."""
    if len(words) == 2 and words[0] in {"lease", "iaaddr"} and _ADDRESS.fullmatch(words[1]):
        return _Block(Lease(f"line {line}", address=words[1]), opened_here=True)
    if words in (["lease"], ["lease6"]) and not stack:  # a client's own, whose address stands inside
        return _Block(Lease(f"line {line}", address=""), opened_here=True, is_own=True)
    return _Block(stack[-1].lease if stack else None)


def _learn(lease: Lease, words: list[str]) -> None:
    """Take over what one statement says about a lease."""
    match words:
        case ["hardware", _, mac]:
            lease.mac = _mac(mac)
        case ["fixed-address", address] if not lease.address and _ADDRESS.fullmatch(address):
            lease.address = address
        case ["option", "host-name", name] | ["client-hostname", name]:
            lease.name = _unquoted(name)
        case ["option", "domain-name", remark] | ["set", "vendor-class-identifier", "=", remark]:
            lease.remark = _unquoted(remark)
        case ["starts" | "cltt", "epoch", epoch, *_]:
            lease.since = instants.epoch(epoch)
        case ["starts" | "cltt", _, day, clock, *_]:
            # dhcpd writes UTC unless told otherwise, and then it writes an epoch.
            if re.fullmatch(r"\d{4}/\d\d/\d\d", day) and re.fullmatch(r"\d\d:\d\d:\d\d", clock):
                lease.since = f"{day.replace('/', '-')}T{clock}Z"


def _unquoted(text: str) -> str:
    """Give a quoted string's content; dhcpd escapes bytes as three octal digits."""
    if not text.startswith('"'):
        return text
    bare = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    if "\\" not in bare:
        return bare
    octets = _ESCAPE.sub(lambda e: chr(int(e[1], 8) & 255) if len(e[1]) == 3 else e[1], bare)
    try:
        return octets.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return octets
