# SPDX-License-Identifier: Apache-2.0
"""Declarations of a CycloneDX BOM: measures as standards, provisions as requirements, and what was judged as claims.

A claim is what the register says of one exposure under one measure. An attestation maps each requirement to the claims
and counter claims about it; where a fact is missing it gives no score, and says what is to be answered.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.model.vocab import Status
from debar.writers import cases, legal, references
from debar.writers.cases import Kept
from debar.writers.cyclonedx.components import properties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.results import Finding, Report
    from debar.writers.cases import Case

ASSESSOR, ASKED = "debar", "asked"
"""References of the program, and of the organisation that asks."""
_AGAINST = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
"""What binds on the day: the claim speaks against conformance."""
_FOR = frozenset({Status.PERMITTED, Status.EXEMPT})
_SCORES = {"against": 0.0, "for": 1.0}


class Sides(NamedTuple):
    """The claims about one requirement, by what they say of it."""

    finding: Finding
    """One of those that it was judged by."""
    claims: dict[str, list[str]]
    """for, against, and open, each with the claims that say so."""


def requirement(finding: Finding) -> str:
    """Give the reference of a provision."""
    return f"provision:{finding.provision}"


def standards(report: Report) -> list[dict[str, Any]]:
    """Give the measures that were asked, each with the provisions behind the findings."""
    provisions: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in report.findings:
        provisions[finding.measure].setdefault(finding.provision, finding)
    return [_standard(id_, found, report) for id_, found in sorted(provisions.items())]


def _standard(id_: str, provisions: dict[str, Finding], report: Report) -> dict[str, Any]:
    brief = report.measures.get(id_)
    found: dict[str, Any] = {"bom-ref": f"measure:{id_}", "name": cases.cite(report, id_)}
    if brief:
        found |= {"description": brief.title, "owner": brief.authority}
    found["version"] = f"register {report.register.version}"
    found["requirements"] = [_requirement(finding) for _, finding in sorted(provisions.items())]
    return found


def _requirement(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "bom-ref": requirement(finding),
        "identifier": finding.provision,
        "title": finding.action or finding.text,
        "text": finding.text,
        "properties": properties(act=finding.act.value, grade=finding.grade.value),
    }
    urls = dict.fromkeys(url for one in finding.because if (url := references.link(one.url)))
    if urls:
        found["externalReferences"] = [{"type": "certification-report", "url": url} for url in urls]
    return found


def declarations(report: Report) -> dict[str, Any]:
    """Give what was judged; the long lists are made as they are written."""
    return {
        "assessors": [{"bom-ref": ASSESSOR, "thirdParty": False, "organization": {"name": report.organisation.name}}],
        "attestations": iter(
            [
                {"summary": legal.DISCLAIMER, "assessor": ASSESSOR, "map": _map(report)},
            ]
        ),
        "claims": _claims(report),
    }


def _claims(report: Report) -> Iterator[dict[str, Any]]:
    for target, claim, many, _ in _every(report):
        yield {
            "bom-ref": claim,
            "target": target,
            "predicate": "; ".join(cases.sentence(case, report) for case in many),
            "reasoning": _reasoning(many),
            "externalReferences": [
                {"type": "certification-report", "url": url}
                for url in dict.fromkeys(references.link(one.url) for one in many[0].finding.because[:3])
                if url
            ],
        }


def _every(report: Report) -> Iterator[tuple[str, str, Sequence[Case], Kept]]:
    """Yield target, reference and cases of every claim, and whether it is kept to, which only evidence or a record shows.

    What is owed whatever was found is of the organisation.
    """
    for judged in cases.judged(report):
        yield judged.exposure.id, f"claim:{judged.exposure.id}/{judged.measure}", judged.cases, Kept.LATE
    for owed in cases.owed(report):
        yield ASKED, f"claim:{ASKED}/{owed.measure}", owed.cases, owed.kept


def _reasoning(many: Sequence[Case]) -> str:
    said = dict.fromkeys(case.finding.text for case in many)
    asked = dict.fromkeys(f"Open question: {q}" for case in many for q in case.finding.questions)
    return "\n".join((*said, *asked))


def _map(report: Report) -> Iterator[dict[str, Any]]:
    """Yield each requirement with what speaks for and against it; what is open stands with those against, unscored."""
    sides: dict[str, Sides] = {}
    for _, claim, many, kept in _every(report):
        for case in many:
            known = sides.setdefault(case.finding.provision, Sides(case.finding, defaultdict(list)))
            found = known.claims[_side(case, kept)]
            if not found or found[-1] is not claim:
                found.append(claim)
    for _, (finding, claims) in sorted(sides.items()):
        yield _mapped(finding, claims)


def _side(case: Case, kept: Kept) -> str:
    if case.time is cases.Time.NOW and case.finding.status in _AGAINST:
        return {Kept.LATE: "against", Kept.DONE: "for", Kept.UNKNOWN: "open"}[kept]
    return "for" if case.time is cases.Time.NOW and case.finding.status in _FOR else "open"


def _mapped(finding: Finding, claims: dict[str, list[str]]) -> dict[str, Any]:
    decided = "against" if claims["against"] else "" if claims["open"] else "for"
    counts = ", ".join(f"{len(claims[side])} {side}" for side in ("against", "open", "for") if claims[side])
    conformance: dict[str, Any] = {"rationale": f"claims: {counts}"}
    if decided:
        conformance["score"] = _SCORES[decided]
    return {
        "requirement": requirement(finding),
        "claims": claims["for"],
        "counterClaims": [*claims["against"], *claims["open"]],
        "conformance": conformance,
    }
