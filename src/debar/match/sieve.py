# SPDX-License-Identifier: Apache-2.0
"""One automaton over the bytes of logs, for every indicator that their lines could meet.

In a log a value stands among others, in the quotation marks, escapes and separators of its format. Every
expression here is a necessary condition: one is in the bytes of each line from which a reader takes a value that
fits. What is found is parsed and asked exactly; a line without any of them holds nothing. So that this is true

1. a needle (`spellings`) is looked for without what stands around it, or with edges that every format has there;
2. lines with an ordinary letter, digit or mark written as an escape of JSON, of Zeek or of addresses of pages are always
   looked at, and signs that are often written so are no part of what is looked for (`raw.ESCAPED`);
3. where host names are looked for, lines with letters of other scripts are always looked at: such a name may be
   written in several ways (RFC 3490).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from debar import automaton
from debar.errors import EngineError
from debar.match import addresses, kept, parted
from debar.match.compile import WORDS
from debar.match.raw import CLOSE, ESCAPED, OPEN, literal, raw
from debar.match.scripts import script
from debar.match.spellings import Sought, best_run, is_short, needles_of, parties_of
from debar.model.vocab import Kind, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.automaton import Finder
    from debar.match.compile import Index
    from debar.match.needles import Needle
    from debar.match.scripts import Script
    from debar.match.spellings import Run
    from debar.model.inventory import Indicator
    from debar.sieving import Wanted

_LETTERS = rb"(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e)"
"""Codes of letters, digits and the marks that stand in names, in hexadecimal."""
_SIGNS = rb"(?:[01][0-9a-f]|2[0-589ac-f]|3[0-9abf]|[4-7][0-9a-f])"
"""Codes of whatever is in ASCII and part of what is looked for: all but `raw.ESCAPED`, or an edge of it."""
_ESCAPES = (rb"%" + _LETTERS, rb"\\u00" + _SIGNS, rb"\\x" + _SIGNS)
_FOREIGN_ESCAPES = (rb"\\u00[89a-f]", rb"\\u0[1-9a-f]", rb"\\u[1-9a-f]", rb"\\x[89a-f]")
_FOREIGN = rb"[\x80-\xff]"
_COMPOSED = frozenset({Kind.PORT, Kind.CONFIG})
"""Kinds whose values are put together from several places, so that no expression holds in the bytes."""
_ENOUGH = 4
"""Letters below which a whole expression is looked for, instead of a word of it."""
_LABELS = rb"\([0-9]{1,3}\)"
_MANY = 10_000
"""Patterns of a kind from which host names are looked for up to the point behind their longest part.

