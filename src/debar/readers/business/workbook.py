# SPDX-License-Identifier: Apache-2.0
"""Tables in workbooks, .xlsx and .xls: each sheet with a header that a layout knows, or that can be guessed."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers import places
from debar.readers.tables import guesses, table_columns, workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.tables.table_columns import Fit

fits = workbooks.fits


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that says something, sheet by sheet; rows count from 1."""
    stem = places.stem(source.path)
    unknown = []
    for title, rows in workbooks.sheets(source):
        source.tally["sheets"] += 1
        ahead = list(islice(rows, table_columns.HEADER_ROWS + guesses.SAMPLE))
        header = _header(source, title, ahead)
        if header is None:
            unknown += [title] if any(any(map(str.strip, row)) for row in ahead) else []
            continue
        fit, at = header
        source.fitted.add(fit.layout.id)
        for number, cells in enumerate(chain(ahead, rows), 1):
            if number <= at or not any(cells):
                continue
            source.tally["rows"] += 1
            if found := table_columns.observation(source, f"sheet {title} row {number}", cells, fit, stem):
                yield found
    if unknown and not source.tally["rows"]:
        raise SourceError(
            f"no column layout knows a header in its sheets: {', '.join(unknown)[:200]}",
            hint="name the columns with --columns ROLE=HEADER, or add a layout to register/layouts",
        )
    source.tally["sheets without a known header"] += len(unknown)


def _header(source: Input, title: str, ahead: list[list[str]]) -> tuple[Fit, int] | None:
    """Give the header of a sheet, and its row."""
    found = [
        (fit, number)
        for number, cells in enumerate(ahead[: table_columns.HEADER_ROWS], 1)
        if (fit := table_columns.fit(cells, source.layouts)) and fit.width > 1
    ]
    if found:
        return max(found, key=lambda pair: pair[0].matched)
    if guess := guesses.guess(ahead):
        source.remarks.append(f"sheet {title}: {guesses.told(guess)}")
        fit = table_columns.fit(ahead[guess.header - 1], [guess.layout])
        return (fit, guess.header) if fit else None
    return None
