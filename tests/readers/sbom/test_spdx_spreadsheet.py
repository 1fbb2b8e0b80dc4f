# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX spreadsheets."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.inputs import Input
from debar.readers.sbom import spdx_spreadsheet
from debar.readers.tables import workbooks
from opened import observed, opened, values

OLD = Path(__file__).parents[2] / "data/readers/sbom/spdx-spreadsheet/SPDXSpreadsheetExample-v2.2.xls"
SHEETS: dict[str, list[list[object]]] = {
    "Document Info": [
        ["Created", "Document Name"],
        [datetime(2024, 7, 1, 10, tzinfo=UTC).replace(tzinfo=None), "image"],
    ],
    "Package Info": [
        ["SPDX Identifier", "Package Supplier", "Package Version", "PACKAGE NAME", "Package Checksum"],
        ["SPDXRef-1", "Organization: Maker Inc", 2, "ui", "SHA1: ab12\nMD5: cd34"],
        [None, None, None, None, None],
        ["SPDXRef-2", None, None, "bare", None],
    ],
    "External Refs": [
        ["Package ID", "Category", "Type", "Locator"],
        ["SPDXRef-1", "PACKAGE_MANAGER", "purl", "pkg:npm/ui@2"],
    ],
    "Per File Info": [["File Name"]],
}


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """Give a workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_every_row_of_packages_is_an_observation() -> None:
    """Columns are known by their headers in any order; references are joined by the package's identifier."""
    found, source = observed(spdx_spreadsheet, workbook(SHEETS))
    assert [("sheet Package Info row 2", "ui", "2"), ("sheet Package Info row 4", "bare", "")] == [
        (o.locator, o.label, o.version) for o in found
    ]
    assert {("image", "2024-07-01T10:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert (["Maker Inc"], ["pkg:npm/ui@2"]) == (values(found[0], Kind.PUBLISHER), values(found[0], Kind.PURL))
    assert ["ab12", "cd34"] == values(found[0], Kind.HASH)
    assert {"components": 2} == dict(source.tally)


def test_other_workbooks_are_left_to_others() -> None:
    """Only a workbook with the sheets of SPDX is one; another archive is none."""
    other = {title: rows for title, rows in SHEETS.items() if title != "Per File Info"}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "xl/ and [Content_Types].xml")
    assert spdx_spreadsheet.fits(opened(workbook(SHEETS)))
    assert not spdx_spreadsheet.fits(opened(workbook(other)))
    assert not spdx_spreadsheet.fits(opened(archive.getvalue()))
    assert not spdx_spreadsheet.fits(opened(b"PK\x03\x04xl/"))
    assert not spdx_spreadsheet.fits(opened(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def test_old_workbooks_are_read() -> None:
    """A workbook of before 2007 is recognised and read."""
    pytest.importorskip("xlrd")
    source = Input("old.xls", OLD)
    reader, _ = sniff.find_reader(source)
    assert reader and "spdx-spreadsheet" == reader.name
    assert 4 == len(list(spdx_spreadsheet.read(source)))


@pytest.mark.parametrize("data", [workbook(SHEETS)[:-900], OLD.read_bytes()[:9000]], ids=["new", "old"])
def test_a_broken_workbook_is_told(data: bytes) -> None:
    """A workbook that was cut off is a SourceError, whatever the library raises."""
    with pytest.raises(SourceError):
        observed(spdx_spreadsheet, data)


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would unpack to more than the limit is not unpacked."""
    monkeypatch.setattr(workbooks, "GROWN", 1000)
    with pytest.raises(SourceError, match="more than"):
        observed(spdx_spreadsheet, workbook(SHEETS))


def test_a_cell_far_away_costs_nothing() -> None:
    """A sheet of two cells may reach to its last row and column."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(SHEETS)))
    book["Package Info"].cell(row=1_048_576, column=16_384, value="far")
    data = io.BytesIO()
    book.save(data)
    assert ["ui", "bare"] == [o.label for o in observed(spdx_spreadsheet, data.getvalue())[0]]


def test_workbook_whose_list_of_sheets_is_broken() -> None:
    """A workbook whose compressed part is damaged is no SPDX document, and does not end the recognition."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/workbook.xml", b"<workbook/>" * 100)
    content = bytearray(packed.getvalue())
    begin = content.find(b"xl/workbook.xml") + len(b"xl/workbook.xml")
    content[begin : begin + 4] = b"\xff" * 4
    assert not spdx_spreadsheet.fits(opened(bytes(content)))
