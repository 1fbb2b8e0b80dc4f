# SPDX-License-Identifier: Apache-2.0
"""How alike two texts are in runs of four words, as the article extraction benchmark of Scrapinghub counts it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = 4
_WORD = re.compile(r"\w+")


class Overlap(NamedTuple):
    """Precision and recall of one text against another."""

    precision: float
    recall: float
    has_found: bool
    has_true: bool


def overlap(true: str, found: str) -> Overlap:
    """Compare runs of words, each as often as it occurs."""
    ours, theirs = _runs(found), _runs(true)
    both = (ours & theirs).total()
    if ours == theirs:
        return Overlap(1.0, 1.0, bool(ours), bool(theirs))
    return Overlap(both / max(ours.total(), 1), both / max(theirs.total(), 1), bool(ours), bool(theirs))


def mean(overlaps: Sequence[Overlap]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of several pages: the means of pages, so that long ones weigh no more."""
    precisions = [one.precision for one in overlaps if one.has_found]
    recalls = [one.recall for one in overlaps if one.has_true]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """Count runs of four words; a shorter text is one run."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + LENGTH]) for start in range(max(1, len(words) - LENGTH + 1)))
