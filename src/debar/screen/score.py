# SPDX-License-Identifier: Apache-2.0
"""Two names word by word: which of their words agree, what is left of each, and how much that says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import Likeness
from debar.screen.alike import Alike, abbreviates, alike
from debar.screen.keys import joined, pairs_of
from debar.screen.names import SILENT, Role
from debar.screen.typos import SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.screen.index import NameIndex
    from debar.screen.names import Name

_EXACT = Alike(1.0, Likeness.EXACT)
_FORM = Alike(0.98, Likeness.ABBREVIATION)
_SENSE = Alike(0.85, Likeness.ABBREVIATION)
_INITIALS = Alike(1.0, Likeness.ACRONYM)
_STEM = 3
"""Letters in which two forms of one word agree at the beginning."""
_JOINED = Alike(0.97, Likeness.JOINED)
EXACTLY = 0.97
"""Share from which two words are the same, however they are written."""
_WHOLE = 6
"""Letters from which a name that is the other without spaces is the same."""
_CUT = 14
"""Letters that are left of a name at least when a ledger cut it off."""


class Pair(NamedTuple):
    """Words of one name that agree with words of the other, by their places."""

    query: tuple[int, ...]
    listed: tuple[int, ...]
    alike: Alike

    @property
    def is_glued(self) -> bool:
        """Tell whether a word is another with one more behind it: "ztesoft"."""
        return self.alike.how is Likeness.JOINED and len(self.query) == len(self.listed) == 1


class Compared(NamedTuple):
    """Two names beside each other."""

    query: Name
    listed: Name
    pairs: tuple[Pair, ...]
    of_query: float
    """Share of the weight of the query's words that found something, 0 to 1."""
    of_listed: float
    left_of_query: tuple[int, ...]
    """Places of words without a partner; legal forms and references are left out."""
    left_of_listed: tuple[int, ...]
    is_whole: bool = False
    """The names are the same without spaces, or one is the beginning of the other."""

    @property
    def is_spelled(self) -> bool:
        """Tell whether all that agrees is written alike, but for what was cut off."""
        return all(pair.alike.share >= EXACTLY or pair.alike.how is Likeness.TRUNCATED for pair in self.pairs)

    def agreed(self, at: int) -> float:
        """Give how much a word of the listed name agrees, 0 to 1."""
        return next((pair.alike.share for pair in self.pairs if at in pair.listed), 0.0)


def compare(query: Name, listed: Name, index: NameIndex) -> Compared:
    """Give what agrees in two names; each word finds one partner at most, the best first."""
    pairs = _chosen(sorted(_pairs(query, listed), key=lambda pair: _rank(pair, listed, index), reverse=True))
    is_whole = False
    if whole := _as_one(query, listed):
        pairs, is_whole = [whole], True
    left = _left(query, _taken(query, {at for pair in pairs for at in pair.query}))
    right = _left(listed, _taken(listed, {at for pair in pairs for at in pair.listed}))
    return Compared(
        query,
        listed,
        tuple(sorted(pairs)),
        _share(query, [(pair.query, pair.alike.share) for pair in pairs], index),
        _share(listed, [(pair.listed, pair.alike.share) for pair in pairs], index),
        left,
        right,
        is_whole,
    )


def _rank(pair: Pair, listed: Name, index: NameIndex) -> tuple[float, float]:
    weight = sum(index.weight(listed.words[at], listed.roles[at]) for at in pair.listed)
    return pair.alike.share, weight


def _chosen(pairs: Sequence[Pair]) -> list[Pair]:
    query: set[int] = set()
    listed: set[int] = set()
    kept = []
    for pair in pairs:
        if query.isdisjoint(pair.query) and listed.isdisjoint(pair.listed):
            kept.append(pair)
            query.update(pair.query)
            listed.update(pair.listed)
    return kept


