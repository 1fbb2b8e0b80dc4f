# SPDX-License-Identifier: Apache-2.0
"""The law on a day, counted over findings: DuckDB's answer is that of the plain rule."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar import dates
from debar.errors import EvidenceError, StoreError
from debar.store import asof, columns

ZONES = ("America/New_York", "Europe/Rome")
INSTANTS = st.sampled_from([datetime(2024, 9, 30, 0, tzinfo=UTC) + timedelta(hours=h) for h in range(0, 60, 2)])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["prohibited", "advised"]),
        INSTANTS,
        st.none() | INSTANTS,
        st.sampled_from([*ZONES, "Asia/Tokyo"]),
    ),
    max_size=30,
)


def write(file: Path, rows: list[Any]) -> Path:
    """Write findings of which only measure, status, since, until and zone matter."""
    given = dict.fromkeys(columns.FINDINGS.names, "x")
    some = [given | dict(zip(("measure", "status", "since", "until", "zone"), row, strict=True)) for row in rows]
    with columns.writer(file, columns.FINDINGS) as out:
        out.write_table(pa.Table.from_pylist(some, schema=columns.FINDINGS))
    return file


@settings(max_examples=40)
@given(ROWS, st.sampled_from(["2024-09-30", "2024-10-01", "2024-10-01T04:00:00Z"]))
def test_the_count_is_that_of_the_plain_rule(rows: list[Any], day: str) -> None:
    """In force are those that have begun by the end of the day in their authority's zone, and not ended."""
    expected: Counter[tuple[str, str]] = Counter()
    for measure, status, since, until, zone in rows:
        moment = dates.ends(day, zone if zone in ZONES else "UTC")
        expected[measure, status] += since <= moment and (until is None or until > moment)
    with tempfile.TemporaryDirectory() as folder:
        found = asof.standings([write(Path(folder, "a[b]*.parquet"), rows)], day, ZONES)
    assert {(one.measure, str(one.status)): one.findings for one in found} == {k: n for k, n in expected.items() if n}
    assert [(one.measure, one.status) for one in found] == sorted((one.measure, one.status) for one in found)


def test_several_files_are_counted_together(tmp_path: Path) -> None:
    """Without zones every day ends with that of UTC."""
    row = ("a", "advised", datetime(2024, 9, 30, tzinfo=UTC), None, "UTC")
    files = [write(tmp_path / name, [row]) for name in ("one", "two")]
    assert [one.findings for one in asof.standings(files, "2024-10-01", ())] == [2]
    assert asof.standings([], "2024-10-01", ()) == ()


def test_a_file_that_is_gone_or_is_none_is_told(tmp_path: Path) -> None:
    """Gone is broken proof; what holds no findings, or a status that there is none of, is a fault of the store."""
    with pytest.raises(EvidenceError, match="gone"):
        asof.standings([tmp_path / "nothing"], "2024-10-01", ())
    (tmp_path / "noise").write_bytes(b"PAR1 is not enough PAR1")
    with pytest.raises(StoreError, match="noise"):
        asof.standings([tmp_path / "noise"], "2024-10-01", ())
    with columns.writer(tmp_path / "other", columns.OBSERVATIONS) as out:
        out.write_table(columns.OBSERVATIONS.empty_table())
    with pytest.raises(StoreError, match="other"):
        asof.standings([tmp_path / "other"], "2024-10-01", ())
    odd = write(tmp_path / "odd", [("a", "odd", datetime(2024, 9, 30, tzinfo=UTC), None, "UTC")])
    with pytest.raises(StoreError, match="odd"):
        asof.standings([odd], "2024-10-01", ())
    with pytest.raises(StoreError, match="zone"):
        asof.standings([odd], "2024-10-01", ("Mars/Olympus",))
