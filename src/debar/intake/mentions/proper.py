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
    from collections.abc import Sequence

    from debar.intake.seen import Seen

KNOWN = frozenset({AUTHORITY, OUTLET, PLACE, PRODUCT, SUPPLIER})
_SHORTEST = 4
"""Letters of a name: shorter words in capitals are mostly abbreviations, which many matters share."""
LONGEST = 20_000
"""Characters of a paper in which names are looked for."""
_WORD = re.compile(r"[^\W_]+")
OPENING = "\"\u201c\u00ab\u2018'([:;.!?\u2014\u2013"
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
    for sentence in seen.sentences:
        if sentence.start > LONGEST:
            break
        words = list(_WORD.finditer(seen.flat, sentence.start, sentence.end))
        for at, word in enumerate(words):
            text = word.group()
            if text.islower():
                small.add(text.casefold())
            elif len(text) >= _SHORTEST and text[0].isupper() and covered.isdisjoint((word.start(), word.end() - 1)):
                found.append(one := _proper(words, at))
                if not text.isupper() and at and sentence.paragraph > 0 and not _opens(seen.flat, word.start()):
                    inside.add(one.name)
    return Capitals(tuple(one for one in found if one.name not in small), frozenset(inside - small))  # 2. 3.


def _covered(seen: Seen) -> set[int]:
    spans = [(one.start, one.end) for one in seen.mentions if one.kind in KNOWN]
    spans += [(date.span.start, date.span.end) for date in seen.dates]
    return {at for start, end in spans for at in range(start, min(end, start + 200))}


def _proper(words: Sequence[re.Match[str]], at: int) -> Proper:
    """Give one of the words of a sentence, with those beside it."""
    before = tuple(one.group().casefold() for one in words[max(0, at - 2) : at])
    after = tuple(one.group().casefold() for one in words[at + 1 : at + 3])
    return Proper(words[at].group().casefold(), words[at].start(), words[at].end(), before, after)


def _opens(flat: str, start: int) -> bool:
    """Tell whether a sign stands before a word inside a sentence after which any word may stand in capitals."""
    sign = flat[start - 2 : start].strip()
    return bool(sign) and sign[-1] in OPENING
