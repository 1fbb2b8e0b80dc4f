# SPDX-License-Identifier: Apache-2.0
"""Days of a column, where a single cell does not say which of two numbers is the month."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.readers import instants

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60
"""Characters of a cell that can be a day."""
DAY_FIRST, MONTH_FIRST = "day", "month"
_EITHER = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?:[ T,].*)?")


def order(cells: Iterable[str]) -> str:
    """Give what comes first in a column of days, told from those cells that leave no doubt; empty when they disagree."""
    said = set()
    for cell in cells:
        if found := _EITHER.fullmatch(cell.strip()[:LONGEST]):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                said.add(DAY_FIRST)
            elif second > 12 >= first:
                said.add(MONTH_FIRST)
    return said.pop() if len(said) == 1 else ""


@lru_cache(maxsize=1 << 14)
def day(text: str, first: str = "") -> str:
    """Give the day that a cell names as ISO; nothing where it names none, or leaves it open."""
    text = text.strip()[:LONGEST]
    if first and (found := _EITHER.fullmatch(text)):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        try:
            return date(year, two if first == DAY_FIRST else one, one if first == DAY_FIRST else two).isoformat()
        except ValueError:
            return ""
    return instants.day(text)


def is_open(text: str) -> bool:
    """Tell that a cell is a day as soon as somebody says which number is the month."""
    return _EITHER.fullmatch(text.strip()[:LONGEST]) is not None
