# SPDX-License-Identifier: Apache-2.0
"""Inventory items, observations, findings and risks of an OSCAL result, made as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar import dates
from debar.model.vocab import Status
from debar.writers import cases, references, terminal, words
from debar.writers.cases import Kept, Time
from debar.writers.oscal import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from debar.model.results import Exposure, Match, Report
    from debar.writers.cases import Case, Owed

_FAILING = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
_PASSING = frozenset({Status.PERMITTED, Status.EXEMPT})


def items(report: Report) -> Iterator[dict[str, Any]]:
    """Yield every asset on which something was found."""
    for asset in dict.fromkeys(exposure.asset for exposure in report.exposures):
        yield {"uuid": texts.asset(asset), "description": texts.line(asset)}


def observations(report: Report) -> Iterator[dict[str, Any]]:
    """Yield an observation for each exposure."""
    paths = {source.id: source.path for source in report.sources}
    asked = references.asked_at(report.as_of)
    for exposure in report.exposures:
        yield _observation(exposure, report, paths, asked)


def _observation(exposure: Exposure, report: Report, paths: dict[str, str], asked: datetime) -> dict[str, Any]:
    thing = f"{cases.thing(exposure, report)} {exposure.version}".rstrip()
    found: dict[str, Any] = {
        "uuid": texts.observation(exposure.id),
        "title": texts.line(f"{thing} on {exposure.asset}"),
        "description": f"{thing}, {terminal.MEANINGS[exposure.meaning]}: {terminal.sure(exposure)}",
        "props": texts.props(
            exposure=exposure.id,
            party=exposure.party,
            product=exposure.product,
            level=str(exposure.level),
            probability=str(exposure.confidence),
        ),
        "methods": ["EXAMINE"],
        "types": ["finding"],
        "origins": [{"actors": [{"type": "tool", "actor-uuid": texts.TOOL}]}],
        "subjects": [{"subject-uuid": texts.asset(exposure.asset), "type": "inventory-item"}],
        "relevant-evidence": [_evidence(match, paths) for match in exposure.matches],
        "collected": dates.stamp(references.instant(exposure.last_seen, asked)),
    }
    if exposure.decision:
        found["remarks"] = terminal.decision_in_words(exposure.decision)
    return found


def _evidence(match: Match, paths: dict[str, str]) -> dict[str, Any]:
    return {
        "href": references.place(paths.get(match.source, match.source)).uri,
        "description": texts.line(terminal.evidence(match, paths)),
        "props": texts.props(
            indicator=match.indicator, technique=match.technique, locator=match.locator, last_seen=match.last_seen
        ),
    }


def findings(report: Report) -> Iterator[dict[str, Any]]:
    """Yield what each measure says of each exposure."""
    risk_of = {
        finding: risk
        for risk, obligation in ((references.uuid_of("risk", one.id), one) for one in report.obligations)
        for finding in obligation.findings
    }
    for judged in cases.judged(report):
        exposure = judged.exposure
        about = f"{cases.thing(exposure, report)} on {exposure.asset}"
        found = _finding(exposure.id, about, judged.measure, judged.cases, report)
        found["related-observations"] = [{"observation-uuid": texts.observation(exposure.id)}]
        yield found | _hangs_together(judged.cases, risk_of)
    name = report.organisation.name
    for owed in cases.owed(report):
        found = _finding(name, name, owed.measure, owed.cases, report)
        found["target"]["status"] = _recorded(owed, found["target"]["status"])
        yield found | _hangs_together(owed.cases, risk_of)


def _finding(id_: str, about: str, measure: str, many: Sequence[Case], report: Report) -> dict[str, Any]:
    worst = many[0]
    told = "; ".join(cases.sentence(case, report) for case in many)
    return {
        "uuid": references.uuid_of("finding", id_, measure),
        "title": texts.line(f"{about}: {cases.cite(report, measure)}"),
        "description": told,
        "props": texts.props(status=worst.finding.status.value, time=worst.time.value),
        "target": {
            "type": "objective-id",
            "target-id": texts.token(measure),
            "status": _status(worst),
        },
    }


def _hangs_together(many: Sequence[Case], risk_of: Mapping[str, str]) -> dict[str, Any]:
    """Give the risks that come from a finding, and what is to be answered first."""
    found: dict[str, Any] = {}
    risks = dict.fromkeys(risk_of[case.finding.id] for case in many if case.finding.id in risk_of)
    if risks:
        found["related-risks"] = [{"risk-uuid": risk} for risk in risks]
    asked = dict.fromkeys(question for case in many for question in case.finding.questions)
    if asked:
        found["remarks"] = "\n\n".join(f"Open question: {question}" for question in asked)
    return found


def _status(worst: Case) -> dict[str, str]:
    """Give the state: OSCAL knows two, so what is neither is told in the reason and the remarks."""
    status, said = worst.finding.status, words.STATUSES[worst.finding.status]
    if worst.time is Time.NOW and status in _FAILING:
        return {"state": "not-satisfied", "reason": "fail"}
    if worst.time is Time.NOW and status is Status.UNDETERMINED:
        return {"state": "not-satisfied", "reason": "other", "remarks": f"{said}: a fact is missing"}
    if worst.time is Time.NOW and status in _PASSING:
        return {"state": "satisfied", "reason": "pass"}
    later = f" from {worst.finding.since}" if worst.time is Time.LATER else ""
    return {"state": "satisfied", "reason": "other", "remarks": f"{said}{later}: nobody is in breach of it on that day"}


def _recorded(owed: Owed, status: dict[str, str]) -> dict[str, str]:
    """Give the state of what is owed whatever was found: no assessment saw whether it is kept, only what is on record."""
    if status.get("reason") != "fail" or owed.kept is Kept.LATE:
        return status
    if owed.kept is Kept.DONE:
        return {"state": "satisfied", "reason": "pass", "remarks": "on record as done"}
    said = words.STATUSES[owed.cases[0].finding.status]
    return {"state": "not-satisfied", "reason": "other", "remarks": f"{said}: {cases.UNRECORDED}"}


def risks(report: Report) -> Iterator[dict[str, Any]]:
    """Yield a risk for each obligation, with the last moment where there is one."""
    firsts = {id_ for obligation in report.obligations for id_ in obligation.findings[:1]}
    known = {finding.id: finding for finding in report.findings if finding.id in firsts}
    present = frozenset(exposure.id for exposure in report.exposures)
    for obligation in report.obligations:
        behind = [known[id_] for id_ in obligation.findings[:1] if id_ in known]
        consequence = behind[0].consequence if behind else ""
        found: dict[str, Any] = {
            "uuid": references.uuid_of("risk", obligation.id),
            "title": texts.line(obligation.action),
            "description": texts.line(f"{obligation.force}: {obligation.action}"),
            "statement": texts.line(consequence or (behind[0].text if behind else obligation.action)),
            "props": texts.props(obligation=obligation.id, force=obligation.force.value),
            "status": "open",
        }
        if obligation.due:
            found["deadline"] = obligation.due
        if not present.isdisjoint(obligation.exposures):
            found["related-observations"] = _observed(obligation.exposures, present)
        yield found


def _observed(exposures: Sequence[str], present: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield where exposures are observed; a duty may be about all of them."""
    return ({"observation-uuid": texts.observation(id_)} for id_ in exposures if id_ in present)
