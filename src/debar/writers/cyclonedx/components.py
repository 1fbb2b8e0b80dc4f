# SPDX-License-Identifier: Apache-2.0
"""Components of a CycloneDX BOM: one for each exposure, with what it was recognised by and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.vocab import Kind, Meaning, Medium
from debar.writers import cases, references, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.results import Exposure, Match, Report

_TYPES = {Meaning.HARDWARE: "device", Meaning.COMPONENT: "library", Meaning.EMBEDDED: "library"}
"""What an exposure is in the words of CycloneDX; anything else is an application."""
_FIELDS = {Kind.PURL: "purl", Kind.CPE: "cpe", Kind.HASH: "hash"}
"""Field of the identity that a match speaks about; any other tells the name."""
_TECHNIQUES = {
    Medium.SBOM: "manifest-analysis",
    Medium.PACKAGES: "manifest-analysis",
    Medium.INVENTORY: "instrumentation",
    Medium.FILES: "binary-analysis",
    Medium.NETWORK: "dynamic-analysis",
    Medium.PURCHASES: "attestation",
}


def components(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the components in the order of the report; one that a person decided about says so."""
    paths = {source.id: source.path for source in report.sources}
    for exposure in report.exposures:
        yield _component(exposure, report, paths)


def _component(exposure: Exposure, report: Report, paths: Mapping[str, str]) -> dict[str, Any]:
    maker = {"name": report.names.get(exposure.party, exposure.party)}
    found: dict[str, Any] = {
        "type": _TYPES.get(exposure.meaning, "application"),
        "bom-ref": exposure.id,
        "manufacturer" if exposure.meaning is Meaning.HARDWARE else "supplier": maker,
        "name": cases.thing(exposure, report),
    }
    if exposure.version:
        found["version"] = exposure.version
    purls = {match.purl for match in exposure.matches if match.purl}
    if len(purls) == 1:  # of several, none is the whole truth; each stands with the evidence
        found["purl"] = purls.pop()
    found["evidence"] = {
        "identity": _identity(exposure),
        "occurrences": [_occurrence(match, paths) for match in exposure.matches],
    }
    found["properties"] = properties(
        asset=exposure.asset,
        exposure=exposure.id,
        party=exposure.party,
        product=exposure.product,
        meaning=exposure.meaning.value,
        level=str(exposure.level),
        first_seen=exposure.first_seen,
        last_seen=exposure.last_seen,
        decision=terminal.decision_in_words(exposure.decision) if exposure.decision else "",
    )
    return found


def properties(**values: str) -> list[dict[str, str]]:
    """Give properties in debar's own name space; empty ones are left out."""
    return [{"name": f"debar:{name}", "value": value} for name, value in values.items() if value]


def _identity(exposure: Exposure) -> list[dict[str, Any]]:
    """Give by field what it was recognised by; how sure the whole is stands with each."""
    by_field: dict[str, list[Match]] = {}
    for match in exposure.matches:
        by_field.setdefault(_FIELDS.get(match.observable.kind, "name"), []).append(match)
    return [
        {"field": field, "confidence": exposure.confidence, "methods": _methods(matches)}
        for field, matches in sorted(by_field.items())
    ]


def _methods(matches: Sequence[Match]) -> list[dict[str, Any]]:
    """Give each way once: the same value in many places is one."""
    found = {
        (technique(match), match.confidence, f"{match.observable.kind}: {match.observable.value}"): None
        for match in matches
    }
    return [{"technique": how, "confidence": sure, "value": value} for how, sure, value in found]


def technique(match: Match) -> str:
    """Give how something was recognised, in the words of CycloneDX."""
    if match.observable.kind is Kind.HASH:
        return "hash-comparison"
    return _TECHNIQUES.get(match.medium, "other")


def _occurrence(match: Match, paths: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"location": paths.get(match.source, match.source)}
    if line := references.line_of(match.locator):
        found["line"] = line
    context = [
        match.locator,
        f"{match.count} times" if match.count > 1 else "",
        match.against and f"but {match.against}",
    ]
    if told := ", ".join(part for part in context if part):
        found["additionalContext"] = told
    return found
