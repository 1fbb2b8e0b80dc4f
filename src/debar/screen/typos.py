# SPDX-License-Identifier: Apache-2.0
"""Words of a list that a word may be a misspelling of: all within one edit, or two of longer words.

Two words within d edits have a text in common that is left of each when at most d letters are deleted. So each word of
the list is kept under the hash of everything that is left of it, and a word is looked for under everything that is left
of itself: thousands at once, as columns. What is found is measured letter by letter, so hashes that are equal by
chance do no harm. An edit is a letter added, deleted or put for another, or two neighbours that changed places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

SHORTEST, LONGEST = 5, 40
"""Letters of words that are looked at: shorter ones are too near to each other."""
TWICE = 8
"""Letters from which two edits are looked for."""
_BASE = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse among 64-bit numbers."""
_INVERSE = pow(_BASE, -1, 1 << 64)
_MASK = (1 << 64) - 1
_FEW = 12
"""Words up to which they are looked for one by one: to load the library for columns takes longer."""
_BITS = 25
"""A table of so many bits tells in one step that most hashes are not there."""


class Table(msgspec.Struct, frozen=True):
    """The words of a list, ready to be looked for."""

    words: tuple[str, ...]
    hashes: bytes
    """Numbers of 64 bits in order."""
    owners: bytes
    """Number of the word of each hash, 32 bits."""


class Typos:
    """A table with what makes it quick."""

    def __init__(self, table: Table) -> None:
        """Take the table; its bytes are used where they lie."""
        self._words, self._table = table.words, table
        self._hashes, self._owners = memoryview(table.hashes).cast("Q"), memoryview(table.owners).cast("I")
        self._bits: NDArray[np.uint8] | None = None

    def near(self, asked: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """Give (word of the list, edits) for each word that is near to some, the nearest first; none for itself."""
        from rapidfuzz.distance import OSA

        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        asked = [word for word in asked if is_looked_at(word)]
        for number, owner in self._of_few(asked) if len(asked) <= _FEW else self._pairs(asked):
            word, listed = asked[number], self._words[owner]
            most = 2 if min(len(word), len(listed)) >= TWICE else 1
            edits = OSA.distance(word, listed, score_cutoff=most)
            if 0 < edits <= most:
                found[word].append((listed, edits))
        return {word: sorted(every, key=lambda pair: (pair[1], pair[0])) for word, every in found.items()}

    def _of_few(self, asked: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the same as `_pairs`, word by word."""
        for number, word in enumerate(asked):
            owners: set[int] = set()
            for wanted in _hashes_of(word):
                at = bisect_left(self._hashes, wanted)
                while at < len(self._hashes) and self._hashes[at] == wanted:
                    owners.add(self._owners[at])
                    at += 1
            yield from ((number, owner) for owner in owners)

    def _pairs(self, asked: Sequence[str]) -> list[tuple[int, int]]:
        """Give (number of a word that is asked for, number of one of the list) of all that have a hash in common."""
        if not len(self._hashes):
            return []
        import numpy as np  # slow to load, and for many words only

        known, known_owners = np.frombuffer(self._table.hashes, np.uint64), np.frombuffer(self._table.owners, np.uint32)
        hashes, owners = _left_of(asked)
        if len(hashes) > len(known) >> 6:
            if self._bits is None:
                self._bits = np.zeros(1 << (_BITS - 3), np.uint8)
                at = known >> np.uint64(64 - _BITS)
                np.bitwise_or.at(self._bits, at >> 3, np.uint8(1) << (at & np.uint64(7)).astype(np.uint8))
            at = hashes >> np.uint64(64 - _BITS)
            some = (self._bits[at >> 3] >> (at & np.uint64(7)).astype(np.uint8)) & 1 > 0
            hashes, owners = hashes[some], owners[some]
        begins = np.searchsorted(known, hashes, "left")
        counts = np.searchsorted(known, hashes, "right") - begins
        there = counts > 0
        begins, counts, owners = begins[there], counts[there], owners[there]
        if not len(counts):
            return []
        starts = np.repeat(begins - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        listed = known_owners[starts + np.arange(counts.sum())].astype(np.int64)
        both = np.unique(np.repeat(owners.astype(np.int64), counts) << 32 | listed)
        return list(zip((both >> 32).tolist(), (both & 0xFFFFFFFF).tolist(), strict=True))


def is_looked_at(word: str) -> bool:
    """Tell whether misspellings of a word are looked for: it is in Latin letters, and neither short nor endless."""
    return SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()


def table(words: Sequence[str]) -> Table:
    """Give the table of different words; those that are not looked at are left out."""
    import numpy as np  # slow to load, and for making tables only

    kept = tuple(word for word in words if is_looked_at(word))
    hashes, owners = _left_of(kept)
    order = np.argsort(hashes, kind="stable")
    return Table(kept, hashes[order].tobytes(), owners[order].astype(np.uint32).tobytes())


def _hashes_of(word: str) -> set[int]:
    """Give the same hashes as `_hashes` for one word."""
    letters, length = word.encode(), len(word)
    sums = [0]
    for at, letter in enumerate(letters):
        sums.append((sums[-1] + letter * pow(_BASE, length - 1 - at, 1 << 64)) & _MASK)
    whole = sums[-1]
    found = {whole} | {(sums[at] * _INVERSE + whole - sums[at + 1]) & _MASK for at in range(length)}
    if length >= TWICE:
        twice = _INVERSE * _INVERSE & _MASK
        found |= {
            (sums[one] * twice + (sums[two] - sums[one + 1]) * _INVERSE + whole - sums[two + 1]) & _MASK
            for two in range(length)
            for one in range(two)
        }
    return found


def _left_of(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Give the hashes of what is left of words when letters are deleted, and the number of the word of each."""
    import numpy as np  # as above

    by_length: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        by_length[len(word)].append(number)
    hashes, owners = [np.empty(0, np.uint64)], [np.empty(0, np.uint32)]
    for length, numbers in by_length.items():
        letters = np.frombuffer("".join(words[n] for n in numbers).encode(), np.uint8).reshape(-1, length)
        left = _hashes(letters)
        hashes.append(left.ravel())
        owners.append(np.repeat(np.array(numbers, np.uint32), left.shape[1]))
    return np.concatenate(hashes), np.concatenate(owners)


def _hashes(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Give, for each row of letters, the hash of the whole, of it without each letter, and without each two."""
    import numpy as np  # as above

    length = letters.shape[1]
    powers = np.array([pow(_BASE, length - 1 - n, 1 << 64) for n in range(length)], np.uint64)
    sums = np.zeros((len(letters), length + 1), np.uint64)
    np.cumsum(letters.astype(np.uint64) * powers, axis=1, dtype=np.uint64, out=sums[:, 1:])
    whole, once = sums[:, -1:], np.uint64(_INVERSE)
    # What stands before a letter that is deleted moves up by one place: divided by the base, once for each.
    found = [whole, sums[:, :-1] * once + (whole - sums[:, 1:])]
    if length >= TWICE:
        first, second = np.triu_indices(length, 1)
        twice = np.uint64(_INVERSE * _INVERSE & 0xFFFFFFFFFFFFFFFF)
        between = sums[:, second] - sums[:, first + 1]
        found.append(sums[:, first] * twice + between * once + (whole - sums[:, second + 1]))
    return np.concatenate(found, axis=1)
