# SPDX-License-Identifier: Apache-2.0
"""Code quality of GitLab (a list in the form of Code Climate): one issue for each exposure and measure."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from debar.model.vocab import Status
from debar.writers import cases, references, streamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Report
    from debar.writers import Style
    from debar.writers.cases import Judged

SEVERITIES = {
    Status.PROHIBITED: "blocker",
    Status.LICENCE_REQUIRED: "blocker",
    Status.REQUIRED: "critical",
    Status.UNDETERMINED: "major",
    Status.UNAVAILABLE: "minor",
    Status.AT_RISK: "minor",
    Status.ADVISED: "info",
    Status.PROPOSED: "info",
    Status.SUSPENDED: "info",
    Status.EXEMPT: "info",
}


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the list, in the order of the report; what is still to come is of lesser severity, and says from when."""
    for piece in streamed.pieces(_issues(report)):
        out.write(piece)
    out.write("\n")


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    paths = {source.id: source.path for source in report.sources}
    for judged in cases.judged(report):
        if judged.worst.finding.status in SEVERITIES:
            yield _issue(judged, report, paths)
    for skip in report.skips:
        place = {"path": skip.source.partition("!")[0], "lines": {"begin": references.line_of(skip.locator) or 1}}
        said = (
            f"could not be read: {skip.locator}: {skip.reason}" if skip.locator else f"could not be read: {skip.reason}"
        )
        mark = references.uuid_of("skip", skip.source, skip.locator, skip.reason)
        yield _one("debar/unread", said, mark, "blocker", place)


def _issue(judged: Judged, report: Report, paths: dict[str, str]) -> dict[str, Any]:
    exposure, worst = judged.exposure, judged.worst
    best = max(exposure.matches, key=lambda match: (match.level, match.confidence))
    path = paths.get(best.source, best.source).partition("!")[0]
    said = (
        f"{cases.thing(exposure, report)} on {exposure.asset} - {cases.sentence(worst, report)}"
        f" ({cases.cite(report, judged.measure)})"
    )
    is_later = worst.time is cases.Time.LATER
    severity = "minor" if is_later and worst.finding.status is not Status.PROPOSED else SEVERITIES[worst.finding.status]
    place = {"path": path, "lines": {"begin": references.line_of(best.locator) or 1}}
    return _one(judged.measure, said, f"{exposure.id}/{judged.measure}", severity, place)


def _one(check: str, said: str, mark: str, severity: str, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": check,
        "description": said,
        "categories": ["Security"],
        "severity": severity,
        "fingerprint": mark,
        "location": place,
    }
