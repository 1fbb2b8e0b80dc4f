# SPDX-License-Identifier: Apache-2.0
"""OSCAL assessment results: one result, of the day asked about.

| here | there |
|---|---|
| question and organisation | assessment plan, a resource of the back matter |
| measure | control of which the id is the measure's |
| asset | inventory item |
| exposure | observation of it, with a piece of relevant evidence for each match |
| exposure under a measure | finding: not satisfied when something binds on the day, or is open |
| obligation | risk with a deadline |

Ids are UUIDs (version 5) of debar's own, so that two results can be compared.
"""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from debar import dates
from debar.writers import cases, legal, references, streamed, words
from debar.writers.oscal import findings, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Report
    from debar.writers import Style

VERSION = "1.2.1"
"""Of OSCAL."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write one document."""
    plan = references.uuid_of("plan", report.as_of, report.organisation.name)
    document = {
        "uuid": references.uuid_of("results", report.as_of, report.organisation.name, report.register.sha256),
        "metadata": _metadata(report),
        "import-ap": {
            "href": f"#{plan}",
            "remarks": "What was asked stands in this resource; debar has no other plan.",
        },
        "results": iter([_result(report)]),
        "back-matter": {"resources": _resources(report, plan)},
    }
    streamed.write({"assessment-results": document}, out)


def _metadata(report: Report) -> dict[str, Any]:
    return {
        "title": texts.line(f"debar: {report.organisation.name}, as of {report.as_of}"),
        "last-modified": dates.stamp(references.asked_at(report.as_of)),
        "version": report.as_of,
        "oscal-version": VERSION,
        "props": texts.props(
            program=f"{report.program.name} {report.program.version}",
            register=report.register.version,
            register_sha256=report.register.sha256,
            known_on=report.known_on or "",
        ),
        "parties": [
            {"uuid": texts.asker(report), "type": "organization", "name": texts.line(report.organisation.name)},
            {"uuid": texts.TOOL, "type": "organization", "name": "debar", "remarks": "The program, no person."},
        ],
        "remarks": legal.DISCLAIMER,
    }


def _result(report: Report) -> dict[str, Any]:
    at = dates.stamp(references.asked_at(report.as_of))
    result: dict[str, Any] = {
        "uuid": references.uuid_of("result", report.as_of, report.organisation.name, report.register.sha256),
        "title": texts.line(f"As of {report.as_of}"),
        "description": words.in_short(report),
        "start": at,
        "end": at,
        "props": texts.props(
            exposures=str(len(report.exposures)),
            assets=str(cases.assets(report)),
            set_aside=str(len(report.set_aside)),
            unread=str(len(report.skips)),
        ),
        "reviewed-controls": _controls(report),
    }
    # A list in OSCAL has one element at least, or is not there.
    if report.exposures:
        result["local-definitions"] = {"inventory-items": findings.items(report)}
        result["observations"] = findings.observations(report)
    if report.obligations:
        result["risks"] = findings.risks(report)
    if any(True for _ in chain(cases.judged(report), cases.owed(report))):
        result["findings"] = findings.findings(report)
    return result | {"remarks": "\n\n".join(_gaps(report))}


def _controls(report: Report) -> dict[str, Any]:
    measures = sorted(texts.token(id_) for id_ in report.measures)
    chosen: dict[str, Any] = {"include-controls": [{"control-id": id_} for id_ in measures]}
    if not measures:
        chosen = {"include-all": {}}
    return {"description": "Measures of the register, by id.", "control-selections": [chosen]}


def _gaps(report: Report) -> Iterator[str]:
    """Yield what was not looked at: without it, no findings would look like nothing to find."""
    yield f"{len(report.sources)} inputs were read; {len(report.skips)} places could not be."
    yield from (f"Not read: {skip.source} {skip.locator}: {skip.reason}" for skip in report.skips)
    yield from (f"No evidence of this kind: {kind}" for kind in report.coverage.kinds_missing)
    yield from report.coverage.notes


def _resources(report: Report, plan: str) -> Iterator[dict[str, Any]]:
    kinds = ", ".join(report.organisation.kinds)
    yield {
        "uuid": plan,
        "title": texts.line(f"What was asked: {report.organisation.name}, {kinds}, as of {report.as_of}"),
        "description": f"Every input below, against register {report.register.version}.",
    }
    for source in report.sources:
        link: dict[str, Any] = {"href": references.place(source.path).uri}
        if source.sha256:
            link["hashes"] = [{"algorithm": "SHA-256", "value": source.sha256}]
        yield {
            "uuid": references.uuid_of("source", source.id),
            "title": texts.line(source.path),
            "props": texts.props(reader=source.reader, observations=str(source.observations)),
            "rlinks": [link],
        }
