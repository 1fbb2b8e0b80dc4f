# SPDX-License-Identifier: Apache-2.0
"""Who is in a table, and until when: the first row of each combination of names, and one of its newest day.

Of all rows in which nothing is found only these are told, so that every asset is known, by every name that it goes
by, with the newest day of its evidence. How often it is in the table is not, nor at which hour of that day; and
where the first such row has a text that nobody can make a name of, its asset stays unknown.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from debar.readers.batches.leaves import is_text, values
from debar.readers.batches.texts import UNITS, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.readers.batches.leaves import Leaf
    from debar.readers.batches.plans import Group

MOST = 1 << 19
"""Combinations of names that are remembered; a large organisation has some hundred thousand machines."""
_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_DAYS = 4096
"""Days between the first and the last row of a batch beyond which the order of rows says nothing."""
_NEVER = -(1 << 62)
_EDGE = b"\x1f"
_NONE = pa.array([], pa.int64())


class News(NamedTuple):
    """A row that may be the first of a combination of names, or of its newest day."""

    row: int
    """Its number in the batch, from 0."""
    name: bytes
    day: int


class Identities:
    """The combinations that were met, and the newest day of each."""

    def __init__(self) -> None:
        """Begin with nobody known."""
        self._days: dict[bytes, int] = {}
        self._pairs: pa.Array | None = None
        self._of: tuple[object, ...] = ()
        self._dictionaries: list[pa.Array] = []
        self.is_full = False

    def news(self, batch: pa.RecordBatch, leaves: Sequence[Leaf], group: Group, moments: Sequence[int]) -> list[News]:
        """Give the first row of each combination on each day, where either is new, in order; nothing is remembered yet."""
        columns = [_encoded(batch, leaves[at]) for at in group.identity]
        sizes = [len(column.dictionary) + 1 for column in columns]
        first, span, days = _days(batch, [leaves[at] for at in moments])
        if not columns or not group.values or reduce(lambda a, b: a * b, sizes, span) >= 1 << 62:
            return []
        codes = [_filled(c.indices, size - 1) for c, size in zip(columns, sizes, strict=True)]
        if days is not None:
            codes.append(days)
        marks = reduce(
            lambda a, b: pc.add(pc.multiply(a, b[1]), b[0]), zip(codes[1:], [*sizes[1:], span], strict=False), codes[0]
        )
        says = reduce(pc.or_, [_is_filled(batch, leaves[at], group.blank) for at in group.values])
        if not pc.all(says).as_py():
            marks = pc.if_else(says, marks, -1)
        dictionaries = [column.dictionary for column in columns]
        return self._new(marks, dictionaries, first, span if days is not None else 1)

    def _new(self, marks: pa.Array, dictionaries: list[pa.Array], first: int, span: int) -> list[News]:
        """Give the first row of each mark of somebody new, in order."""
        met = pc.unique(marks)
        met = met.filter(pc.greater_equal(met, 0))
        shape = (first, span)
        if self._of == shape and all(a.equals(b) for a, b in zip(self._dictionaries, dictionaries, strict=True)):
            met = met.filter(pc.invert(pc.is_in(met, value_set=self._pairs)))
        else:
            self._of, self._dictionaries, self._pairs = shape, dictionaries, _NONE
        if not len(met):
            return []
        self._pairs = pa.concat_arrays([self._pairs, met])
        names = pc.divide(met, span) if span > 1 else met
        days = pc.add(pc.subtract(met, pc.multiply(names, span)), first).to_pylist()
        pairs = zip(_names(names, dictionaries), days, met.to_pylist(), strict=True)
        news = [(name, day, mark) for name, day, mark in pairs if self._days.get(name, _NEVER) < day]
        rows = pc.index_in(pa.array([mark for *_, mark in news], marks.type), value_set=marks).to_pylist()
        return sorted(News(row, name, day) for row, (name, day, _) in zip(rows, news, strict=True))

    def told(self, news: Iterable[News]) -> tuple[list[int], dict[bytes, int]]:
        """Give the first row of each name that is new, and by name that of a newer day of it; both are remembered."""
        firsts: dict[bytes, int] = {}
        later: dict[bytes, int] = {}
        for row, name, day in news:
            if name not in self._days:
                if len(self._days) >= MOST:
                    self.is_full = True
                    continue
                firsts[name] = row
            elif self._days[name] >= day:
                continue
            elif firsts.get(name) != row:
                later[name] = row
            self._days[name] = day
        return sorted(firsts.values()), later


def _names(codes: pa.Array, dictionaries: list[pa.Array]) -> list[bytes]:
    """Give bytes for each combination of codes."""
    parts = []
    for dictionary in reversed(dictionaries):
        size = len(dictionary) + 1
        rest = pc.divide(codes, size)
        own = pc.subtract(codes, pc.multiply(rest, size))
        # The code behind the last is that of null.
        place = pc.if_else(pc.less(own, len(dictionary)), own, None)
        parts.append(pc.fill_null(dictionary.take(place).cast(pa.large_binary()), b""))
        codes = rest
    joined = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, pa.scalar(_EDGE, pa.large_binary()))
    found: list[bytes] = joined.to_pylist()
    return found


def _filled(indices: pa.Array, code: int) -> pa.Array:
    """Give the codes of a column, with one for null."""
    wide = indices.cast(pa.int64())
    return pc.fill_null(wide, code) if wide.null_count else wide


def _encoded(batch: pa.RecordBatch, leaf: Leaf) -> pa.DictionaryArray:
    """Give a column of names as a dictionary of texts; where a row has several names, all of them are one."""
    array, rows = values(batch, leaf)
    if rows is not None or not is_text(array.type):
        array = pa.array(cells(batch, leaf), pa.string())
    return array if pa.types.is_dictionary(array.type) else array.dictionary_encode()


def _is_filled(batch: pa.RecordBatch, leaf: Leaf, blank: Sequence[str]) -> pa.Array:
    """Tell of each row whether a column says something: a word for nothing does not."""
    array, rows = values(batch, leaf)
    if rows is not None:
        rows = rows.filter(_is_said(array, blank))
        return pc.is_in(pa.array(range(batch.num_rows), pa.int64()), value_set=rows)
    return _is_said(array, blank)


def _is_said(array: pa.Array, blank: Sequence[str]) -> pa.Array:
    if not is_text(array.type):
        return array.is_valid()
    if pa.types.is_dictionary(array.type):
        return pc.fill_null(_is_said(array.dictionary, blank).take(array.indices), fill_value=False)
    lengths = pc.binary_length(array)
    if array.null_count:
        lengths = pc.fill_null(lengths, 0)
    says = pc.greater(lengths, 0)
    # Most texts are longer than any word for nothing; only the others are compared.
    short = pc.indices_nonzero(pc.less_equal(lengths, max(map(len, blank), default=0)))
    words = pa.array([word.encode() for word in blank]).cast(pa.large_binary())
    nothing = short.filter(pc.is_in(array.take(short).cast(pa.large_binary()), value_set=words))
    if not len(nothing):
        return says
    every = pa.array(range(len(array)), pa.uint64())
    return pc.and_(says, pc.invert(pc.is_in(every, value_set=nothing)))


def _days(batch: pa.RecordBatch, leaves: Sequence[Leaf]) -> tuple[int, int, pa.Array | None]:
    """Give the first day of a batch, how many there are, and that of each row, counted from the first."""
    for leaf in leaves:
        array, rows = values(batch, leaf)
        if rows is not None or not len(array):
            continue
        tell = _of_texts if is_text(array.type) else _day_numbers
        # Nearly every batch is of one day, which its first and last moment tell.
        ends = tell(_ends(array))
        if ends is None or ends.null_count:
            continue
        first, last = ends.to_pylist()
        if first == last:
            return first, 1, None
        if last - first >= _DAYS or (numbers := tell(array)) is None:
            break
        return first, last - first + 1, pc.fill_null(pc.subtract(numbers, first), 0)
    return 0, 1, None


def _day_numbers(array: pa.Array) -> pa.Array | None:
    """Give the day of each moment since 1970; nothing for a column whose days are not told by arithmetic."""
    kind, types = array.type, pa.types
    if types.is_timestamp(kind):
        return pc.divide(array.cast(pa.int64()), _DAY * UNITS[kind.unit])
    if types.is_date32(kind):
        return array.cast(pa.int32()).cast(pa.int64())
    if types.is_date64(kind):
        return pc.divide(array.cast(pa.int64()), _DAY * 1000)
    if types.is_integer(kind):
        return _of_epoch(array.cast(pa.int64(), safe=False))
    if types.is_floating(kind):
        is_number = pc.and_(pc.greater(array, 0), pc.less(array, 1 << 34))
        return pc.divide(pc.if_else(is_number, array, None).cast(pa.int64(), safe=False), _DAY)
    return None


def _ends(array: pa.Array) -> pa.Array:
    """Give the least and the greatest value of a column."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary
    found = pc.min_max(array)
    # Not by way of Python, whose calendar has an end.
    return pa.array([found["min"], found["max"]], array.type)


def _of_texts(array: pa.Array) -> pa.Array | None:
    """Give the days of texts that begin with a day of ISO 8601; null for any other."""
    found = pc.utf8_slice_codeunits(array, 0, 10).dictionary_encode()
    return pa.array([_day_of(text) for text in found.dictionary.to_pylist()], pa.int64()).take(found.indices)


def _day_of(text: str) -> int | None:
    """Give the number of a day since 1970."""
    try:
        return date.fromisoformat(text[:10]).toordinal() - _EPOCH if text[4:5] == "-" else None
    except ValueError:
        return None


def _of_epoch(array: pa.Array) -> pa.Array | None:
    """Give the days of whole numbers that count from 1970, in whichever unit: seconds have ten digits."""
    most = pc.max(array).as_py()
    unit = next((unit for unit in UNITS.values() if most and 10**9 <= most // unit < 10**10), 0)
    return pc.divide(array, _DAY * unit) if unit else None
