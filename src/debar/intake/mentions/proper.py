# SPDX-License-Identifier: Apache-2.0
"""Proper names that nobody listed: words in capitals inside sentences, by which papers on one matter know each other.

A water company, a town, a member of a board: none of them is in the register, and two papers that name the same two of
them seldom tell of different things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.entries import AUTHORITY, OUTLET, PLACE, PRODUCT, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.intake.seen import Seen

_KNOWN = frozenset({AUTHORITY, OUTLET, PLACE, PRODUCT, SUPPLIER})
_SHORTEST = 4
"""Letters of a name: shorter words in capitals are mostly abbreviations, which many matters share."""
LONGEST = 20_000
"""Characters of a paper in which names are looked for."""
_WORD = re.compile(r"[^\W_]+")
_OPENING = "\"\u201c\u00ab\u2018'([:;.!?\u2014\u2013"
"""Signs after which any word may stand in capitals."""


class Proper(NamedTuple):
    """A word in capitals, with the words beside it in small letters."""

    name: str
    """In small letters."""
    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class Capitals(NamedTuple):
    """Words in capitals of a paper, and which of them are names beyond doubt."""

    found: tuple[Proper, ...]
    names: frozenset[str]


def capitals(seen: Seen) -> Capitals:
    """Give the words in capitals of a paper that are not known otherwise, wherever they stand in title and main text.

    1. Names of places, authorities, outlets and suppliers are known, and months stand in dates.
    2. A name stands inside a sentence of the main text once at least: titles and first words are capitals anyway.
    3. What the paper writes in small letters too is a word.
    """
    covered = _covered(seen)  # 1.
    found: list[Proper] = []
    inside: set[str] = set()
    small: set[str] = set()
    for one, is_inside in _words(seen):
        text = seen.flat[one.start : one.end]
        if text.islower():
            small.add(one.name)
        elif len(text) >= _SHORTEST and text[0].isupper() and not any(at in covered for at in (one.start, one.end - 1)):
            found.append(one)
            if is_inside and not text.isupper():
                inside.add(one.name)
    return Capitals(tuple(one for one in found if one.name not in small), frozenset(inside - small))  # 2. 3.


def _covered(seen: Seen) -> set[int]:
    spans = [(one.start, one.end) for one in seen.mentions if one.kind in _KNOWN]
    spans += [(date.span.start, date.span.end) for date in seen.dates]
    return {at for start, end in spans for at in range(start, min(end, start + 200))}


def _words(seen: Seen) -> Iterator[tuple[Proper, bool]]:
    """Yield the words of the sentences, and whether each stands inside a sentence of the main text."""
    for sentence in seen.sentences:
        if sentence.start > LONGEST:
            return
        words = list(_WORD.finditer(seen.flat, sentence.start, sentence.end))
        folded = [word.group().casefold() for word in words]
        for at, word in enumerate(words):
            sign = seen.flat[max(sentence.start, word.start() - 2) : word.start()].strip()
            is_inside = at > 0 and sentence.paragraph > 0 and not (sign and sign[-1] in _OPENING)
            name = Proper(
                folded[at],
                word.start(),
                word.end(),
                tuple(folded[max(0, at - 2) : at]),
                tuple(folded[at + 1 : at + 3]),
            )
            yield name, is_inside
