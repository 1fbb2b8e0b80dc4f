# SPDX-License-Identifier: Apache-2.0
"""Promises of the check on protection: what would never be found, would heal by two meanings, or would wait for itself is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import small
from debar.register import check

if TYPE_CHECKING:
    from pathlib import Path

PRODUCTS = "protection/protectors.yaml"
STATES = "protection/states/states.yaml"
REMOVALS = "protection/removals/maker.yaml"
FILES = {
    PRODUCTS: """\
- id: fence
  name: Fence
  maker: Fencers
  signs:
    - {kind: name, operator: phrase, patterns: [Fence Agent], examples: [Fence Agent], counterexamples: []}
  grade: secondary
  references: [a list]
""",
    STATES: """\
- id: mood
  fields: [Mood]
  protectors: [fence]
  healthy: ["16"]
  unhealthy: ["0"]
  mask: 16
  is_enough: true
  text: How it feels.
  grade: secondary
  references: [a list]
""",
    REMOVALS: """\
- id: maker-shield
  party: maker
  products: [shield]
  how: Remove it.
  remains:
    - {kind: driver, look: shield.sys, grade: secondary, references: [a list]}
  grade: secondary
  references: [a list]
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register with one product, one field and one removal."""
    home = small.write(tmp_path / "register")
    for name, content in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    return home


def test_what_the_others_break_is_whole(folder: Path) -> None:
    """The small register has no fault, and holds one of each."""
    register, faults = check.faults(folder, small.TODAY)
    assert [] == faults
    assert (1, 1, 1) == (len(register.protectors), len(register.state_fields), len(register.removals))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            PRODUCTS,
            "maker: Fencers",
            "maker: Maker",
            "Maker is the party maker: its products are removed, and replace none",
        ),
        (PRODUCTS, "operator: phrase", "operator: regex", "told by whole values or phrases: equals or phrase"),
        (
            PRODUCTS,
            "patterns: [Fence Agent]",
            "patterns: ['!']",
            "needs at least one pattern and one example, and no empty one",
        ),
        (
            PRODUCTS,
            "examples: [Fence Agent]",
            "examples: []",
            "needs at least one pattern and one example, and no empty one",
        ),
        (PRODUCTS, "references: [a list]", "references: []", "needs at least one reference"),
        (STATES, "protectors: [fence]", "protectors: [fense]", "did you mean 'fence'?"),
        (STATES, 'unhealthy: ["0"]', 'unhealthy: ["16"]', "the value '16' has two meanings"),
        (STATES, 'healthy: ["16"]', 'healthy: ["17"]', "the value '17' cannot be left of a number by the mask 16"),
        (STATES, 'healthy: ["16"]', 'healthy: ["on"]', "the value 'on' cannot be left of a number by the mask 16"),
        (STATES, "fields: [Mood]", "fields: ['-']", "names no field"),
        (REMOVALS, "party: maker", "party: makre", "did you mean 'maker'?"),
        (REMOVALS, "products: [shield]", "products: [shild]", "did you mean 'shield'?"),
        (REMOVALS, "how: Remove", "after_here: [shield]\n  how: Remove", "shield would wait for itself"),
        (REMOVALS, "how: Remove", "after_everywhere: [shield]\n  how: Remove", "shield would wait for itself"),
        (
            REMOVALS,
            "grade: secondary, references: [a list]}",
            "grade: secondary, references: []}",
            "needs at least one reference",
        ),
    ],
)
def test_a_fault_is_found(folder: Path, file: str, old: str, new: str, said: str) -> None:
    """Each fault is told with its file and line, and nothing else is."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    _, faults = check.faults(folder, small.TODAY)
    assert 1 == len(faults), faults
    assert faults[0].startswith(f"register/{file}:")
    assert said in faults[0]


def test_two_removals_of_one_product_are_refused(folder: Path) -> None:
    """Which of them holds would be chance."""
    text = FILES[REMOVALS]
    (folder / REMOVALS).write_text(text + text.replace("id: maker-shield", "id: maker-shield-again"))
    _, faults = check.faults(folder, small.TODAY)
    assert ["shield is removed by maker-shield already"] == [fault.split(": ", 1)[1] for fault in faults]


def test_a_product_without_signs_is_refused(folder: Path) -> None:
    """It would never be found."""
    before, _, rest = FILES[PRODUCTS].partition("  signs:\n")
    (folder / PRODUCTS).write_text(f"{before}  signs: []\n{rest.split(chr(10), 1)[1]}")
    _, faults = check.faults(folder, small.TODAY)
    assert ["a product that shows no sign is never found"] == [fault.split(": ", 1)[1] for fault in faults]
