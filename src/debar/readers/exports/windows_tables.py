# SPDX-License-Identifier: Apache-2.0
"""Tables that Windows tools print in columns of fixed width: tasklist, driverquery, fltmc, wmic get, Format-Table.

A line of dashes under the header says where columns begin; wmic prints none, and pads each column to its
widest cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.machine import printed, windows_classes, windows_objects, windows_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row of each table that is printed, then those of the machines."""
    objects = windows_objects.Objects(source)
    names: list[str] = []
    starts: list[int] = []
    for number, line, following in printed.pairs(source.lines()):
        if printed.is_rule(line):
            continue
        if following is not None and printed.is_rule(following):
            starts = printed.ruled(following)
            names = [windows_words.folded(title) for title in printed.cells(line, starts)]
        elif (titles := line.split()[: printed.COLUMNS]) and _is_header(titles):
            starts = printed.worded(line)
            names = [windows_words.folded(title) for title in titles]
        elif names and line.strip():
            source.tally["rows"] += 1
            cells = printed.cells(line, starts)
            if windows_classes.told(frozenset(names)) is None:
                names = list(windows_words.of_filters(cells)) or names
            row = zip(names, cells, strict=True)
            yield from objects.observed(f"line {number}", {name: (cell,) if cell else () for name, cell in row if name})
    yield from objects.machines()


def _is_header(titles: list[str]) -> bool:
    """Tell whether the words of a line are all names of properties, as wmic heads its printed."""
    return len(titles) > 1 and all(
        word[:1].isupper() and windows_words.folded(word) in windows_classes.KNOWN for word in titles
    )
