# SPDX-License-Identifier: Apache-2.0
"""How high a name of a list may score with another name, known before the two are compared: never less than it does.

What is compared is told from what is not by the same numbers by which it is judged then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.screen.index import WHOLE
from debar.screen.spelling import CORE
from debar.screen.verdict import EACH, TELLING, branded, chance, together

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from collections.abc import Set as AbstractSet

    from debar.screen.spelling import Entry

MOST = 0.9
"""Share of both names from which they may agree as a whole."""
_SLACK = 0.05
"""Weight by which words may agree that look otherwise, as abbreviations do."""


class Reach(NamedTuple):
    """What of a listed name may be found in another, word by word."""

    own: float
    """Weight of its words that tell it apart and are found."""
    beside: float
    """Weight of its other words that may be."""
    each: float
    """Weight of all these where nothing is left over, and each word counts."""
    largest: float
    """Weight of the heaviest word that tells it apart, where all of those are found; nothing where they are not."""


def reach(entries: Sequence[Entry], spelled: AbstractSet[str], starts: Container[str] | None) -> Reach:
    """Give what of a listed name stands in another; words beside its own may also look otherwise, but for the first letter."""
    own, beside, each, largest, is_there = 0.0, _SLACK, 0.0, 0.0, True
    for word, weight, does in entries:
        if does == CORE:
            if word in spelled:
                own += weight
                each += max(EACH, weight)
                largest = max(largest, weight)
            else:
                is_there = False
        elif starts is None or word in spelled or word[0] in starts:
            beside += weight
            each += max(EACH, weight)
    return Reach(own, beside, each, largest if is_there else 0.0)


def best(found: Reach, whole: float, of_query: float, telling: float) -> float:
    """Give the highest score that a listed name of so much weight may have with a name of so much weight."""
    agreed = min(whole, found.own + found.beside)
    if not whole or not of_query:
        return 0.0
    score = together(agreed / whole, min(1.0, agreed / of_query))
    if found.largest >= TELLING:
        score = max(score, branded(found.largest))
    score *= chance(agreed, telling)
    if agreed >= MOST * max(whole, of_query):
        score = max(score, chance(found.each, telling * WHOLE))
    return score
