# SPDX-License-Identifier: Apache-2.0
"""How well a finding is supported, in words: by whom it was reported, and nobody where nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from debar.model.measures.sources import UNNAMED
from debar.model.results.position import Because
from debar.model.vocab import Grade
from debar.writers.legal import support

if TYPE_CHECKING:
    from debar.model.results import Finding


class Found:
    """What is asked of a finding."""

    def __init__(self, grade: Grade, *publishers: str, of: Grade = Grade.SECONDARY) -> None:
        """Take its grade, and who published what it rests on."""
        self.grade = grade
        self.because = tuple(Because(citation="", text="", grade=of, publisher=one, url="") for one in publishers)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Found(Grade.PRIMARY, "A ministry", of=Grade.PRIMARY), "primary source"),
        (Found(Grade.SECONDARY, "A paper", "A paper", "Another"), "secondary source: as reported by A paper, Another"),
        (Found(Grade.SECONDARY, "A paper", UNNAMED, ""), "secondary source: as reported by A paper"),
        (Found(Grade.SECONDARY, UNNAMED), "secondary source: a report that names no publisher"),
        (Found(Grade.SECONDARY, "A ministry", of=Grade.PRIMARY), "secondary: an inference"),
    ],
)
def test_reporters_are_those_who_are_named(found: Found, said: str) -> None:
    """Each once; a paper without a publisher reports in nobody's name, and what only rests on the law itself is an inference."""
    assert support(cast("Finding", found)) == said
