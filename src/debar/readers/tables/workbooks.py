# SPDX-License-Identifier: Apache-2.0
"""Workbooks of spreadsheet programs, .xlsx and .xls, as sheets of rows of text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from debar.readers.inputs import Input

GROWN = 1 << 30
"""Bytes that the parts of a workbook may say they unpack to; ZIP gives no more than was said."""
SHARED = 1 << 28
"""Bytes of the part that holds the texts of all cells; it stands in memory as a whole."""
OLD = 1 << 26
"""Largest .xls, bytes: it stands in memory as a whole. The format ends at 65,536 rows a sheet."""
SHEETS = 256
ROWS, COLUMNS = 1 << 20, 1 << 10
"""Rows of a sheet are as many as one can have; columns are 16,384 at most, of which tables fill a hundred."""
_BOOK, _TEXTS = "xl/workbook.xml", "xl/sharedStrings.xml"
_OLD_FIRST = b"\xd0\xcf\x11\xe0"


def fits(source: Input) -> bool:
    """Tell whether a container is a workbook: it has the part, or the stream, that lists the sheets."""
    head = source.head()
    if head.startswith(_OLD_FIRST):
        # Names of streams are in UTF-16: "Workbook", and "Book" before 1997.
        data = source.content() if source.disk_size() <= OLD else b""
        return any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book"))
    try:
        with source.glance() as file, zipfile.ZipFile(file) as archive:
            return _BOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False


def sheets(source: Input) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Yield (title, rows) of each sheet, in order; read a sheet before the next is asked for.

    Dates are ISO, whole numbers without a fraction, empty cells empty. SourceError for what is no workbook.
    """
    try:
        if source.head().startswith(_OLD_FIRST):
            yield from _old(source)
        else:
            yield from _new(source)
    except SourceError:
        raise
    except Exception as e:  # a broken workbook raises whatever the parts of the library raise
        raise SourceError(f"not a readable workbook: {type(e).__name__}: {e}") from e


def _new(source: Input) -> Iterator[tuple[str, Iterator[list[str]]]]:
    import openpyxl  # for workbooks only

    with source.seekable() as file:
        _check(file)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets[:SHEETS]:
                sheet.reset_dimensions()  # what a sheet says of its size need not be true
                rows = sheet.iter_rows(max_row=ROWS, values_only=True)
                yield str(sheet.title), (_filled(row) for row in rows)
        finally:
            book.close()


def _filled(row: Iterable[object]) -> list[str]:
    """Give a row without the empty cells at its end: one far cell makes every row as wide as itself."""
    cells = [_text(cell) for cell in islice(row, COLUMNS)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check(file: BinaryIO) -> None:
    """Refuse a workbook that would fill the memory or never end."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        shared = sum(entry.file_size for entry in entries if entry.filename == _TEXTS)
        if shared > SHARED or sum(entry.file_size for entry in entries) > GROWN:
            raise SourceError(
                f"a workbook of more than {GROWN >> 20} MiB, or {SHARED >> 20} MiB of texts", hint="save it as CSV"
            )
    file.seek(0)


def _old(source: Input) -> Iterator[tuple[str, Iterator[list[str]]]]:
    import xlrd  # for workbooks of before 2007 only

    data = source.content()
    if len(data) > OLD:
        raise SourceError(f"a workbook of more than {OLD >> 20} MiB", hint="save it as CSV")
    book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
    for title in book.sheet_names()[:SHEETS]:
        sheet = book.sheet_by_name(title)
        value = _old_value(book.datemode)
        yield title, ([value(cell) for cell in sheet.row(number)[:COLUMNS]] for number in range(sheet.nrows))
        book.unload_sheet(title)


def _old_value(datemode: int) -> Callable[[Any], str]:
    import xlrd

    def value(cell: Any) -> str:  # noqa: ANN401 - the library has no types
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return _text(xlrd.xldate.xldate_as_datetime(cell.value, datemode))
            except (xlrd.xldate.XLDateError, OverflowError, ValueError):
                return ""
        return "" if cell.ctype == xlrd.XL_CELL_ERROR else _text(cell.value)

    return value


def _text(value: object) -> str:
    """Give a cell's value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
