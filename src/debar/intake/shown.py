# SPDX-License-Identifier: Apache-2.0
"""Passages of papers in words, each with its paper and the day of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.intake import Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.intake import Paper, Passage

MOST, LONGEST = 3, 500
"""Passages of one thing, and characters of one, that are shown."""


class Shown(NamedTuple):
    """Papers and how they are called, for showing passages."""

    papers: dict[str, Paper]
    names: dict[str, str]

    def where(self, passages: Iterable[Passage], around: int = 0) -> tuple[Where, ...]:
        """Give passages in words, each once, and no more than are kept."""
        found: dict[Where, None] = {}
        for one in passages:
            if (paper := self.papers.get(one.document)) and len(found) < MOST:
                words = " ".join(paper.text[max(0, one.start - around) : one.end + around].split())
                short = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
                found[Where(self.names[one.document], published(paper), short)] = None
        return tuple(found)


def published(paper: Paper) -> str:
    """Give the day of a paper, or its window."""
    when = paper.published
    window = " to ".join(dict.fromkeys(day for day in (when.earliest, when.latest) if day))
    return when.value or window
