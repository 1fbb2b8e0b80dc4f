# SPDX-License-Identifier: Apache-2.0
"""What the processes of one service share beside its databases: a folder that is theirs alone, for as long as they serve.

    rates        how much each caller and address has left, as a table that all have in memory
    locks        by its bytes, who may look at something and change it, without anybody between the two
    figures-N    how many requests process N has answered, and its predecessors in its place, as it told lately
    processes    the numbers of those that serve and of those that work, as the first of them told

A process that is killed lets go of what it has locked, and who comes in its place goes on with its figures.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import threading
import zlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from debar.web.timings import Figures, Timings

try:
    import fcntl
except ImportError:  # a system without it runs one process
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Protocol

    class Hands(Protocol):
        """Who knows of the workers: those that began them, or were told of them."""

        def alive(self) -> int:
            """Give how many are at work."""

        def pids(self) -> list[int]:
            """Give the numbers of their processes."""


Told = TypeVar("Told")
EVERY = 2.0
"""Seconds after which a process tells its figures again."""
_LOCKS = 64


class Together:
    """One process among those of a service; alone it shares nothing, and needs no folder."""

    def __init__(self, folder: Path | None = None, number: int = 0) -> None:
        """Take the folder, and which of the processes this is."""
        self._folder, self._number = folder, number
        self._guards = tuple(threading.Lock() for _ in range(_LOCKS))
        self._file = os.open(folder / "locks", os.O_RDWR | os.O_CREAT, 0o600) if folder else -1

    def close(self) -> None:
        """Let go of the folder; whoever made it removes it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def table(self, size: int) -> tuple[mmap.mmap, int]:
        """Give so many bytes that all processes have in memory, zero at first, and the file by which they are locked."""
        if self._folder is None:
            return mmap.mmap(-1, size), -1
        file = os.open(self._folder / "rates", os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(file, size)
        return mmap.mmap(file, size), file

    @contextlib.contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Let one request at a time, of all processes, look at something and change it."""
        place = zlib.crc32(what.encode("utf-8", "surrogatepass")) % _LOCKS
        with self._guards[place], locked(self._file, place):
            yield

    def tell(self, timings: Timings) -> None:
        """Tell the figures of this process."""
        if self._folder:
            _replace(self._folder / f"figures-{self._number}", timings.figures())

    def timings(self, own: Timings) -> Timings:
        """Give the figures of all processes: of this one as they are, of the others as they told."""
        found = Timings()
        found.add_all(own.figures())
        for file in sorted(self._folder.glob("figures-*")) if self._folder else ():
            if file.name != f"figures-{self._number}" and (told := _read(file, Figures)):
                found.add_all(told)
        return found

    def before(self) -> Timings:
        """Give the figures with which this process begins: those of whoever was in its place."""
        told = _read(self._folder / f"figures-{self._number}", Figures) if self._folder else None
        found = Timings()
        if told:
            found.add_all(told)
        return found

    def tell_pids(self, servers: Sequence[int], workers: Sequence[int]) -> None:
        """Tell the numbers of the processes that serve and that work."""
        if self._folder:
            _replace(self._folder / "processes", (tuple(servers), tuple(workers)))

    def servers(self) -> list[int]:
        """Give the numbers of the processes that serve."""
        return self._told()[0] or [os.getpid()]

    def alive(self) -> int:
        """Give how many workers are at work."""
        return sum(map(_is_alive, self.pids()))

    def pids(self) -> list[int]:
        """Give the numbers of the processes that work."""
        return self._told()[1]

    def _told(self) -> tuple[list[int], list[int]]:
        told = _read(self._folder / "processes", tuple[list[int], list[int]]) if self._folder else None
        return told or ([], [])


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def locked(file: int, place: int = 0) -> Iterator[None]:
    """Keep other processes from a byte of a file; the system lets go of it for whoever is killed."""
    if file < 0:
        yield
        return
    fcntl.lockf(file, fcntl.LOCK_EX, 1, place)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, place)


def _replace(file: Path, content: object) -> None:
    """Write a file whole, or not at all; what cannot be told now is told the next time."""
    partial = file.with_name(f".{file.name}")
    with contextlib.suppress(OSError):
        partial.write_bytes(msgspec.msgpack.encode(content))
        partial.replace(file)


def _read(file: Path, type_: type[Told]) -> Told | None:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=type_)
    except (OSError, msgspec.DecodeError):
        return None
