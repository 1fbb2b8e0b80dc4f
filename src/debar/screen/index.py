# SPDX-License-Identifier: Apache-2.0
"""A list of parties made ready for names: which words tell its names apart, and where each stands.

What is kept is small enough to be read in some hundredths of a second for 30,000 names; everything else about a party is
decoded when a name means it.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from functools import cached_property
from itertools import accumulate, pairwise
from math import log, log10
from typing import TYPE_CHECKING

import msgspec

from debar.model.listed import ListedParty
from debar.model.vocab.names import NameKind
from debar.screen import mending, names, native, scripts, typos
from debar.screen.lookup import Columns, Lookup, floats, grouped, ints, stored
from debar.screen.names import CORE, SILENT, Name, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.listed import PartyList

_KINDS = tuple(NameKind)
_OWN = ("", Role.OWN)
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
_ROUNDING = 1e-9
WHOLE = 0.45
"""Share of the telling weight that does where two names agree as a whole."""
HALF = 0.5
"""Share of what tells a name apart that has to be found in another one."""
REGISTRIES = frozenset(
    {
        "lei",
        "uei",
        "cage",
        "ncage",
        "duns",
        "registration",
        "company-number",
        "tax",
        "inn",
        "ogrn",
        "uscc",
        "vat",
        "isin",
    }
)
"""Kinds of identifiers of which each names one company."""
PREFIX = 10
"""Letters that two names have in common at the beginning, without spaces, when one is cut off or parted otherwise."""
_SHORTEST = 6
"""Letters of the shortest name that may be parted otherwise."""
_SKELETON = 2
"""Sounds that a word has at least to be compared by its sound."""


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
        return _KINDS[self.kept.kinds[number]]

    def listed(self, number: int) -> Name:
        """Give a name of the list word by word."""
        return names.parse(self.kept.texts[number], is_listed=True)

    def joined(self, number: int) -> str:
        """Give a name of the list as one word."""
        known = self._joined.get(number)
        if known is None:
            known = self._joined[number] = joined(self.listed(number))
        return known

    def core(self, name: Name) -> dict[str, float]:
        """Give the words that tell a name apart, with their weights; of a name of market words all of them."""
        own = {word: self.weight(word, role) for word, role in zip(name.words, name.roles, strict=True) if role in CORE}
        return own or {
            word: self.weight(word, role)
            for word, role in zip(name.words, name.roles, strict=True)
            if role not in SILENT
        }

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
            known = self._weights[word, role] = min(BASE[role], _LETTERS.get(len(word), 1.0)) * max(0.1, rarity)
            if native.is_native(word):
                known = self._weights[word, role] = BASE[role] * max(0.1, rarity)
        return known


def build(party_list: PartyList) -> NameIndex:
    """Give the index of a list."""
    listed = [(name, owner) for owner, party in enumerate(party_list.parties) for name in party.names]
    owners = [owner for _, owner in listed]
    every = [names.parse(name.text, is_listed=True) for name, _ in listed]
    words = grouped((word, n) for n, name in enumerate(every) for word in _telling(name))
    looked = [word for word in words.words if names.known_words().get(word, _OWN)[1] in CORE]
    counts = _counts(every, owners)
    parties = [msgspec.msgpack.encode(party) for party in party_list.parties]
    places = {word: at for at, word in enumerate(words.words)}
    kept = Kept(
        party_list.name,
        party_list.version,
        party_list.notes,
        [name.text for name, _ in listed],
        bytes(_KINDS.index(name.kind) for name, _ in listed),
        stored(owners),
        [party.id for party in party_list.parties],
        b"".join(parties),
        stored(accumulate(map(len, parties), initial=0)),
        words,
        words,
        counts,
        b"",
        b"",
        grouped((pair, n) for n, name in enumerate(every) for pair, _ in pairs_of(name)),
        grouped((key, n) for n, name in enumerate(every) if (key := prefix(name))),
        grouped((key, places[word]) for word in looked if (key := sound(word))),
        grouped((word, owner) for name, owner in zip(every, owners, strict=True) if (word := brand(name))),
        typos.table(looked),
        typos.table(mending.common()),
        grouped(_identifiers(party_list.parties)),
    )
    bare = NameIndex(kept)
    cores = array("d", (sum(bare.core(name).values()) for name in every))
    wholes = array("d", map(bare.whole, every))
    leads = grouped((word, n) for n, name in enumerate(every) for word in _leading(bare, name, cores[n], wholes[n]))
    return NameIndex(msgspec.structs.replace(kept, cores=cores.tobytes(), wholes=wholes.tobytes(), leads=leads))


def load(data: bytes) -> NameIndex:
    """Give an index that was kept; MsgspecError where it is damaged."""
    return NameIndex(msgspec.msgpack.decode(data, type=Kept))


def kept(index: NameIndex) -> bytes:
    """Give an index as it is kept."""
    return msgspec.msgpack.encode(index.kept)


def _counts(every: Sequence[Name], owners: Sequence[int]) -> dict[str, int]:
    """Give how many parties have each word, where several have; one with many spellings of a name counts once."""
    pairs = {(word, owner) for name, owner in zip(every, owners, strict=True) for word in name.words}
    return {word: count for word, count in Counter(word for word, _ in pairs).items() if count > 1}


def _telling(name: Name) -> Sequence[str]:
    """Give the words that tell a name apart; of a name of market words all of them."""
    own = [word for word, role in zip(name.words, name.roles, strict=True) if role in CORE]
    return own or [word for word, role in zip(name.words, name.roles, strict=True) if role not in SILENT]


def needed(index: NameIndex, core: float, whole: float, threshold: float) -> float:
    """Give how much of what tells a name apart has to agree for a score from a threshold on."""
    return max(core * HALF, min(core, least(threshold) * index.telling - (whole - core)))


def least(threshold: float) -> float:
    """Give the share of what is telling that has to agree so that a score can come to a threshold."""
    return min(1.0, threshold) ** 2


def _leading(index: NameIndex, name: Name, core: float, whole: float) -> Iterator[str]:
    """Yield the rarest words of a name, until what is left of it would be too little to mean it."""
    weights, rest = index.core(name), core
    enough = min(core, needed(index, core, whole, THRESHOLD))
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        yield word
        rest -= weights[word]
        if rest < enough - _ROUNDING:
            return


def pairs_of(name: Name) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield neighbours as one word, with the places of the first and the last: "hua wei" is "huawei" as well."""
    audible = [at for at, role in enumerate(name.roles) if role not in SILENT]
    for first, second in pairwise(audible):
        if second == first + 1 and min(len(name.words[first]), len(name.words[second])) <= _SHORT_PART:
            joined = name.words[first] + name.words[second]
            if len(joined) >= typos.SHORTEST and joined.isalpha():
                yield joined, (first, second)


