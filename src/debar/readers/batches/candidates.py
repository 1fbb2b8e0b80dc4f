# SPDX-License-Identifier: Apache-2.0
"""Which rows of a batch are looked at: those in which something may be found, and those that say who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from debar.readers.batches.identities import Identities
from debar.readers.batches.leaves import is_text, values
from debar.readers.batches.texts import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.readers.batches.identities import News
    from debar.readers.batches.leaves import Leaf
    from debar.readers.batches.plans import Group
    from debar.sieving import Sieve, Wanted

SAMPLE = 1 << 12
"""Values by which is told whether those of a column repeat."""


class Chosen(Protocol):
    """What is asked of the columns of a table; columns are given by their places (`plans.Plan`)."""

    @property
    def looked(self) -> Sequence[tuple[int, Wanted]]:
        """Give the columns in which something may be found, and what."""

    @property
    def groups(self) -> Sequence[Group]:
        """Give the columns that say whose evidence a row is."""

    @property
    def moments(self) -> Sequence[int]:
        """Give the columns with the time of a row, best first."""


class Seen(NamedTuple):
    """What there is in one batch, whatever there was in those before."""

    rows: list[int]
    """Those in which something may be found, in order."""
    news: list[tuple[tuple[str, ...], list[News]]]
    """Of each group, by the names of its columns, the rows that may say something new."""


class Candidates:
    """What is remembered from batch to batch of the tables of one input."""

    def __init__(self, sieve: Sieve) -> None:
        """Take what knows the indicators."""
        self._sieve = sieve
        self._known: dict[tuple[object, ...], Identities] = {}
        self._dictionaries: dict[tuple[int, Wanted], tuple[pa.Array, pa.Array]] = {}

    def rows(
        self, batch: pa.RecordBatch, leaves: Sequence[Leaf], plan: Chosen
    ) -> tuple[list[int], dict[tuple[object, ...], int]]:
        """Give the rows of a batch that are told, in order, and by whom they are of those that may be told in the end."""
        return self.told(self.seen(batch, leaves, plan))

    def seen(self, batch: pa.RecordBatch, leaves: Sequence[Leaf], plan: Chosen) -> Seen:
        """Give what there is in a batch; what of it was known already may be left out."""
        found = [self._looked(batch, leaves[at], at, wanted) for at, wanted in plan.looked]
        rows = pc.unique(pa.concat_arrays(found)).to_pylist() if found else []
        news = []
        for group in plan.groups:
            names = tuple(leaves[at].name for at in group.identity)
            news.append((names, self._of(names).news(batch, leaves, group, plan.moments)))
        return Seen(sorted(rows), news)

    def told(self, seen: Seen) -> tuple[list[int], dict[tuple[object, ...], int]]:
        """Give the same as `rows` of a batch that was seen, here or by somebody who knows less; batches come in order."""
        every = set[int]()
        later: dict[tuple[object, ...], int] = {}
        for names, news in seen.news:
            firsts, newer = self._of(names).told(news)
            every.update(firsts)
            later.update({(names, name): row for name, row in newer.items()})
        return (sorted(every.union(seen.rows)) if every else seen.rows), later

    def _of(self, names: tuple[str, ...]) -> Identities:
        return self._known.setdefault(names, Identities())

    @property
    def is_full(self) -> bool:
        """Whether there were more names of assets than are remembered."""
        return any(identities.is_full for identities in self._known.values())

    def _looked(self, batch: pa.RecordBatch, leaf: Leaf, at: int, wanted: Wanted) -> pa.Array:
        """Give the rows in which a column may hold something."""
        array, parents = values(batch, leaf)
        if not pa.types.is_dictionary(array.type) and _repeats(array):
            array = array.dictionary_encode()
        if pa.types.is_dictionary(array.type):
            hits = self._codes(array.dictionary, (at, wanted))
            inside = pc.is_in(array.indices, value_set=hits.cast(array.indices.type)) if len(hits) else None
            rows = pc.indices_nonzero(inside).cast(pa.int64()) if inside is not None else pa.array([], pa.int64())
        else:
            rows = self._sieve.rows(wanted, _strings(array))
        return rows if parents is None else parents.take(rows)

    def _codes(self, dictionary: pa.Array, asked: tuple[int, Wanted]) -> pa.Array:
        """Give the codes of a dictionary that may hold something; batches of one part of a file share theirs."""
        known = self._dictionaries.get(asked)
        if known is None or not known[0].equals(dictionary):
            plain = _strings(dictionary) if is_text(dictionary.type) else pa.array(texts(dictionary), pa.string())
            known = self._dictionaries[asked] = (dictionary, self._sieve.rows(asked[1], plain))
        return known[1]


def _repeats(array: pa.Array) -> bool:
    """Tell whether a column has few different values, by the first of them; numbers are always taken for such.

    It is told of each batch alone: whoever looks through one without those before it finds the same.
    """
    some = array.slice(0, SAMPLE)
    return not is_text(array.type) or pc.count_distinct(some).as_py() * 4 < len(some)


def _strings(array: pa.Array) -> pa.Array:
    """Give bytes that may be a text as one; whoever looks through them does not mind those that are none."""
    if pa.types.is_binary(array.type):
        return array.view(pa.string())
    return array.view(pa.large_string()) if pa.types.is_large_binary(array.type) else array
