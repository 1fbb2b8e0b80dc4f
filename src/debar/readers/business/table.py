# SPDX-License-Identifier: Apache-2.0
"""Delimited tables of any origin: a layout says which of their columns carry what.

Exports differ in delimiter, encoding, title lines above the header, and order of columns; all of that
is told from the table itself. Only the names of the columns are knowledge, and those are data.
"""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.readers import places
from debar.readers.tables import guesses, table_columns
from debar.readers.tables.table_columns import HEADER_ROWS, Fit

if TYPE_CHECKING:
    import _csv
    from collections.abc import Iterable, Iterator, Sequence

    from debar.model.inventory import Layout, Observation
    from debar.readers.inputs import Input
    from debar.sieving import Wanted

CELL = 1 << 20
"""Longest cell, characters."""
HEADER_TEXT = 1 << 20
"""Characters looked at for the header."""
_DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


class _Header(msgspec.Struct, frozen=True):
    """Where the header was found, and what it means."""

    fit: Fit
    delimiter: str
    row: int
    """Row number, from 1."""
    cells: list[str]
    remark: str = ""
    """What was guessed of it, in words."""


def fits(head_text: str, layouts: Sequence[Layout]) -> bool:
    """Tell whether the first characters of a file are a table that one of the layouts knows."""
    text = head_text.lstrip("\ufeff \r\n")
    if not layouts or not text or text[0] in "{[<":
        return False
    lines = _whole_lines(text)
    found = _header(lines, layouts)
    if found is None or found.fit.width < 2:
        return False
    # Words of a header also stand in code and prose, but there the next lines have other shapes.
    rows = [row for row in islice(_rows(lines, found.delimiter), found.row, None) if any(row)][:20]
    alike = sum(abs(len(row) - found.fit.width) <= 1 and len(row) > 1 for row in rows)
    return alike * 2 >= len(rows)


def _whole_lines(text: str) -> list[str]:
    """Give the first lines; the head of a large file ends anywhere, and what it cuts off says nothing about the rest."""
    lines = text.splitlines()
    return (lines if text.endswith("\n") else lines[:-1] or lines)[: 2 * HEADER_ROWS]


def guessed(head_text: str) -> str:
    """Give what the columns of an unknown table were guessed to be, in words; nothing when it is none."""
    found = _guess(_whole_lines(head_text.lstrip("\ufeff \r\n")))
    return found.remark if found else ""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that says something; rows count like a spreadsheet's, from 1."""
    ahead, lines = _ahead(line for _, line in source.lines())
    header = _header(ahead, source.layouts)
    if header is None and (header := _guess(ahead)):
        source.remarks.append(header.remark)
    if header is None:
        raise SourceError(
            f"no column layout knows this header: {_likely_header(ahead)[:200]}",
            locator="row 1",
            hint="name the columns with --columns ROLE=HEADER, or add a layout to register/layouts that names them",
        )
    fit, stem = header.fit, places.stem(source.path)
    source.fitted.add(fit.layout.id)
    if wanted := table_columns.wanted(fit):
        wanted = wanted._replace(delimiter=header.delimiter.encode())
    is_sifted = wanted is not None and source.finder(wanted) is not None
    rows = _sifted(source, header, wanted) if wanted and is_sifted else _numbered(source, chain(ahead, lines), header)
    for number, span, cells in rows:
        if not any(cells) or cells == header.cells:
            continue
        source.tally["rows"] += 1
        if len(cells) < fit.width and not _complete(source, fit, number, span, cells):
            continue
        if found := table_columns.observation(source, f"row {number}", cells, fit, stem):
            yield found


def _sifted(source: Input, header: _Header, wanted: Wanted) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the same for rows that may matter: each is a line, up to one that goes on in the next."""
    lines = source.sifted(wanted)
    for number, line in lines:
        if source.needs_all:
            yield from _numbered(source, chain([line], (text for _, text in lines)), header, number - 1)
            return
        yield from _numbered(source, [line], header, number - 1)


def _numbered(
    source: Input, lines: Iterable[str], header: _Header, before: int = 0
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (row, its lines if many, cells) below the header; an overlong cell costs its row.

    `before` are the rows that came before these lines, each of them a line.
    """
    rows = _reader(lines, header.delimiter)
    number = last = before
    while True:
        number, first = number + 1, last + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            # The reader starts afresh on the next line, so the rest of the table stays readable.
            last = before + rows.line_num
            source.lose(f"row {number}", f"{e}; lines {first} to {last} were not read, a quotation mark may be missing")
            continue
        last = before + rows.line_num
        if number > header.row:
            yield number, f"lines {first} to {last}" if last > first else "", cells


def _complete(source: Input, fit: Fit, number: int, span: str, cells: list[str]) -> bool:
    """Tell whether a short row has what the layout needs; note what is wrong with it."""
    enough = table_columns.is_enough(cells, fit)
    if span:
        source.lose(f"row {number}", f"{span} make one short row, a quotation mark may be missing")
    elif not enough:
        source.lose(f"row {number}", f"{len(cells)} cells where the header has {fit.width}")
    return enough


def _ahead(lines: Iterator[str]) -> tuple[list[str], Iterator[str]]:
    """Give the first lines, as many as the header can lie below, and those that follow.

    A line that cannot be read is left to whoever comes to it, after the rows before it.
    """
    taken: list[str] = []
    size = 0
    try:
        while len(taken) < 2 * HEADER_ROWS and size < HEADER_TEXT and (line := next(lines, None)) is not None:
            taken.append(line)
            size += len(line)
    except SourceError as e:
        return taken, _raising(e)
    return taken, lines


def _raising(error: SourceError) -> Iterator[str]:
    yield from ()
    raise error


def _reader(lines: Iterable[str], delimiter: str) -> _csv.Reader:
    csv.field_size_limit(max(CELL, csv.field_size_limit()))
    return csv.reader((line + "\n" for line in lines), delimiter=delimiter)


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield rows up to the first that is broken."""
    try:
        yield from _reader(lines, delimiter)
    except csv.Error:
        return


def _header(lines: Sequence[str], layouts: Sequence[Layout]) -> _Header | None:
    """Give the header that the most columns of a layout match, over all delimiters."""
    said = _SEP.fullmatch(lines[0].strip()) if lines else None
    best: _Header | None = None
    needed = table_columns.needed(layouts)
    for delimiter in said.group(1) if said else _DELIMITERS:
        for number, cells in enumerate(islice(_rows(lines, delimiter), HEADER_ROWS), start=1):
            fit = table_columns.fit(cells, layouts, needed)
            if fit:
                if best is None or fit.matched > best.fit.matched:
                    best = _Header(fit, delimiter, number, cells)
                break
    return best


def _guess(lines: Sequence[str]) -> _Header | None:
    """Give the header of a table that no layout knows, from names and cells, over all delimiters."""
    best: _Header | None = None
    for delimiter in _DELIMITERS:
        rows = list(_rows(lines, delimiter))
        guess = guesses.guess(rows)
        fit = table_columns.fit(rows[guess.header - 1], [guess.layout]) if guess else None
        if guess and fit and (best is None or fit.width > best.fit.width):
            best = _Header(fit, delimiter, guess.header, rows[guess.header - 1], guesses.told(guess))
    return best


def _likely_header(lines: Sequence[str]) -> str:
    """Give the first line with about as many cells as any, for the message that no layout knows it."""
    counts = [max(map(line.count, _DELIMITERS)) for line in lines]
    return next((line for line, count in zip(lines, counts, strict=True) if count >= max(counts) * 0.8), "(empty)")
