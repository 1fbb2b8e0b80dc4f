# SPDX-License-Identifier: Apache-2.0
"""Which of many expressions a value might fit, told by one look at it.

A guard holds the needles of the expressions: by the first characters where they begin a value, else by three characters
in a row that few other texts have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.match.needles import needles
from debar.match.ordinary import BLOCK, cut_up, ordinary_blocks, unusual

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = 6
_STEP = 3
"""Characters: of a beginning that is looked up, and between blocks at most."""


class Guard(msgspec.Struct, frozen=True):
    """The needles of many expressions, arranged so that one look at a value tells which to ask.

    Numbers are those of the expressions.
    """

    heads: dict[str, tuple[tuple[str, int], ...]] = {}
    """First characters of a value -> whole beginnings, and their expressions."""
    lengths: tuple[int, ...] = ()
    """Of the first characters, each once."""
    blocks: dict[tuple[str, str, str], tuple[tuple[str, int], ...]] = {}
    """Three characters in a row -> whole needles that have them, and their expressions."""
    step: int = 1
    """Blocks of a value that are looked at begin this far from one another; no needle slips through."""
    short: tuple[tuple[str, int], ...] = ()
    """Needles of fewer characters than a block."""
    always: tuple[int, ...] = ()
    """Expressions without a needle."""

    def asked(self, value: str) -> list[int]:
        """Give the numbers of the expressions that a value might fit; some more than once."""
        found = list(self.always)
        for length in self.lengths:
            if heads := self.heads.get(value[:length]):
                found += [number for text, number in heads if value.startswith(text)]
        if self.short:
            found += [number for text, number in self.short if text in value]
        if blocks := self.blocks:
            step = self.step
            # Nearly every value ends here, in one call in C.
            if not blocks.keys().isdisjoint(zip(value[::step], value[1::step], value[2::step], strict=False)):
                there = blocks.keys() & set(zip(value[::step], value[1::step], value[2::step], strict=False))
                found += [number for block in there for text, number in blocks[block] if text in value]
        return found


def guard(expressions: Iterable[str]) -> Guard:
    """Give the guard of some expressions, in their order."""
    heads: dict[str, list[tuple[str, int]]] = {}
    free: list[tuple[str, int]] = []
    always: list[int] = []
    for number, expression in enumerate(expressions):
        found = needles(expression)
        if not found:
            always.append(number)
        for needle in found:
            if needle.begins and (len(needle.text) < BLOCK or unusual(needle.text[:_HEAD])):
                heads.setdefault(needle.text[:_HEAD], []).append((needle.text, number))
            else:
                free.append((needle.text, number))
    long = [(text, number) for text, number in free if len(text) >= BLOCK]
    step = min(_STEP, min((len(text) for text, _ in long), default=BLOCK) - BLOCK + 1)
    return Guard(
        heads={head: tuple(found) for head, found in sorted(heads.items())},
        lengths=tuple(sorted({len(head) for head in heads})),
        blocks=_by_blocks(long, step),
        step=step,
        short=tuple((text, number) for text, number in free if len(text) < BLOCK),
        always=tuple(always),
    )


def _by_blocks(long: Iterable[tuple[str, int]], step: int) -> dict[tuple[str, str, str], tuple[tuple[str, int], ...]]:
    """Give needles by their blocks that are looked up, in the order of these."""
    blocks: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for text, number in long:
        for block in _blocks(text, step):
            blocks.setdefault((block[0], block[1], block[2]), []).append((text, number))
    return {block: tuple(dict.fromkeys(found)) for block, found in sorted(blocks.items())}


def _blocks(text: str, step: int) -> list[str]:
    """Give blocks that begin one after the other, `step` of them, where the text is least like any other."""
    every, ordinary = cut_up(text), ordinary_blocks()
    usual = [block in ordinary for block in every]
    at = min(range(len(every) - step + 1), key=lambda at: (sum(usual[at : at + step]), -at))
    return every[at : at + step]
