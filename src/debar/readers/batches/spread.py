# SPDX-License-Identifier: Apache-2.0
"""An input of columns through which others look, part by part: what they need to know, and what they give back.

Who looks through a part knows nothing of those before it. So it gives back whatever may be told, as `Candidates.seen`
tells of each batch, and whoever reads the input chooses among that, as it would among its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.batches.candidates import Seen
    from debar.readers.batches.plans import Group, Plan
    from debar.readers.batches.tables import Table
    from debar.sieving import Wanted


class Choice(NamedTuple):
    """What must be known to choose rows; columns are given by their places."""

    names: tuple[str, ...]
    """Of all columns: a file that has others by now is another file."""
    looked: tuple[tuple[int, Wanted], ...]
    groups: tuple[Group, ...]
    moments: tuple[int, ...]
    needed: tuple[int, ...]


class File(NamedTuple):
    """A file of columns that is looked through in parts."""

    place: str
    """Path, or address in storage, as every machine knows it."""
    form: str
    size: int
    """Bytes on disk when the work was handed out."""
    parts: tuple[int, ...]
    """Bytes of each part."""
    constants: tuple[tuple[str, str | None], ...]
    choice: Choice


class Looked(NamedTuple):
    """A batch that was looked through elsewhere."""

    total: int
    """Rows that it has."""
    seen: Seen
    rows: list[int]
    """Numbers in the batch of those that came back."""
    batch: Any
    """These rows."""


class Left(NamedTuple):
    """Parts of a file of which the rest is to be looked through by whoever reads it."""

    parts: range
    batches: int
    """Batches of these parts that were given already."""
    rows: int
    """Rows of those batches."""


class Spread(Input):
    """An input whose columns others may look through."""

    @property
    def place(self) -> str:
        """Give the path or address by which other machines open it; empty for what only this process has."""
        place = str(self._file.absolute()) if isinstance(self._file, Path) else self._address
        return place if place and self.is_plain() else ""

    def looked(self, file: File) -> Iterator[Looked | Left] | None:
        """Give what was looked through of a file, in its order; nothing for one that is to be read here."""
        raise NotImplementedError

    def spread(self, table: Table, names: tuple[str, ...], plan: Plan) -> Iterator[Looked | Left] | None:
        """Give the same of a table; nothing as well for one that cannot be read in parts, or only here."""
        place = table.place or self.place
        if table.cut is None or not place:
            return None
        choice = Choice(names, plan.looked, plan.groups, plan.moments, plan.needed)
        return self.looked(File(place, table.cut.form, table.size, table.cut.sizes, table.constants, choice))
