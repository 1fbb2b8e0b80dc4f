# SPDX-License-Identifier: Apache-2.0
"""tar archives: read from front to end, in passing."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

from debar.readers import places, systems, tapes
from debar.readers.members import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.members import Budget, Lost


def fits(source: Input) -> bool:
    """Tell whether the first block is a tar header of the old kind, without a mark: its checksum says so."""
    block = source.head()[:512]
    if len(block) < 512 or not block[0] or block[257:262] == b"ustar":
        return False
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def members(source: Input, budget: Budget) -> Iterator[Member | Lost]:
    """Yield every regular file, in order; those of a whole system, such as an exported container, as a file tree."""
    is_system = systems.is_root(tapes.tops(source))
    with source.stream() as stream:
        for member in tapes.contents(stream, budget):
            if is_system and isinstance(member, Member):
                yield member._replace(in_tree=True, asset=places.stem(source.path))
            else:
                yield member
