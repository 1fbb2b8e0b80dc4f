# SPDX-License-Identifier: Apache-2.0
"""An expression of a date as its words say it, before anything else is known."""

from __future__ import annotations

import msgspec

from debar.model.vocab.statements import DateRole, Precision


class DateWords(msgspec.Struct, frozen=True, kw_only=True):
    """An expression of a date, and what its words say; what they leave open stays empty."""

    start: int
    end: int
    form: str
    """The row of the grammar that found it."""
    precision: Precision = Precision.DAY
    """How exact the words are."""
    role: DateRole = DateRole.ON
    """What the words beside it make of it."""
    year: int = 0
    month: int = 0
    day: int = 0
    other: tuple[int, int] = (0, 0)
    """Month and day in the other order, where 03/04/2024 can be read both ways."""
    weekday: int = -1
    """0 is Monday; of a day without a date."""
    unit: str = ""
    """day, week, month, quarter, half, season, year, hour: what is counted or shifted."""
    number: int = 0
    """Which quarter, half or week; how many units. 0 with a unit that is counted: nobody says how many."""
    shift: int | None = None
    """Units from the time that it counts from: -1 last, 0 this, 1 next."""
    counts: str = ""
    """From what it counts: publication; event, the one told before; after or before, what follows; period, nobody says."""
    is_business: bool = False
    """Whether business days are counted."""
    is_most_recent: bool = False
    """Whether the last such month or weekday is meant: last October."""
    is_coming: bool = False
    """Whether the next such month or weekday is meant."""
    clock: str = ""
    """A time of day beside it, in its words."""
    minutes: int = -1
    """That time, in minutes of the day; -1 where it is none or could be two."""
    zone: str = ""
    """The zone of that time, as written, in capitals."""
