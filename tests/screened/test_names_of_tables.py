# SPDX-License-Identifier: Apache-2.0
"""Promises about which column of a table holds names, and about reading it from any kind of file."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import feather, orc, parquet

from debar.errors import SourceError, UsageError
from debar.readers.business.table import CELL
from debar.readers.names import columns, tables
from opened import opened

if TYPE_CHECKING:
    from collections.abc import Callable

LEDGER = "Date,Supplier Name,Details,Amount,Currency\n2024-05-14,Acme Ltd,Paper,12.50,GBP\n2024-06-03,Büro AG,Chairs,8.00,EUR\n"
NAMES = ["Acme Ltd", "Büro AG"]


def names(content: bytes | str, wanted: str = "") -> list[str]:
    """Give the names of a file."""
    return [
        name for table in tables.tables(opened(content, "some/file"), wanted) for b in table.batches for name in b.names
    ]


def taken(content: bytes | str, wanted: str = "") -> dict[str, str]:
    """Give what was taken of a table: role and title."""
    (table,) = tables.tables(opened(content, "some/file"), wanted)
    of = table.columns
    places = {"name": of.name, "amount": of.amount, "currency": of.currency, "day": of.day}
    return {role: of.titles[at] for role, at in places.items() if at >= 0}


def test_a_ledger_shows_its_columns() -> None:
    """Names, sums, their currency and days are told from headers and cells."""
    assert taken(LEDGER) == {"name": "Supplier Name", "amount": "Amount", "currency": "Currency", "day": "Date"}
    assert names(LEDGER) == NAMES


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    """The delimiter is told from the table."""
    assert names(LEDGER.replace(",", delimiter)) == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding(encoding: str) -> None:
    """The encoding is told from the bytes."""
    assert names(LEDGER.encode(encoding)) == NAMES


def test_compressed() -> None:
    """A compressed table is read like a plain one."""
    assert names(gzip.compress(LEDGER.encode(), mtime=0)) == NAMES


def test_titles_above_the_header() -> None:
    """Exports put titles and filters above the header."""
    assert names(f"Payments over 500\n\nJune 2024\n{LEDGER}") == NAMES


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Vendor ID,Vendor Name", "Vendor Name"),
        ("Name,Publisher", "Name"),
        ("Lieferant,Ort", "Lieferant"),
        ("Company,City", "Company"),
        ("供应商,地址", "供应商"),
        ("SupplierName,Ref", "SupplierName"),
        ("Kreditor Nr,Kreditor", "Kreditor"),
    ],
)
def test_the_likeliest_column(header: str, column: str) -> None:
    """Of several columns about a party, the one with its name is taken."""
    cells = ["V-17,Acme Ltd\n", "V-18,Other GmbH\n", "V-19,Third Inc\n"]
    rows = cells if header.split(",")[1] == column else [",".join(reversed(c.strip().split(","))) + "\n" for c in cells]
    assert taken(f"{header}\n{''.join(rows)}")["name"] == column


def test_two_columns_that_may_be_meant_are_told() -> None:
    """One is taken, and the other is named with the way to take it."""
    (table,) = tables.tables(opened("Supplier,Payee,Amount\nAcme,Bell,1.50\nOther,Third,2.50\n"))
    said = columns.told(table.columns)
    assert "'Supplier' as name" in said
    assert "'Payee', which was not looked at: --column" in said


@pytest.mark.parametrize("wanted", ["Payee", "payee", "PAY EE", "2"])
def test_the_column_can_be_named(wanted: str) -> None:
    """By its header without case and blanks, or by its number."""
    assert names("Supplier,Payee,Amount\nAcme,Bell,1.50\nOther,Third,2.50\n", wanted) == ["Bell", "Third"]


def test_a_table_without_a_header_needs_a_number() -> None:
    """Lines of several cells without a header are no names, until somebody counts the columns."""
    table = "2024-05-14,Acme Ltd,12.50\n2024-06-03,Bell AG,8.00\n"
    with pytest.raises(SourceError, match="2 'Acme Ltd'"):
        names(table)
    assert names(table, "2") == ["Acme Ltd", "Bell AG"]


@pytest.mark.parametrize("head", ["", "Supplier\n", "Company Name\n", "\ufeffname\n"])
def test_a_plain_list(head: str) -> None:
    """One name a line, with a header or without; commas, blanks and quotation marks belong to names."""
    assert names(f'{head}Acme Ltd\nBell, Book and Candle, Inc.\n\n"Quoted, Ltd"\n') == [
        "Acme Ltd", "Bell, Book and Candle, Inc.", "", "Quoted, Ltd",
    ]  # fmt: skip


def test_names_of_companies_are_no_header() -> None:
    """A company that is called Partner or Supplier Systems heads no column."""
    assert names("Partner Systems Ltd\nSupplier Services Inc\nAcme\n") == [
        "Partner Systems Ltd", "Supplier Services Inc", "Acme",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "said"), [("Suplier", "did you mean 'Supplier Name'"), ("9", "no column is called '9'")]
)
def test_a_column_that_is_not_there(wanted: str, said: str) -> None:
    """It is wrong usage; the complaint lists the columns."""
    with pytest.raises(UsageError, match=said) as complaint:
        names(LEDGER, wanted)
    assert "2 'Supplier Name'" in complaint.value.hint


def test_a_table_without_names() -> None:
    """The complaint lists the columns, each with its number, and says how to name one."""
    with pytest.raises(SourceError, match=r"1 'Nr', 2 'Kosten'") as complaint:
        names("Nr,Kosten\n1,2.50\n2,3.50\n3,4.50\n")
    assert "--column" in complaint.value.hint


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \n", b"\xef\xbb\xbf"])
def test_nothing_inside(content: bytes) -> None:
    """An empty file is a file without names, and says so."""
    with pytest.raises(SourceError, match="no column holds names"):
        names(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x7fELF\x02", b"PK\x03\x04rubbish", b"\0\1\2\3" * 50])
def test_what_is_no_table(content: bytes) -> None:
    """Programs, documents and archives are refused by what they begin with."""
    with pytest.raises(SourceError):
        names(content)


def test_json() -> None:
    """Objects are rows, in a list, a line each, or inside an answer."""
    rows = '[{"Supplier Name": "Acme Ltd", "Amount": 12.5}, {"Supplier Name": "Büro AG", "Amount": 8}]'
    assert names(rows) == names(f'{{"results": {rows}}}') == NAMES
    assert names('{"supplier": "Acme Ltd", "n": 1}\n{"supplier": "Büro AG", "n": 2}\n') == NAMES


def test_a_workbook() -> None:
    """Every sheet with a column of names is read; one without is told."""
    book = openpyxl.Workbook()
    book.active.append(["Supplier", "Amount"])
    for name in NAMES:
        book.active.append([name, 12.5])
    book.create_sheet("Notes").append(["nothing", 3])
    out = io.BytesIO()
    book.save(out)
    source = opened(out.getvalue(), "some/book.xlsx")
    found = [(t.title, list(b.names), list(b.rows)) for t in tables.tables(source) for b in t.batches]
    assert found == [("Sheet", NAMES, [2, 3])]
    assert source.remarks == ["sheet 'Notes' was not looked at: it has no column of names"]


TABLE = pa.table(
    {"vendor": pa.array(NAMES).dictionary_encode(), "amount": [12.5, 8.0], "paid_date": ["2024-05-14", None]}
)
COLUMNAR: dict[str, Callable[[pa.Table, io.BytesIO], None]] = {
    "parquet": parquet.write_table,
    "feather": feather.write_feather,
    "orc": lambda table, out: orc.write_table(table.set_column(0, "vendor", pa.array(NAMES)), out),
}


@pytest.mark.parametrize("form", sorted(COLUMNAR))
def test_columns(form: str) -> None:
    """Parquet, Arrow and ORC say the same as text."""
    out = io.BytesIO()
    COLUMNAR[form](TABLE, out)
    (table,) = tables.tables(opened(out.getvalue(), "some/file"))
    (batch,) = table.batches
    assert (list(batch.names), list(batch.amounts or ()), list(batch.days or ())) == (
        NAMES,
        ["12.5", "8.0"],
        ["2024-05-14", ""],
    )
    assert list(batch.rows) == [1, 2]


def test_broken_rows_cost_themselves() -> None:
    """A cell without an end is told, and the rows behind it are read."""
    source = opened(f'supplier,amount\nAcme Ltd,1.50\nHuge,"{"x" * (CELL + 10)}"\nBell AG,2.50\n')
    found = [name for table in tables.tables(source) for b in table.batches for name in b.names]
    assert found[0] == "Acme Ltd"
    assert found[-1] == "Bell AG"
    assert source.losses


def test_rows_are_counted_as_a_spreadsheet_counts() -> None:
    """A row may go on in the next line, inside quotation marks; blank and short rows count as well."""
    content = 'amount,supplier\n1.50,"Acme\nLtd"\n\n2\n2.50,Bell AG\n'
    found = [
        (row, name)
        for t in tables.tables(opened(content))
        for b in t.batches
        for row, name in zip(b.rows, b.names, strict=True)
    ]
    assert found == [(2, "Acme\nLtd"), (3, ""), (4, ""), (5, "Bell AG")]
