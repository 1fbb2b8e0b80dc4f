# SPDX-License-Identifier: Apache-2.0
"""The beginnings of TCP streams, put together from segments that come late, twice or not at all.

A stream tells who its ends are in its first bytes; once that is known, nothing of it is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debar.readers.packets.layers import Packet

BEGINNING = 1 << 16
"""Bytes kept of a stream: a chain of certificates takes 4 to 20 KB."""
PENDING = 64
"""Segments kept that came before one in front of them."""
STREAMS = 1 << 15
"""Streams remembered; of the longest unused one it is forgotten that it was done."""
MEMORY = 1 << 26
"""Bytes kept of all streams together."""
_SYN, _WINDOW = 2, 1 << 31
_WRAP = 0xFFFFFFFF


class Stream:
    """One direction of a connection."""

    __slots__ = ("data", "is_done", "is_named", "next", "pending")

    def __init__(self, start: int) -> None:
        """Take the sequence number of the first byte."""
        self.next = start
        self.data = bytearray()
        self.pending: dict[int, bytes] = {}
        self.is_done = False
        """Nothing more is expected of it."""
        self.is_named = False
        """The client has said which server it wants."""

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return len(self.data) + sum(map(len, self.pending.values()))

    def add(self, sequence: int, payload: bytes) -> bool:
        """Take over a segment; tell whether the beginning has grown."""
        ahead = (sequence - self.next) & _WRAP
        if ahead and ahead < _WINDOW:
            if ahead < BEGINNING and len(self.pending) < PENDING:
                self.pending.setdefault(sequence, payload)
            return False
        if not self._append(sequence, payload):
            return False
        while self.pending:
            ready = [s for s in self.pending if (self.next - s) & _WRAP < _WINDOW]
            if not ready:
                break
            for begin in ready:
                self._append(begin, self.pending.pop(begin))
        return True

    def _append(self, sequence: int, payload: bytes) -> bool:
        fresh = payload[(self.next - sequence) & _WRAP :]
        self.data += fresh[: BEGINNING - len(self.data)]
        self.next = (self.next + len(fresh)) & _WRAP
        return bool(fresh)

    def finish(self) -> None:
        """Forget the bytes: what they say is known."""
        self.is_done = True
        self.data, self.pending = bytearray(), {}


Key = tuple[str, int, str, int]


class Streams:
    """All streams that are open, the longest unused first."""

    def __init__(self) -> None:
        self._streams: OrderedDict[Key, Stream] = OrderedDict()
        self._kept = 0
        self.given_up = 0
        """Streams that were forgotten before they had said anything."""

    def feed(self, packet: Packet) -> Stream | None:
        """Give the stream that a segment belongs to if it has more to say than before."""
        key = (packet.source, packet.source_port, packet.target, packet.target_port)
        stream = self._streams.get(key)
        is_first = bool(packet.flags & _SYN)
        if stream is None or (is_first and stream.next != (packet.sequence + 1) & _WRAP and stream.is_done):
            if not packet.payload and not is_first:
                return None
            stream = self._streams[key] = Stream((packet.sequence + is_first) & _WRAP)
            self._make_room()
        else:
            self._streams.move_to_end(key)
        if stream.is_done or not packet.payload:
            return None
        before = stream.size
        has_grown = stream.add((packet.sequence + is_first) & _WRAP, packet.payload)
        self._kept += stream.size - before
        return stream if has_grown else None

    def other(self, packet: Packet) -> Stream | None:
        """Give the opposite direction."""
        return self._streams.get((packet.target, packet.target_port, packet.source, packet.source_port))

    def is_done(self, packet: Packet) -> bool:
        """Tell whether the beginning of this stream is known."""
        stream = self._streams.get((packet.source, packet.source_port, packet.target, packet.target_port))
        return stream is not None and stream.is_done

    def finish(self, stream: Stream) -> None:
        """Forget the bytes of a stream."""
        self._kept -= stream.size
        stream.finish()

    def _make_room(self) -> None:
        while len(self._streams) > STREAMS or (self._kept > MEMORY and len(self._streams) > 1):
            _, oldest = self._streams.popitem(last=False)
            self._kept -= oldest.size
            self.given_up += bool(oldest.size)
