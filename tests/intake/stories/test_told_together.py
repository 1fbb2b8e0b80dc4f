# SPDX-License-Identifier: Apache-2.0
"""Promises on folders of small papers: whole stories, with what their papers disagree on, acts read or not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from debar.intake.reading import read
from debar.model.vocab.statements import Severity

if TYPE_CHECKING:
    from debar.model.intake import Conflict, Reading
    from debar.register import Register

FOLDERS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data/intake/stories.yaml").read_text(encoding="utf-8")
)
KIN = frozenset({"act", "polarity"})
PRECISION, RECALL = 0.85, 0.6
"""What of the material conflicts that are told is right, and what of them is found, at least: what is missed is misread."""


class Told(NamedTuple):
    """A material conflict, with the numbers of the papers on each of its sides."""

    type: str
    sides: list[set[int]]


def reading(folder: dict[str, Any], register: Register) -> Reading:
    """Read a folder, papers named by their numbers from 1."""
    contents = []
    for number, paper in enumerate(folder["papers"], 1):
        lines = paper["text"].splitlines()
        text = "\n\n".join(line[2:] if line.startswith(("# ", "~ ")) else line for line in lines) + "\n"
        contents.append((f"{number:02}.txt", text.encode()))
    return read(contents, register)


def told(found: Reading) -> list[Told]:
    """Give the material conflicts of all stories of a folder."""
    number = {paper.id: int(paper.path[:2]) for paper in found.documents}
    paper = {fact.id: number[fact.document] for fact in found.facts}

    def sides(conflict: Conflict) -> list[set[int]]:
        return [
            {*(paper[fact] for fact in value.facts), *(number[place.document] for place in value.passages)}
            for value in conflict.values
        ]

    return [
        Told(str(one.type), sides(one))
        for story in found.stories
        for one in story.conflicts
        if one.severity is Severity.MATERIAL
    ]


def is_same(gold: dict[str, Any], one: Told) -> bool:
    """Tell whether a conflict sets papers of two annotated sides against each other."""
    if gold["type"] != one.type and not {gold["type"], one.type} <= KIN:
        return False
    return any(
        (ours & set(left) and theirs & set(right)) or (ours & set(right) and theirs & set(left))
        for ours, theirs in combinations(one.sides, 2)
        for left, right in combinations(gold["sides"], 2)
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: str(one["folder"]))
def test_papers_of_one_story_stand_together(folder: dict[str, Any], register: Register) -> None:
    """A notice by its citation, a translation, a mail that says "the ban", two levels of a state, two measures years apart."""
    found = reading(folder, register)
    ours = {paper.id: story.id for story in found.stories for paper in found.documents if paper.id in story.documents}
    by_number = [ours[paper.id] for paper in sorted(found.documents, key=lambda one: one.path)]
    right = [paper["story"] for paper in folder["papers"]]
    assert [by_number.index(one) for one in by_number] == [right.index(one) for one in right]


@pytest.mark.slow
def test_conflicts_of_stories(register: Register) -> None:
    """Most conflicts are found, and hardly any is told that is none, though many acts are misread."""
    right = told_in_all = found = wanted = 0
    for folder in FOLDERS:
        ours = told(reading(folder, register))
        gold = folder.get("conflicts", [])
        told_in_all += len(ours)
        right += sum(any(is_same(one, mine) for one in gold) for mine in ours)
        sought = [one for one in gold if one["severity"] == "material" and not one.get("optional")]
        wanted += len(sought)
        found += sum(any(is_same(one, mine) for mine in ours) for one in sought)
    assert right / told_in_all >= PRECISION
    assert found / wanted >= RECALL
