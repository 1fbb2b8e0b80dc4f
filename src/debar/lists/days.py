# SPDX-License-Identifier: Apache-2.0
"""Days as lists write them, made ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y")
"""How Europe writes days."""
MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y")
"""How the United States write them."""
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.DOTALL)

_LONGEST = 40
"""Characters of a day with its time; what is remembered must not be large."""


def day(text: str, formats: tuple[str, ...] = ()) -> str:
    """Give a day as YYYY-MM-DD; nothing for a text that is none in ISO 8601 or in one of the formats."""
    return _day(text.strip(), formats) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _day(text: str, formats: tuple[str, ...]) -> str:
    found = _ISO.fullmatch(text)
    for text_, format_ in ((found[1], "%Y-%m-%d"),) if found else ((text, each) for each in formats):
        try:
            return datetime.strptime(text_, format_).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return ""
