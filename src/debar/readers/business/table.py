# SPDX-License-Identifier: Apache-2.0
"""Delimited tables of any origin: a layout says which of their columns carry what.

Exports differ in delimiter, encoding, title lines above the header, and order of columns; all of that
is told from the table itself. Only the names of the columns are knowledge, and those are data.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Layout, Observable, Observation
from debar.model.vocab import Kind
from debar.readers import places
from debar.text import header as folded

if TYPE_CHECKING:
    import _csv
    from collections.abc import Iterable, Iterator, Sequence

    from debar.readers.inputs import Input

CELL = 1 << 20
"""Longest cell, characters."""
HEADER_ROWS = 30
"""Rows among which the header is looked for; exports put titles and filters above it."""
HEADER_TEXT = 1 << 20
"""Characters looked at for the header."""
_DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_BLANK = frozenset({"", "-"})
_DATES = (
    (re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:[T ].*)?"), False),
    (re.compile(r"(?P<y>[12]\d{3})(?P<m>\d\d)(?P<d>\d\d)"), False),
    (re.compile(r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})(?: .*)?"), False),
    (re.compile(r"(?P<d>\d\d?)[/-](?P<m>\d\d?)[/-](?P<y>\d{4})(?: .*)?"), True),
)
"""(form, whether day and month may be the other way round)."""


class _Fit(msgspec.Struct, frozen=True):
    """A header that a layout knows: where the row has what."""

    layout: Layout
    width: int
    needed: tuple[tuple[int, ...], ...]
    """For each thing the layout needs, the columns of which a row must have one."""
    asset: tuple[int, ...]
    label: tuple[int, ...]
    version: tuple[int, ...]
    observed_at: tuple[int, ...]
    values: tuple[tuple[int, Kind], ...]
    matched: int
    """Columns that the layout knows."""


class _Header(msgspec.Struct, frozen=True):
    """Where the header was found, and what it means."""

    fit: _Fit
    delimiter: str
    row: int
    """Row number, from 1."""
    cells: list[str]


def fits(head_text: str, layouts: Sequence[Layout]) -> bool:
    """Tell whether the first characters of a file are a table that one of the layouts knows."""
    text = head_text.lstrip("\ufeff \r\n")
    if not layouts or not text or text[0] in "{[<":
        return False
    lines = text.splitlines()
    # The head of a large file ends anywhere; what it cuts off says nothing about the rest.
    lines = (lines[:-1] or lines)[: 2 * HEADER_ROWS]
    found = _header(lines, layouts)
    if found is None or found.fit.width < 2:
        return False
    # Words of a header also stand in code and prose, but there the next lines have other shapes.
    rows = [row for row in islice(_rows(lines, found.delimiter), found.row, None) if any(row)][:20]
    alike = sum(abs(len(row) - found.fit.width) <= 1 and len(row) > 1 for row in rows)
    return alike * 2 >= len(rows)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that says something; rows count like a spreadsheet's, from 1."""
    ahead, lines = _ahead(line for _, line in source.lines())
    header = _header(ahead, source.layouts)
    if header is None:
        raise SourceError(
            f"no column layout knows this header: {_likely_header(ahead)[:200]}",
            locator="row 1",
            hint="register/layouts lists the known ones; add a YAML file there that names these columns",
        )
    fit, stem = header.fit, places.stem(source.path)
    medium, meaning = fit.layout.medium, fit.layout.meaning
    for number, span, cells in _numbered(source, chain(ahead, lines), header):
        if not any(cells) or cells == header.cells:
            continue
        source.tally["rows"] += 1
        if len(cells) < fit.width and not _complete(source, fit, number, span, cells):
            continue
        found = [Observable(kind, value) for index, kind in fit.values if (value := _cell(cells, index)) not in _BLANK]
        if found:
            yield Observation(
                source=source.id,
                locator=f"row {number}",
                asset=_pick(cells, fit.asset) or stem,
                label=_name(cells, fit.label) or found[0].value,
                version=_pick(cells, fit.version),
                medium=medium,
                meaning=meaning,
                observables=tuple(found),
                observed_at=_day(_pick(cells, fit.observed_at)),
            )


