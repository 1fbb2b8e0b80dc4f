# SPDX-License-Identifier: Apache-2.0
"""An automaton in two parts: what most blocks could hold, and what only those with certain bytes could.

Escapes, and letters beyond ASCII, are rare in logs, and looking for them everywhere costs as much as all names together.
Whether a block has such bytes at all is told at the speed of memory.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar import automaton
from debar.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.automaton import Finder

_RARE = re.compile(rb"\A(?:%|\\\\[ux]|\\x[89a-f]|\[\\x80|\(\?:\\x[89a-f])")
"""How an expression begins that needs a percent sign, a backslash or a byte beyond ASCII."""


class _Stored(msgspec.Struct, frozen=True):
    """Both parts as they are kept; seen where they lie, because that of many patterns is large."""

    usual: memoryview
    rare: memoryview


def compiled(expressions: Sequence[bytes]) -> bytes:
    """Give the automaton as it is kept."""
    rare = [expression for expression in expressions if _RARE.match(expression)]
    usual = [expression for expression in expressions if not _RARE.match(expression)]
    return msgspec.msgpack.encode(_Stored(memoryview(automaton.compiled(usual)), memoryview(automaton.compiled(rare))))


def loaded(data: bytes) -> Finder:
    """Give the automaton that was kept; EngineError when it is damaged, or of another engine or machine."""
    try:
        stored = msgspec.msgpack.decode(data, type=_Stored)
    except msgspec.MsgspecError as e:
        raise EngineError(f"not an automaton: {e}") from e
    return _Parted(automaton.loaded(stored.usual), automaton.loaded(stored.rare))


class _Parted:
    """Both parts; the rare one is asked where a block has its bytes."""

    def __init__(self, usual: Finder, rare: Finder) -> None:
        self._usual, self._rare = usual, rare

    def ends(self, block: bytes | bytearray, most: int = 0) -> list[int] | None:
        """Give the ends of every match, in no certain order; nothing for more than `most`."""
        found = self._usual.ends(block, most)
        if found is None or not (b"\\" in block or b"%" in block or not block.isascii()):
            return found
        more = self._rare.ends(block, most)
        return None if more is None else found + more
