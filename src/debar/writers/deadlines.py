# SPDX-License-Identifier: Apache-2.0
"""A calendar of what is due (RFC 5545): one event for each obligation of a report with a day, with alarms before it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.model.vocab import State
from debar.writers import agenda, cases, legal
from debar.writers.calendar import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Obligation, Report
    from debar.writers import Style

_SHOWN = 20
"""Assets that an event names; how many more there are it says."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the calendar; what has no day is left out, and counted in its description."""
    for line in _calendar(report):
        out.write(folded(line))


def _calendar(report: Report) -> Iterator[str]:
    dated = [one for one in report.obligations if one.due and (one.state is not State.DONE or one.repeats)]
    rest = len(report.obligations) - len(dated)
    yield from agenda.head(report.organisation.name, report.as_of, rest, report.program.version)
    findings = {finding.id: finding.measure for finding in report.findings}
    assets = {exposure.id: exposure.asset for exposure in report.exposures}
    for obligation in dated:
        measures = list(dict.fromkeys(findings[id_] for id_ in obligation.findings if id_ in findings))
        machines = list(dict.fromkeys(assets[id_] for id_ in obligation.exposures if id_ in assets))
        day = agenda.Day(report.as_of, cases.zone_of(report, measures[0]) if measures else "UTC")
        yield from agenda.event(obligation, day, _description(obligation, report, measures, machines))
    yield "END:VCALENDAR"


def _description(obligation: Obligation, report: Report, measures: list[str], machines: list[str]) -> list[str]:
    more = f" and {len(machines) - _SHOWN} more" if len(machines) > _SHOWN else ""
    return [
        f"{legal.due(obligation, report)}{obligation.action}",
        f"For {', '.join(machines[:_SHOWN])}{more}." if machines else "",
        f"Recurs {obligation.repeats}." if obligation.repeats else "",
        f"Owner: {obligation.owner}." if obligation.owner else "",
        f"State: {obligation.state}.",
        *(f"Measure: {cases.cite(report, measure)}" for measure in measures),
        f"{obligation.id}, as of {report.as_of}, register {report.register.version}.",
        legal.DISCLAIMER,
    ]
