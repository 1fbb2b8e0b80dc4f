# SPDX-License-Identifier: Apache-2.0
"""Arrow column in, Arrow batch out: the kernel for millions of values.

Find by bytes first, understand later:

1. A dictionary is matched instead of its rows, and joined back to them.
2. Of other columns, pieces are laid out as one block each, with a separator between values, and one automaton
   looks in it for the expressions of the kind (`spellings`): one of them is in every value that fits.
3. Where that points to many rows, the piece has much that fits; then its distinct values are looked at.
4. The distinct values among those that were pointed to are asked exactly (`kernel.meet`), once each.
5. Answers are joined back to rows in columns: a value may stand in a million of them.

The answer is the same as asking every row: an expression is a necessary condition, and what is doubtful is asked.
"""

from __future__ import annotations

from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from debar import automaton
from debar.errors import EngineError
from debar.match import kept
from debar.match.kernel import meet
from debar.match.spellings import SEPARATOR, spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from debar.match.compile import Index
    from debar.model.vocab import Kind

HITS = pa.schema([("row", pa.int64()), ("indicator", pa.int32())])
PIECE = 1 << 17
"""Values that are laid out at once: some megabytes, which fit the caches of a processor."""
_LARGE = 1 << 28
"""Bytes of a piece beyond which it is halved."""
_MANY = 16
"""One row of so many may be pointed to before distinct values are looked at instead."""
_NO_ROWS, _NO_VALUES = pa.array([], pa.int64()), pa.array([], pa.string())


def kernel(index: Index, kind: str, column: pa.Array | pa.ChunkedArray) -> pa.RecordBatch:
    """Give (row, indicator) for every value of one kind that an indicator fits, ordered by both.

    The column holds strings of any Arrow type, plain or as a dictionary; what is null fits nothing.
    """
    table = next((t for k, t in index.tables.items() if k == kind), None)
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    if table is None or not len(column):
        return pa.RecordBatch.from_pylist([], schema=HITS)
    automaton = _automaton(_Same(index), table.kind)
    sought = [chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk for chunk in chunks]
    asked = cache(partial(meet, table))  # chunks of a column have much in common
    found: list[tuple[pa.Array, pa.Array]] = []
    begin = 0
    for chunk, candidates in zip(chunks, _candidates(automaton, sought), strict=True):
        rows, indicators = _hits(asked, chunk, candidates)
        found.append((pc.add(rows, pa.scalar(begin, pa.int64())), indicators))
        begin += len(chunk)
    return pa.RecordBatch.from_arrays(
        [pa.concat_arrays([rows for rows, _ in found]), pa.concat_arrays([i for _, i in found])], schema=HITS
    )


def each(column: pa.Array, meet: Callable[[str], tuple[int, ...]]) -> pa.RecordBatch:
    """Give (row, indicator) in order by asking every value: for kinds in which no expression finds those that fit."""
    found = [
        {"row": row, "indicator": position}
        for row, value in enumerate(column.to_pylist())
        if value is not None
        for position in meet(value)
    ]
    return pa.RecordBatch.from_pylist(found, schema=HITS)


class _Candidates(NamedTuple):
    """Rows that might fit, in order, and their values."""

    rows: pa.Array
    values: pa.StringArray


def _hits(
    asked: Callable[[str], tuple[int, ...]], chunk: pa.Array, candidates: _Candidates
) -> tuple[pa.Array, pa.Array]:
    """Give rows and indicators of a chunk, by asking each different value among its candidates."""
    if pa.types.is_dictionary(chunk.type):
        return _joined(_answers(asked, candidates.rows.to_pylist(), candidates.values), chunk.indices)
    encoded = candidates.values.dictionary_encode()
    places, indicators = _joined(_answers(asked, range(len(encoded.dictionary)), encoded.dictionary), encoded.indices)
    return candidates.rows.take(places), indicators


class _Answers(NamedTuple):
    """Which values fit anything, by their codes, and the indicators of each."""

    codes: pa.Array
    indicators: pa.ListArray


def _answers(asked: Callable[[str], tuple[int, ...]], codes: Iterable[int], values: pa.StringArray) -> _Answers:
    """Give the answers for some values, by asking."""
    fit: list[int] = []
    indicators: list[tuple[int, ...]] = []
    for code, value in zip(codes, values.to_pylist(), strict=True):
        if positions := asked(value):
            fit.append(code)
            indicators.append(positions)
    return _Answers(pa.array(fit, pa.int64()), pa.array(indicators, pa.list_(pa.int32())))


