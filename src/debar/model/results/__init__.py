# SPDX-License-Identifier: Apache-2.0
"""Nouns of the answer: matches, exposures, the legal position, and what to do."""

from debar.model.results.cases import Case, CaseExposure, Expectation
from debar.model.results.explanation import Explanation, Past, Stage
from debar.model.results.found import Decision, Exposure, Hit, Identity, Match, Result, SetAside
from debar.model.results.position import Because, Finding, Obligation, Pause, Position, Statement
from debar.model.results.report import (
    AssetCoverage,
    AssetEvidence,
    Brief,
    Coverage,
    IndicatorBrief,
    Program,
    RegisterVersion,
    Report,
)
from debar.model.results.why import Evidence, Look, Reckoning, Share, Why

__all__ = [
    "AssetCoverage",
    "AssetEvidence",
    "Because",
    "Brief",
    "Case",
    "CaseExposure",
    "Coverage",
    "Decision",
    "Evidence",
    "Expectation",
    "Explanation",
    "Exposure",
    "Finding",
    "Hit",
    "Identity",
    "IndicatorBrief",
    "Look",
    "Match",
    "Obligation",
    "Past",
    "Pause",
    "Position",
    "Program",
    "Reckoning",
    "RegisterVersion",
    "Report",
    "Result",
    "SetAside",
    "Share",
    "Stage",
    "Statement",
    "Why",
]
