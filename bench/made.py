# SPDX-License-Identifier: Apache-2.0
"""A report of any size: the demo estate, with its machines over and over under names of their own."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bench.measure import ROOT
from debar import pipeline
from debar.identity import stable_id
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.register.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Exposure, Finding, Match, Obligation, Position, Report

ASKED = Question(organisation=organisation("us/reseller"), as_of="2024-10-05", known_on="")


def large_report(exposures: int) -> Report:
    """Give a report with that many exposures, all different, each with findings, positions and obligations of its own."""
    report = pipeline.scan([str(ROOT / "examples" / "estate")], load(ROOT / "register"), ASKED)
    by_exposure: dict[str | None, list[Finding]] = {}
    for finding in report.findings:
        by_exposure.setdefault(finding.exposure, []).append(finding)
    found: list[Exposure] = []
    findings = by_exposure.get(None, [])
    positions: dict[str, tuple[Position, ...]] = {}
    new = {finding.id: [finding.id] for finding in findings}
    """By the id of an exposure or finding of the demo estate, those made of it."""
    for origin, turn in islice(_turns(report), exposures):
        asset = _renamed(origin.asset, turn)
        id_ = stable_id("exp", asset, origin.party, origin.product)
        matches = tuple(_elsewhere(match, turn) for match in origin.matches)
        found.append(replace(origin, id=id_, asset=asset, matches=matches))
        new.setdefault(origin.id, []).append(id_)
        for finding in by_exposure.get(origin.id, ()):
            findings.append(replace(finding, id=stable_id("fin", finding.id, str(turn)), exposure=id_))
            new.setdefault(finding.id, []).append(findings[-1].id)
        positions[id_] = tuple(
            replace(position, findings=tuple(new[finding][-1] for finding in position.findings))
            for position in report.positions[origin.id]
        )
    turns = -(-exposures // len(report.exposures))
    looked = tuple(
        replace(asset, asset=_renamed(asset.asset, turn)) for asset in report.coverage.assets for turn in range(turns)
    )
    return replace(
        report,
        exposures=tuple(found),
        findings=tuple(findings),
        positions=positions,
        obligations=tuple(_obligations(report.obligations, new)),
        coverage=replace(report.coverage, assets=looked),
    )


def _turns(report: Report) -> Iterator[tuple[Exposure, int]]:
    """Yield the exposures turn after turn, without end."""
    for turn in count():
        for exposure in report.exposures:
            yield exposure, turn


def _renamed(asset: str, turn: int) -> str:
    return f"{asset}-{turn:05}" if turn else asset


def _elsewhere(match: Match, turn: int) -> Match:
    """Give a match as it would stand further down in the same source."""
    return replace(match, locator=f"{match.locator}/{turn}" if turn else match.locator)


def _obligations(obligations: tuple[Obligation, ...], new: dict[str, list[str]]) -> Iterator[Obligation]:
    """Yield the obligations, each about all that was made of what it is about."""
    for obligation in obligations:
        exposures = tuple(id_ for old in obligation.exposures for id_ in new.get(old, ()))
        findings = tuple(id_ for old in obligation.findings for id_ in new.get(old, ()))
        if exposures or not obligation.exposures:
            yield replace(obligation, exposures=exposures, findings=findings)
