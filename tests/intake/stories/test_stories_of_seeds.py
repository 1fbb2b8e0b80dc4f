# SPDX-License-Identifier: Apache-2.0
"""Promises held against five real articles on one determination; left out where they are not at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.intake.reading import read
from debar.model.vocab.statements import Severity, VsRegister

if TYPE_CHECKING:
    from debar.model.intake import Reading
    from debar.register import Register

SEEDS = Path(os.environ.get("DEBAR_CORPUS") or Path(__file__).parents[3] / ".." / "shared" / "corpus") / "seeds"
MATERIAL = {
    "act": [{"000", "002", "004"}, {"002", "003"}],
    "aspect": [{"000", "001", "002", "004"}, {"003"}],
    "stage": [{"003"}, {"000", "004"}],
}
"""The annotated material conflicts but for boundaries, which are two: the papers on each side."""


@pytest.fixture(scope="module")
def reading(register: Register) -> Reading:
    """Give the five articles, read together."""
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip(f"no articles: the folder {SEEDS.name} of the corpus is not there")
    return read(((path.name, path.read_bytes()) for path in files), register)


def test_the_five_articles_are_one_story_of_the_register(reading: Reading) -> None:
    """They tell of one measure, and the register holds it."""
    (story,) = reading.stories
    assert (story.measure, len(story.documents)) == ("us-bis-icts-2021-002-kaspersky", 5)


def test_every_material_conflict_is_found_with_its_papers(reading: Reading) -> None:
    """Use, start or end, one date or stages, and the two boundaries: each with the papers that were annotated."""
    (story,) = reading.stories
    names = {paper.id: paper.path[:3] for paper in reading.documents}
    papers = {fact.id: names[fact.document] for fact in reading.facts}
    found: dict[str, list[list[set[str]]]] = {}
    for conflict in story.conflicts:
        if conflict.severity is Severity.MATERIAL:
            sides = [{papers[fact] for fact in value.facts} for value in conflict.values]
            found.setdefault(conflict.type, []).append(sides)
    assert {kind: found[kind][0] for kind in MATERIAL} == MATERIAL
    after = [[side for side in sides if "004" in side] for sides in found["boundary"]]
    assert len(after) == 2
    assert all("000" in set().union(*sides) for sides in found["boundary"])


def test_three_articles_contradict_the_register_on_use(reading: Reading) -> None:
    """Use is not prohibited, and each article that says so is told."""
    names = {paper.id: paper.path[:3] for paper in reading.documents}
    wrong = {names[fact.document] for fact in reading.facts if fact.vs_register is VsRegister.CONTRADICTS and fact.act == "prohibit.use"}  # fmt: skip
    assert wrong == {"000", "002", "004"}
