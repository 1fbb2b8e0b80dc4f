# SPDX-License-Identifier: Apache-2.0
"""A list of parties made into an index: each name taken apart once, and found by all that leads to it."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from debar.screen import mending, names, typos
from debar.screen.index import KINDS, THRESHOLD, Kept, NameIndex, needed
from debar.screen.keys import brand, pairs_of, plain, prefix, sound
from debar.screen.lookup import grouped, stored
from debar.screen.names import CORE, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.listed import ListedParty, PartyList
    from debar.screen.names import Name

REGISTRIES = frozenset(
    [
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
    ]
)
"""Kinds of identifiers of which each names one company."""
_NUMBER = 5
"""Letters and digits of the shortest number that tells one company: a CAGE code."""
_OWN = ("", Role.OWN)
_ROUNDING = 1e-9


def build(party_list: PartyList) -> NameIndex:
    """Give the index of a list."""
    listed = [(name, owner) for owner, party in enumerate(party_list.parties) for name in party.names]
    owners = [owner for _, owner in listed]
    every = [names.parse(name.text, is_listed=True) for name, _ in listed]
    words = grouped((word, n) for n, name in enumerate(every) for word in map(name.words.__getitem__, names.core(name)))
    looked = [word for word in words.words if names.known_words().get(word, _OWN)[1] in CORE]
    counts = _counts(every, owners)
    parties = [msgspec.msgpack.encode(party) for party in party_list.parties]
    places = {word: at for at, word in enumerate(words.words)}
    kept = Kept(
        party_list.name,
        party_list.version,
        party_list.notes,
        [name.text for name, _ in listed],
        bytes(KINDS.index(name.kind) for name, _ in listed),
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


def _counts(every: Sequence[Name], owners: Sequence[int]) -> dict[str, int]:
    """Give how many parties have each word, where several have; one with many spellings of a name counts once."""
    pairs = {(word, owner) for name, owner in zip(every, owners, strict=True) for word in name.words}
    return {word: count for word, count in Counter(word for word, _ in pairs).items() if count > 1}


def _leading(index: NameIndex, name: Name, core: float, whole: float) -> Iterator[str]:
    """Yield the rarest words of a name, until what is left of it would be too little to mean it."""
    weights, rest = index.core(name), core
    enough = min(core, needed(index, core, whole, THRESHOLD))
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        yield word
        rest -= weights[word]
        if rest < enough - _ROUNDING:
            return


def _identifiers(parties: Sequence[ListedParty]) -> Iterator[tuple[str, int]]:
    for at, party in enumerate(parties):
        for kind, numbers in party.identifiers.items():
            if kind in REGISTRIES:
                yield from ((plain(number), at) for number in numbers.split() if len(plain(number)) >= _NUMBER)
