# SPDX-License-Identifier: Apache-2.0
"""The legal position in words, the same for a scan and for an explanation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from debar import dates
from debar.model.measures.sources import UNNAMED
from debar.model.vocab import DUTIES, Grade, State, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.results import (
        Explanation,
        Exposure,
        Finding,
        Obligation,
        Pause,
        Position,
        RegisterVersion,
        Report,
    )
    from debar.writers.layout import Page

DISCLAIMER = (
    "This is not legal advice. It says what the register holds, with its sources and their grades, and is no"
    " substitute for reading them. Nothing found means nothing in what was looked at."
)
_COLOUR = {
    Status.PROHIBITED: "red",
    Status.LICENCE_REQUIRED: "red",
    Status.REQUIRED: "red",
    Status.UNDETERMINED: "yellow",
    Status.UNAVAILABLE: "yellow",
    Status.AT_RISK: "yellow",
    Status.EXEMPT: "green",
    Status.PERMITTED: "green",
}
_WORDS = {
    Status.PROHIBITED: "PROHIBITED",
    Status.LICENCE_REQUIRED: "PROHIBITED WITHOUT A LICENCE",
    Status.REQUIRED: "REQUIRED",
    Status.UNDETERMINED: "undetermined",
    Status.UNAVAILABLE: "unavailable (the other side is bound, not you)",
    Status.AT_RISK: "at your own risk",
    Status.ADVISED: "advised",
    Status.PROPOSED: "proposed (no legal effect)",
    Status.SUSPENDED: "out of force",
    Status.EXEMPT: "exempt",
    Status.PERMITTED: "permitted",
}
_SILENCE = dict.fromkeys(DUTIES, "no duty known")
"""What is said of an act about which no provision speaks; of any other: no restriction."""


def write_explanation(page: Page, explanation: Explanation) -> None:
    """Write what the register says about a party, act by act, and its dated stages."""
    page.title(f"debar {explanation.program.version}", release(explanation.register))
    if explanation.register.warning:
        page.paragraph(f"warning: the register is {explanation.register.warning}", style="yellow")
    key = f"{explanation.party}/{explanation.product}" if explanation.product else explanation.party
    page.field("about", f"{explanation.names.get(key, key)} ({key}), taken as {explanation.meaning}")
    question(page, explanation)
    page.heading("Position", "" if explanation.positions else "nothing in the register binds you about this")
    told: set[str] = set()
    _positions(page, explanation, explanation.positions, told)
    decided = {id_ for position in explanation.positions for id_ in position.findings}
    _others(page, explanation, [f for f in explanation.findings if f.id not in decided], told)
    _to_do(page, explanation)
    _timeline(page, explanation)
    _background(page, explanation)
    page.line()
    page.paragraph(DISCLAIMER, style="dim")


def _others(page: Page, explanation: Explanation, others: list[Finding], told: set[str]) -> None:
    """Write the findings that do not decide, acts under one provision together."""
    if others:
        page.heading("Also in the register", "not deciding on that day")
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in others:
        groups[finding.provision, finding.status, finding.since, finding.until, finding.text].append(finding)
    for same in groups.values():
        acts = ", ".join(finding.act for finding in same)
        page.paragraph(f"{acts}: {_WORDS[same[0].status]}{_span(same[0], explanation)}", indent=2)
        _finding(page, explanation, same[0], told)


def _to_do(page: Page, explanation: Explanation) -> None:
    """Write what follows for whoever has it, the duties first."""
    if explanation.obligations:
        page.heading("What to do", "if you have it")
    for obligation in explanation.obligations:
        page.paragraph(f"{obligation.force:<8}{due(obligation, explanation)}{obligation.action}", hang=8)


def _timeline(page: Page, explanation: Explanation) -> None:
    """Write the stages that concern the asker, and how many others there are."""
    if explanation.timeline:
        page.heading("Timeline")
    for stage in (one for one in explanation.timeline if one.concerns):
        page.paragraph(f"{moment(stage.date, stage.zone):<12}{stage.text} [{stage.provision}]", hang=12)
    if others := sum(not stage.concerns for stage in explanation.timeline):
        page.paragraph(f"{others} stages bind others only; -o json lists them", style="dim")


def release(register: RegisterVersion) -> str:
    """Give which register answers and how old it is, in words."""
    added = f", with {', '.join(register.added)} added" if register.added else ""
    days = f", {register.age} days old" if register.age is not None else ""
    return f"register {register.version} ({register.sha256[:12]}{days}){added}"


def _background(page: Page, explanation: Explanation) -> None:
    """Write what is stated of the party, what happened to the measures, and what nobody knows."""
    if explanation.statements:
        page.heading("About the party")
    for said in explanation.statements:
        until = f" until {said.until}" if said.until else ""
        since = f" from {said.since}{until}" if said.since else until
        claims = f" - sources disagree: {'; '.join(said.claims)}" if said.claims else ""
        page.paragraph(f"{said.kind}{since}: {said.text} ({said.grade}){claims}", indent=2)
    if explanation.history:
        page.heading("History")
    for past in explanation.history:
        page.paragraph(f"{past.day:<12}{past.kind}: {past.text} [{past.measure}, {past.grade}]", hang=12)
    if explanation.unknowns:
        page.heading("Not known")
    for unknown in explanation.unknowns:
        page.paragraph(unknown, indent=2)


def question(page: Page, asked: Report | Explanation) -> None:
    """Write who asks, about which day, with whose knowledge."""
    assumed = " (assumed: nobody said who asks; name another with --as)" if asked.assumed else ""
    kinds = ", ".join(asked.organisation.kinds)
    page.field("for", f"{asked.organisation.name} - {kinds}, in {', '.join(asked.organisation.jurisdictions)}{assumed}")
    page.field("on", day_asked(asked))


def day_asked(asked: Report | Explanation) -> str:
    """Give about which day was asked, and with whose knowledge."""
    day = f"{asked.as_of} (the whole day, where each authority sits)" if dates.is_date(asked.as_of) else asked.as_of
    return day + (f", as known on {asked.known_on}" if asked.known_on else "")


def law(page: Page, report: Report) -> None:
    """Write the position of each act for each product that was found, with the reasons."""
    if not report.positions:
        return
    page.heading("What the law says", f"on {report.as_of}")
    by_id = {finding.id: finding for finding in report.findings}
    groups: dict[tuple[object, ...], list[Exposure]] = defaultdict(list)
    for exposure in report.exposures:
        same = tuple((*_shown(p), _reasons(p, by_id)) for p in report.positions[exposure.id])
        groups[exposure.party, *same].append(exposure)
    told: set[str] = set()
    for exposures in groups.values():
        page.line()
        page.paragraph(_several([_product_on(e, report) for e in exposures]), style="bold")
        found = report.positions[exposures[0].id]
        if not found:
            page.paragraph("no act that a measure of the register is about", indent=2)
        _positions(page, report, found, told)


def _product_on(exposure: Exposure, report: Report) -> str:
    party = report.names.get(exposure.party, exposure.party)
    return f"{report.names.get(f'{exposure.party}/{exposure.product}', party)} on {exposure.asset}"


def _shown(position: Position) -> tuple[object, ...]:
    return position.status, position.since, position.until, position.becomes


def _reasons(position: Position, by_id: dict[str, Finding]) -> tuple[str, ...]:
    found = (by_id[id_] for id_ in position.findings)
    return tuple(f"{one.provision} {one.exemption} {one.decision} {one.missing}" for one in found)


def _positions(page: Page, asked: Report | Explanation, positions: Iterable[Position], told: set[str]) -> None:
    """Write positions; acts that share one for the same reason stand together, each reason is told once."""
    by_id = {finding.id: finding for finding in asked.findings}
    groups: dict[tuple[object, ...], list[Position]] = defaultdict(list)
    for position in positions:
        groups[*_shown(position), _reasons(position, by_id)].append(position)
    for same in groups.values():
        _position(page, asked, same)
        if not same[0].findings:
            page.paragraph("nothing in the register restricts this on that day", indent=6)
        for id_ in same[0].findings:
            _finding(page, asked, by_id[id_], told)


def _several(subjects: list[str], shown: int = 6) -> str:
    more = f"; and {len(subjects) - shown} more" if len(subjects) > shown else ""
    return "; ".join(subjects[:shown]) + more


def _position(page: Page, asked: Report | Explanation, same: list[Position]) -> None:
    first = same[0]
    zone = _zone(asked, first.findings or [f.id for f in asked.findings if f.act is first.act])
    since = f" since {moment(first.since, zone)}" if first.since else ""
    next_ = f"; from {moment(first.until, zone)}: {_WORDS[first.becomes]}" if first.until and first.becomes else ""
    acts = ", ".join(position.act for position in same)
    word = standing(first, is_open=any(f.missing for f in asked.findings if f.id in first.findings))
    page.paragraph(f"{acts}: {word}{since}{next_}", indent=2, style=_COLOUR.get(first.status, ""))


def standing(position: Position, *, is_open: bool) -> str:
    """Give what a position comes to; `is_open` when findings that decide it ask a question.

    Silence is not permission: where no provision speaks, only that is said.
    """
    if not position.findings:
        return _SILENCE.get(position.act, "no restriction known")
    if position.status is Status.PERMITTED and is_open:
        return "permitted, if the questions below are answered so"
    return _WORDS[position.status]


def _span(finding: Finding, asked: Report | Explanation) -> str:
    zone = asked.measures[finding.measure].zone
    until = f" until {moment(finding.until, zone)}" if finding.until else ""
    return f" from {moment(finding.since, zone)}{until}"


def _finding(page: Page, asked: Report | Explanation, finding: Finding, told: set[str]) -> None:
    measure = asked.measures[finding.measure]
    if finding.text in told:
        page.paragraph(f"{measure.cite} [{finding.provision}] - as above", indent=6, style="dim")
        return
    told.add(finding.text)
    page.paragraph(finding.text, indent=6)
    if finding.consequence and finding.consequence not in told:
        told.add(finding.consequence)
        page.paragraph(f"consequence: {finding.consequence}", indent=6)
    if finding.reached and finding.reached not in told:
        told.add(finding.reached)
        page.paragraph(f"reached because: {finding.reached}", indent=6)
    for pause in in_pause(finding, asked):
        page.paragraph(f"not enforced: {pause.text} ({pause.grade})", indent=6, style="yellow")
    for asked_for in finding.questions:
        page.paragraph(f"open question: {asked_for}", indent=6, style="yellow")
    page.paragraph(f"{measure.cite} [{finding.provision}] - {support(finding)}", indent=6, style="dim")
    for doubt in (d for d in finding.doubts if d not in told):
        told.add(doubt)
        page.paragraph(f"doubt about {doubt}", indent=6, style="dim")


def in_pause(finding: Finding, asked: Report | Explanation) -> list[Pause]:
    """Give the pauses of enforcement that hold on the day asked about."""
    day = dates.ends(asked.as_of, asked.measures[finding.measure].zone)
    return [
        pause
        for pause in finding.pauses
        if dates.key(pause.since) <= day and (pause.until is None or day < dates.key(pause.until))
    ]


def support(finding: Finding) -> str:
    """Give how well a finding is supported, and by whom when it is not the authority's own text."""
    if finding.grade is not Grade.SECONDARY:
        return f"{finding.grade} source" if finding.grade is Grade.PRIMARY else "unverified"
    reporters = list(dict.fromkeys(b.publisher for b in finding.because if b.grade is not Grade.PRIMARY))
    named = [one for one in reporters if one not in ("", UNNAMED)]
    if named:
        return f"secondary source: as reported by {', '.join(named)}"
    return "secondary source: a report that names no publisher" if reporters else "secondary: an inference"


