# SPDX-License-Identifier: Apache-2.0
"""Tables that are folders of files: the files of one, opened one after the other, and never one outside its folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote

from debar.errors import SourceError
from debar.readers.batches import other_files, parquet_files
from debar.readers.batches.tables import with_constants
from debar.readers.disk import regular
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.readers.batches.tables import Table

FILES = 1 << 20
"""Files of one table."""
SPARK = "read the table by its name in a catalogue of Spark: --engine spark spark-table:CATALOG.SCHEMA.NAME"
REMARK = "a folder has no digest: what it holds is told by its own log"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/*")


def inside(folder: Path, path: str) -> Path:
    """Give the place of a file that a table names, relative to its folder; SourceError for one that lies elsewhere."""
    if not path or "\0" in path or path.startswith(("/", "\\")) or _SCHEME.match(path):
        raise SourceError("a file outside the folder of its table", hint=f"copy it into the folder, or {SPARK}")
    top = os.path.realpath(folder)
    place = os.path.realpath(os.path.join(top, path))  # noqa: PTH118 - a path of others is resolved before it is one
    if not place.startswith(top + os.sep):
        raise SourceError("a file outside the folder of its table", hint=f"copy it into the folder, or {SPARK}")
    return Path(place)


def relative(path: str, location: str) -> str:
    """Give a path as it is below the place where a table was when it was written; the path itself where it is not below."""
    own, top = _SCHEME.sub("/", path), _SCHEME.sub("/", location).rstrip("/") + "/"
    return own.removeprefix(top) if own.startswith(top) else path


def decoded(path: str) -> str:
    """Give a path that is written as part of an address."""
    return unquote(path)


def document(folder: Path, path: str) -> bytes:
    """Give a file of the log of a table, decompressed within limits."""
    try:
        source = Input(path, inside(folder, path))
        return bytes(source.document()) if not path.endswith(".avro") else source.content()
    except SourceError as e:
        raise SourceError(e.message, locator=path, hint=e.hint) from e


def tables(
    source: Input, folder: Path, files: Mapping[str, tuple[str, Mapping[str, str | None]]]
) -> Iterator[Table | SourceError]:
    """Give the table in each file, or why there is none; `files` has, by path, the format and what all its rows have."""
    source.weigh(sum(_size(folder, path) for path in files))
    return _tables(source, folder, files)


def _size(folder: Path, path: str) -> int:
    """Give the bytes of a file; nothing for what cannot be looked at, which is told when it is opened."""
    try:
        return inside(folder, path).stat().st_size
    except (OSError, SourceError):
        return 0


def _tables(
    source: Input, folder: Path, files: Mapping[str, tuple[str, Mapping[str, str | None]]]
) -> Iterator[Table | SourceError]:
    source.remarks.append(REMARK)
    for path, (form, constants) in files.items():
        source.tally["files"] += 1
        try:
            place = inside(folder, path)
            handle, size = regular(place)
            with os.fdopen(handle, "rb", buffering=0) as file:
                source.size += size
                yield with_constants(_opened(file, form, path)._replace(place=str(place)), constants)
        except SourceError as e:
            yield SourceError(e.message, path=path, locator=e.locator, hint=e.hint)


def _opened(file: BinaryIO, form: str, path: str) -> Table:
    if form == "parquet":
        return parquet_files.table(file, path)
    if form == "orc":
        return other_files.orc_file(file)._replace(name=path)
    raise SourceError(f"a file of the format {form[:40]!r}", hint=SPARK)
