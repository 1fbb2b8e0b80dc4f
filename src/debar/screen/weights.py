# SPDX-License-Identifier: Apache-2.0
"""How much each word of a name says, on one list: less the more parties have it, and by what it is."""

from __future__ import annotations

from math import log, log10
from typing import TYPE_CHECKING, NamedTuple

from debar.screen import keys, native
from debar.screen.vocabulary import SILENT, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.screen.names import Name

FEWEST = 1000
"""Names that a list counts as at least: on a short one every word is rare, and that says nothing."""
_LETTERS = {1: 0.2, 2: 0.5}
"""How much a word of so few letters says at most, unless it is written in Han."""
_TELLING, _MORE = 0.55, 1.6
"""Weight that has to agree where a list has FEWEST parties, and how much more for ten times as many."""
_LEAST = 0.1
"""Share of its weight that a word keeps, however many have it."""
BASE = {
    Role.OWN: 1.0,
    Role.ORDINARY: 0.7,
    Role.MARKET: 0.3,
    Role.STRUCTURE: 0.15,
    Role.PLACE: 0.25,
    Role.TRADE: 0.5,
    Role.NUMBER: 0.6,
    Role.LEGAL: 0.0,
    Role.REFERENCE: 0.0,
}
"""How much a word says by what it is, before it is asked how many names have it."""


class Weights:
    """The weights of words on a list."""

    def __init__(self, counts: Mapping[str, int], parties: int) -> None:
        """Take how many parties have each word, where several have, and how many parties there are."""
        self._counts, self._largest = counts, log(max(FEWEST, parties))
        self.telling = _TELLING + _MORE * log10(max(FEWEST, parties) / FEWEST)
        """Weight that has to agree so that chance does not explain it: more, the more names a list has."""
        self._known: dict[tuple[str, Role], float] = {}

    def of(self, word: str, role: Role) -> float:
        """Give how much a word says, 0 to 1: less the more parties of the list have it."""
        known = self._known.get((word, role))
        if known is None:
            rarity = 1 - log(max(1, self._counts.get(word, 1))) / self._largest
            most = 1.0 if native.is_native(word) else _LETTERS.get(len(word), 1.0)
            known = self._known[word, role] = min(BASE[role], most) * max(_LEAST, rarity)
        return known

    def whole(self, name: Name) -> float:
        """Give the weight of all words of a name."""
        return sum(self._each(name).values())

    def weighed(self, name: Name) -> Weighed:
        """Give a name ready to be compared."""
        each = self._each(name)
        places = {
            word: at for at, (word, role) in enumerate(zip(name.words, name.roles, strict=True)) if role not in SILENT
        }
        return Weighed(name, each, sum(each.values()), places, keys.joined(name))

    def _each(self, name: Name) -> dict[str, float]:
        return dict(zip(name.words, map(self.of, name.words, name.roles), strict=True))


class Weighed(NamedTuple):
    """A name ready to be compared with others of one list."""

    name: Name
    weights: dict[str, float]
    """How much each of its words says."""
    whole: float
    """How much they say together."""
    places: dict[str, int]
    """Where each word stands that names are compared by."""
    joined: str
    """Those as one word."""
