# SPDX-License-Identifier: Apache-2.0
"""Promises of pairs of short papers: what careful readers see as a disagreement is one, and nothing else is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from debar.intake.reading import read
from debar.model.vocab.statements import Severity

if TYPE_CHECKING:
    from debar.register import Register

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "intake" / "conflicts.yaml").read_text(encoding="utf-8")
)
LEAST = 0.85
"""What of the conflicts of all pairs is found, and of those that are told is right, at least: what is missed is misread."""


def told(pair: dict[str, Any], register: Register) -> Counter[str]:
    """Give the kinds of material conflicts between two papers."""
    found = read([(f"{number}.txt", text.encode()) for number, text in enumerate(pair["papers"])], register)
    return Counter(
        str(one.type) for story in found.stories for one in story.conflicts if one.severity is Severity.MATERIAL
    )


@pytest.mark.slow
def test_pairs_of_papers(register: Register) -> None:
    """Boundaries, dates, acts, stages: most are found, and hardly any is told that is none."""
    right = told_in_all = wanted = 0
    for pair in PAIRS:
        found, sought = told(pair, register), Counter(pair["conflicts"])
        right += (found & sought).total()
        told_in_all += found.total()
        wanted += sought.total()
    assert right / told_in_all >= LEAST
    assert right / wanted >= LEAST


@pytest.mark.parametrize("pair", [one for one in PAIRS if not one["conflicts"]], ids=lambda one: str(one["id"]))
def test_harmless_pairs(register: Register, pair: dict[str, Any]) -> None:
    """Less exact, of other things or people, overtaken, planned, or worded from the other side is no disagreement."""
    assert told(pair, register) == Counter()
