# SPDX-License-Identifier: Apache-2.0
"""What a run leaves in columns: its observations while they pass, and its findings; zstd Parquet, written in batches.

The columns are described in docs/reference/store.md. Memory is bounded by a batch, however much a scan reads.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from debar import dates
from debar.store.lake import no_room
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from debar.model.inventory import Observation
    from debar.model.results import Exposure, Finding, Report

BATCH = 1 << 16
"""Rows that are held at once, and that a row group has."""
_OBSERVABLES = pa.list_(pa.struct([("kind", pa.string()), ("value", pa.string())]))
OBSERVATIONS = pa.schema([
    ("number", pa.int64()),
    ("source", pa.string()),
    ("locator", pa.string()),
    ("asset", pa.string()),
    ("label", pa.string()),
    ("version", pa.string()),
    ("medium", pa.string()),
    ("meaning", pa.string()),
    ("observed_at", pa.string()),
    ("observables", _OBSERVABLES),
])  # fmt: skip
_INSTANT = pa.timestamp("us", "UTC")
FINDINGS = pa.schema([
    ("exposure", pa.string()),
    ("asset", pa.string()),
    ("party", pa.string()),
    ("product", pa.string()),
    ("measure", pa.string()),
    ("provision", pa.string()),
    ("act", pa.string()),
    ("status", pa.string()),
    ("since", _INSTANT),
    ("until", _INSTANT),
    ("zone", pa.string()),
    ("contract", pa.string()),
])  # fmt: skip


def writer(file: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Give what writes batches of a schema to a file, packed the way of the lake."""
    return pq.ParquetWriter(file, schema, compression="zstd", compression_level=3, write_statistics=True)


class Notebook:
    """Writes down every observation that passes; a fault of the disk ends the writing and never the scan."""

    def __init__(self, file: Path) -> None:
        """Take an empty file; StoreError when there is no room even for its first bytes."""
        self.rows = 0
        self.fault: Exception | None = None
        self._batch: list[Observation] = []
        self._file = file
        try:
            self._writer: Any = writer(file, OBSERVATIONS)
        except OSError as e:
            raise no_room(file.parent, e) from e

    def passing(self, observations: Iterable[Observation]) -> Iterator[Observation]:
        """Yield observations as they come, each written down."""
        batch = self._batch
        for observation in observations:
            batch.append(observation)
            if len(batch) == BATCH:
                self._write()
            yield observation

    def close(self) -> None:
        """Write what is left; StoreError when something of it could not be written."""
        self._write()
        try:
            self._writer.close()
        except (OSError, pa.ArrowException) as e:
            self.fault = self.fault or e
        if self.fault:
            raise no_room(self._file.parent, self.fault)

    def _write(self) -> None:
        batch, first = self._batch, self.rows
        self.rows += len(batch)
        try:
            if batch and not self.fault:
                self._writer.write_batch(_observations(batch, first))
        except (OSError, pa.ArrowException) as e:
            self.fault = e
        batch.clear()


def _observations(batch: list[Observation], first: int) -> pa.RecordBatch:
    """Give observations as columns; what is no UTF-8, as names of files can be, is escaped."""
    seen = [[{"kind": o.kind, "value": keepable(o.value)} for o in row.observables] for row in batch]
    columns = (
        range(first, first + len(batch)),
        [row.source for row in batch],
        [keepable(row.locator) for row in batch],
        [keepable(row.asset) for row in batch],
        [keepable(row.label) for row in batch],
        [keepable(row.version) for row in batch],
        [row.medium for row in batch],
        [row.meaning for row in batch],
        [keepable(row.observed_at) for row in batch],
        seen,
    )
    arrays = [pa.array(column, field.type) for column, field in zip(columns, OBSERVATIONS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=OBSERVATIONS)


def write_findings(report: Report, file: Path) -> int:
    """Write the findings of a report, one row each, and give how many there are; StoreError when there is no room.

    They stand by rule, not by exposure: what is alike packs better, and a question about a day passes over most of it.
    """
    exposures = {exposure.id: exposure for exposure in report.exposures}
    found, rows = iter(sorted(report.findings, key=_by_rule)), 0
    try:
        with writer(file, FINDINGS) as out:
            while batch := list(islice(found, BATCH)):
                out.write_batch(_findings(batch, exposures, report))
                rows += len(batch)
    except (OSError, pa.ArrowException) as e:
        raise no_room(file.parent, e) from e
    return rows


def _findings(batch: list[Finding], exposures: dict[str, Exposure], report: Report) -> pa.RecordBatch:
    met = [exposures.get(finding.exposure or "") for finding in batch]
    columns = (
        [finding.exposure for finding in batch],
        [keepable(exposure.asset) if exposure else None for exposure in met],
        [exposure.party if exposure else None for exposure in met],
        [exposure.product if exposure else None for exposure in met],
        [finding.measure for finding in batch],
        [finding.provision for finding in batch],
        [finding.act for finding in batch],
        [finding.status for finding in batch],
        [_instant(finding.since) for finding in batch],
        [_instant(finding.until or "") for finding in batch],
        [brief.zone if (brief := report.measures.get(finding.measure)) else "UTC" for finding in batch],
        [finding.contract for finding in batch],
    )
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FINDINGS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=FINDINGS)


def _by_rule(finding: Finding) -> tuple[str, ...]:
    return finding.provision, finding.act, finding.status, finding.since, finding.until or "", finding.exposure or ""


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime | None:
    """Give a stamp as an instant; nothing for none."""
    return dates.key(text) if text else None
