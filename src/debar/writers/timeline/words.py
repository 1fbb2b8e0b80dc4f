# SPDX-License-Identifier: Apache-2.0
"""What stands on a timeline in words, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.model.vocab import Change, Grade, Halt, Status
from debar.writers import legal

if TYPE_CHECKING:
    from datetime import datetime

    from debar.register.lanes import Bar, Chart, Lane, Mark

DOES = {
    Status.PROHIBITED: "prohibited",
    Status.LICENCE_REQUIRED: "licence required",
    Status.REQUIRED: "required",
    Status.PERMITTED: "permitted",
    Status.ADVISED: "advised",
    Status.PROPOSED: "proposed",
}
"""What a provision does, in the order of a legend."""
_CHANGES = {
    Change.DUE: "due",
    Change.EXEMPT: "exemption begins",
    Change.EXEMPT_ENDS: "exemption ends",
    Change.LISTED: "listed",
    Change.DELISTED: "off the list",
}


def day(at: datetime, zone: str) -> str:
    """Give an instant as its day where its authority sits."""
    return legal.moment(dates.stamp(at), zone)


def what(lane: Lane) -> str:
    """Give what a provision does, to which acts."""
    return f"{DOES[lane.does]}: {', '.join(lane.acts)}"


def state(bar: Bar) -> str:
    """Give how a provision stands in a time where that is not simply in force, else nothing."""
    if bar.halt:
        return _halted(bar.halt)
    return "disputed" if bar.disputed else ""


def turn(bar: Bar) -> str:
    """Give how a provision stands in a time, seen from the time before: what bites again has not begun anew."""
    how = state(bar)
    if how or bar.is_first:
        return how
    return f"again, after having been {_halted(bar.after)}" if bar.after else "again"


def _halted(halt: Halt) -> str:
    return "not enforced" if halt is Halt.NON_ENFORCEMENT else "suspended"


def sureness(bar: Bar) -> str:
    """Give how well it is supported when that is not by the primary text, else nothing."""
    return "" if bar.grade is Grade.PRIMARY else bar.grade.value


def span(bar: Bar, zone: str) -> str:
    """Give the days of a time and how the provision stands in it: "suspended, 10 Nov 2025 until 10 Nov 2026"."""
    how = turn(bar).partition(",")[0]
    begins = day(bar.since, zone)
    days = f"{begins} until {day(bar.until, zone)}" if bar.until else f"from {begins}"
    return f"{how}, {days}" if how else days


def happened(mark: Mark) -> str:
    """Give what a mark stands for, in a word or two."""
    word = _CHANGES.get(mark.change)
    return f"{word}: {mark.name}" if word and mark.name else word or mark.name


def title(chart: Chart) -> str:
    """Give what a timeline is called."""
    return f"Stages of the law: {chart.about}"


def now(chart: Chart) -> str:
    """Give what today's line is called; a day that was asked for need not be today."""
    return f"{'today,' if chart.is_today else 'on'} {chart.today:%-d %b %Y}"


def summary(chart: Chart) -> str:
    """Give what a timeline shows in one sentence."""
    lanes = sum(len(group.lanes) for group in chart.groups)
    text = (
        f"{lanes} provision{'s' * (lanes != 1)} of {len(chart.groups)} measure{'s' * (len(chart.groups) != 1)},"
        f" {chart.since:%-d %b %Y} to {chart.until:%-d %b %Y}"
    )
    return text + (f"; {chart.outside} more lie{'s' * (chart.outside == 1)} outside this time" if chart.outside else "")
