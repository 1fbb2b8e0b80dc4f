# SPDX-License-Identifier: Apache-2.0
"""Signals that end a scan at a clean point: what was read is still reported, and the rest is named."""

from __future__ import annotations

import io
import os
import select
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from debar.watched import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM") if name != "SIGTERM" or hasattr(signal, "pthread_kill")
)
"""Those that ask for the end; Windows ends a program by SIGTERM without asking it."""


_PATIENCE = 0.2
"""Seconds after which whoever waits for standard input looks whether the end was asked for."""
_MOST = 1 << 20
"""Bytes that are taken from standard input at once."""


class Stop:
    """Whether somebody asked for the end."""

    def __init__(self, signals: Iterable[signal.Signals] = ()) -> None:
        """Take the signals that ask for it; any other stays as it is."""
        self.signals = tuple(signals)
        self.asked = ""
        """Name of the signal."""
        self.is_heeded = False
        """Something was left unread because of it."""

    def check(self) -> None:
        """Raise Interrupted once the end was asked for."""
        if self.asked:
            self.is_heeded = True
            raise Interrupted(self.asked)

    def ask(self, number: int, _: FrameType | None) -> None:
        """Take a signal; the next one ends the program at once."""
        self.asked = signal.Signals(number).name
        for one in self.signals:
            signal.signal(one, signal.SIG_DFL)


class _Patient(io.RawIOBase):
    """A pipe that is waited for, but not when the end was asked for."""

    def __init__(self, handle: int, check: Callable[[], None]) -> None:
        self._handle, self._check = handle, check

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Give bytes, fewer than asked for only at the end."""
        data = bytearray()
        while size < 0 or len(data) < size:
            while not select.select([self._handle], [], [], _PATIENCE)[0]:
                self._check()
            block = os.read(self._handle, _MOST if size < 0 else min(_MOST, size - len(data)))
            if not block:
                break
            data += block
        return bytes(data)


def patient(stream: BinaryIO, check: Callable[[], None]) -> BinaryIO:
    """Give standard input so that waiting for it can be interrupted, where the system allows that."""
    try:
        handle = stream.fileno()
        select.select([handle], [], [], 0)
    except (OSError, ValueError):  # no file at all, or a pipe on Windows
        return stream
    return cast("BinaryIO", _Patient(handle, check))


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Take the signals that ask for the end; as they were before, afterwards."""
    if threading.current_thread() is not threading.main_thread():
        yield Stop()  # only the main thread may take signals
        return
    # What runs in the background, or under nohup, is told to ignore some.
    stop = Stop(one for one in _SIGNALS if signal.getsignal(one) is not signal.SIG_IGN)
    before = {one: signal.signal(one, stop.ask) for one in stop.signals}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
