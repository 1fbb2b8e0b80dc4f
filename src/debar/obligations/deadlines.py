# SPDX-License-Identifier: Apache-2.0
"""When a duty is due, and when it is due again after somebody has put on record that it was done.

To find the day of a deadline:
  1. it counts from a date, from the fact that states its event, or from the record of what it follows;
     without any of these there is no day
  2. done once, it is due so many units after that day
  3. done again and again, and each time anew: so many units after the last time
  4. done again and again on fixed days: on the first of them that lies in the provision's time and that no
     record answers. A record answers the day whose period it lies in; one that comes late answers all days
     before it, and not the next one
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from debar.dates import DaysOff
    from debar.model.measures import Authority, Deadline
    from debar.register import Register

_NO_DAY = "write it as a date: 2024-10-01"


class Due(NamedTuple):
    """When something is to be done, and when it was."""

    at: str
    """Last instant in UTC; empty where nothing tells it."""
    done: str
    """Day of the last record that answers it; empty where none does."""


class _Days(NamedTuple):
    """The days of a deadline that recurs: the first, second, third ... after its event."""

    after: str
    deadline: Deadline
    zone: str
    days_off: DaysOff | None

    def at(self, number: int) -> datetime:
        deadline = self.deadline
        return dates.due(self.after, deadline.amount * number, deadline.unit, self.zone, self.days_off)

    def first_from(self, moment: datetime, number: int) -> int:
        """Give the number of the first day that is not before a moment, from a number on."""
        low, high = number, number
        while self.at(high) < moment:
            low, high = high + 1, high * 2
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.at(middle) < moment else (low, middle)
        return low


def due(
    deadline: Deadline,
    authority: Authority,
    register: Register,
    facts: Mapping[str, str],
    since: str,
    *,
    recorded: Sequence[str] = (),
    followed: Iterable[str] = (),
) -> Due:
    """Give when a duty is due that binds since an instant; UsageError for a fact that is no day.

    `recorded` are the days, in order, of the records that say that it was done; `followed` those of what it follows.
    """
    # 1. the event
    event = deadline.after if dates.is_date(deadline.after) else _whole(facts.get(deadline.after, ""))
    event = event or max(followed, default="")
    if deadline.repeats and deadline.resets:
        event = max((event, *recorded), key=lambda day: day[:10])  # 3.
    last = recorded[-1] if recorded else ""
    if not event:
        return Due("", last)
    try:
        days = _Days(event, deadline, authority.zone, register.days_off(authority))
        if not deadline.repeats:
            return Due(dates.stamp(days.at(1)), last)  # 2.
        if deadline.resets:
            return Due(max(dates.stamp(days.at(1)), since, key=dates.key), last)  # 3.
        return _recurring(days, dates.key(since), recorded)  # 4.
    except ValueError as e:
        raise UsageError(f"fact {deadline.after}: {e}", hint=_NO_DAY) from e


def _recurring(days: _Days, since: datetime, recorded: Iterable[str]) -> Due:
    """4. go from record to record."""
    number, done = days.first_from(since, 1), ""
    for day in recorded:
        moment = dates.ends(day, days.zone)
        if moment > days.at(number):
            number, done = days.first_from(moment, number), day
        elif moment > days.at(number - 1):
            number, done = number + 1, day
    return Due(dates.stamp(days.at(number)), done)


def _whole(answer: str) -> str:
    """Give an answer as a day: the first one, of a year."""
    return f"{answer}-01-01" if len(answer) == len("2027") and answer.isdecimal() else answer


def interval(deadline: Deadline | None) -> str:
    """Give how often a duty recurs, in words; nothing for one that is done once."""
    if not deadline or not deadline.repeats:
        return ""
    unit = deadline.unit.replace("-", " ")
    return f"every {unit.removesuffix('s')}" if deadline.amount == 1 else f"every {deadline.amount} {unit}"
