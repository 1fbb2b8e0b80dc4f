# SPDX-License-Identifier: Apache-2.0
"""Results of a SARIF log: one for each exposure, measure and act, at the place of its best evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.writers import cases, references, terminal
from debar.writers.sarif.rules import SET_ASIDE, UNJUDGED, addresses, level, plain, rule_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.model.results import Exposure, Match, Report, SetAside
    from debar.writers.cases import Case

RELATED = 10
"""Further places that a result shows; GitHub accepts 1,000, and a report of many machines would be all places."""


def result(case: Case, exposure: Exposure, report: Report, paths: Mapping[str, str]) -> dict[str, Any]:
    """Give the result of a case."""
    finding = case.finding
    said = f"{cases.thing(exposure, report)} on {exposure.asset} - {cases.sentence(case, report)}"
    lines = [f"{said} ({cases.cite(report, finding.measure)}). {finding.text}"]
    lines += [f"What to do: {finding.action}"] if finding.action else []
    lines += [f"Exempt: {taken}" for taken in (finding.exemption or finding.waiver,) if taken]
    lines += [f"Open question: {question}" for question in finding.questions]
    found = _result(exposure, rule_id(case), level(case), "\n".join(lines), paths)
    found["properties"] |= {
        "status": finding.status.value,
        "since": finding.since,
        "provision": finding.provision,
        "finding": finding.id,
        "grade": finding.grade.value,
    }
    found["properties"] |= {name: text for name in ("until", "contract") if (text := getattr(finding, name))}
    if urls := addresses(finding.because):
        found["hostedViewerUri"] = urls[0]
    if decision := cases.taken_out(finding, exposure, report):
        found["suppressions"] = _suppression(terminal.decision_in_words(decision))
    return found


def unjudged(exposure: Exposure, report: Report, paths: Mapping[str, str]) -> dict[str, Any]:
    """Give the result of an exposure that no measure is about."""
    said = f"{cases.thing(exposure, report)} on {exposure.asset}: no measure of the register is about it on that day."
    found = _result(exposure, UNJUDGED, "note", said, paths)
    if decision := cases.taken_out(None, exposure, report):
        found["suppressions"] = _suppression(terminal.decision_in_words(decision))
    return found


def set_aside(aside: SetAside, report: Report, paths: Mapping[str, str]) -> dict[str, Any]:
    """Give the result of something that a person decided not to count."""
    said = f"{cases.thing(aside.exposure, report)} on {aside.exposure.asset}: set aside, {aside.reason}"
    found = _result(aside.exposure, SET_ASIDE, "note", said, paths)
    return found | {"suppressions": _suppression(aside.reason)}


def _result(exposure: Exposure, rule: str, level: str, said: str, paths: Mapping[str, str]) -> dict[str, Any]:
    best, *others = _by_level(exposure.matches)
    found: dict[str, Any] = {
        "ruleId": rule,
        "level": level,
        "message": {"text": plain(said)},
        "locations": [location(best, paths)],
        # GitHub keeps an alert as long as this stays the same, wherever the line goes.
        "partialFingerprints": {"debarExposure/v1": exposure.id, "primaryLocationLineHash": f"{exposure.id[4:]}:1"},
        "properties": {
            "exposure": exposure.id,
            "asset": exposure.asset,
            "party": exposure.party,
            "product": exposure.product,
            "confidence": exposure.confidence,
            "matches": len(exposure.matches),
        },
    }
    if others:
        found["relatedLocations"] = [
            location(match, paths) | {"id": n} for n, match in enumerate(others[:RELATED], start=1)
        ]
    return found


def _suppression(why: str) -> list[dict[str, str]]:
    return [{"kind": "external", "status": "accepted", "justification": why}]


def _by_level(matches: tuple[Match, ...]) -> list[Match]:
    return sorted(matches, key=lambda match: (-match.level, -match.confidence))


def location(match: Match, paths: Mapping[str, str]) -> dict[str, Any]:
    """Give where a match lies. GitHub wants a line of everything: where none is known it is the first."""
    path = paths.get(match.source, match.source)
    where = ", ".join(part for part in (references.place(path).member, match.locator) if part)
    said = f"{match.observable.kind} '{match.observable.value}'" + (f" at {where}" if where else "")
    return {
        "physicalLocation": {
            "artifactLocation": artifact(path),
            "region": {"startLine": references.line_of(match.locator) or 1},
        },
        "logicalLocations": [{"fullyQualifiedName": where or path, "kind": "resource"}],
        "message": {"text": plain(said)},
    }


def artifact(path: str) -> dict[str, str]:
    """Give the address of a file: below the checkout where the path is relative."""
    place = references.place(path)
    return {"uri": place.uri, "uriBaseId": "%SRCROOT%"} if place.is_relative else {"uri": place.uri}
