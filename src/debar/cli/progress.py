# SPDX-License-Identifier: Apache-2.0
"""How far a scan is: bytes of bytes, at which rate, and how long it still takes."""

from __future__ import annotations

import json
import os
import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TextIO

from debar.readers import walk
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OFTEN, _SELDOM = 0.1, 10.0
"""Seconds between two drawings of the line on a terminal, and between two lines anywhere else."""
_RECENT = 5.0
"""Seconds over which the rate is taken: long enough to be steady, short enough to follow a slower disk."""
_MOMENT = 2.0
"""Seconds after which a rate says something of the time that is left."""
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")


class State(NamedTuple):
    """How far a scan is at one moment."""

    files: int
    all_files: int
    size: int
    """Bytes on disk that are done with."""
    all_sizes: int
    is_least: bool
    """There is more, of which nobody knows how much: standard input."""
    rate: float | None
    """Bytes a second lately; nothing before there is one."""
    left: float | None
    """Seconds that the rest takes at this rate; nothing where that cannot be said."""
    path: str


class Progress:
    """What was found and done of a scan; draws it where somebody looks."""

    def __init__(self, form: str, out: TextIO, clock: Callable[[], float] = time.monotonic, width: int = 100) -> None:
        """Take how it is shown: line, plain, json or none; the clock gives seconds."""
        self._form, self._out, self._clock, self._width = form, out, clock, width
        self._sizes: dict[str, int] = {}
        self._files = self._all_files = self._before = self._here = self._passed = self._all_sizes = 0
        self._is_least, self._path = False, ""
        self._begun = clock()
        self._drawn = self._begun - _OFTEN if form == "line" else self._begun
        self._recent: deque[tuple[float, int]] = deque([(self._begun, 0)])
        self._drawing = Lock()

    def found(self, places: Sequence[walk.Found | walk.Fault]) -> None:
        """Take everything that will be read."""
        self._all_files = sum(isinstance(place, walk.Found) for place in places)
        if self._form == "none":
            return
        for place in places:
            if isinstance(place, walk.Found) and place.place:
                self._sizes[place.path] = _size(place.place)
        self._is_least = any(isinstance(place, walk.Found) and not place.place for place in places)
        self._all_sizes = sum(self._sizes.values())

    def begun(self, place: walk.Found | walk.Fault) -> None:
        """Take that a place comes next, and those before it are done with."""
        self._before, self._passed = self._before + self._here, 0
        self._here = self._sizes.get(place.path, 0)
        self._files += isinstance(place, walk.Found)
        self._path = place.path
        self._show()

    def reading(self, path: str) -> None:
        """Take what is read of it."""
        self._path = path
        self._show()

    def passed(self, position: int) -> None:
        """Take how many bytes of the file were read; what is read twice counts once."""
        self._passed = max(self._passed, min(position, self._here))
        self._show()

    def end(self) -> None:
        """Wipe the line, or say the last word."""
        if self._form == "line":
            self._out.write("\r\x1b[K")
        elif self._form != "none" and self._files:
            self._before, self._here, self._passed = self._before + self._passed, 0, 0
            self._write(self.state())
        self._out.flush()

    def state(self) -> State:
        """Give how far the scan is now."""
        now, done = self._clock(), self._before + self._passed
        while len(self._recent) > 1 and now - self._recent[1][0] >= _RECENT:
            self._recent.popleft()
        since, before = self._recent[0]
        self._recent.append((now, done))
        rate = (done - before) / (now - since) if now > since and done > before else None
        left = None
        if rate and now - self._begun >= _MOMENT and not self._is_least:
            left = max(0.0, (self._all_sizes - done) / rate)
        return State(self._files, self._all_files, done, self._all_sizes, self._is_least, rate, left, self._path)

    def _show(self) -> None:
        if self._form == "none":
            return
        now = self._clock()
        often = _OFTEN if self._form == "line" else _SELDOM
        # Blocks are read in a thread of their own; whoever comes second has nothing new to say.
        if now - self._drawn >= often and self._drawing.acquire(blocking=False):
            try:
                self._drawn = now
                self._write(self.state())
            finally:
                self._drawing.release()

    def _write(self, state: State) -> None:
        if self._form == "line":
            self._out.write(f"\r\x1b[K{fitted(state, self._width - 1)}")
        elif self._form == "json":
            self._out.write(json.dumps({"progress": state._asdict()}) + "\n")
        else:
            self._out.write(f"debar: {said(state)}, {printable(state.path)}\n")
        self._out.flush()


def said(state: State) -> str:
    """Give how far a scan is, in words, without what it reads."""
    parts = [f"{state.files} of {state.all_files} files"]
    least = "at least " if state.is_least else ""
    if state.all_sizes:
        parts.append(f"{_sizes(state.size, state.all_sizes, least)}")
    if state.rate:
        parts.append(f"{sized(state.rate)}/s")
    if state.left is not None:
        parts.append(f"{_timed(state.left)} left")
    return ", ".join(parts)


def fitted(state: State, width: int) -> str:
    """Give the same with the end of the path, as much as there is room for."""
    text, path = said(state), printable(state.path)
    room = width - len(text) - 2
    return f"{text}, {path[-room:]}" if room >= min(len(path), 10) else text[:width]


def sized(size: float) -> str:
    """Give bytes in a unit of which there are less than a thousand."""
    return f"{_in(size, _unit(size))} {_UNITS[_unit(size)]}"


def _sizes(done: int, every: int, least: str) -> str:
    unit = _unit(every)
    return f"{_in(done, unit)} of {least}{_in(every, unit)} {_UNITS[unit]}"


def _unit(size: float) -> int:
    unit = 0
    while size >= 999.95 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return unit


def _in(size: float, unit: int) -> str:
    return f"{size / 1000**unit:.1f}" if unit else f"{size:.0f}"


def _timed(seconds: float) -> str:
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    if whole < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def _size(place: str) -> int:
    try:
        return os.stat(place).st_size  # noqa: PTH116 - a hundred thousand files
    except OSError:
        return 0
