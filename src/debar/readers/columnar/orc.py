# SPDX-License-Identifier: Apache-2.0
"""ORC files: logs and tables whose columns a layout knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.batches.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that says something, in order; rows count from 1.

    With a sieve only rows in which something may be found, and those that say who is there, are told.
    """
    from debar.readers.batches import other_files, reading  # heavy: loaded when such a file turns up

    with opened(source) as file:
        yield from reading.observations(source, [other_files.orc_file(file)])
