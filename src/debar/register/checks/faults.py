# SPDX-License-Identifier: Apache-2.0
"""A fault of a noun: where in it, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.register.shape import Where


class Fault(NamedTuple):
    """Something that is wrong in one noun of the register."""

    at: Where
    """The place in the noun: ("provisions", 2, "acts"); the nearest one that was written counts."""
    said: str
    missing: str = ""
    """The id that leads nowhere, where that is the fault: perhaps only because its own file cannot be read."""


def under(at: Where, faults: Iterable[Fault], what: str = "") -> Iterator[Fault]:
    """Yield faults of a part as those of the whole: the place gets longer, the message says of what."""
    lead = f"{what}: " if what else ""
    yield from (fault._replace(at=(*at, *fault.at), said=f"{lead}{fault.said}") for fault in faults)
