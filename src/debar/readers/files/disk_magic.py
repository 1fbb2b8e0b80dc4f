# SPDX-License-Identifier: Apache-2.0
"""Images of disks and firmware files, told from what stands at fixed places in them: which device they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import programs
from debar.readers.binary.disk_marks import DISK_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each mark that is there; no more than the beginning is read of what may be terabytes."""
    head = source.head()
    source.size = source.disk_size()
    source.tally["images"] += 1
    for mark in DISK_MARKS:
        if head.startswith(mark.first, mark.offset):
            yield programs.about(
                source,
                (Observable(Kind.STRING, mark.told),),
                # The device that wrote it may be gone.
                meaning=Meaning.RESIDUE,
                label=f"{mark.thing} ({mark.told})",
                locator=f"byte {mark.offset}",
            )
