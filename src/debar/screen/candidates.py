# SPDX-License-Identifier: Apache-2.0
"""Names of a list that a name may mean, found by single words: no name is compared with all others.

Nine of ten names of a ledger have no word that leads anywhere. What a word leads to is found out once, for all new words of
many names together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from debar.screen import index as indexes
from debar.screen import keys, mending, names, native
from debar.screen.alike import LONG
from debar.screen.names import SILENT, Role
from debar.screen.verdict import MOST, best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.screen.index import NameIndex

_KNOWN = 1 << 20
"""Words of which it is remembered where they lead."""
_MANY = 3000
"""Names to which a word leads at most: one that leads to more tells nobody apart by itself."""


_ROUNDING = 1e-9
_SLACK = 0.05
"""Weight by which words may agree that look otherwise, as abbreviations do."""
_MOST = 50
"""Names that are compared with one name at most: the likeliest."""
_HEARD = 4
"""Sounds of a word at least that is found by them alone, where it is not written in another script."""
_SHORT = 5000
"""Sounds of a list of which each is compared with those of a word in another script."""
_FEW = 6
"""Names found by how words are parted, or by how they begin, that are compared with it at most."""


class _Route(NamedTuple):
    """What is known of a word."""

    weight: float
    spelled: tuple[str, ...]
    """The words of the list that it may be."""
    alone: frozenset[int]
    """Names of the list that it may mean by itself."""
    whole: tuple[tuple[float, int], ...]
    """Those that it may mean where nothing else stands beside it: the weight that the name may have, and which."""
    together: frozenset[int]
    """Those that it leads to, and that it takes another word to mean."""
    there: frozenset[int]
    """All in which it stands."""


_NOWHERE = _Route(0.0, (), frozenset(), (), frozenset(), frozenset())


class Candidates:
    """Where words lead, for one list."""

    def __init__(self, index: NameIndex, threshold: float) -> None:
        """Take the list, and the score that is asked for."""
        self._index, self._threshold = index, threshold
        self._leads = index.leads if threshold >= indexes.THRESHOLD else index.words
        self._routes: dict[bool, dict[str, _Route]] = {False: {}, True: {}}
        """By whether words stand in a name that is not all ASCII: those are compared by their sound as well."""
        self._meant: dict[str, tuple[str, ...]] = {}
        self._silent = {word for word, (_, role) in names.known_words().items() if role in SILENT}
        self._words = [*index.words]

    def of(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[str], list[int]]]:
        """Yield the words of each name, and the names of the list that it may mean with such a score, likeliest first.

        A name is given when enough of what tells it apart agrees, and all else of it may.
        """
        every = self._mended([names.split(text) for text in texts])
        for is_foreign in (False, True):
            self._learn(
                [f for text, f in zip(texts, every, strict=True) if text.isascii() is not is_foreign], is_foreign
            )
        index, pairs, words, prefixes = self._index, self._index.pairs, self._index.words, self._index.prefixes
        silent = self._silent
        for text, found in zip(texts, every, strict=True):
            routes = self._routes[not text.isascii()]
            there = _there(found, routes)
            kept = self._likely(found, there, routes) if there else []
            audible = [word for word in found if word not in silent]
            for first, second in pairwise(audible):
                if (both := first + second) in pairs or both in words:
                    kept += (*pairs.of(both)[:_FEW], *words.of(both)[:_FEW])
            whole = "".join(audible)
            if (start := keys.beginning(whole)) and start in prefixes:
                kept += [number for number in prefixes.of(start) if index.joined(number).startswith(whole)][:_FEW]
            yield found, list(dict.fromkeys(kept)) if kept else kept

    def _mended(self, every: list[list[str]]) -> list[list[str]]:
        """Give the same with common words as they are meant."""
        known, words = names.known_words(), self._index.words
        new = {word for found in every for word in found if word not in self._meant and word not in known}
        for routes in self._routes.values():
            new -= routes.keys()
        meant = mending.mended(sorted(word for word in new if word not in words), words, self._index.common)
        self._meant.update(meant)
        if not self._meant:
            return every
        return [
            [each for word in found for each in self._meant.get(word, (word,))]
            if not self._meant.keys().isdisjoint(found)
            else found
            for found in every
        ]

    def _likely(self, found: Sequence[str], there: Iterable[int], routes: Mapping[str, _Route]) -> list[int]:
        """Give those names that may come to the threshold, the likeliest first."""
        index, spelled, largest = self._index, set[str](), 0.0
        for word in found:
            route = routes[word]
            spelled.update(route.spelled)
            largest += route.weight
        kept = []
        for number in there:
            share = sum(weight for word, weight in index.core_of(number).items() if word in spelled)
            core, whole = index.cores[number], index.wholes[number]
            if share >= core * indexes.HALF:
                # What else the name of the list says may agree with what else stands in the name.
                rest = min(whole - core, max(0.0, largest - share) + _SLACK)
                score = best(share + rest, whole, largest, index.telling)
                if score >= self._threshold:
                    kept.append((-score, number))
        return [number for _, number in sorted(kept)[:_MOST]]

    def _learn(self, every: Iterable[Sequence[str]], is_foreign: bool) -> None:  # noqa: FBT001 - a key
        """Find out where new words lead."""
        routes = self._routes[is_foreign]
        if len(routes) > _KNOWN:
            routes.clear()
            self._meant.clear()
        new = {word for found in every for word in found if word not in routes}
        # What is a word of every day is no misspelling of another.
        near = self._index.typos.near(sorted(word for word in new if word not in names.known_words()))
        for word in new:
            routes[word] = self._route(word, [listed for listed, _ in near.get(word, ())], is_foreign=is_foreign)

    def _route(self, word: str, near: Sequence[str], *, is_foreign: bool) -> _Route:
        canonical, role = names.known_words().get(word, (word, Role.OWN))
        if role in SILENT:
            return _NOWHERE
        spelled = [canonical, *near, *self._parts(word)]
        if (is_foreign or len(word) >= LONG) and (sound := keys.sound(word)):
            spelled += self._sounding(sound, is_foreign=is_foreign)
        index, weight = self._index, self._index.weight(canonical, role)
        leads = {number for each in spelled if len(led := self._leads.of(each)) <= _MANY for number in led}
        there = {number for each in spelled if len(led := index.words.of(each)) <= _MANY for number in led}
        alone, whole, together = set(), list[tuple[float, int]](), set()
        for number in leads:
            heaviest = max((share for each, share in index.core_of(number).items() if each in spelled), default=0.0)
            rest = index.wholes[number] - index.cores[number]
            if heaviest < index.cores[number] * indexes.HALF - _ROUNDING:
                together.add(number)
            elif heaviest + rest >= indexes.least(self._threshold) * index.telling:
                alone.add(number)
            else:
                together.add(number)
                whole.append((index.wholes[number] / MOST, number))
        whole.sort(reverse=True)
        return _Route(weight, tuple(spelled), frozenset(alone), tuple(whole), frozenset(together), frozenset(there))

    def _sounding(self, sound: str, *, is_foreign: bool) -> list[str]:
        """Give the words of the list that sound like this; of another script, and on a short list, nearly so as well."""
        sounds = self._index.sounds
        near = [sound] if is_foreign or len(sound) >= _HEARD else []
        if is_foreign and len(sound) >= _HEARD and len(sounds) <= _SHORT:
            near += [
                key
                for key in sounds
                if abs(len(key) - len(sound)) <= 1 and OSA.distance(key, sound, score_cutoff=1) == 1
            ]
        return [self._words[at] for key in near for at in sounds.of(key)]

    def _parts(self, word: str) -> Iterator[str]:
        """Yield words of the list with which a word begins, where what follows is a word of its own: "ztesoft"."""
        shortest = 2 if native.is_native(word) else 3
        for size in range(shortest, len(word) - 1):
            if word[:size] in self._index.brands and names.is_word(word[size:]):
                yield word[:size]


def _there(found: Sequence[str], routes: Mapping[str, _Route]) -> set[int]:
    """Give the names of the list to which words lead, alone or together."""
    every = [route for word in dict.fromkeys(found) if (route := routes[word]).spelled]
    there: set[int] = set()
    largest = 0.0
    for route in every:
        largest += route.weight
        if route.alone:
            there |= route.alone
    for route in every:
        if route.whole and route.whole[0][0] >= largest:
            there.update(number for most, number in route.whole if most >= largest)
        if route.together:
            for other in every:
                if other is not route:
                    there |= route.together & other.there
    return there
