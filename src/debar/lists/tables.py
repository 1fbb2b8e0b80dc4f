# SPDX-License-Identifier: Apache-2.0
"""Lists that are tables, in delimited text, workbooks or Parquet: where their header is, and their rows below it."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers import encodings
from debar.readers.business.table import CELL
from debar.readers.tables import workbooks
from debar.readers.tables.table_columns import HEADER_ROWS
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.readers.inputs import Input

ALONE = "\x1f"
"""Delimiter of a table of one column: a sign that no text has, so that the commas of names stay."""
_DELIMITERS = ",;\t|"
_WORKBOOK, _PARQUET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), b"PAR1"
BINARY = (*_WORKBOOK, _PARQUET)
"""First bytes of workbooks and Parquet."""
LINES = 200
"""Lines that a row may have; addresses and reasons have a few dozen, what a missing quotation mark swallows has thousands."""
_ROWS = 1 << 13
"""Rows of Parquet that are written out as text at once."""


class Header(NamedTuple):
    """A row that may be the header of a table."""

    cells: tuple[str, ...]
    row: int
    """From 1: rows of delimited text are counted without empty lines."""
    part: str
    """Delimiter of a text, or title of a sheet."""
    below: tuple[tuple[str, ...], ...] = ()
    """Some rows that follow it."""
    is_widest: bool = True
    """Whether each row above it has fewer cells that are filled, as titles have."""

    @property
    def columns(self) -> frozenset[str]:
        """Give the names of its columns, folded."""
        return frozenset(map(folded, self.cells)) - {""}


class Table(NamedTuple):
    """A table below its header."""

    header: tuple[str, ...]
    rows: Iterator[tuple[str, list[str]]]
    """(locator, cells), with a cell for each column and an empty one behind them."""
    above: tuple[str, ...] = ()
    """What stands above the header, a text for each row."""

    def at(self, *names: str) -> int:
        """Give where the first of these columns stands that the table has; else where every row has an empty cell."""
        columns = [folded(cell) for cell in self.header]
        return next((columns.index(folded(name)) for name in names if folded(name) in columns), len(columns))


def headers(source: Input) -> list[Header]:
    """Give the rows that may be the header, in order; of a text, for every delimiter."""
    head = source.head()
    if head.startswith(_PARQUET):
        return [Header(tuple(_parquet_columns(source)), 0, "")]
    if head.startswith(_WORKBOOK):
        if not workbooks.fits(source):
            raise SourceError("an archive that is no workbook", hint="unpack it, and name a file in it")
        return [found for title, rows in workbooks.sheets(source) for found in _candidates(rows, title)]
    text = encodings.to_text(head).lstrip("\ufeff")
    lines = text.splitlines(keepends=True)
    # The head of a large file ends anywhere; what it cuts off is no row.
    lines = lines if text.endswith("\n") or len(lines) < 2 else lines[:-1]
    found: list[Header] = []
    for delimiter in (*_DELIMITERS, ALONE):
        # A row of one cell has no delimiter, and then none parts the rows below it.
        some = _candidates(_until_fault(lines, delimiter), delimiter)
        found += [header for header in some if len(header.cells) > 1 or delimiter == ALONE]
    return found


def _candidates(rows: Iterable[Sequence[str]], part: str) -> list[Header]:
    some = [tuple(cell.strip() for cell in row) for row in islice(rows, 2 * HEADER_ROWS)]
    found: list[Header] = []
    widest = 0
    for number, cells in enumerate(some[:HEADER_ROWS], 1):
        if width := sum(map(bool, cells)):
            found.append(Header(cells, number, part, tuple(some[number:]), width > widest))
            widest = max(width, widest)
    return found


def _until_fault(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(CELL, csv.field_size_limit()))
    try:
        yield from (row for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return


def opened(source: Input, header: Header) -> Table:
    """Give the table below a header; rows that cannot be read are lost, and told."""
    head = source.head()
    if head.startswith(_PARQUET):
        return Table(header.cells, _even(source, header, _parquet_rows(source)))
    if head.startswith(_WORKBOOK):
        rows = _sheet_rows(source, header.part)
        above = [" ".join(filter(None, cells)) for _, cells in islice(rows, header.row)][:-1]
        return Table(header.cells, _even(source, header, rows), tuple(above))
    rows = _text_rows(source, header.part)
    above = [header.part.join(cells) for _, cells in islice(rows, header.row)][:-1]
    return Table(header.cells, _even(source, header, rows), tuple(above))


def _even(source: Input, header: Header, rows: Iterator[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Yield rows that are as wide as the header, and an empty cell behind; a wider one is lost."""
    width = len(header.cells)
    for locator, cells in rows:
        if len(cells) > width:
            if any(map(str.strip, cells[width:])):
                source.lose(
                    locator, f"{len(cells)} cells where the header has {width}; put names with commas in quotes"
                )
                continue
            del cells[width:]
        if any(cells):
            yield locator, cells + [""] * (width + 1 - len(cells))


def _text_rows(source: Input, delimiter: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (locator, cells) for each row of delimited text; an overlong cell costs its row."""
    csv.field_size_limit(max(CELL, csv.field_size_limit()))
    rows = csv.reader((line + "\n" for _, line in source.lines()), delimiter=delimiter)
    last = 0
    while True:
        first = last + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            last = rows.line_num
            source.lose(f"line {first}", f"{e}; lines to {last} were left out, a quotation mark may be missing")
            continue
        last = rows.line_num
        # Some exports of the United States end in the sign by which DOS ended texts.
        if cells and cells != ["\x1a"]:
            if last - first > LINES:
                source.lose(f"line {first}", f"one row of {last - first + 1:,} lines, a quotation mark may be missing")
                continue
            yield f"line {first}", cells


def _sheet_rows(source: Input, title: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of one sheet, empty ones too: its rows are counted as they stand."""
    for found, rows in workbooks.sheets(source):
        if found == title:
            yield from ((f"{title} row {number}", cells) for number, cells in enumerate(rows, 1))


def _parquet_columns(source: Input) -> list[str]:
    from debar.readers.batches import parquet_files
    from debar.readers.batches.leaves import leaves
    from debar.readers.batches.opened import opened as opened_columns

    with opened_columns(source) as file:
        return [leaf.name for leaf in leaves(parquet_files.table(file).schema)]


def _parquet_rows(source: Input) -> Iterator[tuple[str, list[str]]]:
    from debar.readers.batches import parquet_files, reading
    from debar.readers.batches.leaves import leaves as leaves_of
    from debar.readers.batches.opened import opened as opened_columns
    from debar.readers.batches.texts import cells

    with opened_columns(source) as file:
        table = parquet_files.table(file)
        leaves = leaves_of(table.schema)
        number = 0
        for batch in reading.batches(table, leaves, _ROWS):
            columns = [cells(batch, leaf) for leaf in leaves]
            for number, row in enumerate(zip(*columns, strict=True), number + 1):  # noqa: B020 - goes on counting
                yield f"row {number}", list(row)