def _pairs(query: Name, listed: Name) -> Iterator[Pair]:
    places = {word: at for at, word in reversed([*enumerate(listed.words)]) if listed.roles[at] not in SILENT}
    is_foreign = query.is_foreign or listed.is_foreign
    rest = []
    for at, (word, role) in enumerate(zip(query.words, query.roles, strict=True)):
        if role is Role.LEGAL or (role is Role.REFERENCE and word not in places):
            continue
        if word in places:
            yield Pair((at,), (places[word],), _same(query.shown[at], listed.shown[places[word]]))
        else:
            rest.append(at)
    taken = set(query.words)
    others = [at for at, word in enumerate(listed.words) if listed.roles[at] not in SILENT and word not in taken]
    last = len(query.words) - 1
    for at in rest:
        for other in others:
            if not _may_agree(query.words[at], listed.words[other]) and not is_foreign:
                continue
            found = alike(query.words[at], listed.words[other], is_foreign=is_foreign, is_last=at == last)
            if found is None and query.shown[at] != listed.shown[other]:
                found = alike(query.shown[at], listed.shown[other], is_foreign=is_foreign, is_last=at == last)
            if found:
                yield Pair((at,), (other,), found)
    yield from (Pair((at,), (), _INITIALS) for at in rest if query.words[at] == _initials(listed))
    if rest and others:
        yield from _parted(query, listed, rest, others)


def _same(query: str, listed: str) -> Alike:
    """Give how alike two forms of one word are: "tech" is "technology", and "tankers" nearly "shipping"."""
    if query == listed:
        return _EXACT
    return _FORM if query[:_STEM] == listed[:_STEM] or abbreviates(*sorted((query, listed), key=len)) else _SENSE


def _initials(name: Name) -> str:
    """Give the first letters of a name's words: "Russian Maritime Register of Shipping (RMRS)"."""
    return "".join(word[0] for word, role in zip(name.shown, name.roles, strict=True) if role not in SILENT)


def _may_agree(query: str, listed: str) -> bool:
    """Tell in no time that most words have nothing to do with each other."""
    return query[0] == listed[0] or (abs(len(query) - len(listed)) <= 2 and min(len(query), len(listed)) >= SHORTEST)


def _parted(query: Name, listed: Name, rest: Sequence[int], others: Sequence[int]) -> Iterator[Pair]:
    """Yield what is one word in one name and two in the other."""
    single = {listed.words[at]: at for at in others}
    for word, places in pairs_of(query):
        if word in single:
            yield Pair(places, (single[word],), _JOINED)
    whole = {query.words[at]: at for at in rest}
    for word, places in pairs_of(listed):
        if word in whole:
            yield Pair((whole[word],), places, _JOINED)


def _as_one(query: Name, listed: Name) -> Pair | None:
    """Give the agreement of names that are the same but for spaces, or of which one was cut off."""
    one, other = joined(query), joined(listed)
    if min(len(one), len(other)) < _WHOLE or not other.startswith(one) or query.words == listed.words:
        return None
    places = _left(query, set()), _left(listed, set())
    if one == other:
        return Pair(*places, _JOINED) if len(places[0]) != len(places[1]) else None
    if len(one) >= _CUT and other.startswith(one) and len(other) > len(one):
        return Pair(*places, Alike(min(0.95, 0.7 + len(one) / 100), Likeness.TRUNCATED))
    return None


def _taken(name: Name, places: set[int]) -> set[int]:
    """Give the places that found a partner, and those of the same words elsewhere in the name."""
    found = {name.words[at] for at in places}
    return {at for at, word in enumerate(name.words) if word in found}


def _left(name: Name, taken: set[int]) -> tuple[int, ...]:
    return tuple(at for at, role in enumerate(name.roles) if role not in SILENT and at not in taken)


def _share(name: Name, found: Sequence[tuple[tuple[int, ...], float]], index: NameIndex) -> float:
    weights = {word: index.weight(word, role) for word, role in zip(name.words, name.roles, strict=True)}
    whole = sum(weights.values())
    agreed = {name.words[at]: share for places, share in found for at in places}
    return min(1.0, sum(share * weights[word] for word, share in agreed.items()) / whole) if whole else 0.0
