# SPDX-License-Identifier: Apache-2.0
"""Promises on folders of papers as people save them: which are put together, and what each is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from debar.intake.reading import read

if TYPE_CHECKING:
    from debar.model.intake import Story
    from debar.register import Register

FOLDERS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data/intake/folders.yaml").read_text(encoding="utf-8")
)
HARD = {
    "au-state-follows-federal": "a notice of a state that cites the direction of the federation",
    "broadcasters": "a broadcaster and a government of one country take measures on one app in one week",
    "city-and-country-nl": "a city takes a measure of its own, and its paper names no other place than its country does",
    "subsidiary-brand-us": "a federal court is named by its district, which bears the name of a state",
    "two-suppliers-one-measure-ca": "two papers that name two suppliers equally often share few words",
}
"""Folders that are not put together as a careful reader would, and why that is hard."""


def _text(paper: dict[str, Any]) -> str:
    lines = paper["text"].splitlines()
    return "\n\n".join(line[2:] if line.startswith(("# ", "~ ")) else line for line in lines) + "\n"


def _stories(folder: dict[str, Any], register: Register) -> list[Story]:
    """Give the story of each paper of a folder, in the order of the papers."""
    contents = [(f"{number:02}.txt", _text(paper).encode()) for number, paper in enumerate(folder["papers"])]
    reading = read(contents, register)
    told = {id_: story for story in reading.stories for id_ in story.documents}
    return [told[paper.id] for paper in sorted(reading.documents, key=lambda one: one.path)]


def _parts(names: list[Any]) -> list[int]:
    """Give a partition as the number of the first paper of each paper's part."""
    return [names.index(name) for name in names]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one["folder"])
def test_papers_of_a_folder_are_put_together_as_a_careful_reader_would(
    folder: dict[str, Any], register: Register
) -> None:
    """Papers on one measure are one story, and papers on two are two; what is too hard is known by name."""
    stories = _stories(folder, register)
    right = _parts([paper["story"] for paper in folder["papers"]])
    is_right = _parts([story.id for story in stories]) == right
    assert is_right is (folder["folder"] not in HARD)


def test_no_folder_merges_two_jurisdictions(register: Register) -> None:
    """Papers that tell the measures of two states, by what a careful reader says, are never one story."""
    for folder in FOLDERS:
        told: dict[str, set[str]] = {}
        for paper, story in zip(folder["papers"], _stories(folder, register), strict=True):
            if "about" in paper:
                told.setdefault(story.id, set()).add(paper["about"].partition("/")[2].partition("-")[0])
        assert all(len(places) == 1 for places in told.values()), folder["folder"]


def test_most_papers_are_told_under_their_supplier_and_jurisdiction(register: Register) -> None:
    """Supplier and jurisdiction of stories are right for nineteen papers of twenty."""
    pairs = [
        (f"{story.supplier}/{story.jurisdiction}", paper["about"])
        for folder in FOLDERS
        for paper, story in zip(folder["papers"], _stories(folder, register), strict=True)
        if "about" in paper
    ]
    assert sum(ours == theirs for ours, theirs in pairs) >= 0.95 * len(pairs)


MORE: list[dict[str, Any]] = [
    folder
    for name in ("together.yaml", "together-second.yaml", "together-third.yaml", "together-fourth.yaml")
    for folder in yaml.safe_load((Path(__file__).parents[2] / "data/intake" / name).read_text(encoding="utf-8"))
]
APART = {
    "alert-on-two-measures": "one paper tells of two measures alike",
    "modules-in-warsaw": "a newsletter names an instrument by its number in a gazette",
    "near-copies-seoul": "two authorities of one state act within days",
    "baltic-sea-bus-makers": "a paper names its own state by a transport company only, and another state by its capital",
    "accountants-and-chatbots-canberra": "a paper of the federation names a state in passing, and nothing else",
    "trains-stockholm-and-sofia": "a clarification of a tender names neither supplier nor state",
}
"""Folders of those that are not put together as a careful reader would, and why that is hard."""


@pytest.mark.parametrize("folder", MORE, ids=lambda one: one["folder"])
def test_papers_by_many_hands_are_put_together(folder: dict[str, Any], register: Register) -> None:
    """Mails, translations, notices and follow-ups stand with their story; what is too hard is known by name."""
    is_right = _parts([story.id for story in _stories(folder, register)]) == _parts(
        [paper["story"] for paper in folder["papers"]]
    )
    assert is_right is (folder["folder"] not in APART)
