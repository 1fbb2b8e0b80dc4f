# SPDX-License-Identifier: Apache-2.0
"""Tables of names in files of any kind, as columns of text, some thousand rows at a time."""

from __future__ import annotations

import csv
import io
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError, UsageError, did_you_mean
from debar.readers import encodings, sifting
from debar.readers.business.table import CELL
from debar.readers.disk import BLOCK
from debar.readers.names import columns
from debar.readers.tables.guesses import SAMPLE
from debar.readers.tables.table_columns import HEADER_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.readers.inputs import Input
    from debar.readers.names.columns import Columns

ROWS = 1 << 15
"""Rows that are in memory at once."""
_LINES = 20
"""Lines of a cell from which rows are in it that it swallowed: addresses have fewer."""
_END = 200
"""Characters that are kept of the end of a file."""
_QUOTE = "a quotation mark may be missing"
_DELIMITERS = ",;\t|"
_NONE = "\x1f"
"""Delimiter of a list of names: one that stands in no text."""
_HEAD = HEADER_ROWS + SAMPLE
_COLUMNAR = (b"PAR1", b"ARROW1", b"FEA1", b"ORC", b"\xff\xff\xff\xff")
_PACKED = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"%PDF", b"\x7fELF", b"MZ", b"SQLite format 3")
"""What begins so is no table; a workbook is asked for before."""


class Batch(NamedTuple):
    """Some rows of a table, column by column; a column that the table does not have is nothing."""

    names: Sequence[str]
    amounts: Sequence[str] | None
    currencies: Sequence[str] | None
    days: Sequence[str] | None
    rows: Sequence[int | str]
    """Where each row stands: its number from 1, or what JSON calls its place."""
    numbers: tuple[Sequence[str], ...] = ()
    """Numbers of public registers, for each column of them that was taken."""


class Table(NamedTuple):
    """One table of a file."""

    title: str
    """Of its sheet; empty for the only one."""
    columns: Columns
    batches: Iterator[Batch]
    decimal: str = ""
    """Decimal mark of numbers that were no text; empty where numbers are as somebody wrote them."""


def tables(source: Input, wanted: str = "") -> Iterator[Table]:
    """Yield the tables with names of an input; read each before the next is asked for.

    SourceError for what is no table, or has no column of names; UsageError for a wanted column that none has.
    """
    head = source.head()
    if head.startswith(_COLUMNAR):
        from debar.readers.names import columnar  # heavy: loaded when such a file turns up

        yield from columnar.tables(source, wanted)
    elif head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield from _sheets(source, wanted)
    elif head.startswith(_PACKED) or _is_binary(head):
        raise SourceError("no table of names", hint="CSV, workbooks, Parquet, Arrow, ORC and JSON are read; name one")
    elif encodings.to_text(head).lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield _objects(source, wanted)
    else:
        yield _delimited(source, wanted)


def without(rows: Sequence[Sequence[str]], wanted: str, where: str = "") -> SourceError | UsageError:
    """Give the complaint about a table without a column of names: what it has, and how one is named."""
    said = f"{where}: " if where else ""
    if wanted:
        known = [title.strip() for cells in rows[:HEADER_ROWS] for title in cells if title.strip()][:200]
        return UsageError(
            f"{said}no column is called {wanted!r}{did_you_mean(wanted, known)}",
            hint=f"columns: {columns.listed(rows)}",
        )
    return SourceError(
        f"no column holds names of suppliers, as far as headers and cells tell; columns: {columns.listed(rows)}",
        locator=where,
        hint="name one with --column HEADER, or by its number",
    )


def _is_binary(head: bytes) -> bool:
    """Tell that bytes are no text: UTF-16 has a mark, or a NUL in every other place."""
    return b"\0" in head[:512] and not encodings.detect(head).startswith("utf-")


def _delimited(source: Input, wanted: str) -> Table:
    """Give the table in a text: by the delimiter under which a column of names is found, else a list of lines."""
    ahead = _ahead(source)
    found: list[tuple[int, str, Columns]] = []
    widest: list[list[str]] = []
    for delimiter in (*_DELIMITERS, _NONE):
        rows = _parsed(ahead, delimiter)
        widest = max(widest, rows, key=_width)
        each = columns.chosen(rows, wanted, source.layouts)
        # Where the header is one cell, what parts the cells of a table belongs to names: Bell, Book and Candle, Inc.
        if each and (len(each.titles) > 1 or delimiter == _NONE):
            found.append((_width(rows), delimiter, each))
        if delimiter == _NONE and found and found[-1][1] == _NONE and _is_table(_parsed(ahead, _best(ahead))):
            found.pop()  # lines of a table without a header are no names
    if not found:
        raise without(widest, wanted)
    _, delimiter, taken = max(found, key=lambda each: each[0])
    ends = [""]
    every = _reader(chain.from_iterable(map(_lines, _pieces(source, ends))), delimiter)
    return Table("", taken, _numbered(source, every, taken, ends))


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Give the cells of most rows."""
    widths = sorted(len(row) for row in rows if row)
    return widths[len(widths) // 2] if widths else 0


def _best(ahead: Sequence[str]) -> str:
    return max(_DELIMITERS, key=lambda each: _width(_parsed(ahead, each)))


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell that nearly every row has as many cells as the others, and more than two."""
    width = _width(rows)
    filled = [row for row in rows if row]
    return width > 2 and sum(len(row) == width for row in filled) * 10 >= len(filled) * 9


