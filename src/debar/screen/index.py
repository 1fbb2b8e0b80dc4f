# SPDX-License-Identifier: Apache-2.0
"""A list of parties made ready for names: which words tell its names apart, and where each stands.

What is kept is small enough to be read in some hundredths of a second for 30,000 names; everything else about a party is
decoded when a name means it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from math import log, log10
from typing import TYPE_CHECKING

import msgspec

from debar.model.listed import ListedParty
from debar.model.vocab.names import NameKind
from debar.screen import keys, names, native, typos
from debar.screen.lookup import Columns, Lookup, floats, ints
from debar.screen.names import Name, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


KINDS = tuple(NameKind)
FEWEST = 1000
"""Names that a list counts as at least: on a short one every word is rare, and that says nothing."""
_LETTERS = {1: 0.2, 2: 0.5}
"""How much a word of so few letters says at most, unless it is written in Han."""
_TELLING, _MORE = 0.55, 1.6
"""Weight that has to agree where a list has FEWEST parties, and how much more for ten times as many."""
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
THRESHOLD = 0.7
"""Score from which a name is told; measured in docs/name-screening-quality.md."""
WHOLE = 0.45
"""Share of the telling weight that does where two names agree as a whole."""
HALF = 0.5
"""Share of what tells a name apart that has to be found in another one."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """An index as it is kept."""

    name: str
    version: str
    notes: tuple[str, ...]
    texts: list[str]
    """All names of the list."""
    kinds: bytes
    """What each name is, as the place of its kind among NameKind."""
    owners: bytes
    """The party of each name."""
    ids: list[str]
    parties: bytes
    """The parties as they stand, one behind the other."""
    begins: bytes
    """Where each of them begins, and behind the last."""
    words: Columns
    """The names of which each word tells something."""
    leads: Columns
    """The same, of each name only so many of its rarest words that one of them stands in every name that means it."""
    counts: dict[str, int]
    """How many parties have a word in a name, where it is more than one."""
    cores: bytes
    """The weight of the words that tell each name apart, 64-bit floats."""
    wholes: bytes
    """The weight of all its words."""
    pairs: Columns
    """The names in which two words stand beside each other, as one word."""
    prefixes: Columns
    sounds: Columns
    """Places among `words` of those that sound like this."""
    brands: Columns
    """Parties that are known by one word alone."""
    misspelt: typos.Table
    common: typos.Table
    """Words of many names, of which misspellings are mended."""
    identifiers: Columns
    """Parties by their numbers in public registers, without blanks and hyphens."""


class NameIndex:
    """A list that can be asked for names."""

    def __init__(self, kept: Kept) -> None:
        """Take what is kept."""
        self.kept = kept
        self.owners, self._begins = ints(kept.owners), ints(kept.begins)
        self.words, self.leads = Lookup(kept.words), Lookup(kept.leads)
        self.pairs, self.prefixes = Lookup(kept.pairs), Lookup(kept.prefixes)
        self.sounds, self.brands, self.identifiers = Lookup(kept.sounds), Lookup(kept.brands), Lookup(kept.identifiers)
        self.cores, self.wholes = floats(kept.cores), floats(kept.wholes)
        self.typos, self.common = typos.Typos(kept.misspelt), typos.Typos(kept.common)
        self._largest = log(max(FEWEST, len(kept.ids)))
        self.telling = _TELLING + _MORE * log10(max(FEWEST, len(kept.ids)) / FEWEST)
        """Weight that has to agree so that chance does not explain it: more, the more names a list has."""
        self._weights: dict[tuple[str, Role], float] = {}
        self._parties: dict[int, ListedParty] = {}
        self._cores: dict[int, dict[str, float]] = {}
        self._joined: dict[int, str] = {}

    @cached_property
    def by_party(self) -> Mapping[int, Sequence[int]]:
        """Give the numbers of the names of each party."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, owner in enumerate(self.owners):
            found[owner].append(number)
        return found

    def party(self, number: int) -> ListedParty:
        """Give a party of the list whole."""
        known = self._parties.get(number)
        if known is None:
            data = self.kept.parties[self._begins[number] : self._begins[number + 1]]
            known = self._parties[number] = msgspec.msgpack.decode(data, type=ListedParty)
        return known

    def kind(self, number: int) -> NameKind:
        """Give what a name of the list is."""
        return KINDS[self.kept.kinds[number]]

    def listed(self, number: int) -> Name:
        """Give a name of the list word by word."""
        return names.parse(self.kept.texts[number], is_listed=True)

    def joined(self, number: int) -> str:
        """Give a name of the list as one word."""
        known = self._joined.get(number)
        if known is None:
            known = self._joined[number] = keys.joined(self.listed(number))
        return known

    def core(self, name: Name) -> dict[str, float]:
        """Give the words that tell a name apart, with their weights."""
        return {name.words[at]: self.weight(name.words[at], name.roles[at]) for at in names.core(name)}

    def core_of(self, number: int) -> dict[str, float]:
        """Give the same of a name of the list."""
        known = self._cores.get(number)
        if known is None:
            known = self._cores[number] = self.core(self.listed(number))
        return known

    def whole(self, name: Name) -> float:
        """Give the weight of all words of a name."""
        return sum({word: self.weight(word, role) for word, role in zip(name.words, name.roles, strict=True)}.values())

    def weight(self, word: str, role: Role) -> float:
        """Give how much a word says, 0 to 1: less the more parties of the list have it."""
        known = self._weights.get((word, role))
        if known is None:
            rarity = 1 - log(max(1, self.kept.counts.get(word, 1))) / self._largest
            most = 1.0 if native.is_native(word) else _LETTERS.get(len(word), 1.0)
            known = self._weights[word, role] = min(BASE[role], most) * max(0.1, rarity)
        return known


def load(data: bytes) -> NameIndex:
    """Give an index that was kept; MsgspecError where it is damaged."""
    return NameIndex(msgspec.msgpack.decode(data, type=Kept))


def kept(index: NameIndex) -> bytes:
    """Give an index as it is kept."""
    return msgspec.msgpack.encode(index.kept)


def needed(index: NameIndex, core: float, whole: float, threshold: float) -> float:
    """Give how much of what tells a name apart has to agree for a score from a threshold on."""
    return max(core * HALF, min(core, least(threshold) * index.telling - (whole - core)))


def least(threshold: float) -> float:
    """Give the share of what is telling that has to agree so that a score can come to a threshold."""
    return min(1.0, threshold) ** 2
