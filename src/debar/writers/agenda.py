# SPDX-License-Identifier: Apache-2.0
"""Events of a calendar for what is due: the same for one report and for what is asked anew each day.

An obligation keeps its id, so that a calendar moves an event and does not double it.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.vocab import Force, State
from debar.release import VERSION
from debar.writers import legal, references
from debar.writers.calendar import day_of, folded, text, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.model.results import Obligation
    from debar.model.viewed import Owed

ALARMS = (30, 7, 1)
"""Days before the last one on which a calendar reminds of a duty."""


class Day(NamedTuple):
    """When an event is told, and where its day is counted."""

    as_of: str
    zone: str


def write(name: str, day: str, every: Sequence[Owed], out: IO[str], *, zone: Callable[[Owed], str], place: str) -> None:
    """Write the calendar of an organisation; what has no day is left out, and counted in its description."""
    dated = [one for one in every if one.due and (one.state is not State.DONE or one.repeats)]
    for line in head(name, day, len(every) - len(dated), VERSION):
        out.write(folded(line))
    for one in dated:
        lines = [
            one.action,
            f"For {one.exposures:,} exposures on {one.assets:,} assets.",
            f"Recurs {one.repeats}." if one.repeats else "",
            f"Owner: {one.owner}." if one.owner else "",
            f"State: {one.state}.",
            *(f"Measure: {measure}" for measure in one.measures),
            place,
            legal.DISCLAIMER,
        ]
        for line in event(one, Day(day, zone(one)), lines):
            out.write(folded(line))
    out.write(folded("END:VCALENDAR"))


def head(name: str, as_of: str, rest: int, version: str) -> Iterator[str]:
    """Yield what a calendar begins with; `rest` obligations are not in it."""
    title = f"debar: what is due for {name}"
    told = (
        f"As of {as_of}. {rest} obligations have no day, or are done, and are not in this calendar. {legal.DISCLAIMER}"
    )
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//debar//{text(version)}//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{text(title)}", f"X-WR-CALNAME:{text(title)}", f"DESCRIPTION:{text(told)}")


def event(one: Obligation | Owed, day: Day, lines: Iterable[str]) -> Iterator[str]:
    """Yield the event of an obligation that has a day."""
    moment = dates.key(one.due or "")
    is_over = moment <= dates.ends(day.as_of, day.zone)
    word = "must" if one.force is Force.MUST else "should"
    overdue = "overdue, " if one.state is State.OVERDUE else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@debar.invalid"
    yield f"DTSTAMP:{utc(references.asked_at(day.as_of))}"
    yield day_of(moment, day.zone)
    yield f"SUMMARY:{text(f'{overdue}{word}: {one.action}')}"
    yield f"DESCRIPTION:{text(chr(10).join(line for line in lines if line))}"
    yield f"CATEGORIES:{word},debar"
    yield f"PRIORITY:{1 if one.force is Force.MUST else 5}"
    yield from ("STATUS:CONFIRMED", "TRANSP:TRANSPARENT")
    for days in ALARMS if not is_over else ():
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D")
        yield from (f"DESCRIPTION:{text(f'in {days} days: {one.action}')}", "END:VALARM")
    yield "END:VEVENT"
