# SPDX-License-Identifier: Apache-2.0
"""What a value cannot fit a pattern without: texts of which one must stand in it.

Asking a value hundreds of regular expressions is slow, and so is asking each of millions of values. Both are
spared where none of these texts stands in the value: it fits nothing then. A text that is there proves
nothing; the expression itself still decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.expressions import REPEATS, nodes, tree
from debar.match.ordinary import BLOCK, unusual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BEGIN, END, BREAK = "\ue000", "\ue001", "\ue002"
"""Marks at the edges of a text: the value begins or ends there, or a word does. No value is likely to hold them."""
_EDGES = (BEGIN, END, BREAK)
_MOST = 64
"""Texts of one expression, at most: more of them would no longer be a quick question."""
_CLASS = 16
"""Characters of a class, at most, that are told apart: ten digits, but not every letter."""
_ENOUGH = 5
"""Weight beyond which a longer text is no better than fewer texts."""
_PLACES = {
    nodes.AT_BEGINNING: BEGIN,
    nodes.AT_BEGINNING_STRING: BEGIN,
    nodes.AT_END: END,
    nodes.AT_END_STRING: END,
    nodes.AT_BOUNDARY: BREAK,
}


class Needle(NamedTuple):
    """A text in the normal form of its kind, and what is certain of its edges."""

    text: str
    begins: bool = False
    """It is the beginning of the value."""
    opens: bool = False
    """No letter or digit stands before it."""
    closes: bool = False
    """No letter or digit stands behind it."""

    @property
    def weight(self) -> int:
        """How much it says: rarely in a value by chance when it is long, or its place is certain."""
        if blocks := unusual(self.text):
            return blocks + 3 + 2 * self.begins + self.opens + self.closes
        return any(letter.isalnum() for letter in self.text) + self.begins + (len(self.text) > BLOCK)


class _Part(NamedTuple):
    """What a part of an expression matches, or at least what it needs."""

    whole: frozenset[str] | None
    """Every text that it can match, with marks; nothing when those cannot be told."""
    needed: tuple[Needle, ...] = ()
    """Texts of which one stands in whatever it matches; none when nothing is certain."""
    heads: frozenset[str] | None = None
    """Texts, with marks, of which one begins whatever it matches; nothing when that cannot be told."""


_NOTHING = frozenset({""})
_EMPTY = _Part(_NOTHING)
_ANYTHING = _Part(None)


@lru_cache(maxsize=4096)
def needles(expression: str) -> tuple[Needle, ...]:
    """Give texts of which one stands in every value that an expression fits; none when nothing is certain."""
    if any(mark in expression for mark in _EDGES):
        return ()
    parsed = tree(expression)
    if parsed.state.flags & (re.IGNORECASE | re.MULTILINE | re.VERBOSE):
        return ()
    return _needed(_sequence(parsed))


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Part:
    """Give what parts, one behind the other, match or need."""
    known: frozenset[str] = _NOTHING
    heads: frozenset[str] | None = None
    best: tuple[Needle, ...] = ()
    for part in _parts(items):
        joined = _joined(known, part.whole)
        if joined is not None:
            if len(joined) > len(known):
                best = _better(best, _cut(known))
            known = joined
            continue
        begun = _joined(known, part.whole if part.whole is not None else part.heads) or known
        heads = begun if heads is None else heads
        best = _better(best, _cut(known), _cut(begun), _needed(part))
        known = part.whole if part.whole is not None else _NOTHING
    if heads is None:
        return _Part(known, _better(best, _cut(known)), known)
    return _Part(None, _better(best, _cut(known)), heads)


def _parts(items: Iterable[tuple[Any, Any]]) -> Iterator[_Part]:
    """Yield what each part of a sequence matches or needs; letters that follow one another are one part."""
    run = ""
    for operation, argument in items:
        if operation is nodes.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield _Part(frozenset({run}))
            run = ""
        yield _part(operation, argument)
    if run:
        yield _Part(frozenset({run}))


def _part(operation: Any, argument: Any) -> _Part:  # noqa: ANN401, PLR0911 - the parser's own tuples; a row for each
    """Give what one part of an expression matches or needs."""
    if operation is nodes.AT:
        return _Part(frozenset({_PLACES.get(argument, "")}))
    if operation in (nodes.ASSERT, nodes.ASSERT_NOT):
        return _EMPTY
    if operation is nodes.IN:
        return _Part(_members(argument))
    if operation is nodes.SUBPATTERN:
        _, added, removed, inner = argument
        return _ANYTHING if added or removed else _sequence(inner)
    if operation is nodes.ATOMIC_GROUP:
        return _sequence(argument)
    if operation is nodes.BRANCH:
        return _either([_sequence(branch) for branch in argument[1]])
    if operation in REPEATS:
        return _repeated(*argument)
    return _ANYTHING


def _members(argument: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """Give the characters of a class, or nothing when they are too many or not listed."""
    found: set[str] = set()
    for operation, value in argument:
        if operation is nodes.LITERAL:
            found.add(chr(value))
        elif operation is nodes.RANGE and value[1] - value[0] < _CLASS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _CLASS else None


def _either(branches: list[_Part]) -> _Part:
    wholes = [branch.whole for branch in branches]
    needed = [_needed(branch) for branch in branches]
    any_of = tuple(sorted({n for each in needed for n in each})) if all(needed) else ()
    heads = _united(branch.whole if branch.whole is not None else branch.heads for branch in branches)
    if None not in wholes and len(every := frozenset().union(*(w for w in wholes if w))) <= _MOST:
        return _Part(every, any_of)
    return _Part(None, any_of, heads)


def _united(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for each in sets:
        if each is None:
            return None
        found |= each
    return frozenset(found) if len(found) <= _MOST else None


def _repeated(least: int, most: int, inner: Any) -> _Part:  # noqa: ANN401
    """Give what a part that stands several times matches or needs."""
    part = _sequence(inner)
    if part.whole is not None and most == 1:
        return part if least else _Part(part.whole | {""})
    if part.whole is not None and least == most:
        every: frozenset[str] | None = _NOTHING
        for _ in range(least if len(part.whole) == 1 else min(least, 3)):
            every = _joined(every, part.whole)
        if every is not None and (len(part.whole) == 1 or least <= 3):
            return _Part(every)
    if not least:
        return _ANYTHING
    return _Part(None, _needed(part), part.whole if part.whole is not None else part.heads)


def _joined(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    if left is None or right is None or len(left) * len(right) > _MOST:
        return None
    return frozenset(a + b for a, b in product(left, right))


def _needed(part: _Part) -> tuple[Needle, ...]:
    return part.needed or (_cut(part.whole) if part.whole is not None else ())


def _cut(texts: Iterable[str]) -> tuple[Needle, ...]:
    """Give marked texts as needles; none when one of them is empty, for that stands everywhere."""
    found = sorted({_needle(text) for text in texts})
    return tuple(found) if all(needle.text for needle in found) else ()


def _needle(marked: str) -> Needle:
    head, tail = marked[: len(marked) - len(marked.lstrip("".join(_EDGES)))], marked.rstrip("".join(_EDGES))
    text = "".join(letter for letter in marked if letter not in _EDGES)
    after = marked[len(tail) :]
    # A break beside a letter or digit has none on its other side; beside anything else it has one there.
    return Needle(
        text,
        begins=BEGIN in head,
        opens=BEGIN in head or (BREAK in head and text[:1].isalnum()),
        closes=END in after or (BREAK in after and text[-1:].isalnum()),
    )


def _better(*choices: tuple[Needle, ...]) -> tuple[Needle, ...]:
    """Give the set that says most: whose weakest text says most, and of equals the smallest set."""
    return max((c for c in choices if c), key=lambda c: (min(_ENOUGH, *(n.weight for n in c)), -len(c)), default=())
