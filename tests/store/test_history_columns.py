# SPDX-License-Identifier: Apache-2.0
"""Columns of a run: every observation and finding comes back, in batches, and a full disk ends no scan."""

from __future__ import annotations

import resource
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

import kept
from debar.errors import StoreError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium, Status
from debar.store import columns
from debar.store.texts import keepable

if TYPE_CHECKING:
    from pathlib import Path


def observation(number: int, label: str = "Kaspersky") -> Observation:
    """Give an observation of a machine."""
    return Observation(
        source="src-000000000001",
        locator=str(number),
        asset=f"ws-{number}",
        label=label,
        version="12",
        medium=Medium.INVENTORY,
        meaning=Meaning.INSTALLED,
        observables=(Observable(Kind.NAME, label), Observable(Kind.PUBLISHER, "AO Kaspersky Lab")),
        observed_at="2024-06-25",
    )


def test_observations_pass_unchanged_and_are_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads behind the notebook gets the same objects; the file has a numbered row for each."""
    monkeypatch.setattr(columns, "BATCH", 4)
    file = tmp_path / "observations"
    notebook = columns.Notebook(file)
    given = [observation(number) for number in range(10)]
    assert list(notebook.passing(given)) == given
    notebook.close()
    assert notebook.rows == 10
    table = pq.read_table(file)
    assert table.schema.equals(columns.OBSERVATIONS)
    assert table.column("number").to_pylist() == list(range(10))
    assert table.slice(7, 1).to_pylist() == [
        {
            "number": 7,
            "source": "src-000000000001",
            "locator": "7",
            "asset": "ws-7",
            "label": "Kaspersky",
            "version": "12",
            "medium": "inventory",
            "meaning": "installed",
            "observed_at": "2024-06-25",
            "observables": [
                {"kind": "name", "value": "Kaspersky"},
                {"kind": "publisher", "value": "AO Kaspersky Lab"},
            ],
        }
    ]
    assert pq.ParquetFile(file).metadata.num_row_groups == 3
    assert pq.ParquetFile(file).metadata.row_group(0).column(0).compression == "ZSTD"


def test_no_observation_is_a_file_too(tmp_path: Path) -> None:
    """A scan that met nothing has an empty table."""
    notebook = columns.Notebook(tmp_path / "observations")
    assert list(notebook.passing([])) == []
    notebook.close()
    assert pq.read_table(tmp_path / "observations").num_rows == 0


def test_what_is_no_text_is_escaped(tmp_path: Path) -> None:
    """A file name that is no UTF-8 and a NUL do not break the table; other text stays as it is."""
    assert keepable("Müller\n\x1b") == "Müller\n\x1b"
    notebook = columns.Notebook(tmp_path / "observations")
    list(notebook.passing([observation(0, "a\udcffb"), observation(1, "Лаборатория")]))
    notebook.close()
    labels = pq.read_table(tmp_path / "observations").column("label").to_pylist()
    assert labels == [keepable("a\udcffb"), "Лаборатория"]
    assert labels[0].encode()
    assert "\0" not in keepable("a\0b") + keepable("ä\0b")


def test_a_fault_of_the_disk_waits_for_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan goes on, and closing says what went wrong."""
    monkeypatch.setattr(columns, "BATCH", 2)
    notebook = columns.Notebook(tmp_path / "observations")

    def full(_batch: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(notebook._writer, "write_batch", full)
    given = [observation(number) for number in range(5)]
    assert list(notebook.passing(given)) == given
    with pytest.raises(StoreError, match="No space left"):
        notebook.close()


def test_findings_have_a_row_each(tmp_path: Path) -> None:
    """Rows stand by rule; instants are instants, and the zone is that of the measure's authority."""
    report = kept.report("2024-06-25", "ws-2", "ws-1", status=Status.UNAVAILABLE)
    assert columns.write_findings(report, tmp_path / "findings") == 2
    table = pq.read_table(tmp_path / "findings")
    assert table.schema.equals(columns.FINDINGS)
    rows = table.to_pylist()
    assert [row["exposure"] for row in rows] == sorted(e.id for e in report.exposures)
    one = next(row for row in rows if row["asset"] == "ws-1")
    assert one == {
        "exposure": kept.exposure("ws-1").id,
        "asset": "ws-1",
        "party": "kaspersky",
        "product": "endpoint-security",
        "measure": "us-a-2024",
        "provision": "us-a-2024#use",
        "act": "use",
        "status": "unavailable",
        "since": datetime(2024, 7, 20, 4, tzinfo=UTC),
        "until": None,
        "zone": "America/New_York",
        "contract": None,
    }


def test_the_same_findings_are_the_same_bytes(tmp_path: Path) -> None:
    """Two runs that find the same share one file."""
    report = kept.report("2024-06-25", "ws-2", "ws-1")
    columns.write_findings(report, tmp_path / "one")
    columns.write_findings(kept.report("2024-07-25", "ws-2", "ws-1"), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_findings_that_find_no_room_are_told(tmp_path: Path) -> None:
    """A folder that is not there is StoreError."""
    with pytest.raises(StoreError, match="nowhere"):
        columns.write_findings(kept.report("2024-06-25", "ws-1"), tmp_path / "nowhere" / "findings")


def test_a_disk_without_room_for_a_byte_is_told_before_the_scan(tmp_path: Path) -> None:
    """A file that cannot even be begun is StoreError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(StoreError, match="File too large"):
            columns.Notebook(tmp_path / "observations")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handled)
