# SPDX-License-Identifier: Apache-2.0
"""What files of trees said to earlier scans, so that a file that did not change is not opened again.

A file counts as unchanged when device, number, size, and the times of the last change of its content and of its status
are what they were. The last of these cannot be set back by a program that sets the others; what can deceive it is who
sets the clock, writes to the disk past the file system, or writes to what is kept here. So nothing is taken from here
unless somebody asks for it, the report tells how much was, and all of it can be read again and compared.

What is kept is named after everything that decides what a file says: the release and its readers, what was looked for,
the layouts, and what was named to be scanned. What is damaged, or somebody else's, is left aside.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import automaton, cache
from debar.readers import walk
from debar.release import VERSION
from debar.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import Layout, LogLayouts

KEPT = 8
"""Scans of which something stays."""
_LARGEST = 1 << 30
"""Bytes kept of one scan at most, unpacked; a system with a hundred thousand files has a twentieth of it."""
_SETTLED = 2_000_000_000
"""Nanoseconds since its last change before a file is kept: a clock that ticks slowly would hide a second change."""
_DIGEST = hashlib.sha256().digest_size
DIFFERS = "what an earlier scan kept of it is not what it says"
HINT = "the file changed and its times did not, or what was kept was changed; what it says now was taken"


class _Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is kept of one file."""

    stamp: tuple[int, ...]
    at: str
    """ISO instant at which it was read."""
    told: msgspec.Raw


class _Before(NamedTuple):
    """What is known of a file before it is read."""

    stamp: tuple[int, ...]
    is_settled: bool
    entry: _Entry | None
    """What an earlier scan kept of the same state of it."""


class Seen:
    """What is kept of one scan, while the next one goes through the same trees."""

    def __init__(self, state: str, *, is_verified: bool = False) -> None:
        """Take the name from `state_of`, and whether everything is read again to compare it with what was kept."""
        self._file, self._is_verified = _file(state), is_verified
        self._old = _entries(cache.read(self._file, _LARGEST)) if self._file else {}
        self._at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        self._new: dict[bytes, _Entry] = {}
        self._before: dict[bytes, _Before] = {}

    def told(self, place: walk.Found) -> Told | None:
        """Give what an unchanged file said; nothing for one that must be read."""
        stamp, now = stamp_of(place), time.time_ns()
        key = _key(place)
        entry = self._old.get(key)
        if entry is not None and entry.stamp != stamp:
            entry = None
        self._before[key] = _Before(stamp, bool(stamp) and max(stamp[-2:]) + _SETTLED < now, entry)
        if entry is None or self._is_verified:
            return None
        with contextlib.suppress(msgspec.MsgspecError):
            return msgspec.structs.replace(msgspec.msgpack.decode(entry.told, type=Told), kept_at=entry.at)
        return None

    def kept(self, place: walk.Found, told: Told) -> Iterator[tuple[walk.Found | walk.Fault, Told | None]]:
        """Keep what a file said, and yield it; before it a fault, where that is not what was kept of the same file."""
        key = _key(place)
        before = self._before.pop(key, None)
        if before is not None and told.kept_at and before.entry:
            self._new[key] = before.entry
        elif before is not None:
            data = _encoded(told)
            if self._is_verified and before.entry is not None and data != bytes(before.entry.told):
                yield walk.Fault(place.path, DIFFERS, hint=HINT), None
            if data and before.is_settled:
                self._new[key] = _Entry(before.stamp, self._at, msgspec.Raw(data))
        yield place, told

    def store(self, *, is_whole: bool) -> None:
        """Keep it for the next scan; of one that did not go through all trees, beside what was kept before."""
        entries = self._new if is_whole else {**self._old, **self._new}
        if self._file is None or entries == self._old:
            return
        data = msgspec.msgpack.encode(entries)
        if len(data) <= _LARGEST:
            cache.store(self._file, hashlib.sha256(data).digest() + zlib.compress(data, 1))
            cache.prune(self._file.parent, "trees-*.bin", KEPT)


def state_of(
    sources: Sequence[str], literals: Sequence[str], layouts: Sequence[Layout], log_layouts: LogLayouts
) -> str:
    """Give the name for everything that decides what files say; nothing where nothing can be kept.

    Windows has no time of the last change of a file's status, so nothing is kept there.
    """
    if os.name == "nt" or cache.home() is None:
        return ""
    engine = automaton.engine() if literals else ""
    state = hashlib.sha256(os.fsencode("\0".join((VERSION, engine, os.getcwd(), *sources))))  # noqa: PTH109
    for part in (list(literals), list(layouts), log_layouts):
        state.update(msgspec.msgpack.encode(part))
    here = Path(__file__).parent
    try:
        for folder in (here, *sorted(Path(folder) for folder, _, _ in os.walk(here / "readers"))):
            state.update("".join(cache.stamps(folder)).encode("utf-8", "surrogateescape"))
    except OSError:
        return ""
    return state.hexdigest()[:24]


def stamp_of(place: walk.Found) -> tuple[int, ...]:
    """Give what the system says of a file and what changes with it; nothing for a file that is gone."""
    try:
        about = os.stat(place.place or "", follow_symlinks=False)  # noqa: PTH116 - a hundred thousand files
    except OSError:
        return ()
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def _key(place: walk.Found) -> bytes:
    """Give a file's name here; those that are no text have one as well."""
    return os.fsencode(f"{place.path}\0{place.asset}\0{place.inside}")


def _encoded(told: Told) -> bytes:
    """Give what a file said as it is kept; nothing for what is read each time."""
    if told.is_left or told.fault is not None or told.faults:
        return b""  # a file that may not be read now may be read another time, and is the same file
    try:
        return msgspec.msgpack.encode(told)
    except UnicodeEncodeError:  # a name that is no text
        return b""


def _file(state: str) -> Path | None:
    home = cache.home()
    return home / f"trees-{state}.bin" if state and home else None


def _entries(data: bytes) -> dict[bytes, _Entry]:
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data[_DIGEST:], _LARGEST)
        if not unpacker.eof or hashlib.sha256(unpacked).digest() != data[:_DIGEST]:
            return {}
        return msgspec.msgpack.decode(unpacked, type=dict[bytes, _Entry])
    except (zlib.error, msgspec.MsgspecError):
        return {}
