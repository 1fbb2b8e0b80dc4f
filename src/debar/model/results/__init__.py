# SPDX-License-Identifier: Apache-2.0
"""Nouns of the answer: matches, exposures, the legal position, and what to do."""

from debar.model.results.cases import Case, CaseExposure, Expectation
from debar.model.results.explanation import Explanation, Past, Stage
from debar.model.results.found import Exposure, Hit, Match, Result, SetAside
from debar.model.results.position import Because, Finding, Obligation, Pause, Position, Statement
from debar.model.results.report import AssetCoverage, AssetEvidence, Brief, Coverage, Program, RegisterVersion, Report

__all__ = [
    "AssetCoverage",
    "AssetEvidence",
    "Because",
    "Brief",
    "Case",
    "CaseExposure",
    "Coverage",
    "Expectation",
    "Explanation",
    "Exposure",
    "Finding",
    "Hit",
    "Match",
    "Obligation",
    "Past",
    "Pause",
    "Position",
    "Program",
    "RegisterVersion",
    "Report",
    "Result",
    "SetAside",
    "Stage",
    "Statement",
]
