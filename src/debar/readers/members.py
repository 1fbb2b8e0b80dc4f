# SPDX-License-Identifier: Apache-2.0
"""Files inside files: what an archive yields, and how much all of them together may cost."""

from __future__ import annotations

import io
from typing import BinaryIO, NamedTuple

from debar.errors import SourceError
from debar.readers.inflated import BOMB_RATIO

COUNT = 2_000_000
"""Members of one archive with all archives in it; the largest images of operating systems have half a million files."""
FLOOR = 1 << 30
"""Bytes that the members of any archive may have together, before their growth is looked at."""
DEPTH = 4
"""Archives inside archives that are opened: a fleet's zip of a host's tar of an application's zip is 3."""
DIRECTORY = 1 << 28
"""Largest list of contents of a zip file, bytes: about two million entries."""


class Member(NamedTuple):
    """One file inside an archive; its stream is good until the next member is asked for."""

    name: str
    stream: BinaryIO
    is_seekable: bool
    asset: str = ""
    """What the member speaks of, where the archive knows: the name of an image."""
    in_tree: bool = False
    """It is a file of an installed system, not a piece of evidence that somebody collected."""


class Lost(NamedTuple):
    """A place of an archive that cannot be read."""

    name: str
    reason: str


class Budget:
    """What may still be read from one file that the user named, through all archives inside it."""

    def __init__(self, size: int) -> None:
        """Take the size of the outermost file in bytes."""
        self._limit = max(FLOOR, BOMB_RATIO * size)
        self._grown = self._count = 0

    def member(self) -> None:
        """Count one member; SourceError when there are too many."""
        self._count += 1
        if self._count > COUNT:
            raise SourceError(f"holds more than {COUNT:,} files", hint="unpack it yourself if you trust it")

    def spend(self, count: int) -> None:
        """Count bytes; SourceError when members grow out of all proportion to the file that holds them."""
        self._grown += count
        if self._grown > self._limit:
            raise SourceError(
                f"its members grow to more than {self._limit >> 20} MiB when unpacked",
                hint="unpack it yourself if you trust it",
            )


class Metered(io.RawIOBase):
    """A member's stream whose bytes are counted against the budget each time they are read."""

    def __init__(self, inner: BinaryIO, budget: Budget) -> None:
        """Take the stream of the member."""
        self._inner, self._budget = inner, budget

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def seekable(self) -> bool:
        """Tell whether the archive lets it be read in any order."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place of the member."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """Give the place in the member."""
        return self._inner.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; SourceError for a broken member."""
        try:
            block = self._inner.read(len(buffer))
        except SourceError:
            raise
        except Exception as e:  # archives, their ciphers and their compressions each have errors of their own
            raise SourceError(f"cannot be unpacked: {e}") from e
        self._budget.spend(len(block))
        buffer[: len(block)] = block
        return len(block)