def _joined(answers: _Answers, codes: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give row and indicator for each row that has a code, and each indicator of that code's answer."""
    known = answers.codes.cast(codes.type)
    rows = pc.indices_nonzero(pc.is_in(codes, value_set=known))
    lists = answers.indicators.take(pc.index_in(codes.take(rows), value_set=known))
    return pc.cast(rows.take(pc.list_parent_indices(lists)), pa.int64()), pc.list_flatten(lists)


def _candidates(automaton: _Automaton, chunks: list[pa.Array]) -> list[_Candidates]:
    """Give the candidates of each chunk; pieces are searched side by side, as the libraries read them."""
    pieces = [
        [piece for begin in range(0, len(chunk), PIECE) for piece in _pieces(chunk.slice(begin, PIECE), begin)]
        for chunk in chunks
    ]
    every = [piece for own in pieces for _, piece in own]
    with ThreadPoolExecutor(max(1, min(pa.cpu_count(), len(every)))) as threads:
        found = iter(threads.map(automaton.all, every) if len(every) > 1 else map(automaton.all, every))
        candidates = []
        for own in pieces:
            rows, values = [_NO_ROWS], [_NO_VALUES]
            for at, piece in own:
                places = next(found)
                rows.append(pc.add(places, pa.scalar(at, pa.int64())))
                values.append(piece.take(places))
            candidates.append(_Candidates(pa.concat_arrays(rows), pa.concat_arrays(values)))
    return candidates


def _pieces(piece: pa.Array, at: int) -> list[tuple[int, pa.StringArray]]:
    """Give a piece as plain strings without nulls, in parts when it is very large, and where each part begins."""
    if len(piece) > 1 and piece.nbytes > _LARGE:
        half = len(piece) // 2
        return [*_pieces(piece.slice(0, half), at), *_pieces(piece.slice(half), at + half)]
    plain = piece if pa.types.is_string(piece.type) else piece.cast(pa.string())
    return [(at, pc.fill_null(plain, "") if plain.null_count else plain)]


class _Automaton(NamedTuple):
    """What finds the values that might fit."""

    finder: automaton.Automaton | None
    """Nothing where there is nothing to look for."""
    all_doubtful: bool
    foreign_doubtful: bool

    def all(self, piece: pa.StringArray) -> pa.Array:
        """Give the rows of a piece that might fit, in order."""
        if self.all_doubtful:
            return pa.array(range(len(piece)), pa.int64())
        rows = self.rows(piece, most=len(piece) // _MANY)
        if rows is None:
            encoded = piece.dictionary_encode()
            fit = pa.array(self.rows(encoded.dictionary) or [], pa.int64())
            rows = pc.indices_nonzero(pc.is_in(encoded.indices, value_set=pc.cast(fit, pa.int32()))).to_pylist()
        if self.foreign_doubtful:
            foreign = pc.indices_nonzero(pc.invert(pc.string_is_ascii(piece))).to_pylist()
            rows = sorted({*rows, *foreign})
        return pa.array(rows, pa.int64())

    def rows(self, piece: pa.StringArray, most: int | None = None) -> list[int] | None:
        """Give the rows in which an expression was found, the first and the last, in order; nothing for too many."""
        if self.finder is None or not len(piece):
            return []
        whole = pa.ListArray.from_arrays(pa.array([0, len(piece)], pa.int32()), piece.cast(pa.binary()))
        ends = self.finder.ends(pc.binary_join(whole, SEPARATOR)[0].as_buffer(), most or 0)
        if ends is None:
            return None
        # The last byte of a match stands before the separator behind its row, or is that separator.
        borders = memoryview(piece.buffers()[1]).cast("i")[piece.offset : piece.offset + len(piece) + 1]
        begin = borders[0]
        row = 0
        rows = {0: None}
        for end in sorted(ends):
            row = bisect_left(range(len(piece)), end - 1, row, key=lambda n: borders[n + 1] + n - begin)
            rows[row] = None
        # The first and the last have a separator on one side only.
        rows[len(piece) - 1] = None
        return list(rows)


class _Same:
    """An index that is the same only as itself: comparing two would cost more than matching."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def __hash__(self) -> int:
        return id(self.index)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.index is self.index


class _Stored(msgspec.Struct, frozen=True):
    """An automaton as it is kept."""

    automaton: bytes
    all_doubtful: bool
    foreign_doubtful: bool


@lru_cache(maxsize=256)
def _automaton(same: _Same, kind: Kind) -> _Automaton:
    """Give the automaton of a kind, from what is kept if it can be used; else it is made, and kept."""
    index = same.index
    name = f"{kind}-{automaton.engine()}"
    if (data := kept.read(index, name)) and (found := _restored(data)):
        return found
    stored = _compiled(index, kind)
    kept.store(index, name, msgspec.msgpack.encode(stored))
    return _opened(stored)


def _restored(data: bytes) -> _Automaton | None:
    """Give a kept automaton, or nothing when it is damaged or of another machine."""
    try:
        return _opened(msgspec.msgpack.decode(data, type=_Stored))
    except (msgspec.MsgspecError, EngineError):
        return None


def _opened(stored: _Stored) -> _Automaton:
    finder = automaton.loaded(stored.automaton) if stored.automaton else None
    return _Automaton(finder, stored.all_doubtful, stored.foreign_doubtful)


def _compiled(index: Index, kind: Kind) -> _Stored:
    wanted = spelled(index, kind)
    data = automaton.compiled(wanted.expressions, caseless=not wanted.minds_case) if wanted.expressions else b""
    return _Stored(data, wanted.all_doubtful, wanted.foreign_doubtful)
