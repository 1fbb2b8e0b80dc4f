# SPDX-License-Identifier: Apache-2.0
"""Names that hosts look up and answer: DNS, multicast DNS (RFC 6762) and LLMNR (RFC 4795)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import hosts
from debar.readers.packets import layers
from debar.readers.packets.facts import Fact, is_, said, use

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDS = 128
"""Records read of one message; 64 KiB hold some more, real answers have below 50."""
JUMPS = 32
"""Pointers followed in one name; a real name has one or two."""
PORT, MULTICAST, LINK_LOCAL = 53, 5353, 5355
_A, _CNAME, _PTR, _TXT, _AAAA, _SRV, _HTTPS = 1, 5, 12, 16, 28, 33, 65
_LOCAL = ".local"
_REVERSE = (".in-addr.arpa", ".ip6.arpa")


class _Record(NamedTuple):
    """One answer."""

    name: str
    kind: int
    value: str


def facts(payload: bytes, source: str, target: str, source_port: int, target_port: int) -> Iterator[Fact]:
    """Yield what a message tells of who asks and of who answers; struct.error or IndexError where it is cut off."""
    flags, questions, *counts = struct.unpack_from(">HHHHH", payload, 2)
    is_answer, at = bool(flags & 0x8000), 12
    names = []
    for _ in range(min(questions, RECORDS)):
        name, at = _name(payload, at)
        at += 4
        names.append(name)
    ports = {source_port, target_port}
    if MULTICAST in ports or LINK_LOCAL in ports:
        yield from _neighbour(names, _records(payload, at, sum(counts)) if is_answer else [], source)
        return
    answers = _records(payload, at, counts[0]) if is_answer else []
    yield use(target if is_answer else source, *_resolved(names, answers))


def _resolved(names: list[str], answers: list[_Record]) -> Iterator[Observable]:
    """Yield the names asked for and what they stand for; what an address was asked back for is not contacted."""
    for name in names:
        if name and not name.endswith(_REVERSE):
            yield Observable(Kind.DOMAIN, name)
    for record in answers:
        if record.kind in {_A, _AAAA}:
            yield Observable(Kind.IP, record.value)
        elif record.kind in {_CNAME, _PTR, _HTTPS, _SRV} and "." in record.value:
            yield Observable(Kind.DOMAIN, record.value)


def _neighbour(names: list[str], records: list[_Record], source: str) -> Iterator[Fact]:
    """Yield what a host of the same network asks for or says of itself; owners choose such names."""
    if not records:
        yield Fact(source, tuple(Observable(Kind.TEXT, name) for name in names if name), Meaning.MENTION)
        return
    own = {
        r.name.lower() for r in records if r.kind in {_A, _AAAA} and r.value == source and not r.name.endswith(_REVERSE)
    }
    for name in sorted(own):
        yield is_(name=name.removesuffix(_LOCAL), addresses=(source,))
    services = [r.value for r in records if r.kind == _PTR and not r.name.endswith(_REVERSE)]
    texts = [r.value for r in records if r.kind == _TXT]
    yield said(source, *services, *texts, meaning=Meaning.HARDWARE)


def _records(payload: bytes, at: int, count: int) -> list[_Record]:
    """Give the answers; what stands before a cut is kept."""
    found: list[_Record] = []
    for _ in range(min(count, RECORDS)):
        try:
            name, at = _name(payload, at)
            kind, _, _, size = struct.unpack_from(">HHIH", payload, at)
            at += 10
            value = _value(payload, kind, at, size)
        except (struct.error, IndexError):
            break
        at += size
        if value:
            found.append(_Record(name, kind, value))
    return found


def _value(payload: bytes, kind: int, at: int, size: int) -> str:
    data = payload[at : at + size]
    if kind in {_A, _AAAA} and size == len(data) == (4 if kind == _A else 16):
        return layers.text(data)
    if kind in {_CNAME, _PTR}:
        return _name(payload, at)[0]
    if kind in {_SRV, _HTTPS}:
        return _name(payload, at + (6 if kind == _SRV else 2))[0]
    if kind == _TXT:
        texts, place = [], 0
        while place < len(data):
            texts.append(data[place + 1 : place + 1 + data[place]].decode("utf-8", "replace"))
            place += 1 + data[place]
        return hosts.plain(" ".join(filter(None, texts)))
    return ""


def _name(payload: bytes, at: int) -> tuple[str, int]:
    """Give a name in small letters without its final dot, and where the message goes on."""
    labels: list[bytes] = []
    end, jumps, size = 0, 0, 0
    while length := payload[at]:
        if length >= 0xC0:
            end = end or at + 2
            at = struct.unpack_from(">H", payload, at)[0] & 0x3FFF
            jumps += 1
            if jumps > JUMPS:
                raise IndexError("a name that goes round in circles")
            continue
        labels.append(payload[at + 1 : at + 1 + length])
        at += 1 + length
        size += 1 + length
        if length > 63 or size > 255:
            raise IndexError("a name longer than RFC 1035 allows")
    return b".".join(labels).decode("utf-8", "replace"), end or at + 1
