# SPDX-License-Identifier: Apache-2.0
"""Arrow column in, Arrow batch out: the kernel for millions of values.

Find by bytes first, understand later. Each pattern has a literal that must occur in any value it
fits; one automaton looks for all literals of a kind over the column's own buffer at gigabytes a
second, and only the rows it points to are asked exactly. The answer is the same as asking every
row, because the literal is a necessary condition and doubtful rows are always asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import hyperscan
import pyarrow as pa
import pyarrow.compute as pc

from debar.errors import EngineError
from debar.match.kernel import meet
from debar.model.vocab import Kind

if TYPE_CHECKING:
    from debar.match.compile import Index, Table

HITS = pa.schema([("row", pa.int64()), ("indicator", pa.int32())])
_ESCAPES = {Kind.PURL: ("%",), Kind.CPE: ("%", "\\")}
"""Characters behind which the values of a kind may hide letters."""
_HIVES = ("hklm/", "hkcu/")
"""Short names of registry hives, which stand in no value that spells them out."""
_SHORTEST = 4
"""Bytes; a shorter literal would point to nearly every row."""


def kernel(index: Index, kind: str, values: pa.StringArray) -> pa.RecordBatch:
    """Give (row, indicator) for every value of one kind that an indicator fits, ordered by both."""
    table = next((t for k, t in index.tables.items() if k == kind), None)
    rows: list[int] = []
    indicators: list[int] = []
    if table is not None and len(values):
        for row in _candidates(table, values):
            for position in meet(table, values[row].as_py()):
                rows.append(row)
                indicators.append(position)
    return pa.RecordBatch.from_arrays([pa.array(rows, pa.int64()), pa.array(indicators, pa.int32())], schema=HITS)


def _candidates(table: Table, values: pa.StringArray) -> list[int]:
    """Give the rows that could fit: those with a literal, and all that are not plain ASCII."""
    literals = _literals(table)
    if literals is None:
        return list(range(len(values)))
    found: set[int] = set(pc.indices_nonzero(pc.invert(pc.string_is_ascii(values))).to_pylist())
    offsets = values.buffers()[1]
    data = values.buffers()[2]
    for escape in _ESCAPES.get(table.kind, ()):
        found.update(pc.indices_nonzero(pc.match_substring(values, escape)).to_pylist())
    if data is not None and literals:
        ends = memoryview(offsets).cast("i")[values.offset : values.offset + len(values) + 1]
        first = ends[0]
        hits: set[int] = set()
        block = memoryview(data)[first : ends[-1]]
        database, scratch = _automaton(literals)
        database.scan(block, match_event_handler=lambda _i, _f, to, _g, _c: hits.add(to), scratch=scratch)
        found.update(bisect_left(ends, to + first, 1) - 1 for to in hits)
    return sorted(found)


def _literals(table: Table) -> tuple[bytes, ...] | None:
    """Give literals of which one occurs in any ASCII value that fits, or None when there are none.

    Words are folded before they are compared, so of a phrase only its longest word is certain to
    stand in the raw value; of any other pattern the longest run of letters and digits. A pattern
    that is not ASCII fits no ASCII value and needs none.
    """
    patterns = [p for phrases in table.phrases.values() for p, _ in phrases]
    patterns += [*table.exact, *table.prefixes, *table.suffixes]
    if table.regexes:
        return None
    if table.kind is Kind.REGISTRY:
        patterns = [p[len(_HIVES[0]) :] if p.startswith(_HIVES) else p for p in patterns]
    found = {max(re.split(r"[^a-z0-9]+", p.lower()), key=len).encode() for p in patterns if p.isascii()}
    if any(len(literal) < _SHORTEST for literal in found):
        return None
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _automaton(literals: tuple[bytes, ...]) -> tuple[Any, Any]:
    """Give the automaton over a set of literals, compiled once."""
    database = hyperscan.Database()
    try:
        database.compile(
            # Escaped regular expressions, because a literal would be cut at a NUL byte.
            expressions=[re.escape(literal) for literal in literals],
            ids=list(range(len(literals))),
            elements=len(literals),
            flags=hyperscan.HS_FLAG_CASELESS,
        )
    except hyperscan.error as e:
        raise EngineError(f"the literals cannot be compiled: {e}") from e
    return database, hyperscan.Scratch(database)
