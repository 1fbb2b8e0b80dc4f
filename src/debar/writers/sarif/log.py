# SPDX-License-Identifier: Apache-2.0
"""A SARIF log within the limits of GitHub's code scanning: the gravest results first, and what was left out told.

Limits: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zlib import compressobj

from debar.model.vocab import Validity
from debar.writers import cases, legal, references, streamed
from debar.writers.sarif import results
from debar.writers.sarif.rules import LEVELS, SET_ASIDE, UNJUDGED, plain, rule_id, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Exposure, Report
    from debar.writers import Style
    from debar.writers.cases import Case

RUNS, RESULTS = 20, 25_000
"""Runs of a file, and results of a run, that GitHub accepts."""
COMPRESSED = 10_000_000
"""Bytes of the file in gzip that GitHub accepts."""
_SHARE = 0.9
"""Of those bytes, for results: the rest is for rules and notifications, and for other compressors."""
_TO_LOOK_AT = frozenset({Validity.EXPIRED, Validity.UNUSED})
"""What became of decisions that somebody must look at again."""
_TOLD = 200
"""Notifications of one sort; the last one says how many there were."""
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class _Sorted(NamedTuple):
    """What there is to write, in the order of its gravity."""

    cases: list[Case]
    unjudged: list[Exposure]
    firsts: dict[str, Case]
    """The gravest case of each rule."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the report as one log; what does not fit is left out from the least grave end, and told."""
    found = _sorted(report)
    whole = len(found.cases) + len(found.unjudged) + sum(bool(a.exposure.decision) for a in report.set_aside)
    kept = _kept(found, report, min(whole, RUNS * RESULTS))
    made = _results(found, report)
    described = rules(found.firsts, report)
    sizes = [min(RESULTS, kept - first) for first in range(0, kept, RESULTS)] or [0]
    runs = (
        _run(number, report, described, islice(made, size), (whole, kept) if number == 1 else (0, 0), len(sizes))
        for number, size in enumerate(sizes, start=1)
    )
    streamed.write({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, out)


def _sorted(report: Report) -> _Sorted:
    buckets: dict[tuple[bool, int], list[Case]] = defaultdict(list)
    for judged in cases.judged(report):
        for case in judged.cases:
            if case.finding.status in LEVELS:
                buckets[cases.rank(case)[:2]].append(case)
    ordered = list(chain.from_iterable(buckets[key] for key in sorted(buckets)))
    firsts: dict[str, Case] = {}
    for case in ordered:
        firsts.setdefault(rule_id(case), case)
    return _Sorted(ordered, list(cases.unjudged(report)), firsts)


def _results(found: _Sorted, report: Report) -> Iterator[dict[str, Any]]:
    """Yield every result, the gravest first, with the place of its rule."""
    exposures = {exposure.id: exposure for exposure in report.exposures}
    paths = {source.id: source.path for source in report.sources}
    places = {id_: place for place, id_ in enumerate((UNJUDGED, SET_ASIDE, *found.firsts))}
    made = chain(
        (results.result(case, exposures[case.finding.exposure or ""], report, paths) for case in found.cases),
        (results.unjudged(exposure, report, paths) for exposure in found.unjudged),
        (results.set_aside(aside, report, paths) for aside in report.set_aside if aside.exposure.decision),
    )
    return (one | {"ruleIndex": places[one["ruleId"]]} for one in made)


def _kept(found: _Sorted, report: Report, most: int) -> int:
    """Give how many results fit into the file, compressed as quickly and badly as anybody would."""
    packer, size, kept = compressobj(1), 0, 0
    made = _results(found, report)
    while kept < most and (many := list(islice(made, min(streamed.AT_ONCE, most - kept)))):
        size += len(packer.compress(streamed.encoded(many).encode()))
        if size > COMPRESSED * _SHARE:
            break
        kept += len(many)
    return kept


def _run(
    number: int,
    report: Report,
    described: list[dict[str, Any]],
    made: Iterator[dict[str, Any]],
    counts: tuple[int, int],
    runs: int,
) -> dict[str, Any]:
    driver = {"name": report.program.name, "version": report.program.version, "rules": described}
    # GitHub refuses two runs of one category: each part has its own, and a report of one part always the same.
    part = f"/{number}" if number > 1 else ""
    whole, kept = counts
    return {
        "tool": {"driver": driver | {"semanticVersion": report.program.version}},
        "automationDetails": {"id": f"debar{part}/"},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that debar was started in."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, whole - kept)],
        "properties": _properties(report, whole, kept, runs),
        "results": made,
    }


def _properties(report: Report, whole: int, kept: int, runs: int) -> dict[str, Any]:
    return {
        "asOf": report.as_of,
        "knownOn": report.known_on,
        "organisation": report.organisation.name,
        "registerVersion": report.register.version,
        "registerSha256": report.register.sha256,
        "assets": cases.assets(report),
        "exposures": len(report.exposures),
        "setAside": len(report.set_aside),
        "owedWhateverWasFound": sum(finding.exposure is None for finding in report.findings),
        "results": whole,
        "resultsLeftOut": whole - kept,
        "runs": runs,
        "disclaimer": legal.DISCLAIMER,
    }


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """Give whether everything was read, and what was not: a log without results is clean only with this."""
    notes = [_notification("unread", "error", skip.reason, skip.source, skip.locator) for skip in report.skips[:_TOLD]]
    notes += _rest(len(report.skips), "inputs or places could not be read")
    notes += [_notification("coverage", "note", note) for note in report.coverage.notes[:_TOLD]]
    notes += _rest(len(report.coverage.notes), "notes are on what was looked at")
    if missing := ", ".join(report.coverage.kinds_missing):
        notes.append(_notification("coverage", "warning", f"no evidence of these kinds was looked at: {missing}"))
    stale = [one for one in report.decisions if one.state in _TO_LOOK_AT]
    notes += [_notification("decision", "warning", one.text) for one in stale[:_TOLD]]
    notes += _rest(len(stale), "decisions have expired or are about nothing that was found")
    if left_out:
        said = f"{left_out} results, the least grave, were left out for the limits of code scanning; the JSON report has all"
        notes.append(_notification("left-out", "warning", said))
    return {
        "executionSuccessful": bool(report.sources) and not report.skips,
        "toolExecutionNotifications": notes,
    }


def _rest(count: int, what: str) -> list[dict[str, Any]]:
    said = f"{count} {what}; the JSON report has them all"
    return [_notification("left-out", "warning", said)] if count > _TOLD else []


def _notification(id_: str, level: str, text: str, path: str = "", locator: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {
        "descriptor": {"id": f"debar/{id_}"},
        "level": level,
        "message": {"text": plain(f"{locator}: {text}" if locator else text)},
    }
    if path:
        region = {"startLine": references.line_of(locator) or 1}
        found["locations"] = [{"physicalLocation": {"artifactLocation": results.artifact(path), "region": region}}]
    return found
