# SPDX-License-Identifier: Apache-2.0
"""The words of all names of a list as columns: a name of the list is put together again without being taken apart."""

from __future__ import annotations

from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import msgspec

from debar.screen.lookup import floats, ints, stored
from debar.screen.names import Name
from debar.screen.vocabulary import SILENT, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROLES = tuple(Role)
NOTHING, BESIDE, CORE = range(3)
"""What a word does in a name of a list: nothing, or it was there before; it stands beside; it tells the name apart."""

Entry = tuple[str, float, int]
"""A word as it is compared, how much it says, and what it does there."""


class Spelled(msgspec.Struct, frozen=True, array_like=True):
    """Words of names, as they are kept: columns of the words of all names, one name behind the other."""

    others: list[str]
    """Words that tell no name apart; all words are those of the list's lookup, and these behind them."""
    begins: bytes
    """Where the words of each name begin, and behind the last of them."""
    shown: bytes
    """Each word as it is written, by its place in the vocabulary."""
    meant: bytes
    """The same as it is compared."""
    roles: bytes
    parts: bytes
    """What each word does there: NOTHING, BESIDE or CORE."""
    weights: bytes
    """How much each word says, 64-bit floats."""


class Spelling:
    """The same, to be asked for names."""

    def __init__(self, spelled: Spelled, words: Sequence[str]) -> None:
        """Take the columns, and the words that tell names apart."""
        self._vocabulary, self._roles, self._parts = [*words, *spelled.others], spelled.roles, spelled.parts
        self._begins, self._weights = ints(spelled.begins), floats(spelled.weights)
        self._meant, self._shown = ints(spelled.meant), ints(spelled.shown)
        self._entries: dict[int, tuple[Entry, ...]] = {}

    def name(self, number: int, text: str) -> Name:
        """Give a name word by word, as `names.parse` does."""
        begin, end = self._begins[number], self._begins[number + 1]
        return Name(
            text,
            tuple([self._vocabulary[at] for at in self._shown[begin:end]]),
            tuple([self._vocabulary[at] for at in self._meant[begin:end]]),
            tuple([_ROLES[at] for at in self._roles[begin:end]]),
            is_foreign=not text.isascii(),
        )

    def entries(self, number: int) -> tuple[Entry, ...]:
        """Give the different words of a name that say something."""
        known = self._entries.get(number)
        if known is None:
            begin, end = self._begins[number], self._begins[number + 1]
            words = [self._vocabulary[at] for at in self._meant[begin:end]]
            every = zip(words, self._weights[begin:end], self._parts[begin:end], strict=True)
            known = self._entries[number] = tuple([entry for entry in every if entry[2]])
        return known


def spelled(
    every: Sequence[Name], own: Sequence[Sequence[int]], said: Sequence[Sequence[float]], words: Sequence[str]
) -> Spelled:
    """Give the columns of names, of each with the places of what tells it apart, and how much each of its words says.

    `words` are all that tell names apart.
    """
    vocabulary = dict(zip(words, range(len(words)), strict=True))
    shown = [vocabulary.setdefault(word, len(vocabulary)) for name in every for word in name.shown]
    meant = [vocabulary.setdefault(word, len(vocabulary)) for name in every for word in name.words]
    return Spelled(
        [*vocabulary][len(words) :],
        stored(accumulate((len(name.words) for name in every), initial=0)),
        stored(shown),
        stored(meant),
        bytes(chain.from_iterable(name.roles for name in every)),
        bytes(chain.from_iterable(map(_parts, every, own))),
        array("d", chain.from_iterable(said)).tobytes(),
    )


def _parts(name: Name, own: Sequence[int]) -> list[int]:
    parts = [NOTHING] * len(name.words)
    # A word that stands twice counts once.
    for at in {word: at for at, word in enumerate(name.words) if name.roles[at] not in SILENT}.values():
        parts[at] = BESIDE
    for word, at in {name.words[at]: at for at in own}.items():
        parts[name.words.index(word)] = NOTHING
        parts[at] = CORE
    return parts
