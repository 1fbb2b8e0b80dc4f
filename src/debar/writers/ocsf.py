# SPDX-License-Identifier: Apache-2.0
"""Compliance Findings of OCSF (class 2003), one event a line: one for each exposure and measure, and for what was not read.

A check that lacks a fact has the state that OCSF keeps for it, warning; what binds nobody but is said has the state other.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from debar.model.vocab import Status
from debar.writers import cases, legal, references, streamed, terminal, words
from debar.writers.cases import Kept, Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import Skip
    from debar.model.results import Exposure, Match, Report
    from debar.writers import Style
    from debar.writers.cases import Case, Judged, Owed

VERSION = "1.5.0"
"""Of the schema that the events are in."""
CLASS, CATEGORY, CREATE = 2003, 2, 1
UNKNOWN, PASS, WARNING, FAIL, OTHER = 0, 1, 2, 3, 99
_STATES = {
    Status.PROHIBITED: FAIL,
    Status.LICENCE_REQUIRED: FAIL,
    Status.REQUIRED: FAIL,
    Status.UNDETERMINED: WARNING,
    Status.EXEMPT: PASS,
    Status.PERMITTED: PASS,
}
_WORDS = {UNKNOWN: "Unknown", PASS: "Pass", WARNING: "Warning", FAIL: "Fail", OTHER: "Other"}
_SEVERITIES = {FAIL: (4, "High"), WARNING: (3, "Medium"), OTHER: (2, "Low")}
_INFORMATIONAL = (1, "Informational")
_NEW, _SUPPRESSED = (1, "New"), (3, "Suppressed")
_MOST = 20
"""Pieces of evidence of one event; the count of all stands beside them."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the events in the order of the report."""
    streamed.write_lines(_events(report), out)


def _events(report: Report) -> Iterator[dict[str, Any]]:
    head = _head(report)
    paths = {source.id: source.path for source in report.sources}
    for judged in cases.judged(report):
        yield (
            head
            | _of_exposure(judged.exposure, paths)
            | _judged(judged, report)
            | _decided(judged.exposure, judged.worst, report)
        )
    for exposure in cases.unjudged(report):
        yield head | _of_exposure(exposure, paths) | _unjudged(exposure, report) | _decided(exposure, None, report)
    for owed in cases.owed(report):
        yield head | _owed(owed, report)
    for skip in report.skips:
        yield head | _unread(skip)
    yield head | _looked(report)


def _head(report: Report) -> dict[str, Any]:
    """Give what all events of a report have in common."""
    return {
        "activity_id": CREATE,
        "activity_name": "Create",
        "category_uid": CATEGORY,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Compliance Finding",
        "type_uid": CLASS * 100 + CREATE,
        "type_name": "Compliance Finding: Create",
        "time": int(references.asked_at(report.as_of).timestamp() * 1000),
        "metadata": {
            "version": VERSION,
            "product": {"name": report.program.name, "vendor_name": "debar", "version": report.program.version},
            "labels": [
                f"as_of:{report.as_of}",
                f"organisation:{report.organisation.name}",
                f"register:{report.register.version}",
                f"register_sha256:{report.register.sha256}",
            ],
        },
    }


def _state(state: int) -> dict[str, Any]:
    severity, name = _SEVERITIES.get(state, _INFORMATIONAL)
    return {"severity_id": severity, "severity": name}


def _judged(judged: Judged, report: Report) -> dict[str, Any]:
    exposure, worst = judged.exposure, judged.worst
    title = f"{cases.thing(exposure, report)} on {exposure.asset} - {cases.sentence(worst, report)}"
    found = _law(judged.measure, judged.cases, title, report)
    found["finding_info"] = (
        _info(f"{exposure.id}/{judged.measure}", title, worst.finding.text, exposure) | found["finding_info"]
    )
    found["unmapped"] |= {"exposure": exposure.id, "matches": len(exposure.matches)}
    return found


def _owed(owed: Owed, report: Report) -> dict[str, Any]:
    """Give the event of a measure that demands something whatever was found: the resource is the organisation."""
    name = report.organisation.name
    title = f"{name} - {cases.sentence(owed.cases[0], report)}"
    found = _recorded(_law(owed.measure, owed.cases, title, report), owed.kept)
    mark = references.uuid_of("owed", name, owed.measure)
    found["finding_info"] = _info(mark, title, owed.cases[0].finding.text) | found["finding_info"]
    return found | {"resources": [{"name": name, "type": "organisation"}]}


def _recorded(found: dict[str, Any], kept: Kept) -> dict[str, Any]:
    """Give an event of what is owed whatever was found: no scan sees whether it is kept, only what is on record."""
    compliance = found["compliance"]
    if compliance["status_id"] != FAIL or kept is Kept.LATE:
        return found
    state = PASS if kept is Kept.DONE else WARNING
    told = [] if kept is Kept.DONE else [cases.UNRECORDED]
    changed = {"status": _WORDS[state], "status_id": state, "status_details": [*compliance["status_details"], *told]}
    return found | _state(state) | {"compliance": compliance | changed}


