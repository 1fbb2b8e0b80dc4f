# SPDX-License-Identifier: Apache-2.0
"""What a reader is told of a log that was looked through before, and what it leaves for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.sifting import Lines


class Record(Protocol):
    """What is kept of looking through one file, so that a scan that was interrupted can go on."""

    @property
    def position(self) -> int:
        """Bytes of the file that were read earlier."""

    @property
    def kept(self) -> int:
        """Bytes of them that were in no block yet."""

    @property
    def whole(self) -> tuple[str, int] | None:
        """Digest and size of a file that was looked through to its end."""

    def lines(self) -> Iterator[Lines]:
        """Yield the blocks that were looked through earlier."""

    def note(self, block: Lines) -> None:
        """Keep a block with the lines that were taken from it."""

    def end(self, sha256: str, size: int) -> None:
        """Keep that the file was looked through to its end."""


class _Unkept(NamedTuple):
    """A file of which nothing is kept."""

    position: int = 0
    kept: int = 0
    whole: tuple[str, int] | None = None

    def lines(self) -> Iterator[Lines]:
        """Yield nothing."""
        return iter(())

    def note(self, block: Lines) -> None:
        """Keep nothing."""

    def end(self, sha256: str, size: int) -> None:
        """Keep nothing."""


UNKEPT = _Unkept()
