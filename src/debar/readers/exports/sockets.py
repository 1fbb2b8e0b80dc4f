# SPDX-License-Identifier: Apache-2.0
"""Sockets as netstat, ss and lsof list them: which program listens where, and which addresses are contacted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import listings
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

SOCKETS = 1 << 17
"""Sockets of one list that are read; a busy proxy holds some 60,000."""
_PROTOCOL = re.compile(r"(tcp|udp)(?:4|6|46|4/6)?", re.IGNORECASE)
_END = re.compile(r"(.*?)(?:%\S*?)?[:.](\d{1,5}|\*)")
_PAIR = re.compile(r"(\S+)->(\S+)")
_OWNER = re.compile(r"\d+/(.+)|users:\(\(\"([^\"]+)\"")
_BELOW = re.compile(r"\s+\[([^\]]+)\]\s*")
_STATES = frozenset(
    {"LISTEN", "ESTAB", "UNCONN", "TIME-WAIT", "CLOSE-WAIT", "SYN-SENT", "FIN-WAIT-1", "FIN-WAIT-2", "LAST-ACK"}
)
"""States with which a line of ss begins that was not asked for several protocols."""
_NOBODY = frozenset({"*", "0"})


class _Socket(NamedTuple):
    """One line of a list."""

    number: int
    protocol: str
    port: str
    remote: str
    remote_port: str
    program: str


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each program with each port that it listens on, and one for each address contacted."""
    sockets = list(_sockets(source))
    source.tally["sockets"] += len(sockets)
    listening = {(s.protocol, s.port) for s in sockets if s.remote_port in _NOBODY}
    seen: set[tuple[str, str]] = set()
    for socket in sockets:
        is_listener = socket.remote_port in _NOBODY
        if not is_listener and (socket.protocol, socket.port) in listening:
            source.tally["incoming connections"] += 1
            continue
        for thing in _things(socket, is_listener=is_listener):
            # Without its place a thing is the same as on every other line.
            mark = (thing.label, "\n".join(o.value for o in thing.observables))
            if mark not in seen:
                seen.add(mark)
                yield from listings.observation(source, "", thing)


def _things(socket: _Socket, *, is_listener: bool) -> Iterator[Thing]:
    """Yield the program that runs, and the address that it contacted, which is a service and no program."""
    place, program = f"line {socket.number}", listings.base(socket.program)
    port = f"{socket.port}/{socket.protocol}" if is_listener and socket.port not in _NOBODY else ""
    found = [Observable(kind, value) for kind, value in ((Kind.PROCESS, program), (Kind.PORT, port)) if value]
    if found:
        # A port alone is open because something listens, which is not named.
        yield Thing(place, program or port, found, meaning=Meaning.RUNNING if program else Meaning.INSTALLED)
    if not is_listener:
        yield Thing(place, socket.remote, list(listings.told(Kind.IP, socket.remote)), meaning=Meaning.SERVICE_USE)


def _sockets(source: Input) -> Iterator[_Socket]:
    """Yield the sockets; netstat -b names the program on a line of its own below."""
    last: _Socket | None = None
    count = 0
    for number, line in source.lines():
        if (found := _BELOW.fullmatch(line)) and last:
            last = last._replace(program=found[1])
            continue
        socket = _socket(number, line.split())
        if socket and count < SOCKETS:
            count += 1
            if last:
                yield last
            last = socket
    if last:
        yield last


def _socket(number: int, words: list[str]) -> _Socket | None:
    protocol = next((found[1].lower() for word in words[:9] if (found := _PROTOCOL.fullmatch(word))), "")
    if not protocol and words and words[0] in _STATES:
        protocol = "udp" if words[0] == "UNCONN" else "tcp"
    if not protocol:
        return None
    program = next((found[1] or found[2] for word in words if (found := _OWNER.match(word))), "")
    if not _PROTOCOL.fullmatch(words[0]) and words[0] not in _STATES:  # lsof begins with the program
        program = words[0].replace("\\x20", " ")
        words = [part for word in words[1:] for part in _parted(word)]
    ends = [found for word in words[1:] if (found := _END.fullmatch(word))]
    if not ends:
        return None
    remote, remote_port = (ends[1][1], ends[1][2]) if len(ends) > 1 else ("", "*")
    return _Socket(number, protocol, ends[0][2], remote.strip("[]"), remote_port, program)


def _parted(word: str) -> Iterable[str]:
    """Give both ends of "10.0.0.5:51000->93.184.216.34:443"."""
    found = _PAIR.fullmatch(word)
    return found.groups() if found else (word,)