def _law(measure: str, many: Sequence[Case], title: str, report: Report) -> dict[str, Any]:
    """Give what an event says of the law, by the gravest case."""
    worst = many[0]
    state = _STATES.get(worst.finding.status, OTHER) if worst.time is Time.NOW else OTHER
    urls = [url for one in worst.finding.because if (url := references.link(one.url))]
    return {
        **_state(state),
        "message": title,
        "compliance": {
            "standards": [cases.cite(report, measure)],
            "requirements": list(dict.fromkeys(case.finding.provision for case in many)),
            "control": worst.finding.provision,
            "desc": worst.finding.text,
            "status": _WORDS[state],
            "status_id": state,
            "status_details": [_detail(case, report) for case in many],
        },
        "finding_info": {"types": [worst.finding.status.value]} | ({"src_url": urls[0]} if urls else {}),
        "remediation": {"desc": worst.finding.action or "nothing that the register knows of", "references": urls},
        "unmapped": {
            "measure": measure,
            "findings": [case.finding.id for case in many],
            "time": worst.time.value,
            "questions": list(dict.fromkeys(q for case in many for q in case.finding.questions)),
        },
    }


def _detail(case: Case, report: Report) -> str:
    return f"{cases.sentence(case, report)} [{case.finding.provision}]"


def _info(uid: str, title: str, text: str, exposure: Exposure | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"uid": uid, "title": title, "desc": text}
    for name, seen in (("first_seen_time", "first_seen"), ("last_seen_time", "last_seen")):
        when = references.instant(getattr(exposure, seen), references.NEVER) if exposure else references.NEVER
        if when is not references.NEVER:
            found[name] = int(when.timestamp() * 1000)
    return found


def _of_exposure(exposure: Exposure, paths: dict[str, str]) -> dict[str, Any]:
    """Give what an event says of the thing itself: what has it, how sure it is, on what that rests."""
    return {
        "confidence_score": round(exposure.confidence * 100),
        "confidence_id": min(3, max(1, exposure.level - 1)),
        "confidence": terminal.sure(exposure),
        "resources": [
            {
                "name": exposure.asset,
                "type": exposure.meaning.value,
                "uid": exposure.id,
                "version": exposure.version,
                "labels": [f"party:{exposure.party}", f"product:{exposure.product}"],
            }
        ],
        "evidences": [_evidence(match, paths) for match in exposure.matches[:_MOST]],
    }


def _decided(exposure: Exposure, worst: Case | None, report: Report) -> dict[str, Any]:
    """Give what people decided: suppressed is what they took out or put up with."""
    decision = cases.taken_out(worst.finding if worst else None, exposure, report)
    status, name = _SUPPRESSED if decision else _NEW
    told = decision or exposure.decision
    return {"status_id": status, "status": name} | ({"comment": terminal.decision_in_words(told)} if told else {})


def _evidence(match: Match, paths: dict[str, str]) -> dict[str, Any]:
    return {
        "name": match.technique,
        "data": {
            "indicator": match.indicator,
            "kind": match.observable.kind.value,
            "value": match.observable.value,
            "source": paths.get(match.source, match.source),
            "locator": match.locator,
            "count": match.count,
            "confidence": match.confidence,
            "last_seen": match.last_seen,
        },
    }


def _unjudged(exposure: Exposure, report: Report) -> dict[str, Any]:
    title = f"{cases.thing(exposure, report)} on {exposure.asset}: no measure of the register is about it on that day"
    return {
        **_state(UNKNOWN),
        "message": title,
        "compliance": _asked(report, UNKNOWN, "no measure of the register is about it"),
        "finding_info": _info(exposure.id, title, title, exposure),
        "unmapped": {"exposure": exposure.id, "matches": len(exposure.matches)},
    }


def _asked(report: Report, state: int, detail: str) -> dict[str, Any]:
    return {
        "standards": [f"register {report.register.version}"],
        "status": _WORDS[state],
        "status_id": state,
        "status_details": [detail],
    }


def _unread(skip: Skip) -> dict[str, Any]:
    title = f"could not be read: {f'{skip.source} {skip.locator}'.strip()}"
    mark = references.uuid_of("skip", skip.source, skip.locator, skip.reason)
    return {
        **_state(WARNING),
        "message": f"{title}: {skip.reason}",
        "compliance": {
            "standards": ["coverage"],
            "status": _WORDS[WARNING],
            "status_id": WARNING,
            "status_details": [skip.reason],
        },
        "finding_info": _info(mark, title, skip.reason),
        "resources": [{"name": skip.source, "type": "input"}],
    }


def _looked(report: Report) -> dict[str, Any]:
    """Give the event that says what was looked at: without it, no event would look like nothing to find."""
    state = WARNING if report.skips or not report.sources or report.coverage.kinds_missing else PASS
    missing = [f"no evidence of this kind: {kind}" for kind in report.coverage.kinds_missing]
    compliance = _asked(
        report,
        state,
        f"{words.counted(len(report.sources), 'input')} read, {words.counted(len(report.skips), 'place')} not",
    )
    compliance["status_details"] += [*missing, *report.coverage.notes]
    return {
        **_state(state),
        "message": words.in_short(report),
        "compliance": compliance,
        "finding_info": _info(references.uuid_of("coverage", report.as_of), "What was looked at", legal.DISCLAIMER),
        "unmapped": {
            "exposures": len(report.exposures),
            "assets": cases.assets(report),
            "set_aside": len(report.set_aside),
        },
    }