_SHORT_PART = 6
"""Letters of the shorter of two words that may be one."""


def prefix(name: Name) -> str:
    """Give how a name begins without spaces; nothing for a short one."""
    whole = joined(name)
    return beginning(whole) if whole.isascii() else ""


def beginning(whole: str) -> str:
    """Give the letters by which names are found that are parted otherwise or cut off: all of a short one."""
    return whole[:PREFIX] if len(whole) >= _SHORTEST else ""


def joined(name: Name) -> str:
    """Give a name as one word, as it is written, without legal forms and references."""
    return "".join(
        word.replace(" ", "") for word, role in zip(name.shown, name.roles, strict=True) if role not in SILENT
    )


def sound(word: str) -> str:
    """Give the key by which words of other scripts are found; nothing for a word that says too little."""
    letters = word if word.isascii() else scripts.latin(word)
    if not typos.is_looked_at(letters):
        return ""
    found = scripts.skeleton(letters)
    return found if len(found) >= _SKELETON else ""


def brand(name: Name) -> str:
    """Give the one word by which somebody is known who has this name; nothing where it takes more."""
    own = [word for word, role in zip(name.words, name.roles, strict=True) if role in CORE]
    if len(own) != 1 or (len(own[0]) < _BRAND and not native.is_native(own[0])):
        return ""
    return own[0]


_BRAND = 3
"""Letters of the shortest brand."""


def _identifiers(parties: Sequence[ListedParty]) -> Iterator[tuple[str, int]]:
    for at, party in enumerate(parties):
        for kind, numbers in party.identifiers.items():
            if kind in REGISTRIES:
                yield from ((plain(number), at) for number in numbers.split() if len(plain(number)) >= _NUMBER)


def plain(number: str) -> str:
    """Give a number of a register without what only parts it."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


_NUMBER = 5
"""Letters and digits of the shortest number that tells one company: a CAGE code."""
