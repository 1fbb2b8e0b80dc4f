# SPDX-License-Identifier: Apache-2.0
"""What is measured: a system that ranks the parties of a list for a name, and scores pairs of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import NameRelation
from debar.screen.building import build
from debar.screen.screening import THRESHOLD, likeness, screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.model.listed import PartyList

FLAGS = frozenset({NameRelation.SAME, NameRelation.AFFILIATE, NameRelation.SIMILAR})
"""Relations by which a name itself calls for attention: neither known to be different, nor known by ownership alone."""
LOWEST = 0.3
"""Score from which hits are looked at: far below every threshold that is of use."""
SHOWN = 5
"""Hits that somebody looks at."""


class Ranked(NamedTuple):
    """A party that a system names, with how sure it is."""

    party: str
    score: float
    relation: NameRelation = NameRelation.SAME
    """Systems that know no relations say SAME of everything."""
    listed: str = ""

    @property
    def flag(self) -> float:
        """Give the score, or 0 where the name itself calls for no attention."""
        return self.score if self.relation in FLAGS else 0.0


class System(NamedTuple):
    """Something that screens names."""

    name: str
    threshold: float
    """At which it flags a name, unless told otherwise."""
    prepare: Callable[[PartyList], Callable[[Sequence[str]], list[tuple[Ranked, ...]]]]
    """From a list to what answers names with hits, the best first."""
    pair: Callable[[str, str], float]
    """Score of two names for being the same company."""
    is_bulk: bool = True
    """Is fast enough to be asked for thousands of names against thousands."""
    is_exact: bool = False
    """Tells relations."""


def debar() -> System:
    """Give debar as it ships."""

    def prepare(parties: PartyList) -> Callable[[Sequence[str]], list[tuple[Ranked, ...]]]:
        index = build(parties)

        def rank(names: Sequence[str]) -> list[tuple[Ranked, ...]]:
            found = screen(index, names, threshold=LOWEST, limit=4 * SHOWN)
            return [tuple(Ranked(h.party, h.score, h.relation, h.listed_name) for h in hits) for hits in found]

        return rank

    return System("debar", THRESHOLD, prepare, lambda a, b: likeness(a, b, strict=True), is_exact=True)
