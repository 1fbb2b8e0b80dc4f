# SPDX-License-Identifier: Apache-2.0
"""One input while it is read: what is known of it from outside, and what its reader notes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from debar.model.inventory import LogLayouts
from debar.readers import places
from debar.readers.lined import NO_SIFTING, Lined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from debar.model.inventory import Layout
    from debar.readers.lined import Sifting

NAMED = 5
"""Broken places of one input that are named one by one; the rest are counted."""
NO_LOGS = LogLayouts()


class Input(Lined):
    """A file, or standard input, that is being read."""

    def __init__(  # noqa: PLR0913 - what is known of a file from outside, each named by whoever makes one
        self,
        path: str,
        file: Path | BinaryIO,
        layouts: Sequence[Layout] = (),
        asset: str = "",
        *,
        log_layouts: LogLayouts = NO_LOGS,
        literals: tuple[str, ...] = (),
        rewindable: bool = False,
        is_digested: bool = True,
        inside: str = "",
        address: str = "",
        sifting: Sifting = NO_SIFTING,
    ) -> None:
        """Take the path as the user knows it, the file or stream behind it, and what the register knows of formats.

        `asset` is what the file speaks of, where that is known from outside; `literals` are looked for inside
        programs. What is read of a stream that is not rewindable is kept, unless it is a log; `address` is where one
        lies in storage. Without digests a file is read no farther than its reader reads it, and `sha256` stays empty:
        for the files of a tree, of which there are thousands.
        """
        super().__init__(file, rewindable=rewindable, is_digested=is_digested, address=address, sifting=sifting)
        self.path = path
        self._asset = asset
        self.inside = inside
        """Where a file of a tree or an image lies in its own system, from the root."""
        self.layouts, self.log_layouts, self.literals = layouts, log_layouts, literals
        self.fitted: set[str] = set()
        """Ids of the column layouts by which tables in it were read."""
        self.is_hollow = False
        """Whether it was read and tells only what it is about, and nothing of what is in that."""
        self._lost: list[tuple[str, str]] = []
        self.id = ""
        """Id of the source, known once it was recognised."""

    @property
    def name(self) -> str:
        """Give the file's own name, without folders and archives around it."""
        return (places.parts(self.path) or [self.path])[-1]

    @property
    def asset(self) -> str:
        """Give what the file speaks of unless it says so itself: the host or image it was found in, or its folder."""
        return self._asset or places.home(self.path)

    def lose(self, locator: str, reason: str) -> None:
        """Note a place that cannot be read although the rest can; a file of nothing else fills no memory."""
        self.tally["broken places"] += 1
        if len(self._lost) < NAMED:
            self._lost.append((locator, reason))

    def forget(self) -> None:
        """Take back what was lost and counted while the input was only looked at."""
        self._lost.clear()
        self.tally.clear()

    @property
    def losses(self) -> list[tuple[str, str]]:
        """(locator, reason) of the first broken places, and how many more there were."""
        more = self.tally["broken places"] - len(self._lost)
        return [*self._lost, ("", f"{more} more broken places")] if more else list(self._lost)
