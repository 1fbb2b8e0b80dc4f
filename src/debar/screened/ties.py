# SPDX-License-Identifier: Apache-2.0
"""Whom a name means through an owner: hits by dated ties of the party that a name is the name of."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from debar.model.owned import TieState
from debar.model.screened import NameHit
from debar.model.vocab.names import NameRelation
from debar.model.vocab.parties import RelationKind
from debar.screen.chains import chain, path_words
from debar.screen.tie_words import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.listed import ListedParty
    from debar.model.owned import Path
    from debar.screen.index import NameIndex

_UP = frozenset({RelationKind.SUBSIDIARY, RelationKind.MINORITY})
_HOLDS = frozenset({TieState.HOLDS, TieState.PERHAPS})


class Owners:
    """Ties of the parties of a list on a day, looked up once for each party that a name means."""

    def __init__(self, index: NameIndex, on: str) -> None:
        """Take the list, and the day that is asked about: 2024-07-19."""
        self._index, self._on = index, on
        self._paths: dict[str, tuple[Path, ...]] = {}

    def widened(self, hits: Sequence[NameHit], *, strict: bool = False) -> tuple[NameHit, ...]:
        """Give hits with what is known of the parties behind them: their ties in words, and their owners as hits.

        Only the name of a party itself leads to its owners; a name that is merely like it does not. With `strict` the
        owners are told in words and are no hits: they are other companies.
        """
        told: list[NameHit] = []
        further: dict[str, NameHit] = {}
        known = {hit.party for hit in hits}
        for hit in hits:
            paths = self._of(hit.party) if hit.relation is NameRelation.SAME else ()
            said = tuple(_sentence(path_words(path, self._names)) for path in paths)
            told.append(structs.replace(hit, remarks=(*hit.remarks, *said)) if said else hit)
            for owner, words in () if strict else self._owners(paths):
                if owner not in known:
                    further.setdefault(owner, self._hit(hit, owner, words))
        return (*told, *further.values())

    def _of(self, party: str) -> tuple[Path, ...]:
        if party not in self._paths:
            self._paths[party] = chain(party, self._parties, self._on) if self._has_ties else ()
        return self._paths[party]

    @cached_property
    def _parties(self) -> tuple[ListedParty, ...]:
        return tuple(map(self._index.party, range(len(self._index.kept.ids))))

    @cached_property
    def _has_ties(self) -> bool:
        return any(party.ties for party in self._parties)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self._parties)

    @cached_property
    def _because(self) -> Mapping[str, tuple[str, ...]]:
        return {party.id: party.because for party in self._parties}

    def _owners(self, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
        """Yield each owner that paths lead up to, with the way there in words."""
        for path in paths:
            for count, step in enumerate(path.steps, 1):
                if step.kind not in _UP or step.state not in _HOLDS:
                    break
                yield step.to, path_words(structs.replace(path, steps=path.steps[:count], is_cut=False), self._names)

    def _hit(self, hit: NameHit, owner: str, words: str) -> NameHit:
        own = self._names.get(hit.party, hit.party)
        return NameHit(
            party=owner,
            listed_name=hit.listed_name,
            relation=NameRelation.OWNERSHIP,
            score=hit.score,
            evidence=hit.evidence,
            unmatched=hit.unmatched,
            remarks=(f"the name is that of {own}, and says nothing of this party: {words}",),
            because=self._because.get(owner, ()),
        )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
