# SPDX-License-Identifier: Apache-2.0
"""A sieve as another process has it: without the index, with the automatons that were made of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from debar.match import parted
from debar.match.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.automaton import Finder
    from debar.sieving import Wanted


@lru_cache(maxsize=16)
def loaded(stored: bytes) -> Finder:
    """Give an automaton that was kept; loaded once in each process."""
    return parted.loaded(stored)


class Sent(Sieve):
    """Automatons by what is wanted; made elsewhere, and for nothing else."""

    def __init__(self, stored: Mapping[Wanted, bytes]) -> None:
        """Take the automatons as they are kept (`Sieve.stored`)."""
        self._stored = stored

    def _both(self, wanted: Wanted) -> tuple[bytes, Finder | None]:
        stored = self._stored[wanted]
        return stored, loaded(stored) if stored else None
