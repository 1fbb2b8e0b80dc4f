# SPDX-License-Identifier: Apache-2.0
"""Regular expressions over values, as expressions over the bytes of whatever the values stand in.

What is given is a part of the expression in which every sign has a byte of its own, up to what formats escape: it is in
the bytes of each line that holds a fitting value. Parts that may be anything (a dot, everything but a sign,
repeats without an end) are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.expressions import nodes, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ESCAPED = frozenset("\"'\\&+<=>")
"""Signs that formats often write as an escape: no part of what is looked for."""
OPEN = rb"(?:[^a-z0-9]|\\[bfnrt])"
"""What stands before a word: a sign that is no letter, or the letter of an escape of JSON."""
CLOSE = rb"[^a-z0-9]"
_MOST = 32
"""How often a part may be repeated, at most, to be written out."""
_DIGITS = (ord("0"), ord("9"))


class _Piece(NamedTuple):
    """A part of an expression in bytes, and how much it says at least: a letter is one, a class a fraction."""

    text: bytes
    says: float


_NOTHING = _Piece(b"", 0.0)


def literal(text: str) -> bytes:
    """Give the expression of ASCII text; a slash may be escaped, as JSON does."""
    return b"".join(rb"\\?/" if letter == "/" else re.escape(letter).encode() for letter in text)


def raw(expression: str) -> tuple[bytes, float]:
    """Give the part of an expression that says most, as one over bytes, and how much it says; nothing and 0 for none."""
    parsed = tree(expression)
    if parsed.state.flags & (re.IGNORECASE | re.MULTILINE | re.VERBOSE):
        return b"", 0.0
    best = max(_runs(parsed), key=lambda piece: piece.says, default=_NOTHING)
    return best.text, best.says


def _runs(items: Iterable[tuple[Any, Any]]) -> Iterator[_Piece]:
    """Yield what of a sequence stands together and can be written in bytes."""
    text, says = b"", 0.0
    for operation, argument in items:
        piece = _piece(operation, argument)
        if piece is not None:
            text, says = text + piece.text, says + piece.says
            continue
        if operation in (nodes.MAX_REPEAT, nodes.MIN_REPEAT) and argument[0] and (once := _sequence(argument[2])):
            yield _Piece(text + once.text, says + once.says)
        else:
            yield _Piece(text, says)
        text, says = b"", 0.0
    yield _Piece(text, says)


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Piece | None:
    """Give a whole sequence in bytes, or nothing."""
    text, says = b"", 0.0
    for operation, argument in items:
        piece = _piece(operation, argument)
        if piece is None:
            return None
        text, says = text + piece.text, says + piece.says
    return _Piece(text, says)


def _piece(operation: Any, argument: Any) -> _Piece | None:  # noqa: ANN401, PLR0911 - the parser's own tuples; a row for each
    """Give one part of an expression in bytes, or nothing for what may be anything."""
    if operation is nodes.LITERAL:
        letter = chr(argument)
        if not letter.isascii() or not letter.isprintable() or letter in ESCAPED:
            return None
        return _Piece(literal(letter), 1.0 if letter.isalnum() else 0.7)
    if operation is nodes.AT:
        return _Piece(OPEN, 0.3) if argument in (nodes.AT_BEGINNING, nodes.AT_BEGINNING_STRING) else _NOTHING
    if operation in (nodes.ASSERT, nodes.ASSERT_NOT):
        return _NOTHING
    if operation is nodes.IN:
        return _class(argument)
    if operation is nodes.SUBPATTERN:
        _, added, removed, inner = argument
        return None if added or removed else _sequence(inner)
    if operation is nodes.BRANCH:
        branches = [_sequence(branch) for branch in argument[1]]
        if any(branch is None for branch in branches):
            return None
        every = [branch for branch in branches if branch]
        return _Piece(b"(?:" + b"|".join(b.text for b in every) + b")", min(b.says for b in every))
    if operation in (nodes.MAX_REPEAT, nodes.MIN_REPEAT):
        least, most, inner = argument
        once = _sequence(inner)
        if once is None or most > _MOST:
            return None
        return _Piece(b"(?:" + once.text + b"){%d,%d}" % (least, most), least * once.says)
    return None


def _class(members: Iterable[tuple[Any, Any]]) -> _Piece | None:
    """Give a class of ASCII characters; nothing for one that holds others, or that is told by what it does not hold."""
    text, size = b"", 0
    for operation, value in members:
        if operation is nodes.CATEGORY and value is nodes.CATEGORY_DIGIT:
            text, size = text + b"0-9", size + 10
            continue
        first, last = (value, value) if operation is nodes.LITERAL else value if operation is nodes.RANGE else (0, 128)
        if not all(0x20 <= n < 0x7F and chr(n) not in ESCAPED for n in range(first, last + 1)):
            return None
        if first <= ord("/") <= last:
            return None
        text += re.escape(chr(first)).encode() + (b"-" + re.escape(chr(last)).encode() if last > first else b"")
        size += last - first + 1
    return _Piece(b"[" + text + b"]", 0.6 if size <= 4 else 0.3 if size <= 12 else 0.1)
