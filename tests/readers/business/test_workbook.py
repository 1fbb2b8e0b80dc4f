# SPDX-License-Identifier: Apache-2.0
"""Promises of reading tables in workbooks."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.business import workbook
from debar.readers.tables import workbooks
from opened import opened, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.register import Register

HEADER: list[object] = ["Payment Date", "Supplier Name", "Narrative", "Amount"]


def book(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Give a workbook of sheets of rows."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def read(content: bytes, register: Register) -> tuple[list[Observation], Input]:
    """Read a workbook with the layouts of the register."""
    source = opened(content, "some/ledger.xlsx")
    source.layouts = register.layouts
    return list(workbook.read(source)), source


def test_header_below_titles(register: Register) -> None:
    """The header is found below titles; dates are ISO, and rows count like the sheet's."""
    found, _ = read(book([["Spend report"], [], HEADER, [date(2024, 7, 1), "Vendor Ltd", "Licence", 12.5]]), register)
    assert [(o.locator, o.observed_at, values(o, Kind.SUPPLIER)) for o in found] == [
        ("sheet Sheet 1 row 4", "2024-07-01", ["Vendor Ltd"])
    ]


def test_every_sheet_is_looked_at(register: Register) -> None:
    """Sheets have headers of their own; one without a known header is counted, and the others are read."""
    rows = [HEADER, [date(2024, 7, 1), "Vendor Ltd", "Licence", 12.5]]
    found, source = read(book(rows, [["just a note"]], rows), register)
    assert [o.locator for o in found] == ["sheet Sheet 1 row 2", "sheet Sheet 3 row 2"]
    assert (source.tally["sheets"], source.tally["sheets without a known header"]) == (3, 1)


def test_unknown_header_is_guessed_and_told(register: Register) -> None:
    """A sheet that no layout knows is guessed, and the remark says how."""
    rows: list[list[object]] = [["Acreedor", "Concepto", "Fecha", "Importe"]]
    rows += [[f"Empresa {n} S.L.", "Licencias", date(2024, 7, n), n * 10.5] for n in range(1, 5)]
    found, source = read(book(rows), register)
    assert len(found) == 4
    assert "'Acreedor' as supplier" in source.remarks[0]


def test_workbook_of_nothing_known(register: Register) -> None:
    """A workbook without a known table is a fault that names its sheets and what to do."""
    with pytest.raises(SourceError, match="Sheet 1") as fault:
        read(book([["word", "meaning"], ["a", "b"]]), register)
    assert "--columns" in fault.value.hint


def test_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch, register: Register) -> None:
    """A workbook whose parts unpack to more than the limit is refused."""
    monkeypatch.setattr(workbooks, "GROWN", 1000)
    with pytest.raises(SourceError, match="MiB"):
        read(book([HEADER, *([["x" * 1000] * 4] * 50)]), register)


@pytest.mark.parametrize("cut", [200, 1000, 3000])
def test_workbook_that_breaks_off(cut: int, register: Register) -> None:
    """What is left of a workbook is a fault, not a crash."""
    with pytest.raises(SourceError, match="not a readable workbook"):
        read(book([HEADER, [date(2024, 7, 1), "Vendor Ltd", "Licence", 12.5]])[:cut], register)


def test_entities_are_not_expanded(register: Register) -> None:
    """A sheet that declares entities yields no cell made of them and reads no file."""
    declared = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    packed = io.BytesIO(book([HEADER, [date(2024, 7, 1), "Vendor Ltd", "Licence", 12.5]]))
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as archive, zipfile.ZipFile(out, "w") as forged:
        for entry in archive.infolist():
            data = archive.read(entry)
            if b"Vendor Ltd" in data:
                data = declared + data.replace(b"Vendor Ltd", b"&x;")
            forged.writestr(entry, data)
    try:
        found, _ = read(out.getvalue(), register)
    except SourceError:
        return
    assert all(values(o, Kind.SUPPLIER) in ([], [""]) for o in found)


def test_container_without_a_workbook_is_none() -> None:
    """A ZIP of other things is not taken for a workbook."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    reader, _ = sniff.find_reader(opened(packed.getvalue(), "a.xlsx"))
    assert reader is not None
    assert reader.name == "zip"
