# SPDX-License-Identifier: Apache-2.0
"""The hour that words give beside a day, and what it leaves open of which day is the first one that is different.

With a zone an hour is part of the value of a date, which is then an instant. Without one nobody can place it in time,
but it tells as well on which side of midnight something begins or ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating import clocks
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from debar.model.intake import StatedDate

MIDNIGHT = "midnight"
"""An hour that is the beginning of a day for some, and its end for others."""
_VALUE = re.compile(r"\d{4}-\d\d-\d\dT(\d\d):(\d\d)(?::\d\d)?.{0,8}")
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_LAST = 23 * 60 + 59
_REACH = 80
"""Characters around a date in which its hour stands."""
_BLANK = str.maketrans("\n\r\t", "   ")


class Days(NamedTuple):
    """How many days after its own an hour makes the first day that is different, at least and at most."""

    least: int
    most: int


def beside(flat: str, start: int, end: int) -> str:
    """Give the hour that stands beside a date in a text, such as 00:00 or midnight; empty where there is none."""
    first = max(0, start - _REACH)
    near = flat[first : end + _REACH].lower().translate(_BLANK)
    found = clocks.beside(near, start - first, end - first, 0, len(near))
    if found is None:
        return ""
    return MIDNIGHT if found.minutes < 0 else f"{found.minutes // 60:02}:{found.minutes % 60:02}"


def days(stated: StatedDate) -> Days | None:
    """Give what an hour makes of a day, whatever its role; None for a date without one.

    What changes as a day begins changes with that day, whether it ends until then or begins from then on; what changes
    in its last minute changes with the next. At any other hour the day is partly the one and partly the other.
    """
    if stated.clock == MIDNIGHT:
        return Days(0, 1)
    is_instant = stated.precision is Precision.INSTANT
    parsed = _VALUE.fullmatch(stated.value) if is_instant else _CLOCK.fullmatch(stated.clock)
    if parsed is None:
        return None
    minutes = int(parsed[1]) * 60 + int(parsed[2])
    return Days(0, 0) if minutes == 0 else Days(1, 1) if minutes >= _LAST else Days(0, 1)
