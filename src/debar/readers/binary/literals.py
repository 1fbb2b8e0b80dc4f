# SPDX-License-Identifier: Apache-2.0
"""Literal strings in the bytes of a file, as ASCII and as UTF-16: all of them in one pass."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from debar.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORTEST = 4
"""Characters of a literal that is looked for: shorter ones stand in every file by chance."""


def search(blocks: Iterable[bytes], literals: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield (offset, literal) for each literal that occurs, once, where it occurs first; letters match as written.

    The end of each block is looked at again with the next, so a border between two blocks hides nothing.
    """
    wanted = _encoded(literals)
    if not wanted:
        return
    database, scratch = _automaton(tuple(pattern for pattern, _ in wanted))
    longest = max(len(pattern) for pattern, _ in wanted)
    seen: set[str] = set()
    rest, at = b"", 0
    for block in blocks:
        data = rest + block
        for offset, literal in _first(database, scratch, data, wanted):
            if literal not in seen:
                seen.add(literal)
                yield at + offset, literal
        rest = data[-(longest - 1) :]
        at += len(data) - len(rest)


def _first(database: Any, scratch: Any, data: bytes, wanted: Any) -> list[tuple[int, str]]:  # noqa: ANN401
    """Give the first place of each literal in a block, by place."""
    found: dict[str, int] = {}

    def matched(number: int, _begin: int, end: int, _flags: int, _context: object) -> None:
        pattern, literal = wanted[number]
        found.setdefault(literal, end - len(pattern))

    database.scan(data, match_event_handler=matched, scratch=scratch)
    return sorted((offset, literal) for literal, offset in found.items())


@lru_cache(maxsize=8)
def _encoded(literals: tuple[str, ...]) -> tuple[tuple[bytes, str], ...]:
    """Give each literal as it is written by programs of eight and of sixteen bits."""
    kept = [literal for literal in literals if len(literal) >= _SHORTEST]
    pairs = [(literal.encode(name), literal) for literal in kept for name in ("utf-8", "utf-16-le")]
    return tuple(dict.fromkeys(pairs))


@lru_cache(maxsize=8)
def _automaton(patterns: tuple[bytes, ...]) -> tuple[Any, Any]:
    """Give the automaton over a set of patterns, compiled once."""
    import hyperscan

    try:
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            # Each byte as a number: an expression would end at a NUL, which every UTF-16 text has.
            expressions=[b"".join(b"\\x%02x" % byte for byte in pattern) for pattern in patterns],
            ids=list(range(len(patterns))),
            elements=len(patterns),
            # The first place is enough: a hostile file may have a literal a million times.
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(patterns),
        )
        return database, hyperscan.Scratch(database)
    except hyperscan.error as e:
        raise EngineError(f"the literals cannot be compiled: {e}") from e
