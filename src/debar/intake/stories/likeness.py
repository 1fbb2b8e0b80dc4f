# SPDX-License-Identifier: Apache-2.0
"""How alike texts are in their words: TF-IDF over words and pairs of words, as unit vectors of plain dictionaries.

The mean likeness of all pairs of two groups is the product of their sums over the product of their sizes, so that
average link needs one sum for each group and no table of all pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Vector = dict[str, float]

_WORD = re.compile(r"[^\W_]{4,40}")
"""Words of four letters or more: the shorter ones are mostly grammar, which every text of a language shares."""
LONGEST = 20_000
"""Characters of a text that are compared: what it is about stands in the first ones."""


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Give the texts as vectors of length 1, in which words that no other text has only count for the length."""
    counts = [_terms(text) for text in texts]
    papers: Counter[str] = Counter()
    for one in counts:
        papers.update(one.keys())
    total = len(texts)
    # Smoothed, so that a word that stands in all papers of one story still counts.
    weights = {term: log((1 + total) / (1 + number)) + 1 for term, number in papers.items()}
    return [_unit(one, weights, papers) for one in counts]


def _terms(text: str) -> Counter[str]:
    found = _WORD.findall(text[:LONGEST].casefold())
    terms = Counter(found)
    terms.update(f"{one} {two}" for one, two in pairwise(found))
    return terms


def _unit(counts: Counter[str], weights: Mapping[str, float], papers: Counter[str]) -> Vector:
    weighed = {term: (1 + log(number)) * weights[term] for term, number in counts.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {term: weight / length for term, weight in weighed.items() if papers[term] > 1}


def product(one: Vector, other: Vector) -> float:
    """Give the product of two vectors."""
    less, more = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * more[term] for term, weight in less.items() if term in more)


def add(total: Vector, one: Vector) -> None:
    """Add a vector to a sum, in place."""
    for term, weight in one.items():
        total[term] = total.get(term, 0.0) + weight
