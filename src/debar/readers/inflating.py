# SPDX-License-Identifier: Apache-2.0
"""A compressed file that a copy of this process reads and decompresses ahead, into memory that both have.

Decompressing takes as long as looking through what comes of it. Two threads would do both at once if they did not take the
interpreter's lock from each other, and the processor's memory: measured, they take as long as one thread. Two
processes take half as long.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from struct import Struct
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.readers import sifting
from debar.readers.inflated import inflated
from debar.workers import copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import Self

    from debar.readers.disk import Disk

SLOTS = 8
"""Blocks that are decompressed before one waits for the other. A slot is as large as a block, so that blocks are those
of reading without a copy."""
_FILLED = Struct("<IQ")
"""Bytes in a slot, none at the end; and bytes of the file that were read."""


class Ended(msgspec.Struct, array_like=True, frozen=True):
    """How reading ended."""

    size: int
    sha256: str
    fault: tuple[str, str, str] | None = None
    """Message, place and hint."""


class Inflating:
    """The decompressed bytes of a file, in their order."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Disk]]) -> None:
        """Take what opens the file on disk; the copy is what calls it."""
        self._opened = opened
        self._size = sifting.BLOCK
        self._slots = mmap.mmap(-1, self._size * SLOTS)
        self._number = self._at = self._length = 0
        self.position = 0
        """Bytes of the file that were read for what was given so far."""
        self.ended: Ended | None = None

    def __enter__(self) -> Self:
        """Begin."""
        self._filled, told = os.pipe()
        asked, self._freed = os.pipe()

        def work() -> None:
            os.close(self._filled)
            os.close(self._freed)
            _fill(self._slots, self._opened, told, asked)

        self._pid = copied(work)
        os.close(told)
        os.close(asked)
        return self

    def __exit__(self, *_: object) -> None:
        """End, wherever it stands."""
        os.close(self._filled)
        os.close(self._freed)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._slots.close()

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end; SourceError where the file breaks off."""
        if self._at == self._length and not self._is_filled():
            return b""
        begin = self._number % SLOTS * self._size + self._at
        data = self._slots[begin : begin + min(size, self._length - self._at)]
        self._at += len(data)
        if self._at == self._length:
            self._number += 1
            # Who decompresses may have ended already.
            with contextlib.suppress(OSError):
                os.write(self._freed, b".")
        return data

    def _is_filled(self) -> bool:
        """Wait for the next slot; tell whether there is one."""
        if self.ended is None:
            self._length, position = _FILLED.unpack(_exactly(self._filled, _FILLED.size))
            self._at = 0
            if self._length:
                self.position = position
                return True
            self.ended = msgspec.msgpack.decode(_exactly(self._filled, position), type=Ended)
            self.position = self.ended.size
        if self.ended.fault:
            message, place, hint = self.ended.fault
            raise SourceError(message, locator=place, hint=hint)
        return False


def _fill(slots: mmap.mmap, opened: Callable[[], AbstractContextManager[Disk]], told: int, asked: int) -> None:
    """Decompress a file into one slot after another, as they become free, and tell how it ended."""
    end = Ended(0, "")
    try:
        with opened() as disk:
            fault = None
            try:
                for number, length in enumerate(_slots(disk, slots)):
                    os.write(told, _FILLED.pack(length, disk.size))
                    if number >= SLOTS - 1 and not os.read(asked, 1):
                        return
                disk.drain()
            except SourceError as e:
                fault = e.message, e.locator, e.hint
            except OSError as e:
                fault = e.strerror or str(e), f"byte {disk.size}", ""
            end = Ended(disk.size, disk.digest(), fault)
    except OSError as e:
        end = Ended(0, "", (e.strerror or str(e), "", ""))
    data = msgspec.msgpack.encode(end)
    os.write(told, _FILLED.pack(0, len(data)) + data)


def _slots(disk: Disk, slots: mmap.mmap) -> Iterator[int]:
    """Yield how many bytes each slot was filled with."""
    stream: Any = inflated(disk)
    whole, size = memoryview(slots), len(slots) // SLOTS
    number = 0
    while True:
        slot = whole[number % SLOTS * size :][:size]
        filled, fault = 0, None
        try:
            while filled < size and (count := stream.readinto(slot[filled:])):
                filled += count
        except (SourceError, OSError) as e:
            fault = e
        if filled:
            yield filled
            number += 1
        if fault:
            raise fault
        if filled < size:
            return


def _exactly(end: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = os.read(end, size - len(data))
        if not more:
            raise ChildProcessError("what decompresses has died")
        data += more
    return data
