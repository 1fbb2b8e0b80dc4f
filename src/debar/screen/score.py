# SPDX-License-Identifier: Apache-2.0
"""Two names word by word: which of their words agree, what is left of each, and how much that says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import Likeness
from debar.screen.alike import Alike, abbreviates, alike
from debar.screen.keys import pairs_of
from debar.screen.typos import SHORTEST
from debar.screen.vocabulary import SILENT, Role

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from debar.screen.names import Name
    from debar.screen.weights import Weighed

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
    shares: Mapping[int, float]
    """How much each word of the listed name agrees that found something, by its place."""
    weights: Mapping[str, float]
    """How much each word of the listed name says."""
    is_whole: bool = False
    """The names are the same without spaces, or one is the beginning of the other."""

    @property
    def is_spelled(self) -> bool:
        """Tell whether all that agrees is written alike, but for what was cut off."""
        return all(pair.alike.share >= EXACTLY or pair.alike.how is Likeness.TRUNCATED for pair in self.pairs)

    def agreed(self, at: int) -> float:
        """Give how much a word of the listed name agrees, 0 to 1."""
        return self.shares.get(at, 0.0)

    def weight(self, at: int) -> float:
        """Give how much a word of the listed name says."""
        return self.weights[self.listed.words[at]]


def compare(query: Weighed, listed: Weighed) -> Compared:
    """Give what agrees in two names; each word finds one partner at most, the best first."""
    whole = _as_one(query, listed)
    pairs = [whole] if whole else _chosen(_pairs(query, listed), listed)
    shares = {at: pair.alike.share for pair in pairs for at in pair.listed}
    return Compared(
        query.name,
        listed.name,
        tuple(sorted(pairs)),
        _share(query, {at: pair.alike.share for pair in pairs for at in pair.query}),
        _share(listed, shares),
        _left(query.name, {query.name.words[at] for pair in pairs for at in pair.query}),
        _left(listed.name, {listed.name.words[at] for at in shares}),
        shares,
        listed.weights,
        whole is not None,
    )


def _chosen(pairs: list[Pair], listed: Weighed) -> list[Pair]:
    """Give pairs of which no two have a word in common: those that agree most, and of those what says most."""
    if len(pairs) > 1:
        words = listed.name.words
        pairs.sort(key=lambda p: (p.alike.share, sum([listed.weights[words[at]] for at in p.listed])), reverse=True)
    query: set[int] = set()
    others: set[int] = set()
    kept = []
    for pair in pairs:
        if query.isdisjoint(pair.query) and others.isdisjoint(pair.listed):
            kept.append(pair)
            query.update(pair.query)
            others.update(pair.listed)
    return kept


def _pairs(query: Weighed, listed: Weighed) -> list[Pair]:
    one, other, places = query.name, listed.name, listed.places
    found, rest = [], []
    for at, word in enumerate(one.words):
        if one.roles[at] is Role.LEGAL:
            continue
        if (place := places.get(word)) is not None:
            found.append(Pair((at,), (place,), _same(one.shown[at], other.shown[place])))
        elif one.roles[at] is not Role.REFERENCE:
            rest.append(at)
    if rest:
        others = [at for word, at in places.items() if word not in query.weights]
        found += _pairs_alike(one, other, rest, others)
        found += [Pair((at,), (), _INITIALS) for at in rest if one.words[at] == _initials(other)]
        if others:
            found += _parted(one, other, rest, others)
    return found


def _pairs_alike(query: Name, listed: Name, rest: Sequence[int], others: Sequence[int]) -> Iterator[Pair]:
    """Yield words that stand in one name only, and are like one that stands in the other only."""
    is_foreign, last = query.is_foreign or listed.is_foreign, len(query.words) - 1
    for at in rest:
        word, shown = query.words[at], query.shown[at]
        for other in others:
            meant = listed.words[other]
            if not is_foreign and not _may_agree(word, meant):
                continue
            found = alike(word, meant, is_foreign=is_foreign, is_last=at == last)
            if found is None and shown != listed.shown[other]:
                found = alike(shown, listed.shown[other], is_foreign=is_foreign, is_last=at == last)
            if found:
                yield Pair((at,), (other,), found)


def _same(query: str, listed: str) -> Alike:
    """Give how alike two forms of one word are: "tech" is "technology", and "tankers" nearly "shipping"."""
    if query == listed:
        return _EXACT
    return _FORM if query[:_STEM] == listed[:_STEM] or abbreviates(*sorted((query, listed), key=len)) else _SENSE


def _initials(name: Name) -> str:
    """Give the first letters of a name's words: "Russian Maritime Register of Shipping (RMRS)"."""
    found = "".join(word[0] for word, role in zip(name.shown, name.roles, strict=True) if role not in SILENT)
    return found if len(found) > 1 else ""


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


def _as_one(query: Weighed, listed: Weighed) -> Pair | None:
    """Give the agreement of names that are the same but for spaces, or of which one was cut off."""
    one, other = query.joined, listed.joined
    if len(one) < _WHOLE or not other.startswith(one) or query.name.words == listed.name.words:
        return None
    places = _left(query.name, ()), _left(listed.name, ())
    if one == other:
        return Pair(*places, _JOINED) if len(places[0]) != len(places[1]) else None
    return Pair(*places, Alike(min(0.95, 0.7 + len(one) / 100), Likeness.TRUNCATED)) if len(one) >= _CUT else None


def _left(name: Name, taken: Container[str]) -> tuple[int, ...]:
    """Give the places of words that found no partner, here or elsewhere in the name."""
    return tuple([at for at, role in enumerate(name.roles) if role not in SILENT and name.words[at] not in taken])


def _share(name: Weighed, shares: Mapping[int, float]) -> float:
    """Give how much of the weight of a name agrees, by the share of each place; a word that stands twice counts once."""
    agreed = {name.name.words[at]: share for at, share in shares.items()}
    return (
        min(1.0, sum([share * name.weights[word] for word, share in agreed.items()]) / name.whole)
        if name.whole
        else 0.0
    )
