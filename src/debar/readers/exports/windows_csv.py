# SPDX-License-Identifier: Apache-2.0
"""Objects of Windows as delimited text: wmic, tasklist and Export-Csv, told by their properties like the other forms."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from debar.readers.machine import windows_objects, windows_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

CELL = 1 << 20
"""Longest cell, characters."""
COLUMNS = 1 << 9
"""Columns that are read; Win32_OperatingSystem, one of the widest classes, has 64."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each object, then those of the machines."""
    objects = windows_objects.Objects(source)
    names: list[str] = []
    csv.field_size_limit(max(CELL, csv.field_size_limit()))
    for locator, row in _rows(source):
        if not any(row):
            continue
        if not names:
            names = [windows_words.folded(cell[:200]) for cell in row[:COLUMNS]]
            continue
        source.tally["rows"] += 1
        cells = {name: _listed(cell) for name, cell in zip(names, row, strict=False) if name}
        yield from objects.observed(locator, cells)
    yield from objects.machines()


def _rows(source: Input) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, cells); an overlong cell costs its row."""
    rows = csv.reader(_text(source), delimiter=_delimiter(source))
    number = 0
    while True:
        number += 1
        try:
            yield f"row {number}", next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            source.lose(f"row {number}", str(e))


def _text(source: Input) -> Iterable[str]:
    """Give the lines; that with the type, which Windows PowerShell writes first, is blank."""
    return ("\n" if number == 1 and line.startswith("#TYPE") else line + "\n" for number, line in source.lines())


def _delimiter(source: Input) -> str:
    """Give what parts the cells: Export-Csv -UseCulture writes semicolons in half of Europe."""
    header = next((line for line in _text(source) if line.strip()), "")
    return max(",;\t", key=header.count)


def _listed(cell: str) -> tuple[str, ...]:
    """Give a cell, or the parts of a list as wmic writes them: {a;b}."""
    cell = cell.strip()
    if cell.startswith("{") and cell.endswith("}") and ("." in cell or ";" in cell):
        return tuple(part.strip() for part in cell[1:-1].split(";"))
    return (cell,) if cell else ()