def _zone(asked: Report | Explanation, findings: Sequence[str]) -> str:
    """Give the zone of the authority behind the first of some findings."""
    ids = frozenset(findings)
    measure = next((f.measure for f in asked.findings if f.id in ids), None)
    return asked.measures[measure].zone if measure else "UTC"


def due(obligation: Obligation, report: Report | Explanation) -> str:
    """Give "by DAY: " for an obligation, said as overdue when the day has passed."""
    if not obligation.due:
        return ""
    if obligation.state is State.DONE and not obligation.repeats:
        return ""
    day = moment(obligation.due, zone_of(obligation, report))
    if has_passed(obligation, report):
        return f"now (since {day}): "
    return f"{'from' if is_ban(obligation) else 'by'} {day}: "


def has_passed(obligation: Obligation, report: Report | Explanation) -> bool:
    """Tell whether its day is over; on the last day itself there is still time."""
    if not obligation.due:
        return False
    zone = zone_of(obligation, report)
    return obligation.state is State.OVERDUE or dates.key(obligation.due) < dates.ends(report.as_of, zone)


def is_ban(obligation: Obligation) -> bool:
    """Tell whether its day is the first on which something is not to be done, and not the last to do something."""
    return obligation.state is State.STANDING or obligation.action.startswith("Do not")


def zone_of(obligation: Obligation, report: Report | Explanation) -> str:
    """Give the zone of the authority that demands it."""
    named = [name.partition("#")[0] for name in obligation.provisions]
    return next((report.measures[id_].zone for id_ in named if id_ in report.measures), "UTC")


def moment(stamp: str, zone: str) -> str:
    """Give an instant as its day where the authority sits, with the hour when it is not midnight."""
    local = datetime.fromisoformat(stamp).astimezone(dates.zone(zone))
    day = f"{date(local.year, local.month, local.day):%-d %b %Y}"
    return day if is_a_day(stamp, zone) else f"{day} {local:%H:%M %Z}"


def is_a_day(stamp: str, zone: str) -> bool:
    """Tell whether an instant begins or ends a day where an authority sits."""
    local = datetime.fromisoformat(stamp).astimezone(dates.zone(zone))
    return (local.hour, local.minute) in ((0, 0), (23, 59))
