# SPDX-License-Identifier: Apache-2.0
"""A list of parties made into an index: each name taken apart once, and found by all that leads to it."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from debar.screen import mending, names, typos, vocabulary
from debar.screen.index import KINDS, THRESHOLD, Kept, NameIndex, needed
from debar.screen.keys import brand, pairs_of, plain, prefix, sounds
from debar.screen.lookup import beside, grouped, stored
from debar.screen.spelling import spelled
from debar.screen.vocabulary import CORE, Role
from debar.screen.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    texts = [name.text for name, _ in listed]
    split = zip(texts, names.split_all(texts), strict=True)
    every = [names.told(text, found, is_listed=True) for text, found in split]
    own = [names.core(name) for name in every]
    words = grouped((every[n].words[at], n) for n, places in enumerate(own) for at in places)
    looked = [word for word in words.words if vocabulary.known_words().get(word, _OWN)[1] in CORE]
    counts = _counts(every, owners)
    weights = Weights(counts, len(party_list.parties))
    said = [[*map(weights.of, name.words, name.roles)] for name in every]
    cores = array("d", map(_weight, every, said, own))
    wholes = array("d", map(_weight, every, said, (range(len(weights)) for weights in said)))
    leading = map(
        _leading,
        every,
        said,
        own,
        cores,
        (needed(weights.telling, *pair, THRESHOLD) for pair in zip(cores, wholes, strict=True)),
    )
    parties = [msgspec.msgpack.encode(party) for party in party_list.parties]
    places = {word: at for at, word in enumerate(words.words)}
    kept = Kept(
        party_list.name,
        party_list.version,
        party_list.notes,
        texts,
        bytes(KINDS.index(name.kind) for name, _ in listed),
        stored(owners),
        [party.id for party in party_list.parties],
        b"".join(parties),
        stored(accumulate(map(len, parties), initial=0)),
        words,
        beside(words, ((word, n) for n, found in enumerate(leading) for word in found)),
        counts,
        spelled(every, own, said, words.words),
        cores.tobytes(),
        wholes.tobytes(),
        grouped((pair, n) for n, name in enumerate(every) for pair, _ in pairs_of(name)),
        grouped((key, n) for n, name in enumerate(every) if (key := prefix(name))),
        grouped((key, places[word]) for word, key in zip(looked, sounds(looked), strict=True) if key),
        grouped((word, owner) for name, owner in zip(every, owners, strict=True) if (word := brand(name))),
        typos.table(looked),
        typos.table(mending.common()),
        grouped(_identifiers(party_list.parties)),
    )
    return NameIndex(kept)


def _counts(every: Sequence[Name], owners: Sequence[int]) -> dict[str, int]:
    """Give how many parties have each word, where several have; one with many spellings of a name counts once."""
    pairs = {(word, owner) for name, owner in zip(every, owners, strict=True) for word in name.words}
    return {word: count for word, count in Counter(word for word, _ in pairs).items() if count > 1}


def _weight(name: Name, said: Sequence[float], places: Iterable[int]) -> float:
    """Give what the words at some places say together; one that stands twice counts once."""
    return sum({name.words[at]: said[at] for at in places}.values())


def _leading(name: Name, said: Sequence[float], own: Sequence[int], core: float, enough: float) -> Iterator[str]:
    """Yield the rarest words of a name, until what is left of it would be too little to mean it."""
    rest, enough = core, min(core, enough)
    weights = {name.words[at]: said[at] for at in own}
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
