# SPDX-License-Identifier: Apache-2.0
"""What one file of a tree said: read by another process, or by an earlier scan, as if it were read now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

MOST = 20_000
"""Observations of one file that are held at once; of more, such as a whole system's packages, none is told ahead."""


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What one file of a tree said."""

    is_worth: bool = True
    """It can tell a maker, by its name or its first bytes: otherwise it is counted only."""
    is_left: bool = False
    """It says too much to be held, or holds files: whoever asked reads it."""
    reader: str = ""
    """Name of the reader that took it; empty where none did."""
    why: str = ""
    size: int = 0
    counts: dict[str, int] = {}
    remarks: tuple[str, ...] = ()
    fitted: tuple[str, ...] = ()
    is_hollow: bool = False
    lost: tuple[tuple[str, str], ...] = ()
    """(locator, reason) of the broken places that are named."""
    observations: tuple[Observation, ...] = ()
    fault: tuple[str, str, str] | None = None
    """(locator, reason, hint) of what ended the reading of it."""
    faults: tuple[tuple[str, str, str], ...] = ()
    """The same of what kept it from being recognised."""
    kept_at: str = ""
    """ISO instant at which it was read, of what an earlier scan kept."""

    def restore(self, source: Input) -> None:
        """Give an input everything that reading it would have left there."""
        source.size = self.size
        source.remarks.extend(self.remarks)
        source.fitted.update(self.fitted)
        source.is_hollow = self.is_hollow
        for locator, reason in self.lost:
            source.lose(locator, reason)
        source.tally.clear()  # the counts hold the broken places as well, also those that are not named
        source.tally.update(self.counts)

    def say(self) -> Iterator[Observation]:
        """Yield the observations; SourceError where reading ended with one."""
        yield from self.observations
        if self.fault is not None:
            locator, reason, hint = self.fault
            raise SourceError(reason, locator=locator, hint=hint)
