# SPDX-License-Identifier: Apache-2.0
"""How many statements of a story stand how to the measure of the register, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.model.vocab.statements import VsRegister

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.model.intake import Statement, Story

_WORDS = {
    VsRegister.AGREES: "agree",
    VsRegister.IMPRECISE: "are less exact",
    VsRegister.CONTRADICTS: "contradict it",
    VsRegister.NOT_COVERED: "are not covered by it",
}


def compared(story: Story, facts: Mapping[str, Statement]) -> str:
    """Give "28 agree, 3 contradict it"; empty where the register holds no such measure."""
    counts = Counter(facts[id_].vs_register for id_ in story.facts if id_ in facts)
    if not story.measure and set(counts) <= {VsRegister.NOT_COVERED}:
        return ""
    return ", ".join(f"{counts[how]} {words}" for how, words in _WORDS.items() if counts[how])
