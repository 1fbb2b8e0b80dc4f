# SPDX-License-Identifier: Apache-2.0
"""Utterances of several papers that are one: the same words, or the same words translated back.

Utterances are put together where every one of a group is like every other (complete link), so that a chain of small likenesses
never joins two statements. Only those that share a rare word are compared at all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from heapq import nsmallest
from itertools import combinations
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.alike import Meanings, Said, likeness, meanings, said
from debar.intake.said.mutual import nearest
from debar.intake.said.repeats import copies, origins
from debar.model.intake import Passage, Quote
from debar.model.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from debar.intake.examined import Examined
    from debar.intake.said.speakers import Utterance

__all__ = ["clusters", "copies", "origins"]

_RAREST = 16
"""Words of an utterance, the rarest ones, of which another must have one to be compared with it at all."""
_COMMON = 400
"""Utterances that may have a word among their rarest before it tells nothing."""
_RUN = 2
"""Sentences of a short quotation."""
_WORDS = 2
"""Words of a quotation of which nobody is named as the speaker: fewer are a word kept at a distance."""


class _Printed(NamedTuple):
    """One utterance where one paper prints it."""

    document: str
    utterance: Utterance
    said: Said


def clusters(examined: Sequence[Examined], lexicon: Lexicon | None = None) -> tuple[Quote, ...]:
    """Give each original utterance once, with every place where a paper of a story prints it.

    Without a lexicon only forms of one word are the same, not words of one meaning.
    """
    same: dict[Said, list[_Printed]] = defaultdict(list)
    for one in _printed(examined, meanings(lexicon or Lexicon())):
        same[one.said].append(one)
    texts = {one.paper.id: one.paper.text for one in examined}
    kin = _of_one_quotation(
        (one for some in same.values() for one in some), {one.paper.id: one.paper.paragraphs for one in examined}
    )
    documents = {kept: frozenset(one.document for one in some) for kept, some in same.items()}
    groups = ([one for kept in group for one in same[kept]] for group in _linked(tuple(same), documents, kin))
    found = [_quote(group, texts) for group in groups if any(one.utterance.is_direct for one in group)]
    return tuple(sorted(found, key=lambda quote: [_place(span) for span in quote.spans]))


def _printed(examined: Sequence[Examined], meant: Meanings) -> Iterator[_Printed]:
    """Yield what could be an utterance, sentence by sentence."""
    for one in examined:
        for utterance in one.utterances:
            text = one.paper.text[utterance.start : utterance.end]
            compared = said(text, utterance.speaker, meant, utterance.through)
            if (
                len(compared.words) + len(compared.numbers) >= (1 if utterance.speaker else _WORDS)
                or not utterance.is_direct
            ):
                yield _Printed(one.paper.id, utterance, compared)


def _of_one_quotation(
    printed: Iterable[_Printed], paragraphs: Mapping[str, tuple[tuple[int, int], ...]]
) -> set[frozenset[Said]]:
    """Give the pairs that are two sentences of one short quotation: another wording may put both into one."""
    spoken: dict[tuple[str, int, str], list[Said]] = defaultdict(list)
    for one in printed:
        number = bisect_right(paragraphs[one.document], (one.utterance.start, inf))
        if one.utterance.is_direct and one.utterance.speaker:
            spoken[one.document, number, one.utterance.speaker].append(one.said)
    return {frozenset(run) for run in spoken.values() if len(run) == _RUN}


def _linked(
    printed: Sequence[Said], documents: Mapping[Said, frozenset[str]], kin: AbstractSet[frozenset[Said]] = frozenset()
) -> list[list[Said]]:
    """Give groups in which each utterance is like each other, or its neighbour in a quotation that another gives in one."""
    likes = _likes(printed, documents)
    groups = {number: [number] for number in range(len(printed))}
    place = list(range(len(printed)))
    for (one, other), _ in sorted(likes.items(), key=lambda item: (-item[1], item[0])):
        first, second = place[one], place[other]
        if first == second:
            continue
        if all(
            (min(a, b), max(a, b)) in likes or frozenset((printed[a], printed[b])) in kin
            for a in groups[first]
            for b in groups[second]
        ):
            groups[first] += groups.pop(second)
            for number in groups[first]:
                place[number] = first
    return [[printed[number] for number in sorted(group)] for group in groups.values()]


def _likes(printed: Sequence[Said], documents: Mapping[Said, frozenset[str]]) -> dict[tuple[int, int], float]:
    """Give the pairs that are alike, and how much."""
    counts = Counter(stem for one in printed for stem in one.stems)
    weight = {stem: log(1 + len(printed) / count) for stem, count in counts.items()}
    likes = {}
    for one, other in sorted(_pairs(printed, counts)):
        value = likeness(printed[one], printed[other], weight)
        if value:
            likes[one, other] = value
    return likes | nearest(printed, documents, weight, likes)


def _pairs(printed: Sequence[Said], counts: Counter[str]) -> set[tuple[int, int]]:
    """Give the pairs that share a word which not everybody uses."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(printed):
        for stem in nsmallest(_RAREST, one.stems, key=lambda stem: (counts[stem], stem)):
            holding[stem].append(number)
    return {pair for numbers in holding.values() if len(numbers) <= _COMMON for pair in combinations(numbers, 2)}


def _quote(group: Sequence[_Printed], texts: dict[str, str]) -> Quote:
    """Give an utterance with all its places: its speaker is the one most papers name, its text the fullest quotation."""
    names = Counter(one.utterance.speaker for one in group if one.utterance.speaker)
    direct = [one for one in group if one.utterance.is_direct]
    fullest = max(direct, key=lambda one: (one.utterance.end - one.utterance.start, one.document))
    return Quote(
        speaker=max(names, key=lambda name: (names[name], len(name), name), default=""),
        spans=tuple(
            sorted(
                (Passage(document=one.document, start=one.utterance.start, end=one.utterance.end) for one in group),
                key=_place,
            )
        ),
        text=" ".join(texts[fullest.document][fullest.utterance.start : fullest.utterance.end].split()),
    )


def _place(passage: Passage) -> tuple[str, int, int]:
    return passage.document, passage.start, passage.end
