# SPDX-License-Identifier: Apache-2.0
"""What was looked through of large logs, so that a scan that was interrupted goes on instead of beginning anew.

A journal holds, for each file, which blocks were looked through and the lines that were taken from them. A scan that
goes on gives these lines to the same reader, then reads the file from there: nothing is lost, nothing is counted twice,
and blocks end where they would have ended. A file that is no longer the same is read anew.

    magic, key │ length, checksum, frame │ length, checksum, frame │ ...

Frames are only ever added; one that is torn or damaged, and whatever follows it, is dropped. A journal that cannot be
written costs a note and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from typing import TYPE_CHECKING

from debar.automaton import engine
from debar.errors import SourceError
from debar.journal import frames, home
from debar.journal.frames import Begun, Passed
from debar.journal.kept import Kept, Known, is_same
from debar.readers import sifting
from debar.readers.resumed import UNKEPT
from debar.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from debar.journal.frames import Block, Entry
    from debar.readers.resumed import Record
    from debar.sieving import Wanted

LEAST = 1 << 28
"""Bytes of logs from which a journal is written: less is read anew in a second or two."""
_MAGIC = b"debar journal 1\n"
_OFTEN = 2.0
"""Seconds after which what was written is on the disk even if the machine fails."""


def _key_of(parts: Sequence[str]) -> bytes:
    """Give the digest of everything that decides which lines are taken from which files."""
    how = (VERSION, engine(), str(sifting.BLOCK), str(sifting.BEGINNING), os.getcwd())  # noqa: PTH109
    return hashlib.sha256(os.fsencode("\0".join((*how, *parts)))).digest()


class Journal:
    """The journal of one scan."""

    def __init__(self, parts: Sequence[str], *, goes_on: bool) -> None:
        """Take what decides which lines are taken from which files, and whether an interrupted scan goes on."""
        self._parts, self._goes_on = parts, goes_on
        self._key = b""
        self.notes: list[str] = []
        """What the user should know: that nothing can be kept, or that a file is read anew."""
        self._handle, self._is_writable = -1, False
        self._known: dict[tuple[bytes, bytes], Known] = {}
        self._numbers = 0
        self._synced = time.monotonic()
        self._file: Path | None = None
        self._current: Kept | None = None

    def begin(self, size: int) -> None:
        """Begin with a scan of so many bytes of logs; a small one needs no journal, unless there is one to go on with."""
        if size < LEAST and not self._goes_on:
            return
        self._key = _key_of(self._parts)
        folder = home.folder()
        self._file = folder / f"scan-{self._key.hex()[:32]}.journal" if folder else None
        is_there = self._goes_on and self._file is not None and self._file.is_file()
        if self._goes_on and not is_there:
            few = f" (of less than {LEAST >> 20} MiB of logs nothing is kept)" if size < LEAST else ""
            self.notes.append(f"there is no interrupted scan of this to go on with: everything is read{few}")
        if size < LEAST and not is_there:
            return
        if self._file is None:
            self._give_up("there is no folder for it")
            return
        try:
            self._handle = home.opened(self._file)
            self._is_writable = True
            self._fill()
        except OSError as e:
            self._give_up(e.strerror or str(e))

    def record(self, file: Path, wanted: Wanted, can_go_on: bool) -> Record:  # noqa: FBT001 - one of three facts
        """Give what is kept of a file, and where to keep more; `can_go_on` tells whether it can be read from anywhere."""
        if self._handle < 0:
            return UNKEPT
        try:
            self._current = self._record(file, wanted, can_go_on=can_go_on)
        except OSError:
            return UNKEPT  # whoever reads the file tells so
        return self._current

    def _record(self, file: Path, wanted: Wanted, *, can_go_on: bool) -> Kept:
        about, name = file.stat(), os.fsencode(file.resolve())
        stamp = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
        asked = hashlib.sha256(repr((sorted(wanted.kinds), *wanted[1:], can_go_on)).encode()).digest()
        known = self._known.pop((name, asked), None)
        begun = Begun(self._numbers, name, asked, stamp)
        if known and known.begun.stamp == stamp:
            if known.ended and known.ended.size == about.st_size:
                return Kept(self, known, known.blocks, whole=(known.ended.sha256, known.ended.size))
            if can_go_on and known.last and is_same(file, known.last):
                return Kept(self, known, known.blocks)
        elif known and can_go_on and _grew(known.begun.stamp, stamp) and known.whole:
            count, last = known.whole
            if is_same(file, last):
                self._numbers += 1
                self.add(begun)
                return Kept(self, known, count, copied=begun.number)
        if known and known.begun.stamp != stamp:
            self.notes.append(f"{file}: it changed since the interrupted scan, and was read anew")
        self._numbers += 1
        self.add(begun)
        return Kept(self, Known(begun), 0)

    def add(self, entry: Entry) -> None:
        """Write one frame."""
        if not self._is_writable:
            return
        frame = frames.framed(entry)
        try:
            while frame:
                frame = frame[os.write(self._handle, frame) :]
            if time.monotonic() - self._synced > _OFTEN:
                os.fsync(self._handle)
                self._synced = time.monotonic()
        except OSError as e:
            self._give_up(e.strerror or str(e))

    def blocks(self, at: int) -> tuple[Block, ...]:
        """Give the blocks of the frame at a place."""
        entry = frames.entry(self._read, at)
        if entry is None or not isinstance(entry[0], Passed):
            raise SourceError("what was kept of an interrupted scan is damaged", hint="scan without --resume")
        return entry[0].blocks

    def close(self, *, is_over: bool) -> None:
        """End it; of a scan that is over, of which every result was written, nothing stays."""
        if self._current:
            self._current.close()
        if self._handle < 0:
            return
        with contextlib.suppress(OSError):
            if is_over and self._file and self._file.stat().st_ino == os.fstat(self._handle).st_ino:
                self._file.unlink()
            os.close(self._handle)
        self._handle = -1

    @property
    def is_kept(self) -> bool:
        """Tell whether an interrupted scan could go on."""
        return self._handle >= 0

    def _fill(self) -> None:
        """Take what is there, or begin anew."""
        if not self._goes_on or not self._loaded():
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, _MAGIC + self._key)
            self._known.clear()

    def _loaded(self) -> bool:
        """Take what an earlier scan kept, up to the first frame that is not whole; tell whether there is anything."""
        head = self._read(0, len(_MAGIC) + len(self._key))
        if not head:
            return False
        if head != _MAGIC + self._key:
            self.notes.append("what was kept of the interrupted scan is damaged: everything is read")
            return False
        at = len(_MAGIC) + len(self._key)
        by_number: dict[int, Known] = {}
        while (entry := frames.entry(self._read, at)) is not None:
            try:
                self._take(entry[0], at, by_number)
            except (ValueError, KeyError):
                break
            at = entry[1]
        os.ftruncate(self._handle, at)
        os.lseek(self._handle, at, os.SEEK_SET)
        self._numbers = max(by_number, default=-1) + 1
        return True

    def _take(self, entry: Entry, at: int, by_number: dict[int, Known]) -> None:
        if isinstance(entry, Begun):
            if not 0 <= entry.number < 1 << 62:
                raise ValueError("no number of a file")
            by_number[entry.number] = self._known[entry.path, entry.wanted] = Known(entry)
        elif isinstance(entry, Passed):
            by_number[entry.number].add(entry, at)
        elif frames.is_digest(entry.sha256):
            by_number[entry.number].ended = entry
        else:
            raise ValueError("no digest of a file")

    def _read(self, at: int, size: int) -> bytes:
        return home.read(self._handle, at, size)

    def _give_up(self, why: str) -> None:
        """Keep nothing more, and say so once; what was kept already can still be read."""
        self.notes.append(f"what was read cannot be kept ({why}): a scan that is interrupted reads it again")
        self._is_writable = False


def _grew(old: tuple[int, int, int, int], new: tuple[int, int, int, int]) -> bool:
    return old[:2] == new[:2] and new[2] > old[2]