What an automaton of so many compares first are the last eight bytes, and those of "example.com" say too little.
"""
_DOMAINS = frozenset({Kind.DOMAIN, Kind.MAINTAINER_DOMAIN, Kind.REFERENCE_DOMAIN})
_LABELLED = _DOMAINS | {Kind.IP}
"""Kinds that may be written label by label."""


class Sieve:
    """Automatons of an index, by what is wanted; made once, and kept beside the index."""

    def __init__(self, index: Index) -> None:
        """Take the index; nothing is compiled before it is asked for."""
        self._index = index
        self._known: dict[Wanted, tuple[bytes, Finder | None]] = {}

    def automaton(self, wanted: Wanted) -> Finder | None:
        """Give what finds, in lines of UTF-8 with a line feed before and behind each, every place that may matter.

        Nothing where every line may matter.
        """
        return self._both(wanted)[1]

    def stored(self, wanted: Wanted) -> bytes:
        """Give the same as bytes, for another process; empty where every line may matter."""
        return self._both(wanted)[0]

    def rows(self, wanted: Wanted, column: Any) -> Any:  # noqa: ANN401 - Arrow has no types
        """Give, as an array of int64 in order, the rows of a column of strings that may matter; nulls never do."""
        import pyarrow as pa  # for columns only
        import pyarrow.compute as pc

        finder, ends, plain = self.automaton(wanted), None, column.cast(pa.large_binary())
        if finder is not None:
            empty = pa.array([b""], plain.type)
            # An empty text before and behind the others gives the first and the last their edges.
            plain = pa.concat_arrays([empty, pc.fill_null(plain, b"") if plain.null_count else plain, empty])
            whole = pa.LargeListArray.from_arrays(pa.array([0, len(plain)], pa.int64()), plain)
            block = pc.binary_join(whole, pa.scalar(b"\n", pa.large_binary())).buffers()[2]
            ends = finder.ends(memoryview(block).tobytes(), most=len(column) >> 3 | 64)
        if ends is None:
            return pc.cast(pc.indices_nonzero(pc.is_valid(column)), pa.int64())
        borders, places = memoryview(plain.buffers()[1]).cast("q"), range(len(column) + 1)
        # Row n begins behind n + 1 line feeds; the last byte of a match is in its row, or the line feed behind it.
        rows = {bisect_right(places, end - 2, key=lambda n: borders[n + 1] + n) - 1 for end in set(ends)}
        found = pa.array(sorted(row for row in rows if 0 <= row < len(column)), pa.int64())
        return found.filter(pc.is_valid(column).take(found)) if column.null_count else found

    def _both(self, wanted: Wanted) -> tuple[bytes, Finder | None]:
        if (known := self._known.get(wanted)) is not None:
            return known
        name = f"sieve-{hashlib.sha256(repr(_sorted(wanted)).encode()).hexdigest()[:16]}-{automaton.engine()}"
        data = kept.read(self._index, name)
        found = _loaded(data) if data else None
        if found is None and (expressions := expressions_of(self._index, wanted)):
            data = parted.compiled(expressions)
            kept.store(self._index, name, data)
            found = parted.loaded(data)
        self._known[wanted] = (data if found else b"", found)
        return self._known[wanted]


def _sorted(wanted: Wanted) -> tuple[object, ...]:
    return sorted(wanted.kinds), wanted.always, wanted.is_labelled


def _loaded(data: bytes) -> Finder | None:
    """Give a kept automaton; nothing when it is damaged or of another engine."""
    try:
        return parted.loaded(data)
    except EngineError:
        return None


def expressions_of(index: Index, wanted: Wanted) -> list[bytes]:
    """Give the expressions for what is wanted, in order; none where no expression is certain."""
    if Kind.SUPPLIER in wanted.kinds:
        return []  # every name of a seller is screened
    found = {*wanted.always, *_ESCAPES}
    if not wanted.kinds.isdisjoint(_DOMAINS):
        found.add(_FOREIGN)
    for kind in sorted(wanted.kinds):
        own = _of_kind(index, kind, is_labelled=wanted.is_labelled)
        if own is None:
            return []
        found |= own
    return sorted(found)


def _of_kind(index: Index, kind: Kind, *, is_labelled: bool) -> set[bytes] | None:
    """Give the expressions of a kind; nothing when one of its patterns has none."""
    own = [indicator for indicator in index.indicators if indicator.kind is kind]
    if kind in _COMPOSED and own:
        return None
    letters = script(kind)
    found = set(letters.disguises)
    if own and (kind in WORDS or kind in _DOMAINS):
        found.update(_FOREIGN_ESCAPES)
    networks = [pattern for i in own if i.operator is Operator.WITHIN for pattern in i.patterns]
    if networks and not (ways := addresses.networks_among(networks)):
        return None
    if networks:
        found.update(map(_labelled, ways) if is_labelled else ways)
    named = [i for i in own if i.operator is not Operator.WITHIN]
    parties = parties_of(kind, [Sought(i.party, needle) for i in named for needle in _needles(i)])
    is_cut = kind in _DOMAINS and sum(len(i.patterns) for i in named) >= _MANY
    for indicator in named:
        for pattern in indicator.patterns:
            ways = _ways(indicator, pattern, letters, parties, is_labelled=is_labelled)
            if not ways:
                return None
            found.update(map(_cut, ways) if is_cut else ways)
    return found


def _cut(way: bytes) -> bytes:
    r"""Give what of a name stands before the point behind its longest part: of "kaspersky\.co\.uk", "kaspersky\."."""
    parts = way.split(rb"\.")
    longest = max(range(len(parts)), key=lambda n: len(parts[n]))
    is_plain = all(part.isalnum() for part in parts)
    return (
        rb"\.".join(parts[: longest + 1]) + rb"\."
        if is_plain and len(parts[longest]) >= 7 and parts[longest + 1 :]
        else way
    )


def _needles(indicator: Indicator) -> Iterator[Needle]:
    for pattern in indicator.patterns if indicator.kind is not Kind.MAC else ():
        yield from needles_of(indicator.kind, indicator.operator, pattern)


def _ways(
    indicator: Indicator, pattern: str, letters: Script, parties: dict[str, int], *, is_labelled: bool
) -> tuple[bytes, ...]:
    """Give the expressions of which one is in the bytes of whatever holds a value that a pattern fits."""
    kind, operator = indicator.kind, indicator.operator
    if kind is Kind.MAC:
        return addresses.hardware_among(pattern) if operator in (Operator.EQUALS, Operator.PREFIX) else ()
    if kind is Kind.HASH:
        return (b":?".join(literal(letter) for letter in pattern.lower()),)  # Suricata parts the bytes of a fingerprint
    if kind is Kind.ASN:
        return (rb"[^0-9]" + literal(pattern.lower().removeprefix("as")) + rb"[^0-9]",)
    plain = lambda letter: letter not in ESCAPED and letters.plain(letter)  # noqa: E731 - said once, for all needles
    runs = [best_run(kind, needle, plain, parties) for needle in needles_of(kind, operator, pattern)]
    if operator is Operator.REGEX and any(run is None or len(run.text.encode()) < _ENOUGH for run in runs):
        whole, says = raw(pattern)
        if says >= _ENOUGH / 2:
            return (whole,)
    if not runs or None in runs:
        return ()
    return tuple(_written(kind, run, letters, is_labelled=is_labelled and kind in _LABELLED) for run in runs if run)


def _written(kind: Kind, run: Run, letters: Script, *, is_labelled: bool) -> bytes:
    """Give the expression of a run among other text; a long one needs no edges."""
    body = b"".join(_letter(kind, letter, letters) for letter in run.text)
    if is_labelled:
        body = _labelled(body)
    if not is_short(run.text):
        return body
    opens = (run.opens or run.begins) and run.text[0].isalnum()
    return (OPEN if opens else b"") + body + (CLOSE if run.closes and run.text[-1].isalnum() else b"")


def _labelled(expression: bytes) -> bytes:
    """Give an expression of a name or address that may be written label by label."""
    return expression.replace(rb"\.", rb"(?:\.|" + _LABELS + rb")")


def _letter(kind: Kind, letter: str, letters: Script) -> bytes:
    """Give how a letter may be written; readers make a space of whatever separates in a text that a host sent."""
    if letter == " " and kind not in WORDS:
        return rb"(?:[\x00-\x20]|\\[bfnrt]|\xc2[\x80-\xa0])"
    return literal(letter) if letter.isascii() else letters.written(letter)
