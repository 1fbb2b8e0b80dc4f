# SPDX-License-Identifier: Apache-2.0
"""Frames of a capture file: pcap of either byte order and resolution, and pcapng (both IETF opsawg drafts)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from debar.readers.inputs import Input

FRAME = 1 << 18
"""Longest frame, bytes: the limit of libpcap and Wireshark (MAXIMUM_SNAPLEN, WTAP_MAX_PACKET_SIZE_STANDARD)."""
BLOCK = 1 << 24
"""Longest block of pcapng, bytes: the limit of Wireshark."""
INTERFACES = 4096
"""Interfaces of a section that are kept; a capture on "any" has some dozens."""
PCAP = {
    b"\xd4\xc3\xb2\xa1": ("<", 1, 16),
    b"\xa1\xb2\xc3\xd4": (">", 1, 16),
    b"\x4d\x3c\xb2\xa1": ("<", 1000, 16),
    b"\xa1\xb2\x3c\x4d": (">", 1000, 16),
    b"\x34\xcd\xb2\xa1": ("<", 1, 24),
    b"\xa1\xb2\xcd\x34": (">", 1, 24),
}
"""First bytes, and what they mean: byte order, parts of a microsecond, bytes of a record's header (24: Kuznetzov's)."""
SECTION, INTERFACE, OLD_PACKET, SIMPLE_PACKET, PACKET = 0x0A0D0D0A, 1, 2, 3, 6
_RESOLUTION = 9
"""Option if_tsresol."""


class Frame(NamedTuple):
    """One frame as it was captured."""

    number: int
    """From 1, as Wireshark counts."""
    link: int
    """Link type, which says what the data begin with (LINKTYPE_ of tcpdump.org)."""
    microseconds: int
    """Since 1970; -1 where the capture has no times."""
    data: bytes


def frames(source: Input) -> Iterator[Frame]:
    """Yield the frames of a capture in file order; a file that ends or breaks off inside one is a loss."""
    with source.stream() as stream:
        first = stream.read(4)
        if first in PCAP:
            yield from _pcap(source, stream, *PCAP[first])
        elif first == b"\x0a\x0d\x0d\x0a":
            yield from _pcapng(source, stream)
        else:
            raise SourceError("no capture file", locator="byte 0")


def _pcap(source: Input, stream: BufferedReader, order: str, fraction: int, header: int) -> Iterator[Frame]:
    about = stream.read(20)
    if len(about) < 20:
        raise SourceError("the file ends inside its header", locator="byte 4")
    # The upper bits say how long a checksum follows each frame; layers cut it off by their own lengths.
    link = struct.unpack_from(f"{order}I", about, 16)[0] & 0xFFFF
    number, at = 0, 24
    while record := stream.read(header):
        number += 1
        if len(record) < header:
            source.lose(f"byte {at}", "the capture ends inside the header of a packet")
            return
        seconds, part, size = struct.unpack_from(f"{order}III", record)
        if size > FRAME:
            source.lose(f"byte {at}", f"a packet of {size} bytes, more than any capture has; the rest is not read")
            return
        data = stream.read(size)
        if len(data) < size:
            source.lose(f"byte {at}", "the capture ends inside a packet")
        yield Frame(number, link, seconds * 1_000_000 + part // fraction, data)
        at += header + size


class _Section:
    """A section of pcapng while it is read: its byte order and its interfaces."""

    def __init__(self, order: str) -> None:
        self.order = order
        self.interfaces: list[tuple[int, int]] = []
        """Link type and parts of a second, of each interface."""

    def add(self, body: bytes) -> None:
        """Take over what an interface block says."""
        link = struct.unpack_from(f"{self.order}H", body)[0]
        at, parts = 8, 1_000_000
        while at + 4 <= len(body):
            code, size = struct.unpack_from(f"{self.order}HH", body, at)
            if code == 0:
                break
            if code == _RESOLUTION and size == 1 and at + 4 < len(body):
                exponent = body[at + 4]
                parts = 1 << (exponent & 0x7F) if exponent & 0x80 else 10 ** min(exponent, 30)
            at += 4 + size + -size % 4
        if len(self.interfaces) < INTERFACES:
            self.interfaces.append((link, parts))

    def frame(self, number: int, kind: int, body: bytes) -> Frame | None:
        """Give the frame of a packet block, or nothing when its interface is not there."""
        if kind == SIMPLE_PACKET:
            interface, size, moment, start = 0, struct.unpack_from(f"{self.order}I", body)[0], -1, 4
        else:
            shape = "IIIII" if kind == PACKET else "HHIIII"
            fields = struct.unpack_from(self.order + shape, body)
            interface, size = fields[0], fields[-2]
            moment, start = fields[-4] << 32 | fields[-3], 20
        if interface >= len(self.interfaces):
            return None
        link, parts = self.interfaces[interface]
        when = moment * 1_000_000 // parts if moment >= 0 else -1
        return Frame(number, link, when, body[start : start + min(size, FRAME)])


def _pcapng(source: Input, stream: BufferedReader) -> Iterator[Frame]:
    section, number, at = _Section("<"), 0, 0
    head = b"\x0a\x0d\x0d\x0a" + stream.read(4)
    while head:
        if len(head) < 8:
            source.lose(f"byte {at}", "the capture ends inside the header of a block")
            return
        begun = b""
        if head[:4] == b"\x0a\x0d\x0d\x0a":
            begun = stream.read(4)
            section = _Section("<" if begun == b"\x4d\x3c\x2b\x1a" else ">")
        kind, size = struct.unpack_from(f"{section.order}II", head)
        if not 12 <= size <= BLOCK:
            source.lose(f"byte {at}", f"a block of {size} bytes, which no capture has; the rest is not read")
            return
        body = begun + stream.read(size - 8 - len(begun))
        if len(body) < size - 8:
            source.lose(f"byte {at}", "the capture ends inside a block")
            return
        try:
            if kind == INTERFACE:
                section.add(body)
            elif kind in {PACKET, SIMPLE_PACKET, OLD_PACKET}:
                number += 1
                if frame := section.frame(number, kind, body):
                    yield frame
                else:
                    source.lose(f"byte {at}", "a packet of an interface that the capture does not describe")
        except struct.error:
            source.lose(f"byte {at}", "a block too short for what it is")
        at += size
        head = stream.read(8)
