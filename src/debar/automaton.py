# SPDX-License-Identifier: Apache-2.0
"""Many expressions looked for at once in bytes: compiled once, kept, loaded, and asked from several threads.

Vectorscan does it at the speed of memory and gives up the interpreter's lock meanwhile (PyPI `hyperscan`, which
bundles it). Where there is no such wheel, the standard library's expressions do the same, slowly: both find every place
at which an expression ends, so whoever asks cannot tell them apart. Which of them it is stands in what is kept.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import msgspec

from debar.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


Buffer: TypeAlias = "bytes | bytearray | memoryview"
_MOST = 100
"""Expressions that the slow engine tries together; one alternation of thousands is slower than many small ones."""


class _Stored(msgspec.Struct, frozen=True):
    """An automaton as it is kept."""

    engine: str
    database: bytes
    expressions: tuple[bytes, ...]
    caseless: bool
    once: bool


class Finder(Protocol):
    """What finds places; may be asked from several threads at once."""

    def ends(self, block: bytes | bytearray, most: int = 0) -> list[int] | None:
        """Give the ends of every match, in no certain order and some more than once; nothing for more than `most`."""


class Automaton(Finder, Protocol):
    """What tells which expression it found as well."""

    def matches(self, block: Buffer, most: int = 0) -> list[tuple[int, int]] | None:
        """Give (expression, end) of every match in a block, in no certain order; nothing for more than `most`."""

    def ends(self, block: Buffer, most: int = 0) -> list[int] | None:
        """Give the ends of every match, as above, of any block."""


def engine() -> str:
    """Give the name and version of what looks: part of the name under which an automaton is kept."""
    return _engine(is_quick=find_spec("hyperscan") is not None)


@cache
def _engine(*, is_quick: bool) -> str:
    if not is_quick:
        return "re"
    from importlib.metadata import version  # slow, and for quick automatons only

    return f"hyperscan-{version('hyperscan')}"


def compiled(
    expressions: Sequence[bytes], *, caseless: bool = True, once: bool = False, quick: bool | None = None
) -> bytes:
    r"""Give an automaton of expressions as it is kept; their numbers are their places.

    Expressions are of the dialect that both engines read: literals as \xNN, classes, groups, bounded repeats; a dot
    is any byte. With `once` each is told at its first place in a block only. `quick` chooses an engine, else the
    quick one is taken where it is installed. Raises EngineError for an expression that cannot be compiled.
    """
    quick = find_spec("hyperscan") is not None if quick is None else quick
    stored = _Stored("", b"", tuple(expressions), caseless, once)
    if not quick or not expressions:
        for expression in expressions:
            _expression(expression, caseless=caseless)
        return msgspec.msgpack.encode(stored)
    import hyperscan  # a library for bytes, not for every command

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(
            expressions=list(expressions),
            ids=list(range(len(expressions))),
            elements=len(expressions),
            flags=hyperscan.HS_FLAG_DOTALL
            | (hyperscan.HS_FLAG_CASELESS if caseless else 0)
            | (hyperscan.HS_FLAG_SINGLEMATCH if once else 0),
        )
        stored = msgspec.structs.replace(
            stored, engine=engine(), database=bytes(hyperscan.dumpb(database)), expressions=()
        )
    except hyperscan.error as e:
        raise EngineError(f"{len(expressions)} expressions cannot be compiled: {e}") from e
    return msgspec.msgpack.encode(stored)


def loaded(data: bytes | memoryview) -> Automaton:
    """Give the automaton that was kept; EngineError when it is damaged, or of another engine or machine."""
    try:
        stored = msgspec.msgpack.decode(data, type=_Stored)
    except msgspec.MsgspecError as e:
        raise EngineError(f"not an automaton: {e}") from e
    if not stored.engine:
        return _Slow(stored)
    if stored.engine != engine():
        raise EngineError(f"an automaton of {stored.engine}, and {engine()} is installed")
    import hyperscan  # a library for bytes, not for every command

    try:
        return _Quick(hyperscan.loadb(stored.database, hyperscan.HS_MODE_BLOCK))
    except hyperscan.error as e:
        raise EngineError(f"an automaton that cannot be loaded: {e}") from e


class _Quick:
    """Vectorscan's database; each thread has a scratch space of its own."""

    def __init__(self, database: Any) -> None:  # noqa: ANN401 - the library has no types
        self._database, self._own = database, threading.local()

    def matches(self, block: Buffer, most: int = 0) -> list[tuple[int, int]] | None:
        found: list[tuple[int, int]] = []
        add = found.append
        if most:

            def limited(number: int, _begin: int, end: int, _flags: int, _context: object) -> bool:
                add((number, end))
                return len(found) > most

            return found if self._scan(block, limited) else None
        self._scan(block, lambda number, _begin, end, _flags, _context: add((number, end)))
        return found

    def ends(self, block: Buffer, most: int = 0) -> list[int] | None:
        found: list[int] = []
        add = found.append
        if most:

            def limited(_number: int, _begin: int, end: int, _flags: int, _context: object) -> bool:
                add(end)
                return len(found) > most

            return found if self._scan(block, limited) else None
        self._scan(block, lambda _number, _begin, end, _flags, _context: add(end))
        return found

    def _scan(self, block: Buffer, matched: Callable[[int, int, int, int, object], bool | None]) -> bool:
        """Tell whether the whole block was looked through."""
        import hyperscan  # loaded long since

        scratch = getattr(self._own, "scratch", None)
        if scratch is None:
            scratch = self._own.scratch = hyperscan.Scratch(self._database)
        try:
            self._database.scan(block, match_event_handler=matched, scratch=scratch)
        except hyperscan.ScanTerminated:
            return False
        except hyperscan.error as e:
            raise EngineError(f"a block cannot be looked through: {e}") from e
        return True


class _Slow:
    """The standard library's expressions, tried from every place on."""

    def __init__(self, stored: _Stored) -> None:
        expressions, caseless, self._once = stored.expressions, stored.caseless, stored.once
        self._each = [_expression(expression, caseless=caseless) for expression in expressions]
        groups = [expressions[at : at + _MOST] for at in range(0, len(expressions), _MOST)]
        self._any = [_expression(b"|".join(b"(?:%b)" % e for e in group), caseless=caseless) for group in groups]

    def matches(self, block: Buffer, most: int = 0) -> list[tuple[int, int]] | None:
        found = []
        for number, expression in enumerate(self._each):
            for match in expression.finditer(block):
                found.append((number, match.end(1)))
                if most and len(found) > most:
                    return None
                if self._once:
                    break
        return found

    def ends(self, block: Buffer, most: int = 0) -> list[int] | None:
        found = []
        for expression in self._any:
            for match in expression.finditer(block):
                found.append(match.end(1))
                if most and len(found) > most:
                    return None
        return found


def _expression(expression: bytes, *, caseless: bool) -> re.Pattern[bytes]:
    """Give an expression that is found from every place on, also where matches overlap."""
    try:
        return re.compile(b"(?=(%b))" % expression, re.DOTALL | (re.IGNORECASE if caseless else 0))
    except re.error as e:
        raise EngineError(f"an expression cannot be compiled: {e}") from e
