# SPDX-License-Identifier: Apache-2.0
"""Papers that repeat one another, and who is behind what the papers of a story say.

An origin counts once, whatever prints it: ten copies of one article, each under the name of another outlet, are one paper here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.grammar import listed
from debar.intake.said.quotes import between
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.examined import Examined

_WORD = re.compile(r"[^\W_]{1,60}")
_SHINGLE = 4
"""Words in a row that are compared."""
_FEWEST = 12
"""Runs of words that a paper must have to be compared."""
_COPIED = 0.5
"""Share of the shorter paper that stands in the other."""
_LEAD = 0.25
"""The same where both begin with the same sentence."""
_LEAD_WORDS = 10
_KEPT = 20
"""Papers of a group that others are compared with: whoever repeats the rest repeats some of them."""
_NOBODY = re.compile(r"the [a-z].{0,60}|[a-z-]{2,20}s|media")
"""What names nobody: a paper by its article ("the report", "the new ban"), or people at large ("officials", "sources")."""
_EMPTY = listed(
    "the a an of for and us u s uk eu department ministry office officials official spokesperson spokesman spokeswoman"
    " representative secretary minister government"
)
"""Words that names of different authorities share."""


def copies(examined: Sequence[Examined]) -> tuple[tuple[str, ...], ...]:
    """Give the ids of papers that repeat one another, in groups of two or more, in the order of the papers."""
    groups = _Groups([], defaultdict(list), {})
    for one in examined:
        _put(_Words(_runs(one), _lead(one)), groups)
    members: dict[int, list[str]] = defaultdict(list)
    for number, paper in enumerate(examined):
        members[_first(number, groups.joined)].append(paper.paper.id)
    return tuple(tuple(ids) for ids in members.values() if len(ids) > 1)


class _Words(NamedTuple):
    """What of a paper is compared."""

    runs: frozenset[tuple[str, ...]]
    lead: str


class _Groups(NamedTuple):
    """Papers put together so far."""

    joined: list[int]
    """Of each paper the number of one of its group before it; its own number for the first."""
    holding: defaultdict[tuple[str, ...], list[tuple[int, _Words]]]
    """The papers in which a run of words stands: of a group the first few, for the others repeat them."""
    same: dict[_Words, int]
    """The first paper of some words, so that they are compared once."""


def _put(words: _Words, groups: _Groups) -> None:
    """Put the next paper with those before it that it repeats; a paper in more groups than one makes them one."""
    number = len(groups.joined)
    groups.joined.append(number)
    if len(words.runs) < _FEWEST:
        return
    if (same := groups.same.setdefault(words, number)) != number:
        groups.joined[number] = same
        return
    others = dict(holder for run in words.runs for holder in groups.holding.get(run, ()))
    shared = Counter(holder for run in words.runs for holder, _ in groups.holding.get(run, ()))
    repeated = [other for other, count in shared.items() if _repeats(words, others[other], count)]
    for other in repeated:
        groups.joined[_first(other, groups.joined)] = _first(number, groups.joined)
    if len(repeated) < _KEPT:
        for run in words.runs:
            groups.holding[run].append((number, words))


def _repeats(one: _Words, other: _Words, shared: int) -> bool:
    """Tell whether two papers share so many runs of words that one was made from the other."""
    share = _LEAD if one.lead and one.lead == other.lead else _COPIED
    return shared >= share * min(len(one.runs), len(other.runs))


def _first(number: int, joined: list[int]) -> int:
    """Give the paper that stands for the group of another, and remember the way to it."""
    while joined[number] != number:
        joined[number] = joined[joined[number]]
        number = joined[number]
    return number


def _runs(one: Examined) -> frozenset[tuple[str, ...]]:
    """Give the runs of words of a paper's main text outside quotations, which papers share without copying."""
    text = one.paper.text
    pieces = []
    for first, last in one.paper.paragraphs:
        at = first
        for quote in between(one.seen.quotes, first, last):
            pieces.append(text[at : quote.start])
            at = quote.end
        pieces.append(text[at:last])
    found: set[tuple[str, ...]] = set()
    for piece in pieces:
        words = _WORD.findall(fold(piece))
        found.update(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return frozenset(found)


def _lead(one: Examined) -> str:
    """Give the first sentence of the main text as it is compared; empty for a short one."""
    first = next((sentence for sentence in one.seen.sentences if sentence.paragraph), None)
    words = _WORD.findall(fold(one.paper.text[first.start : first.end])) if first else []
    return " ".join(words) if len(words) >= _LEAD_WORDS else ""


def origins(examined: Sequence[Examined], copies: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Give who is behind what the papers of a story say: an origin counts once, whatever prints it.

    1. Of papers that repeat one another, one speaks for all.
    2. The origin of a statement is the first of its chain.
    3. An outlet whose own paper is in the story only repeats here.
    4. Names of one origin are put together: Commerce officials, the US Department of Commerce.
    5. "The report" and "officials" are told with what they say, and are no origin that one could ask.
    """
    passed = {id_ for group in copies for id_ in group[1:]}  # 1.
    publishers = {fold(one.paper.publisher) for one in examined if one.paper.publisher}
    named: Counter[str] = Counter()
    for one in examined:
        if one.paper.id not in passed:
            named.update({statement.said_by[0] for statement in one.statements if statement.said_by})  # 2.
    kept: dict[frozenset[str], str] = {}
    for name, _ in sorted(named.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        key = frozenset(word for word in _WORD.findall(fold(name)) if word not in _EMPTY) or frozenset({fold(name)})
        if fold(name) in publishers or _NOBODY.fullmatch(name):  # 3. 5.
            continue
        if not any(key <= other or other <= key for other in kept):  # 4.
            kept[key] = name
    return tuple(kept.values())
