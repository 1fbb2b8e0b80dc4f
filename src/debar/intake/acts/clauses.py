# SPDX-License-Identifier: Apache-2.0
"""Where the clauses of a sentence end, and how far two places in it stand apart by that."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRONG, WEAK, COMMA = 1.4, 0.8, 0.35
"""What it costs to cross: the border of a main clause, of a subordinate one, a comma that may only set off an aside."""
SENTENCE = 2.5
"""The end of a sentence that was not told from an abbreviation."""
_CUTS = (
    (re.compile(r"(?<=[a-z]{3}|[09]{3})[.!?][\"\u201d\u00bb')]{0,2} (?=[a-z0-9\"\u201c\u00ab])"), SENTENCE),
    (re.compile(r"; | [\u2013\u2014] ?| - |\u2014|: (?=[a-z])"), STRONG),
    (
        re.compile(
            r", (?:but|while|whereas|although|though|whose|because|whereupon|so|yet|then|meaning|leaving|when|where|with(?! (?:immediate )?effect)|as(?! (?:of|from)\b)"
            r"|and (?:then |that |later |thus )?(?:it|he|she|they|the|that|this|these|those|its|their|there|will|would|must|may"
            r"|has|had|have|is|are|was|were|[a-z]{2,20} (?:will|would|must|may|can|has|had|have|is|are|was|were)))\b"
        ),
        STRONG,
    ),
    (
        re.compile(
            r",? and (?=(?:from|by|until|after|starting|effective|as of|beginning|since|no later|on|in|with effect)\b)"
        ),
        STRONG,
    ),
    (re.compile(r" (?:but|while|whereas|although|because|however|though) "), STRONG),
    (re.compile(r", (?:which|who|whom|whose)\b"), STRONG),
    (
        re.compile(
            r",? (?:which|who|that|whom|where|when|before|after which|saying|adding|stating|citing)\b(?! date\b| day\b| (?:the |about |late |early )?[09])"
        ),
        WEAK,
    ),
    (
        re.compile(
            r"[()\[\]]|, and | and (?=(?:must|may|shall|will|would|should|cannot|has to|have to|is to|are to)\b)"
        ),
        WEAK,
    ),
    (re.compile(r", "), COMMA),
)
"""Borders and what they cost; where two lie at one place, the dearer counts."""


_SUBORDINATE = re.compile(
    r"[^a-z0-9]{0,6}(?:although|though|while|when|if|as|because|since|once|whereas|contrary to|unlike|even though|even if|unless|where|(?:after|before|upon|following|by|on|since|in) [a-z]{2,14}ing) [^,]{12,200}?(?:, [^,]{0,16}[09]{2,60}[^,]{0,12})?, "
)
"""A sentence that opens with a subordinate clause: the comma behind it is where the main clause begins."""


_HUNDRED = 100
_START = attrgetter("start")


class Cut(NamedTuple):
    """A border of clauses."""

    start: int
    end: int
    cost: float
    passed: int = 0
    """What it costs to cross this border and all before it, in hundredths: sums of them are exact."""


def cuts(sentence: str, kept: Iterable[tuple[int, int]]) -> tuple[Cut, ...]:
    """Give the borders in a sentence in small letters, in order; none inside of spans that are kept whole, such as dates."""
    whole = sorted(kept)
    ends = [last for _, last in whole]
    found: dict[int, Cut] = {}
    if first := _SUBORDINATE.match(sentence):
        found[first.end() - 2] = Cut(first.end() - 2, first.end(), STRONG)
    for expression, cost in _CUTS:
        for match in expression.finditer(sentence):
            start, end = match.span()
            inside = bisect_right(ends, start)
            if inside < len(whole) and whole[inside][0] < end - 1:
                continue
            if found.keys().isdisjoint((start - 1, start, start + 1)):
                found[start] = Cut(start, end, cost)
    ordered = sorted(found.values())
    sums = accumulate(round(cut.cost * _HUNDRED) for cut in ordered)
    return tuple(cut._replace(passed=passed) for cut, passed in zip(ordered, sums, strict=True))


def opened(borders: Iterable[Cut]) -> tuple[Cut, ...]:
    """Give the borders with which clauses open, in the order of their ends; a comma alone opens none."""
    return tuple(sorted((cut for cut in borders if cut.cost > COMMA), key=lambda cut: (cut.end, -cut.start)))


def apart(first: tuple[int, int], second: tuple[int, int], borders: Sequence[Cut]) -> float:
    """Give what it costs to go from one place of a sentence to another; the borders are all that it has, in order."""
    left, right = sorted((first, second))
    begin = bisect_left(borders, left[1] - 1, key=_START)
    end = bisect_left(borders, right[0], lo=begin, key=_START)
    if begin == end:
        return 0.0
    return (borders[end - 1].passed - (borders[begin - 1].passed if begin else 0)) / _HUNDRED


def around(first: int, last: int, length: int, borders: Iterable[Cut]) -> tuple[int, int]:
    """Give the clauses that hold two places: up to the nearest borders of main clauses."""
    begin, end = 0, length
    for cut in borders:
        if cut.cost < STRONG:
            continue
        if cut.end <= first:
            begin = cut.end
        elif cut.start >= last:
            end = min(end, cut.start)
    return begin, end
