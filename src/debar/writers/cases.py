# SPDX-License-Identifier: Apache-2.0
"""What a report comes to for each exposure, measure and act: the unit that formats of programs know as a result."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.vocab import State, Status, Validity, Verdict
from debar.writers import legal, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.model.results import Decision, Exposure, Finding, Report

GRAVITY = {status: place for place, status in enumerate(Status)}
"""The vocabulary lists the statuses from the gravest down."""
UNRECORDED = "nothing on record says that it is done"
"""What is to be said of a duty whose keeping is not known."""


class Time(StrEnum):
    """Where a finding stands to the day asked about."""

    NOW = "now"
    LATER = "later"
    PAST = "past"


class Case(NamedTuple):
    """One act with one exposure under one measure: the finding that decides it."""

    finding: Finding
    time: Time
    """Never the past: what no longer holds decides nothing."""


class Kept(StrEnum):
    """What is on record of a duty that is owed whatever was found: no scan sees whether it is kept."""

    DONE = "done"
    LATE = "late"
    UNKNOWN = "unknown"


class Owed(NamedTuple):
    """All cases under one measure that are owed whatever was found, the gravest first."""

    measure: str
    cases: tuple[Case, ...]
    kept: Kept
    """Late where one of them is, done where all are that hold on the day."""


class Judged(NamedTuple):
    """All cases of one exposure under one measure, the gravest first."""

    exposure: Exposure
    measure: str
    cases: tuple[Case, ...]

    @property
    def worst(self) -> Case:
        """Give the case that decides."""
        return self.cases[0]


def findings_of(report: Report) -> dict[str, list[Finding]]:
    """Give the findings of each exposure, in the order of the report."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.exposure is not None:
            found[finding.exposure].append(finding)
    return found


def timing(report: Report) -> Callable[[Finding], Time]:
    """Give what tells when a finding holds, seen from the end of the day asked about where its authority sits."""

    @lru_cache(maxsize=65_536)
    def time(measure: str, since: str, until: str | None) -> Time:
        moment = dates.ends(report.as_of, zone_of(report, measure))
        if until is not None and dates.key(until) <= moment:
            return Time.PAST
        return Time.NOW if dates.key(since) <= moment else Time.LATER

    return lambda finding: time(finding.measure, finding.since, finding.until)


def zone_of(report: Report, measure: str) -> str:
    """Give the time zone of a measure's authority."""
    brief = report.measures.get(measure)
    return brief.zone if brief else "UTC"


def judged(report: Report) -> Iterator[Judged]:
    """Yield what each measure says about each exposure, in the order of the report; exposures without any are left out."""
    found, when = findings_of(report), timing(report)
    for exposure in report.exposures:
        for measure, cases in _by_measure(found.get(exposure.id, ()), when):
            yield Judged(exposure, measure, cases)


def unjudged(report: Report) -> Iterator[Exposure]:
    """Yield the exposures about which no measure says anything on the day asked about, or after it."""
    found, when = findings_of(report), timing(report)
    for exposure in report.exposures:
        if all(when(finding) is Time.PAST for finding in found.get(exposure.id, ())):
            yield exposure


def owed(report: Report) -> Iterator[Owed]:
    """Yield what each measure demands whatever was found, in the order of the report."""
    when = timing(report)
    found = [finding for finding in report.findings if finding.exposure is None]
    states: dict[str, set[State]] = {finding.id: set() for finding in found}
    for obligation in report.obligations:
        for id_ in obligation.findings:
            if id_ in states:
                states[id_].add(obligation.state)
    held: dict[str, list[set[State]]] = defaultdict(list)
    for finding in found:
        if when(finding) is Time.NOW:
            held[finding.measure].append(states[finding.id])
    for measure, cases in _by_measure(found, when):
        yield Owed(measure, cases, _kept(held[measure]))


def _kept(held: Sequence[set[State]]) -> Kept:
    """Give what is on record, by the states of the obligations behind each finding."""
    if any(State.OVERDUE in states for states in held):
        return Kept.LATE
    return Kept.DONE if held and all(states == {State.DONE} for states in held) else Kept.UNKNOWN


def _by_measure(findings: Iterable[Finding], when: Callable[[Finding], Time]) -> Iterator[tuple[str, tuple[Case, ...]]]:
    """Yield the cases of each measure, one for each act, the gravest first."""
    best: dict[str, dict[str, Case]] = {}
    for finding in findings:
        time = when(finding)
        if time is Time.PAST:
            continue
        acts = best.setdefault(finding.measure, {})
        case, known = Case(finding, time), acts.get(finding.act)
        if known is None or rank(case) < rank(known):
            acts[finding.act] = case
    for measure, acts in best.items():
        yield measure, tuple(sorted(acts.values(), key=rank))


def rank(case: Case) -> tuple[bool, int, str, str]:
    """Give what orders cases: what holds now before what is to come, then by gravity; of what is to come, the next first."""
    finding = case.finding
    is_later = case.time is Time.LATER
    return is_later, GRAVITY[finding.status], finding.since if is_later else "", finding.id


def thing(exposure: Exposure, report: Report) -> str:
    """Give what was found as people call it: the product, else the party's."""
    party = report.names.get(exposure.party, exposure.party)
    return report.names.get(f"{exposure.party}/{exposure.product}") or f"{party}, product not known"


@lru_cache(maxsize=4096)
def _moment(stamp: str, zone: str) -> str:
    return legal.moment(stamp, zone)


def sentence(case: Case, report: Report) -> str:
    """Give what a case comes to: the act, its status, and from when to when."""
    finding, zone = case.finding, zone_of(report, case.finding.measure)
    since = f"{'from' if case.time is Time.LATER else 'since'} {_moment(finding.since, zone)}"
    until = f" until {_moment(finding.until, zone)}" if finding.until else ""
    return f"{finding.act}: {words.STATUSES[finding.status]} {since}{until}"


def cite(report: Report, measure: str) -> str:
    """Give how a measure is cited, or its id where the report does not hold it."""
    brief = report.measures.get(measure)
    return brief.cite if brief and brief.cite else measure


def assets(report: Report) -> int:
    """Give on how many assets something was found."""
    return len({exposure.asset for exposure in report.exposures})


def taken_out(finding: Finding | None, exposure: Exposure | None, report: Report) -> Decision | None:
    """Give the decision by which people set a finding or an exposure aside, or put up with it, while it holds.

    One that confirms takes nothing out.
    """
    if finding is not None and finding.decision:
        states = (one for one in report.decisions if one.id == finding.decision)
        return next((one.decision for one in states if one.state is Validity.VALID), None)
    decision = exposure.decision if exposure else None
    return decision if decision and decision.verdict is not Verdict.CONFIRMED else None
