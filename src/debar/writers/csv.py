# SPDX-License-Identifier: Apache-2.0
"""A report as CSV (RFC 4180, UTF-8): one row for each finding, and none that a spreadsheet would calculate."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from debar.text import printable
from debar.writers.columns import COLUMNS, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.results import Report
    from debar.writers import Style
    from debar.writers.columns import Row, Value

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a cell for a formula when it stands first, after spaces as well; full-width signs do too."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write a header and the rows."""
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([column.name for column in COLUMNS])
    table.writerows(_cells(rows(report)))


def _cells(found: Iterable[tuple[Row, Row]]) -> Iterator[list[Value]]:
    """Yield the cells; those of an exposure are guarded once for all its rows, and texts of the law once for all."""
    law = lru_cache(maxsize=65_536)(guarded)
    known: Row = ()
    cells: list[Value] = []
    for about, finding in found:
        if about is not known:
            known, cells = about, [guarded(value) for value in about]
        yield cells + [law(value) for value in finding]


def guarded(value: Value) -> Value:
    """Give a cell: a text that would be a formula behind an apostrophe, and control characters shown.

    The apostrophe is what spreadsheets take for "this is text" (OWASP, CSV injection). Numbers stay numbers.
    """
    if not isinstance(value, str) or not value:
        return value
    is_formula = value.lstrip(" \u00a0").startswith(FORMULAS)
    plain = printable(value)
    return f"'{plain}" if is_formula else plain