def _ahead(source: Input) -> list[str]:
    """Give the first lines; the head of a large file ends anywhere, and what it cuts off says nothing about the rest."""
    text = encodings.to_text(source.head()).lstrip("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [f"{line}\n" for line in (lines[:-1] or lines)[:_HEAD]]


def _parsed(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    """Give rows up to the first that is broken."""
    found: list[list[str]] = []
    try:
        found.extend(_reader(lines, delimiter))
    except csv.Error:
        return found
    return found


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(max(CELL, csv.field_size_limit()))
    return csv.reader(lines, delimiter=delimiter)


def _pieces(source: Input, ends: list[str]) -> Iterator[str]:
    """Yield the text of an input in pieces that end with a line, and keep how it ends.

    SourceError at a line that never ends.
    """
    rest: list[str] = []
    size = 0
    with source.stream() as stream:
        for block in encodings.texts(stream, BLOCK):
            head, newline, tail = block.rpartition("\n")
            if newline:
                ends[0] = head[-_END:]
                yield f"{''.join(rest)}{head}\n"
                rest, size = [], 0
            rest.append(tail)
            size += len(tail)
            if size > sifting.LINE:
                raise sifting.too_long("a line")
        if last := "".join(rest):
            ends[0] = last[-_END:]
            yield last


def _lines(piece: str) -> Iterator[str]:
    """Give the lines of a piece, with their ends: a line feed within quotation marks belongs to its cell."""
    return io.StringIO(piece.removeprefix("\ufeff"), newline="\n")


def _numbered(source: Input, rows: Iterator[list[str]], taken: Columns, ends: list[str]) -> Iterator[Batch]:
    """Yield the rows below the header; a row that cannot be read is lost, and the table goes on.

    A cell of many lines, or one that the file does not close, has swallowed rows: that is told as a loss. `ends` has how
    the file ends once all of it was read.
    """
    begin, end = 1, False
    last: list[str] = []
    while not end:
        some: list[list[str]] = []
        fault: csv.Error | SourceError | None = None
        try:
            some.extend(islice(rows, ROWS))  # what came before a fault stays
            end = not some
        except (csv.Error, SourceError) as e:
            fault = e
        above = max(0, taken.row + 1 - begin)
        if some[above:]:
            yield picked(some[above:], taken, range(begin + above, begin + len(some)))
        for at, row in enumerate(some):
            if any(cell.count("\n") > _LINES for cell in row if len(cell) > _LINES):
                source.lose(f"row {begin + at}", f"a cell of more than {_LINES} lines; {_QUOTE}")
        begin, last = begin + len(some), (some or [last])[-1]
        if end and last and "\n" in last[-1] and not ends[0].rstrip().endswith('"'):
            source.lose(f"row {begin - 1}", f"its last cell goes to the end of the file; {_QUOTE}")
        if isinstance(fault, SourceError):
            raise fault
        if fault:
            source.lose(f"row {begin}", f"{fault}; {_QUOTE}")
            begin += 1


def picked(rows: Sequence[Sequence[str]], taken: Columns, numbers: Sequence[int | str]) -> Batch:
    """Give rows as columns, of those that are taken; a row that is too short has nothing there."""

    def column(at: int) -> list[str] | None:
        if at < 0:
            return None
        try:
            return [row[at] for row in rows]
        except IndexError:
            return [row[at] if at < len(row) else "" for row in rows]

    return Batch(
        column(taken.name) or [],
        column(taken.amount),
        column(taken.currency),
        column(taken.day),
        numbers,
        tuple(column(at) or [] for at, _ in taken.numbers),
    )


def _objects(source: Input, wanted: str) -> Table:
    """Give the table in JSON: objects, whose keys are its columns."""
    from debar.readers.business.json_table import rows_of

    found = rows_of(source)
    ahead = list(islice(found, SAMPLE))
    header = list(dict.fromkeys(name for _, row in ahead for name in row))
    sample = [header, *([row.get(name, "") for name in header] for _, row in ahead)]
    taken = columns.chosen(sample, wanted, source.layouts) if header else None
    if taken is None or taken.row != 1:
        raise without(sample, wanted)

    def batches() -> Iterator[Batch]:
        rows = chain(ahead, found)
        while some := list(islice(rows, ROWS)):
            cells = [[row.get(name, "") for name in header] for _, row in some]
            yield picked(cells, taken, [locator for locator, _ in some])

    return Table("", taken, batches(), ".")


def _sheets(source: Input, wanted: str) -> Iterator[Table]:
    """Yield the sheets of a workbook that have a column of names."""
    from debar.readers.tables import workbooks

    if not workbooks.fits(source):
        raise SourceError("an archive, and no workbook", hint="unpack it, and name the table in it")
    fault: SourceError | UsageError | None = None
    count = 0
    for title, rows in workbooks.sheets(source):
        ahead = list(islice(rows, _HEAD))
        if not any(any(map(str.strip, row)) for row in ahead):
            continue
        taken = columns.chosen(ahead, wanted, source.layouts)
        if taken is None:
            fault = fault or without(ahead, wanted, f"sheet {title}")
            source.remarks.append(f"sheet {title!r} was not looked at: it has no column of names")
            continue
        count += 1
        yield Table(title, taken, _of_sheet(chain(ahead, rows), taken), ".")
    if not count:
        raise fault or SourceError("no sheet has anything in it", hint="name another file")


def _of_sheet(rows: Iterable[list[str]], taken: Columns) -> Iterator[Batch]:
    rows, begin = iter(rows), 1
    while some := list(islice(rows, ROWS)):
        above = max(0, taken.row + 1 - begin)
        if some[above:]:
            yield picked(some[above:], taken, range(begin + above, begin + len(some)))
        begin += len(some)
