# SPDX-License-Identifier: Apache-2.0
"""CSV and Parquet: one row for each finding, documented columns, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from debar.writers.columns import COLUMNS, OF_EXPOSURE
from debar.writers.csv import FORMULAS, guarded

if TYPE_CHECKING:
    from debar.model.results import Report

ROOT = Path(__file__).parents[2]
NAMES = [column.name for column in COLUMNS]


def rows(report: Report) -> list[dict[str, str]]:
    """Give the rows of a CSV as another program reads them."""
    return list(csv.DictReader(io.StringIO(reports.written("csv", report), newline="")))


def table(report: Report) -> pa.Table:
    """Give the table of a Parquet file."""
    return parquet.read_table(io.BytesIO(reports.bytes_of("parquet", report)))


def test_a_row_for_each_finding_and_each_exposure_without() -> None:
    """Every finding has one row, every exposure at least one, and the counts of both are those of the report."""
    report = reports.demo()
    found = rows(report)
    assert sorted(row["finding"] for row in found if row["finding"]) == sorted(f.id for f in report.findings)
    assert {row["exposure"] for row in found} - {""} == {exposure.id for exposure in report.exposures}
    assert {row["asset"] for row in found} - {""} == reports.assets(report)
    without = {exposure.id for exposure in report.exposures} - {finding.exposure for finding in report.findings}
    assert sorted(row["exposure"] for row in found if not row["finding"]) == sorted(without)
    assert len(found) == len(report.findings) + len(without)


def test_what_a_row_says() -> None:
    """A row has the evidence, the position with its time, and the day by which something is due."""
    report = reports.demo()
    row = next(row for row in rows(report) if row["status"] == "prohibited")
    assert row["measure"] == "us-far-52.204-23"
    assert row["act"] == "provide"
    assert row["time"] == "now"
    assert row["due"] == "2018-10-01T04:00:00Z"
    assert row["source"].startswith("examples/estate/")
    assert (row["as_of"], row["organisation"]) == (reports.DAY, "us/federal-contractor")
    assert {row["time"] for row in rows(reports.demo("us/company", "2024-07-25"))} >= {"now", "later"}
    owed = [row for row in rows(report) if row["finding"] and not row["exposure"]]
    assert len(owed) == sum(finding.exposure is None for finding in report.findings)


def test_both_tables_are_the_same() -> None:
    """Parquet has the cells of the CSV, with numbers as numbers; its values are not guarded, for no program runs them."""
    report = reports.demo()
    found = table(report)
    assert found.column_names == NAMES
    plain = [{name: guarded(value) for name, value in row.items()} for row in found.to_pylist()]
    assert [{name: str(value) for name, value in row.items()} for row in plain] == rows(report)
    assert found.schema.field("level").type == pa.int64()
    assert found.schema.field("probability").type == pa.float64()


def test_parquet_tells_what_it_is(tmp_path: Path) -> None:
    """Whoever opens the file alone finds the day, the register with its digest, and what each column tells."""
    report = reports.demo()
    found = table(report)
    about = {key.decode(): value.decode() for key, value in found.schema.metadata.items()}
    assert about["debar.as_of"] == reports.DAY
    assert about["debar.register_sha256"] == report.register.sha256
    assert about["debar.inputs_unread"] == "0"
    for column in COLUMNS:
        assert found.schema.field(column.name).metadata == {b"description": column.tells.encode()}
    file = tmp_path / "report.parquet"
    file.write_bytes(reports.bytes_of("parquet", report))
    asked = "select count(distinct asset) from read_parquet(?) where exposure <> ''"
    assert duckdb.execute(asked, [str(file)]).fetchone() == (len(reports.assets(report)),)
    assert reports.bytes_of("parquet", report) == reports.bytes_of("parquet", reports.copied(report))


def test_parquet_without_anything() -> None:
    """A report that found nothing is a table without rows, and says what was not read."""
    found = table(reports.blank())
    assert (found.num_rows, found.column_names) == (0, NAMES)
    assert found.schema.metadata[b"debar.inputs_unread"] == b"1"


def test_parts_of_a_table_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of several row groups has every row once, in order."""
    whole = table(reports.demo())
    monkeypatch.setattr("debar.writers.parquet.AT_ONCE", 7)
    assert table(reports.demo()).equals(whole)


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever stands in a cell, a spreadsheet takes it for text; what is none stays readable as it was."""
    cell = guarded(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" \u00a0").startswith(FORMULAS)
    if text.isprintable() and not text.lstrip(" \u00a0").startswith(FORMULAS):
        assert cell == text


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\uff1d1", "\u00a0=1"])
def test_formulas_stand_behind_an_apostrophe(value: str) -> None:
    """Every beginning of a formula is guarded by an apostrophe, and no number is."""
    assert str(guarded(value)).startswith("'")
    assert guarded(-1.5) == -1.5


def test_attacks_stay_in_their_cells() -> None:
    """Quotes, line ends and control characters of an input neither end a cell nor a row."""
    found = rows(reports.attacked())
    assert len(found) == len(rows(reports.demo()))
    assert {len(row) for row in found} == {len(COLUMNS)}
    assert all(None not in row.values() for row in found)


def test_columns_are_documented() -> None:
    """The page of the columns has every one, in order, with its type and what it tells, and no other."""
    page = (ROOT / "docs/reference/columns.md").read_text(encoding="utf-8")
    table_ = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", page, re.MULTILINE)
    assert table_ == [(column.name, column.kind, column.tells) for column in COLUMNS]
    assert COLUMNS[OF_EXPOSURE].name == "measure"
