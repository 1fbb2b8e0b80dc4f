# SPDX-License-Identifier: Apache-2.0
"""Utterances of one person in two papers that are each other's nearest: who says few things says them in both.

A translation there and back leaves few words as they were. Alone, two such wordings are too unlike to be taken for one; but
where one person is quoted in both papers, and each of two utterances is by far the nearest to the other, they are.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar.intake.said.alike import closeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.said.alike import Said

_LEAST = 0.22
"""How near two utterances must be at least."""
_AHEAD = 1.5
"""How many times nearer than the next one."""
_FIELD = 3
"""Utterances of one person in two papers from which "the nearest" tells anything: of one and one it is any."""
_MOST = 60
"""Utterances of one person that are compared: who says more says much that is alike."""
_SHARE = 0.5
"""What such a pair counts beside one that is alike by itself."""


def nearest(
    printed: Sequence[Said],
    documents: Mapping[Said, frozenset[str]],
    weight: Mapping[str, float],
    known: Mapping[tuple[int, int], float],
) -> dict[tuple[int, int], float]:
    """Give the pairs of utterances of one person in different papers that are each other's nearest, beside those known."""
    found: dict[tuple[int, int], float] = {}
    taken = {
        (number, document) for pair in known for number in pair for document in _other(pair, number, printed, documents)
    }
    for numbers in _by_speaker(printed):
        near = _near(numbers, printed, documents, weight, taken)
        of: dict[int, list[float]] = defaultdict(list)
        for pair, value in near.items():
            for number in pair:
                of[number].append(value)
        ranks = {number: sorted(values, reverse=True) for number, values in of.items()}
        for pair, value in near.items():
            is_first = all(ranks[number][0] == value for number in pair)
            rivals = max((ranks[number][1] for number in pair if len(ranks[number]) > 1), default=0.0)
            if pair not in known and is_first and value >= _AHEAD * rivals:
                found[pair] = value * _SHARE
    return found


def _other(
    pair: tuple[int, int], number: int, printed: Sequence[Said], documents: Mapping[Said, frozenset[str]]
) -> frozenset[str]:
    """Give the papers that print the other one of a pair."""
    return documents[printed[pair[0] if pair[1] == number else pair[1]]]


def _by_speaker(printed: Sequence[Said]) -> list[list[int]]:
    """Give the utterances of each person by their numbers, under each part of the name: papers give some of them."""
    spoken: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(printed):
        for name in sorted(one.names):
            spoken[name].append(number)
    return [numbers for _, numbers in sorted(spoken.items()) if 1 < len(numbers) <= _MOST]


def _printed_by(
    papers: frozenset[str], numbers: Sequence[int], printed: Sequence[Said], documents: Mapping[Said, frozenset[str]]
) -> int:
    """Count the utterances of some that stand in some papers."""
    return sum(not papers.isdisjoint(documents[printed[number]]) for number in numbers)


def _near(
    numbers: Sequence[int],
    printed: Sequence[Said],
    documents: Mapping[Said, frozenset[str]],
    weight: Mapping[str, float],
    taken: set[tuple[int, str]],
) -> dict[tuple[int, int], float]:
    """Give how near utterances of different papers are that have no fellow in the other paper yet."""
    near: dict[tuple[int, int], float] = {}
    for place, one in enumerate(numbers):
        for other in numbers[place + 1 :]:
            ours, theirs = documents[printed[one]], documents[printed[other]]
            is_free = not any((one, id_) in taken for id_ in theirs) and not any((other, id_) in taken for id_ in ours)
            value = closeness(printed[one], printed[other], weight) if is_free and ours.isdisjoint(theirs) else 0.0
            if value >= _LEAST and _printed_by(ours | theirs, numbers, printed, documents) >= _FIELD:
                near[one, other] = value
    return near
