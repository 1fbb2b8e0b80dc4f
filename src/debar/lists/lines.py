# SPDX-License-Identifier: Apache-2.0
"""Names and nothing else: one on each line, without a header."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from debar.identity import stable_id
from debar.lists.gathered import NAME, Gathering
from debar.lists.tables import ALONE

if TYPE_CHECKING:
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input

_LOOKED_AT = 200
"""Lines by which it is told whether a text is a table."""
_COMMAS = 4
"""Most commas of a name."""


def fits(text: str) -> bool:
    """Tell whether a text has lines of names: no table, no markup, no program.

    Rows of a table have the same number of cells; names have commas here and there.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    lines = lines[:-1][:_LOOKED_AT] or lines
    if not lines or any(len(line) > NAME or not _is_plain(line) for line in lines):
        return False
    widths = {len(row) for row in csv.reader(lines)}
    return max(widths) <= _COMMAS + 1 and (widths == {1} or len(widths) > 1 or len(lines) < 3)


def _is_plain(line: str) -> bool:
    return line.replace("\ufeff", "").isprintable() and "|" not in line and line.strip()[0] not in "{}<>#=;"


def read(source: Input) -> PartyList:
    """Give the list, called like its file."""
    gathering = Gathering(source, source.name)
    rows = csv.reader((line + "\n" for _, line in source.lines()), delimiter=ALONE)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as e:
            source.lose(f"line {rows.line_num}", str(e))
            continue
        if name := cells[0].strip() if cells else "":
            gathering.party(stable_id("party", name.casefold())).call(name)
    gathering.notes.append("it has no header: each line was taken for a name")
    return gathering.whole()
