# SPDX-License-Identifier: Apache-2.0
"""Arrow files and streams, and Feather: logs and tables whose columns a layout knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.batches.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def fits(source: Input) -> bool:
    """Tell whether an input is an Arrow stream: the mark of its first message is too plain to tell alone."""
    head = source.head()
    length = int.from_bytes(head[4:8], "little")
    return head[:4] == b"\xff\xff\xff\xff" and 0 < length < 1 << 24 and length % 8 == 0 and not any(head[10:12])


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that says something, in order; rows count from 1.

    With a sieve only rows in which something may be found, and those that say who is there, are told.
    """
    from debar.readers.batches import other_files, reading  # heavy: loaded when such a file turns up

    with opened(source) as file:
        first = file.read(6)
        file.seek(0)
        open_ = {b"ARROW1": other_files.arrow, b"FEA1": other_files.feather}.get(
            first if first == b"ARROW1" else first[:4], other_files.stream
        )
        yield from reading.observations(source, [open_(file)])
