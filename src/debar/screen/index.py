# SPDX-License-Identifier: Apache-2.0
"""A list of parties made ready for names: which words tell its names apart, and where each stands.

What is kept is small enough to be read in some hundredths of a second for 30,000 names; everything else about a party is
decoded when a name means it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from debar.model.listed import ListedParty
from debar.model.vocab.names import NameKind
from debar.screen import typos
from debar.screen.lookup import Columns, Lookup, floats, ints
from debar.screen.spelling import Spelled, Spelling
from debar.screen.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.screen.names import Name

KINDS = tuple(NameKind)
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
    spelled: Spelled
    """The words of all names."""
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
        self.spelling = Spelling(kept.spelled, kept.words.words)
        self.words = Lookup(kept.words)
        self.leads = Lookup(kept.leads, beside=self.words)
        self.pairs, self.prefixes = Lookup(kept.pairs), Lookup(kept.prefixes)
        self.sounds, self.brands, self.identifiers = Lookup(kept.sounds), Lookup(kept.brands), Lookup(kept.identifiers)
        self.cores, self.wholes = floats(kept.cores), floats(kept.wholes)
        self.typos, self.common = typos.Typos(kept.misspelt), typos.Typos(kept.common)
        self.weights = Weights(kept.counts, len(kept.ids))
        self._parties: dict[int, ListedParty] = {}

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
        return self.spelling.name(number, self.kept.texts[number])


def load(data: bytes) -> NameIndex:
    """Give an index that was kept; MsgspecError where it is damaged."""
    return NameIndex(msgspec.msgpack.decode(data, type=Kept))


def kept(index: NameIndex) -> bytes:
    """Give an index as it is kept."""
    return msgspec.msgpack.encode(index.kept)


def needed(telling: float, core: float, whole: float, threshold: float) -> float:
    """Give how much of what tells a name apart has to agree for a score from a threshold on."""
    return max(core * HALF, min(core, least(threshold) * telling - (whole - core)))


def least(threshold: float) -> float:
    """Give the share of what is telling that has to agree so that a score can come to a threshold."""
    return min(1.0, threshold) ** 2
