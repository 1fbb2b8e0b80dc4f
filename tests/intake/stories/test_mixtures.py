# SPDX-License-Identifier: Apache-2.0
"""Laws of folders: whatever papers of the project lie side by side, in whatever order they are handed over."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from debar.intake.reading import read

if TYPE_CHECKING:
    from debar.register import Register

FOLDERS = Path(__file__).parents[3] / "quality" / "intake" / "tuned"
SIZE = 6
"""Papers of a mixture."""
NAMELESS = {"dji-jp-government-drones-04-faq.txt"}
"""Papers that name neither supplier nor state: only what lies beside them can put them, so a shared day puts them wrong."""


def _papers() -> dict[str, tuple[bytes, str]]:
    """Give each annotated paper with the jurisdiction of its measure, by a name of its own."""
    found = {}
    for gold in sorted(FOLDERS.glob("*/gold.yaml")):
        told: dict[str, Any] = yaml.load(gold.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for one in told["documents"]:
            content = (gold.parent / one["file"]).read_bytes()
            found[f"{gold.parent.name}-{one['file']}"] = content, told["measure"]["jurisdiction"]
    return found


@pytest.fixture(scope="module")
def papers() -> dict[str, tuple[bytes, str]]:
    """Give the papers once."""
    return _papers()


def _parts(names: list[str], papers: dict[str, tuple[bytes, str]], register: Register) -> set[frozenset[str]]:
    """Give which of the papers stand together."""
    reading = read([(name, papers[name][0]) for name in names], register)
    paths = {one.id: one.path for one in reading.documents}
    return {frozenset(paths[id_] for id_ in story.documents) for story in reading.stories}


@pytest.mark.parametrize("seed", range(12))
def test_mixtures_never_merge_and_know_no_order(
    register: Register, papers: dict[str, tuple[bytes, str]], seed: int
) -> None:
    """No story of a mixture holds papers of two jurisdictions, and another order of files makes the same stories."""
    chance = Random(seed)
    names = chance.sample(sorted(papers.keys() - NAMELESS), SIZE)
    found = _parts(names, papers, register)
    merged = {part for part in found if len({papers[name][1] for name in part}) > 1}
    assert not merged
    chance.shuffle(names)
    assert _parts(names, papers, register) == found