def _numbered(source: Input, lines: Iterable[str], header: _Header) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (row, its lines if many, cells) below the header; an overlong cell costs its row."""
    rows = _reader(lines, header.delimiter)
    number = last = 0
    while True:
        number, first = number + 1, last + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            # The reader starts afresh on the next line, so the rest of the table stays readable.
            last = rows.line_num
            source.lose(f"row {number}", f"{e}; lines {first} to {last} were not read, a quotation mark may be missing")
            continue
        last = rows.line_num
        if number > header.row:
            yield number, f"lines {first} to {last}" if last > first else "", cells


def _complete(source: Input, fit: _Fit, number: int, span: str, cells: list[str]) -> bool:
    """Tell whether a short row has what the layout needs; note what is wrong with it."""
    enough = all(any(index < len(cells) for index in group) for group in fit.needed)
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
    for delimiter in said.group(1) if said else _DELIMITERS:
        for number, cells in enumerate(islice(_rows(lines, delimiter), HEADER_ROWS), start=1):
            fit = _fit(cells, layouts)
            if fit:
                if best is None or fit.matched > best.fit.matched:
                    best = _Header(fit, delimiter, number, cells)
                break
    return best


def _fit(cells: list[str], layouts: Sequence[Layout]) -> _Fit | None:
    """Give the layout that knows the most of these columns, among those that miss nothing they need."""
    columns: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if name := folded(cell[:200]):
            columns.setdefault(name, []).append(index)
    candidates = (_applied(layout, columns, len(cells)) for layout in layouts)
    return max((fit for fit in candidates if fit), key=lambda fit: fit.matched, default=None)


def _applied(layout: Layout, columns: dict[str, list[int]], width: int) -> _Fit | None:
    """Give where a layout finds its columns, or nothing when one it needs is not there."""

    def places(names: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(index for name in names for index in columns.get(folded(name), ())))

    needed = tuple(places(group) for group in layout.required)
    if not needed or not all(needed):
        return None
    asset, label, version = places(layout.asset), places(layout.label), places(layout.version)
    observed_at = places(layout.observed_at)
    values = tuple((index, Kind(kind)) for kind, names in layout.columns.items() for index in places(names))
    known = {*chain(*needed, asset, label, version, observed_at), *(index for index, _ in values)}
    return _Fit(layout, width, needed, asset, label, version, observed_at, values, len(known))


def _likely_header(lines: Sequence[str]) -> str:
    """Give the first line with about as many cells as any, for the message that no layout knows it."""
    counts = [max(map(line.count, _DELIMITERS)) for line in lines]
    return next((line for line, count in zip(lines, counts, strict=True) if count >= max(counts) * 0.8), "(empty)")


def _cell(cells: list[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _pick(cells: list[str], places: tuple[int, ...]) -> str:
    """Give the first cell of these that is not empty."""
    for index in places:
        if (value := _cell(cells, index)) not in _BLANK:
            return value
    return ""


def _name(cells: list[str], places: tuple[int, ...]) -> str:
    """Give the first cell with a letter: two columns of one name are often a number and a name."""
    found = [value for index in places if (value := _cell(cells, index)) not in _BLANK]
    return next((value for value in found if any(map(str.isalpha, value))), found[0] if found else "")


@lru_cache(maxsize=4096)
def _day(text: str) -> str:
    """Give a date as ISO, or nothing when day and month could be either way round."""
    for form, ambiguous in _DATES:
        if found := form.fullmatch(text):
            year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
            if ambiguous and month > 12:
                month, day = day, month
            elif ambiguous and day <= 12 and day != month:
                return ""
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return ""
    return ""
