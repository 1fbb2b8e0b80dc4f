# SPDX-License-Identifier: Apache-2.0
"""A report as a Parquet file: the rows and columns of the CSV, with what each column tells in its schema."""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from debar.writers import legal
from debar.writers.columns import COLUMNS, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import Report
    from debar.writers import Style
    from debar.writers.columns import Row

AT_ONCE = 2000
"""Rows of a row group."""


def write_report(report: Report, out: IO[bytes], _style: Style) -> None:
    """Write the rows, compressed by zstd; a report without any is a file without rows."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {"text": pa.string(), "number": pa.float64(), "count": pa.int64()}
    schema = pa.schema(
        [
            pa.field(column.name, types[column.kind], nullable=False, metadata={"description": column.tells})
            for column in COLUMNS
        ],
        metadata=_about(report),
    )
    found = (about + finding for about, finding in rows(report))
    with parquet.ParquetWriter(out, schema, compression="zstd", store_schema=True) as file:
        while many := list(islice(found, AT_ONCE)):
            file.write_batch(_batch(many, schema))
            pa.default_memory_pool().release_unused()  # it keeps what it has freed: some tens of megabytes here


def _batch(many: Sequence[Row], schema: Any) -> Any:  # noqa: ANN401 - pyarrow comes without types
    import pyarrow as pa

    columns = zip(*many, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)], schema=schema
    )


def _about(report: Report) -> dict[str, str]:
    """Give what whoever opens the file must know of it."""
    return {
        "debar.program": f"{report.program.name} {report.program.version}",
        "debar.as_of": report.as_of,
        "debar.known_on": report.known_on or "",
        "debar.organisation": report.organisation.name,
        "debar.register": report.register.version,
        "debar.register_sha256": report.register.sha256,
        "debar.exposures": str(len(report.exposures)),
        "debar.inputs_unread": str(len(report.skips)),
        "debar.disclaimer": legal.DISCLAIMER,
    }
