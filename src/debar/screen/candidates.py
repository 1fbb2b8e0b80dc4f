# SPDX-License-Identifier: Apache-2.0
"""Names of a list that a name may mean, found by single words: no name is compared with all others.

Nine of ten names of a ledger have no word that leads anywhere. What a word leads to is found out once, for all new words of
many names together.
"""

from __future__ import annotations

from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from debar.screen import index as indexes
from debar.screen import keys, mending, names, vocabulary
from debar.screen.reach import best, reach
from debar.screen.routes import Routes
from debar.screen.vocabulary import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.screen.index import NameIndex
    from debar.screen.names import Name
    from debar.screen.routes import Route

_MOST = 50
"""Names that are compared with one name at most: the likeliest."""
_FEW = 6
"""Names found by how words are parted, or by how they begin, that are compared with it at most."""


class Candidates:
    """Where words lead, for one list."""

    def __init__(self, index: NameIndex, threshold: float) -> None:
        """Take the list, and the score that is asked for."""
        self._index, self._threshold = index, threshold
        self._routes = Routes(index, threshold)
        self._meant: dict[str, tuple[str, ...]] = {}
        self._begun: dict[str, list[tuple[int, str]]] = {}
        """Names of the list that begin alike, each as one word; there are no more of them than the list has names."""

    def of(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[str], Name | None, list[int]]]:
        """Yield the words of each name, and the names of the list that it may mean with such a score, likeliest first.

        A name is given when enough of what tells it apart agrees, and all else of it may. Between them stands what the
        words are together, where that had to be found out.
        """
        every = self._mended(names.split_all(texts))
        wholes = [
            names.told(t, f) if vocabulary.is_told_by_others(f) else None for t, f in zip(texts, every, strict=True)
        ]
        sought = [_audible(name) if name else found for name, found in zip(wholes, every, strict=True)]
        foreign = [words for text, words in zip(texts, sought, strict=True) if not text.isascii()]
        self._routes.learn({word for words in foreign for word in words}, is_foreign=True)
        self._routes.learn({word for words in sought for word in words}, is_foreign=False)
        for text, found, words, name in zip(texts, every, sought, wholes, strict=True):
            yield found, name, self._kept(words, name, is_foreign=not text.isascii())

    def _kept(self, found: Sequence[str], name: Name | None, *, is_foreign: bool) -> list[int]:
        """Give the names of the list that a name of these words may mean; `name` where its words mean something together."""
        index, silent = self._index, vocabulary.silent_words()
        routes = self._routes.of(is_foreign=is_foreign)
        led = [route for word in found if (route := routes[word]).there]
        audible = [word for word in found if word not in silent] or found
        if index.words.has_any(map(add, audible, audible[1:])):
            led += self._as_one(audible)
        kept = self._likely(found, name, led, is_foreign=is_foreign) if led else []
        if index.pairs.has_any(map(add, audible, audible[1:])):
            kept += [number for number in self._parted_otherwise(audible) if number not in kept]
        whole = keys.joined(name) if name else "".join(audible)
        if whole[: keys.PREFIX] in index.prefixes:
            kept += [number for number in self._beginning(whole) if number not in kept]
        return kept

    def _as_one(self, found: Sequence[str]) -> Iterator[Route]:
        """Yield what is known of words of the list that two words of a name are together: "south west"."""
        for both in map(add, found, found[1:]):
            if both in self._index.words:
                yield self._routes.of(is_foreign=False).get(both) or self._routes.route(both)

    def _parted_otherwise(self, found: Sequence[str]) -> Iterator[int]:
        """Yield names of the list in which two words together are two words of a name, parted elsewhere: "hu awei"."""
        index = self._index
        for first, second in pairwise(found):
            if first not in index.words or second not in index.words:
                yield from index.pairs.of(first + second)[:_FEW]

    def _beginning(self, whole: str) -> Iterator[int]:
        """Yield names of the list that begin with this, without spaces: somebody cut it off, or parted its words otherwise."""
        begin = whole[: keys.PREFIX]
        if (every := self._begun.get(begin)) is None:
            numbers = self._index.prefixes.of(begin)
            every = self._begun[begin] = [(number, keys.joined(self._index.listed(number))) for number in numbers]
        # The very name is one of them, however many others begin alike.
        yield from [number for number, joined in every if joined == whole][:_MOST]
        if len(whole) >= keys.SHORTEST:
            yield from [n for n, joined in every if joined != whole and joined.startswith(whole)][:_FEW]

    def _mended(self, every: list[list[str]]) -> list[list[str]]:
        """Give the same with common words as they are meant."""
        if self._routes.is_full():
            self._routes.forget()
            self._meant.clear()
        new = {word for found in every for word in found}
        for learned in (
            self._meant,
            vocabulary.known_words(),
            *(self._routes.of(is_foreign=which) for which in (False, True)),
        ):
            new = {word for word in new if word not in learned}
        strange = sorted(word for word in new if word not in self._index.words)
        self._meant.update(mending.mended(strange, self._index.words, self._index.common, self._index.typos))
        if not self._meant:
            return every
        meant, misspelt = self._meant, frozenset(self._meant)
        return [
            found if misspelt.isdisjoint(found) else [each for word in found for each in meant.get(word, (word,))]
            for found in every
        ]

    def _likely(self, found: Sequence[str], name: Name | None, led: Sequence[Route], *, is_foreign: bool) -> list[int]:
        """Give those names to which words lead that may come to the threshold, the likeliest first."""
        there = _there(led)
        wholes = [route.whole for route in led if route.whole]
        if not there and not wholes:
            return []
        routes = self._routes.of(is_foreign=is_foreign)
        largest = self._index.weights.whole(name) if name else sum([routes[word].weight for word in {*found}])
        for whole in wholes:
            if whole[0][0] >= largest:
                there.update(number for most, number in whole if most >= largest)
        if not there:
            return []
        every = [*led, *(routes[word] for word in found)]
        index, spelling, kept = self._index, self._index.spelling, []
        spelled = {word for route in every for word in route.spelled}
        known = vocabulary.known_words()
        # What is not known may be a form of what begins with the same letter; so may what was cut off.
        starts = {word[0] for word in found if word not in known}
        starts.add(found[-1][0])
        for number in there:
            may = reach(spelling.entries(number), spelled, None if is_foreign else starts)
            if may.own < index.cores[number] * indexes.HALF:
                continue
            score = best(may, index.wholes[number], largest, index.weights.telling)
            if score >= self._threshold:
                kept.append((-score, number))
        kept.sort()
        return [number for _, number in kept[:_MOST]]


def _audible(name: Name) -> list[str]:
    """Give the words of a name as they are compared, those that stand together as one.

    What a ledger writes may be of the name as well: "credit" is, where the list has it.
    """
    every = zip(name.words, name.roles, strict=True)
    return [word for word, role in every if role not in SILENT or vocabulary.may_be_of_a_name(word)]


def _there(led: Sequence[Route]) -> set[int]:
    """Give the names of the list to which words lead, alone or together, whatever else stands beside them."""
    there: set[int] = set()
    for route in led:
        if route.alone:
            there |= route.alone
        if route.together and len(led) > 1:
            for other in led:
                if other is not route:
                    there |= route.together & other.there
    return there
