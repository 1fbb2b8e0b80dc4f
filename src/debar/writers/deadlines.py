# SPDX-License-Identifier: Apache-2.0
"""A calendar of what is due (RFC 5545): one event for each obligation with a day, with alarms before it.

An obligation keeps its id from report to report, so that a calendar moves an event and does not double it.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar import dates
from debar.model.vocab import Force, State
from debar.writers import cases, legal, references
from debar.writers.calendar import day_of, folded, text, utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Obligation, Report
    from debar.writers import Style

ALARMS = (30, 7, 1)
"""Days before the last one on which a calendar reminds of a duty."""
_SHOWN = 20
"""Assets that an event names; how many more there are it says."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the calendar; what has no day is left out, and counted in its description."""
    for line in _calendar(report):
        out.write(folded(line))


def _calendar(report: Report) -> Iterator[str]:
    dated = [one for one in report.obligations if one.due and (one.state is not State.DONE or one.repeats)]
    rest = len(report.obligations) - len(dated)
    name = f"debar: what is due for {report.organisation.name}"
    told = f"As of {report.as_of}. {rest} obligations have no day, or are done, and are not in this calendar. {legal.DISCLAIMER}"
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//debar//{text(report.program.version)}//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", f"DESCRIPTION:{text(told)}")
    findings = {finding.id: finding.measure for finding in report.findings}
    assets = {exposure.id: exposure.asset for exposure in report.exposures}
    for obligation in dated:
        measures = list(dict.fromkeys(findings[id_] for id_ in obligation.findings if id_ in findings))
        machines = list(dict.fromkeys(assets[id_] for id_ in obligation.exposures if id_ in assets))
        yield from _event(obligation, report, measures, machines)
    yield "END:VCALENDAR"


def _event(obligation: Obligation, report: Report, measures: list[str], machines: list[str]) -> Iterator[str]:
    zone = cases.zone_of(report, measures[0]) if measures else "UTC"
    moment = dates.key(obligation.due or "")
    is_over = moment <= dates.ends(report.as_of, zone)
    word = "must" if obligation.force is Force.MUST else "should"
    overdue = "overdue, " if obligation.state is State.OVERDUE else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{obligation.id}@debar.invalid"
    yield f"DTSTAMP:{utc(references.asked_at(report.as_of))}"
    yield day_of(moment, zone)
    yield f"SUMMARY:{text(f'{overdue}{word}: {obligation.action}')}"
    yield f"DESCRIPTION:{text(_description(obligation, report, measures, machines))}"
    yield f"CATEGORIES:{word},debar"
    yield f"PRIORITY:{1 if obligation.force is Force.MUST else 5}"
    yield from ("STATUS:CONFIRMED", "TRANSP:TRANSPARENT")
    for days in ALARMS if not is_over else ():
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{days}D")
        yield from (f"DESCRIPTION:{text(f'in {days} days: {obligation.action}')}", "END:VALARM")
    yield "END:VEVENT"


def _description(obligation: Obligation, report: Report, measures: list[str], machines: list[str]) -> str:
    more = f" and {len(machines) - _SHOWN} more" if len(machines) > _SHOWN else ""
    lines = [
        f"{legal.due(obligation, report)}{obligation.action}",
        f"For {', '.join(machines[:_SHOWN])}{more}." if machines else "",
        f"Recurs {obligation.repeats}." if obligation.repeats else "",
        f"Owner: {obligation.owner}." if obligation.owner else "",
        f"State: {obligation.state}.",
        *(f"Measure: {cases.cite(report, measure)}" for measure in measures),
        f"{obligation.id}, as of {report.as_of}, register {report.register.version}.",
        legal.DISCLAIMER,
    ]
    return "\n".join(line for line in lines if line)
