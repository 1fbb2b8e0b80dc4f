# SPDX-License-Identifier: Apache-2.0
"""The log of a table where it is itself kept by columns: checkpoints, and lists of deleted rows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from debar.errors import SourceError
from debar.readers.batches.lakes import inside
from debar.readers.batches.parquet_files import table
from debar.readers.batches.tables import fault
from debar.readers.disk import regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ROWS = 1 << 13


def rows(folder: Path, path: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file as objects, of these columns; maps become objects too. SourceError where it cannot be read."""
    try:
        handle, _ = regular(inside(folder, path))
        with os.fdopen(handle, "rb", buffering=0) as file:
            there = table(file).schema.names
            opened = pq.ParquetFile(pa.PythonFile(file, mode="r"), pre_buffer=False)
            for batch in opened.iter_batches(_ROWS, columns=[name for name in columns if name in there]):
                for row in batch.to_pylist(maps_as_pydicts="lossy"):
                    yield {name: value for name, value in row.items() if value is not None}
    except SourceError as e:
        raise SourceError(e.message, locator=f"{path} {e.locator}".rstrip(), hint=e.hint) from e
    except (pa.ArrowException, OSError, UnicodeDecodeError, ValueError) as e:
        raise fault(e, path) from e
