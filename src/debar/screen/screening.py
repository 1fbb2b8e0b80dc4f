# SPDX-License-Identifier: Apache-2.0
"""Names against a list: whom each may mean, in which relation, and why.

    name ──split──► words ──candidates──► listed names ──compare──► Compared ──judged──► relation, score ──► NameHit

The answer is a relation and its evidence in words; the score only puts hits in order.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.model.listed import ListedName, ListedParty, PartyList
from debar.model.vocab.names import NameKind, NameRelation
from debar.screen import keys, names
from debar.screen.building import build
from debar.screen.candidates import Candidates
from debar.screen.entities import is_another, judged_strictly
from debar.screen.index import THRESHOLD
from debar.screen.score import compare
from debar.screen.told import by_number, hit, is_of_kind
from debar.screen.verdict import judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.model.screened import NameHit
    from debar.screen.index import NameIndex
    from debar.screen.names import Name
    from debar.screen.score import Compared
    from debar.screen.verdict import Verdict

BATCH = 20_000
"""Names that are looked at together, so that what is new in them is found out at once."""
__all__ = ["THRESHOLD", "Screener", "likeness", "screen"]
_NUMBERS = re.compile(r"\b(?=[A-Z]*\d)[A-Z0-9]{12,20}\b")
"""What may be a number that is given once in the world: of twelve letters and digits at least."""
_NOBODY: tuple[NameHit, ...] = ()
_ORDER = tuple(NameRelation)


class Meant(NamedTuple):
    """The best of a party's names for one name."""

    owner: int
    number: int
    compared: Compared
    verdict: Verdict


class Screener:
    """A list, with what was learned of it while names came by."""

    def __init__(self, index: NameIndex) -> None:
        """Take the list."""
        self.index = index
        self._candidates: dict[float, Candidates] = {}
        self._vocabularies: dict[int, frozenset[str]] = {}
        self._has_numbers = len(index.identifiers) > 0

    def screen(
        self, texts: Sequence[str], *, threshold: float = THRESHOLD, limit: int = 5, strict: bool = False
    ) -> Iterator[tuple[NameHit, ...]]:
        """Yield the hits of each name, the best first, at most so many."""
        candidates = self._candidates.get(threshold)
        if candidates is None:
            candidates = self._candidates[threshold] = Candidates(self.index, threshold)
        for begin in range(0, len(texts), BATCH):
            some = texts[begin : begin + BATCH]
            for text, (found, name, listed) in zip(some, candidates.of(some), strict=True):
                hits = _NOBODY
                if listed:
                    query = names.told(text, found) if name is None else name
                    hits = self._hits(query, listed, threshold, limit, strict=strict)
                yield self._identified(text, hits)[:limit] if self._has_numbers else hits

    def _identified(self, text: str, hits: tuple[NameHit, ...]) -> tuple[NameHit, ...]:
        """Give the hits of a name, before them the parties whose number in a public register stands in it."""
        sure = {
            hit.party: hit
            for number in _NUMBERS.findall(text.upper())
            for owner in self.index.identifiers.of(keys.plain(number))
            if is_of_kind(self.index.party(owner), number)
            for hit in [by_number(self.index, owner, number)]
        }
        return (*sure.values(), *(hit for hit in hits if hit.party not in sure)) if sure else hits

    def numbered(self, numbers: Iterable[tuple[str, str]]) -> dict[str, NameHit]:
        """Give the parties that have one of some numbers, each number with its kind before it, by their ids."""
        index = self.index
        found: dict[str, NameHit] = {}
        for kind, number in sorted(numbers):
            for owner in index.identifiers.of(keys.plain(number)):
                if is_of_kind(index.party(owner), number, kind):
                    one = by_number(index, owner, number, kind)
                    found.setdefault(one.party, one)
        return found

    def _hits(
        self, query: Name, candidates: Sequence[int], threshold: float, limit: int, *, strict: bool
    ) -> tuple[NameHit, ...]:
        meant = self._meant(query, candidates, threshold, strict=strict)
        if not meant:
            return _NOBODY
        meant.sort(key=lambda one: (-one.verdict.score, _ORDER.index(one.verdict.relation), one.owner))
        return tuple(hit(self.index, one.owner, one.number, one.compared, one.verdict) for one in meant[:limit])

    def _meant(self, name: Name, candidates: Sequence[int], threshold: float, *, strict: bool) -> list[Meant]:
        """Give the best name of each party that is meant."""
        index, query = self.index, self.index.weights.weighed(name)
        best: dict[int, Meant] = {}
        for number in candidates:
            found = compare(query, index.weights.weighed(index.listed(number)))
            owner = index.owners[number]
            verdict = (
                judged_strictly(found)
                if strict
                else judged(
                    found, index, self._vocabulary(owner), lends_brand=index.kind(number) is not NameKind.FORMER
                )
            )
            if verdict.score < threshold or (strict and is_another(found)):
                continue
            one, other = Meant(owner, number, found, verdict), best.get(owner)
            if other is None or _rank(one) > _rank(other):
                best[owner] = one
        return list(best.values())

    def _vocabulary(self, owner: int) -> frozenset[str]:
        """Give all words that names of a party have."""
        known = self._vocabularies.get(owner)
        if known is None:
            every = (self.index.listed(number).words for number in self.index.by_party[owner])
            known = self._vocabularies[owner] = frozenset(word for found in every for word in found)
        return known


def _rank(meant: Meant) -> tuple[float, bool, int]:
    return round(meant.verdict.score, 3), meant.verdict.relation is NameRelation.SAME, -meant.number


def screen(
    index: NameIndex, texts: Sequence[str], *, threshold: float = THRESHOLD, limit: int = 5, strict: bool = False
) -> list[tuple[NameHit, ...]]:
    """Give the hits of each name, in the order of the names, the best first.

    `strict` asks for the same company: another one of the same group is none.
    """
    return list(Screener(index).screen(texts, threshold=threshold, limit=limit, strict=strict))


@lru_cache(maxsize=4096)
def _alone(listed: str) -> NameIndex:
    party = ListedParty(id="listed", names=(ListedName(listed),))
    return build(PartyList(name="one name", version="", parties=(party,)))


def likeness(query: str, listed: str, *, strict: bool = False) -> float:
    """Give the score of one pair of names, 0 to 1."""
    index = _alone(listed)
    found = compare(index.weights.weighed(names.parse(query)), index.weights.weighed(index.listed(0)))
    return (judged_strictly(found) if strict else judged(found, index)).score
