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
from debar.readers.batches.tables import CHUNK, Cut, Table, cut_up, fault, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.readers.batches.leaves import Leaf

_FAULTS = (pa.ArrowException, OSError, ValueError)


def arrow(file: BinaryIO) -> Table:
    """Give the table in an Arrow file, or Feather of version 2; SourceError for one that cannot be opened or held."""
    raw = pa.PythonFile(file, mode="r")
    check(file, is_stream=False)
    try:
        raw.seek(0)
        opened = ipc.open_file(raw)
        schema, count, size = opened.schema, opened.num_record_batches, raw.size()
    except _FAULTS as e:
        raise fault(e, "the schema") from e

    def batches(some: range, leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        raw.seek(0)
        chosen = ipc.open_file(raw, options=_only(schema, leaves))
        yield from _sound((chosen.get_batch(number) for number in some), most)

    cut = Cut("arrow", _shared(size, count), batches)
    return cut_up(schema, cut, size, lambda _: min(file.tell(), size))


def stream(file: BinaryIO) -> Table:
    """Give the table in an Arrow stream; SourceError for one that cannot be opened or held."""
    check(file, is_stream=True)
    raw = pa.PythonFile(file, mode="r")
    try:
        raw.seek(0)
        schema, size = ipc.open_stream(raw).schema, raw.size()
    except _FAULTS as e:
        raise fault(e, "the schema") from e

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        raw.seek(0)
        yield from _sound(ipc.open_stream(raw, options=_only(schema, leaves)), most)

    return Table(schema, batches, size=size, position=lambda _: min(file.tell(), size))


def _only(schema: pa.Schema, leaves: Sequence[Leaf]) -> ipc.IpcReadOptions:
    asked = sorted({schema.get_field_index(leaf.path[0]) for leaf in leaves})
    return ipc.IpcReadOptions(included_fields=asked)


def _sound(batches: Iterable[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        # Offsets and codes stand in the file as they are used, and nothing else checks them.
        batch.validate(full=True)
        yield from parts(batch, most)


def _shared(size: int, count: int) -> tuple[int, ...]:
    """Give the bytes of each of so many parts, of which the file says nothing."""
    return (size // count,) * count if count else ()


def feather(file: BinaryIO) -> Table:
    """Give the table in a Feather file of version 1, which is read as a whole; SourceError for one of more than 1 GiB."""
    from pyarrow import _feather  # the public function warns, and reads by name only

    if (size := file.seek(0, os.SEEK_END)) > CHUNK:
        raise SourceError("a Feather file of version 1 of more than 1 GiB", hint="write it anew as Parquet")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            whole = _feather.FeatherReader(pa.PythonFile(file, mode="r"), use_memory_map=False, use_threads=True).read()
    except _FAULTS as e:
        raise fault(e) from e

    def batches(leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        yield from whole.select([leaf.path[0] for leaf in leaves]).to_batches(max_chunksize=most)

    return Table(whole.schema, batches, size=size, position=lambda rows: size * rows // max(1, whole.num_rows))


def orc_file(file: BinaryIO) -> Table:
    """Give the table in an ORC file; SourceError for one that cannot be opened, or a stripe too large to hold."""
    try:
        raw = pa.PythonFile(file, mode="r")
        opened = orc.ORCFile(raw)
        schema, size = opened.schema, raw.size()
    except _FAULTS as e:
        raise fault(e, "the footer") from e
    if opened.nstripes and opened.content_length // opened.nstripes > CHUNK:
        raise SourceError("stripes of more than 1 GiB", hint="write it with stripes of 64 MiB")

    def batches(some: range, leaves: Sequence[Leaf], most: int) -> Iterator[pa.RecordBatch]:
        asked = list(dict.fromkeys(leaf.path[0] for leaf in leaves))
        for number in some:
            yield from parts(opened.read_stripe(number, columns=asked), most)

    cut = Cut("orc", _shared(size, opened.nstripes), batches)
    return cut_up(schema, cut, size, lambda rows: size * rows // max(1, opened.nrows))
