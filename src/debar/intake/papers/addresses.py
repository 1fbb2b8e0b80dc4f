# SPDX-License-Identifier: Apache-2.0
"""The day that the address of a page bears: outlets file what they publish under /2025/11/12/."""

from __future__ import annotations

import re
from datetime import date

_FILED = re.compile(
    r"[a-z0-9]/(?:[a-z-]{2,24}/){0,4}(?P<y>20[0-9]{2})(?P<s>[/-])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12][0-9]|3[01])(?=[/-])",
    re.IGNORECASE,
)
"""Year, month and day between the strokes of an address, before the name of what was published."""
_HEAD = 3000
"""Characters at the head of a text in which its address may stand."""


def day(address: str, head: str) -> str:
    """Give the one day of the address, else of the addresses at the head of a text; empty where there is none, or several."""
    for where in (address[:_HEAD], head[:_HEAD]):
        found = {one for match in _FILED.finditer(where) if (one := _day(match))}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _day(match: re.Match[str]) -> str:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return ""
