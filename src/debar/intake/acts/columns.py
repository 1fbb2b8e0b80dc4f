# SPDX-License-Identifier: Apache-2.0
"""What the head of its column makes of a date in a table: under "Until when" it is until, under "Deadline" by, under "Applies" from."""

from __future__ import annotations

import re

from debar.model.vocab.statements import DateRole

CELL = "\t"
"""What parts the cells of a row, in text as pages and mail are read."""
_ROWS = 40
"""Rows between a head and its date."""
_WIDEST = 2000
"""Characters of a row beyond which a line is no row."""
_SAYS = (
    (DateRole.UNTIL, re.compile(r"\b(?:until|till|last (?:day|date)|ends?|ending|expir(?:y|es)|valid (?:to|through)|through)\b")),
    (DateRole.BY, re.compile(r"\b(?:by|deadline|due|no later than|not later than|latest|cut-?off|closing date|complete by)\b")),
    (DateRole.FROM, re.compile(r"\b(?:from|effective|starts?|starting|begins?|beginning|appl(?:y|ies)|applicable|in force|entry into (?:force|effect)|takes effect)\b")),
)  # fmt: skip


def role_of(text: str, at: int) -> DateRole | None:
    """Give what the head of its column makes of the date that stands at an offset; None where it is in no such table."""
    start = text.rfind("\n", max(0, at - _WIDEST), at) + 1
    if not start and at > _WIDEST:
        return None
    column = text.count(CELL, start, at)
    head = _head(text, start, _cells(text, start)).split(CELL)
    if len(head) <= max(column, 1):
        return None
    cell = head[column].casefold()
    return next((role for role, pattern in _SAYS if pattern.search(cell)), None)


def _cells(text: str, start: int) -> int:
    end = text.find("\n", start, start + _WIDEST)
    return text.count(CELL, start, end if end >= 0 else start + _WIDEST)


def _head(text: str, start: int, cells: int) -> str:
    """Give the first of the rows with as many cells that end above a row; empty where it bears numbers, as rows do."""
    head = ""
    for _ in range(_ROWS):
        above = text.rfind("\n", max(0, start - _WIDEST), max(start - 1, 0)) + 1
        is_row = start and cells and start - above <= _WIDEST
        line = text[above : start - 1] if is_row else ""
        if not is_row or line.count(CELL) != cells:
            break
        head, start = line, above
    return "" if any(map(str.isdecimal, head)) else head
