# SPDX-License-Identifier: Apache-2.0
"""Arrow files and streams, Feather and ORC: what other programs than databases keep columns in."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
from pyarrow import ipc, orc

from debar.errors import SourceError
from debar.readers.batches.ipc_sizes import check
from debar.readers.batches.tables import CHUNK, Table, fault, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.readers.batches.leaves import Leaf

_FAULTS = (pa.ArrowException, OSError, ValueError)


def arrow(file: BinaryIO) -> Table:
    """Give the table in an Arrow file, or Feather of version 2; SourceError for one that cannot be opened or held."""
    raw = pa.PythonFile(file, mode="r")
    check(file, is_stream=False)
    return _batched(raw, ipc.open_file, lambda opened: (opened.get_batch(n) for n in range(opened.num_record_batches)))


def stream(file: BinaryIO) -> Table:
    """Give the table in an Arrow stream; SourceError for one that cannot be opened or held."""
    check(file, is_stream=True)
    return _batched(pa.PythonFile(file, mode="r"), ipc.open_stream, iter)


def _batched(
    raw: pa.PythonFile, open_: Callable[..., ipc.RecordBatchReader], every: Callable[..., Iterator[pa.RecordBatch]]
) -> Table:
    try:
        raw.seek(0)
        schema = open_(raw).schema
    except _FAULTS as e:
        raise fault(e, "the schema") from e

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        raw.seek(0)
        asked = sorted({schema.get_field_index(leaf.path[0]) for leaf in leaves})
        for batch in every(open_(raw, options=ipc.IpcReadOptions(included_fields=asked))):
            # Offsets and codes stand in the file as they are used, and nothing else checks them.
            batch.validate(full=True)
            yield from parts(batch, most)

    return Table(schema, batches)


def feather(file: BinaryIO) -> Table:
    """Give the table in a Feather file of version 1, which is read as a whole; SourceError for one of more than 1 GiB."""
    from pyarrow import _feather  # the public function warns, and reads by name only

    if file.seek(0, os.SEEK_END) > CHUNK:
        raise SourceError("a Feather file of version 1 of more than 1 GiB", hint="write it anew as Parquet")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            whole = _feather.FeatherReader(pa.PythonFile(file, mode="r"), use_memory_map=False, use_threads=True).read()
    except _FAULTS as e:
        raise fault(e) from e

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        yield from whole.select([leaf.path[0] for leaf in leaves]).to_batches(max_chunksize=most)

    return Table(whole.schema, batches)


def orc_file(file: BinaryIO) -> Table:
    """Give the table in an ORC file; SourceError for one that cannot be opened, or a stripe too large to hold."""
    try:
        opened = orc.ORCFile(pa.PythonFile(file, mode="r"))
        schema = opened.schema
    except _FAULTS as e:
        raise fault(e, "the footer") from e
    if opened.nstripes and opened.content_length // opened.nstripes > CHUNK:
        raise SourceError("stripes of more than 1 GiB", hint="write it with stripes of 64 MiB")

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        asked = list(dict.fromkeys(leaf.path[0] for leaf in leaves))
        for number in range(opened.nstripes):
            yield from parts(opened.read_stripe(number, columns=asked), most)

    return Table(schema, batches)
