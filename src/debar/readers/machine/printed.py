# SPDX-License-Identifier: Apache-2.0
"""Columns of fixed width in what tools print: where they begin, and which words of a line stand in which."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = 64
"""Columns of a table that are looked at."""
_RULE = re.compile(r"\s*[-=]{2,}(?:\s+[-=]{2,})*\s*")
_RUN = re.compile(r"[-=]{2,}")
_WORD = re.compile(r"\S+")
_TITLE = re.compile(r"\S+(?: \S+)*")


def is_rule(line: str | None) -> bool:
    """Tell whether a line is of dashes only, as tools draw it under a header."""
    return line is not None and _RULE.fullmatch(line) is not None


def ruled(line: str) -> list[int]:
    """Give where columns begin by the line of dashes under their header."""
    return [found.start() for found in _RUN.finditer(line)][:COLUMNS]


def worded(line: str) -> list[int]:
    """Give where columns begin by a header whose titles are single words."""
    return [found.start() for found in _WORD.finditer(line)][:COLUMNS]


def titled(line: str) -> list[int]:
    """Give where columns begin by a header whose titles stand two blanks apart."""
    return [found.start() for found in _TITLE.finditer(line)][:COLUMNS]


def cells(line: str, starts: list[int]) -> list[str]:
    """Give the cells of a line: a word that reaches over the beginning of a column stands to the right in it."""
    cuts: list[int] = []
    for start in starts[1:]:
        cut = start
        while 0 < cut <= len(line) and line[cut - 1] != " ":
            cut -= 1
        cuts.append(max(cut, cuts[-1] if cuts else 0))
    bounds = [0, *cuts, len(line)]
    return [line[begin:end].strip() for begin, end in pairwise(bounds)]


def pairs(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str | None]]:
    """Yield (number, line, line after it, or nothing after the last)."""
    held: tuple[int, str] | None = None
    for number, line in lines:
        if held:
            yield *held, line
        held = number, line
    if held:
        yield *held, None
