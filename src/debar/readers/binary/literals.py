# SPDX-License-Identifier: Apache-2.0
"""Literal strings in the bytes of a file, as ASCII and as UTF-16: all of them in one pass."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar import automaton

if TYPE_CHECKING:
    from debar.automaton import Automaton

_SHORTEST = 4
"""Characters of a literal that is looked for: shorter ones stand in every file by chance."""


class _Wanted(NamedTuple):
    """What is looked for, made ready once for thousands of files."""

    literals: tuple[tuple[str, int], ...]
    """The literal of each expression, and how many bytes it has."""
    automaton: Automaton
    margin: int
    """Bytes of a block that must be looked at again with the next: one fewer than the longest has."""


class Search:
    """The search through one file, block by block."""

    def __init__(self, literals: tuple[str, ...]) -> None:
        """Take what is looked for; letters match as written."""
        self._wanted = prepared(literals)
        self._found: dict[str, int] = {}

    @property
    def margin(self) -> int:
        """Give how many bytes each block must repeat of the one before, so that a border hides nothing."""
        return self._wanted.margin

    def look(self, block: memoryview, at: int) -> None:
        """Look through the block that begins at an offset of the file."""
        for number, end in self._wanted.automaton.matches(block) or ():
            literal, size = self._wanted.literals[number]
            place = at + end - size
            if self._found.setdefault(literal, place) > place:
                self._found[literal] = place

    def places(self) -> list[tuple[int, str]]:
        """Give (offset, literal) of each literal that occurs, where it occurs first, in the order of places."""
        return sorted((place, literal) for literal, place in self._found.items())


@lru_cache(maxsize=8)
def prepared(literals: tuple[str, ...]) -> _Wanted:
    """Give what finds these literals, as they are written by programs of eight and of sixteen bits."""
    kept = [literal for literal in literals if len(literal) >= _SHORTEST]
    pairs = {literal.encode(name): literal for literal in kept for name in ("utf-8", "utf-16-le")}
    # Each byte as a number: an expression would end at a NUL, which every UTF-16 text has. The first place in a
    # block is enough: a hostile file may have a literal a million times.
    expressions = [b"".join(b"\\x%02x" % byte for byte in pattern) for pattern in pairs]
    made = automaton.loaded(automaton.compiled(expressions, caseless=False, once=True))
    longest = max((len(pattern) for pattern in pairs), default=1)
    return _Wanted(tuple((literal, len(pattern)) for pattern, literal in pairs.items()), made, longest - 1)
