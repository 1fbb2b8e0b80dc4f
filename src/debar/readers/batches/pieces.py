# SPDX-License-Identifier: Apache-2.0
"""Parts of a file of columns, looked through by themselves on whichever machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers.batches import other_files, parquet_files, reading
from debar.readers.batches.candidates import Candidates
from debar.readers.batches.leaves import leaves as leaves_of
from debar.readers.batches.spread import Looked
from debar.readers.batches.tables import BATCH, packed, with_constants
from debar.readers.splits import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.batches.candidates import Seen
    from debar.readers.batches.spread import File
    from debar.sieving import Sieve

FORMS = {"parquet": parquet_files.table, "arrow": other_files.arrow, "orc": other_files.orc_file}
"""What opens files, by their form."""


def looked(file: File, parts: range, sieve: Sieve) -> Iterator[Looked]:
    """Yield the batches of some parts, with their rows packed; SourceError for what only reading the whole can tell.

    Those are: a file that is another by now, a fault in it, and more names of assets than are remembered.
    """
    with opened(file.place) as raw:
        table = with_constants(FORMS[file.form](raw), dict(file.constants))
        leaves = leaves_of(table.schema)
        is_same = table.size == file.size and tuple(leaf.name for leaf in leaves) == file.choice.names
        if not is_same or table.cut is None or table.cut.sizes != file.parts:
            raise SourceError("it changed while it was read", hint="scan again")
        candidates, needed = Candidates(sieve), [leaves[at] for at in file.choice.needed]
        for batch in reading.batches(table, needed, BATCH, parts):
            seen = candidates.seen(batch, leaves, file.choice)
            candidates.told(seen)
            if candidates.is_full:
                raise SourceError("more assets than are remembered")
            rows = _rows(seen)
            yield Looked(batch.num_rows, seen, rows, packed(batch, rows))


def _rows(seen: Seen) -> list[int]:
    """Give every row that may be told, in order."""
    return sorted({*seen.rows, *(one.row for _, news in seen.news for one in news)})
