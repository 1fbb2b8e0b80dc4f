# SPDX-License-Identifier: Apache-2.0
"""Where words lead on one list, found out once for all new words of many names together."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from debar.screen import index as indexes
from debar.screen import keys, native, vocabulary
from debar.screen.alike import APART, LONG, folded
from debar.screen.reach import MOST
from debar.screen.spelling import CORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from debar.screen.index import NameIndex

_KNOWN = 1 << 20
"""Words of which it is remembered where they lead."""
_MANY = 3000
"""Names to which a word leads at most: one that leads to more tells nobody apart by itself."""
_HEARD = 4
"""Sounds of a word at least that is found by them alone, where it is not written in another script."""
_SHORT = 5000
"""Sounds of a list of which each is compared with those of a word in another script."""
_ROUNDING = 1e-9


class Route(NamedTuple):
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


NOWHERE = Route(0.0, (), frozenset(), (), frozenset(), frozenset())


class Routes:
    """Where words lead."""

    def __init__(self, index: NameIndex, threshold: float) -> None:
        """Take the list, and the score that is asked for."""
        self._index, self._enough = index, indexes.least(threshold) * index.weights.telling
        self._leads = index.leads if threshold >= indexes.THRESHOLD else index.words
        self._learned: tuple[dict[str, Route], dict[str, Route]] = ({}, {})
        """By whether words stand in a name that is not all ASCII: those are compared by their sound as well."""
        self._words = [*index.words]

    @cached_property
    def _foreign(self) -> AbstractSet[str]:
        """Give the words of names in other scripts: those are compared by their sound."""
        foreign = (n for n, text in enumerate(self._index.kept.texts) if not text.isascii())
        return {word for number in foreign for word in self._index.listed(number).words}

    def of(self, *, is_foreign: bool) -> Mapping[str, Route]:
        """Give where all words lead that were learned."""
        return self._learned[is_foreign]

    def is_full(self) -> bool:
        """Tell whether so much was learned that it is time to forget."""
        return any(len(learned) > _KNOWN for learned in self._learned)

    def forget(self) -> None:
        """Forget everything."""
        for learned in self._learned:
            learned.clear()

    def learn(self, every: AbstractSet[str], *, is_foreign: bool) -> None:
        """Find out where words lead that are new."""
        known, learned = vocabulary.known_words(), self._learned[is_foreign]
        new = {word for word in every if word not in learned}
        # What is a word of every day is no misspelling of another.
        near = self._index.typos.near(sorted(new.difference(known)))
        heard = [word for word in new.difference(vocabulary.silent_words()) if is_foreign or len(word) >= LONG]
        sounds = dict(zip(heard, keys.sounds(heard), strict=True))
        for word in new:
            spelled = [listed for listed, _ in near.get(word, ())]
            if "e" in word and (plain := folded(word)) != word and plain in self._foreign:
                spelled.append(plain)
            if sound := sounds.get(word):
                spelled += self._sounding(word, sound, is_foreign=is_foreign)
            learned[word] = self.route(word, spelled)

    def route(self, word: str, near: Sequence[str] = ()) -> Route:
        """Find out where one word leads; `near` are words of the list that it may be as well."""
        canonical, role = vocabulary.meaning(word)
        if word in vocabulary.silent_words():
            return NOWHERE
        spelled = (canonical, *near, *self._parts(word))
        index, weight = self._index, self._index.weights.of(canonical, role)
        listed = [each for each in spelled if each in index.words and len(index.words.of(each)) <= _MANY]
        if not listed:
            return Route(weight, spelled, *NOWHERE[2:])
        there = frozenset(number for each in listed for number in index.words.of(each))
        leads = there if self._leads is index.words else {number for each in listed for number in self._leads.of(each)}
        alone, whole, together = set(), list[tuple[float, int]](), set()
        for number in leads:
            entries, core = index.spelling.entries(number), index.cores[number]
            heaviest = max([weight for word, weight, does in entries if does == CORE and word in listed], default=0.0)
            if heaviest < core * indexes.HALF - _ROUNDING:
                together.add(number)
            elif heaviest + index.wholes[number] - core >= self._enough:
                alone.add(number)
            else:
                together.add(number)
                whole.append((index.wholes[number] / MOST, number))
        whole.sort(reverse=True)
        return Route(weight, spelled, frozenset(alone), tuple(whole), frozenset(together), there)

    def _sounding(self, word: str, sound: str, *, is_foreign: bool) -> Iterator[str]:
        """Yield the words of the list that sound like this; of another script, and on a short list, nearly so as well."""
        sounds = self._index.sounds
        if is_foreign or len(sound) >= _HEARD:
            # Two words of Latin letters have to be spelled alike, too.
            yield from (
                listed
                for listed in map(self._words.__getitem__, sounds.of(sound))
                if is_foreign or listed in self._foreign or OSA.distance(word, listed, score_cutoff=APART) <= APART
            )
        if is_foreign and len(sound) >= _HEARD and len(sounds) <= _SHORT:
            near = [
                key
                for key in sounds
                if abs(len(key) - len(sound)) <= 1 and OSA.distance(key, sound, score_cutoff=1) == 1
            ]
            yield from (self._words[at] for key in near for at in sounds.of(key))

    def _parts(self, word: str) -> Iterator[str]:
        """Yield words of the list with which a word begins, where what follows is a word of its own: "ztesoft"."""
        shortest = 2 if native.is_native(word) else 3
        for size in range(shortest, len(word) - 1):
            if word[:size] in self._index.brands and vocabulary.may_follow(word[size:], word[:size]):
                yield word[:size]
