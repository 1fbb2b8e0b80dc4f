# SPDX-License-Identifier: Apache-2.0
"""Names in Han, Kana and Hangul, which are written without spaces: what in them is a place, a form, a business, a name.

Known words are taken off both ends as long as there are any, the longest first; what is left is the name's own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from debar.screen import scripts, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = "\u3005\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002ffff"
_RUN = re.compile(f"[{_LETTERS}]+")
_LONGEST = 60
"""Letters of a run that are looked at; the longest names on lists have 40."""


def is_native(word: str) -> bool:
    """Tell whether a word is written in Han, Kana or Hangul."""
    return not word.isascii() and _RUN.match(word) is not None


def apart(text: str) -> str:
    """Give a text with spaces between what is written in these scripts and what is not."""
    return _RUN.sub(r" \g<0> ", text)


def parts(run: str) -> list[str]:
    """Give the words of a run in their order, in simplified letters."""
    rest, known = scripts.simplified(run[:_LONGEST]), _known()
    before: list[str] = []
    behind: list[str] = []
    while rest:
        if len(rest) > 1 and (word := _first(rest, known)):
            before.append(word)
            rest = rest[len(word) :]
        elif len(rest) > 1 and (word := _last(rest, known)):
            behind.append(word)
            rest = rest[: -len(word)]
        else:
            behind.append(rest)
            break
    return [*before, *reversed(behind)]


def _first(rest: str, known: Mapping[str, int]) -> str:
    return next((rest[:size] for size in range(min(len(rest), _longest()), 1, -1) if rest[:size] in known), "")


def _last(rest: str, known: Mapping[str, int]) -> str:
    return next((rest[-size:] for size in range(min(len(rest), _longest()), 1, -1) if rest[-size:] in known), "")


@cache
def _longest() -> int:
    return max(map(len, _known()), default=0)


@cache
def _known() -> Mapping[str, int]:
    lists = words.load()
    every = (
        *lists.legal_native,
        *lists.market_native,
        *lists.structure_native,
        *lists.places_native,
        *lists.trades_native,
    )
    return {scripts.simplified(word): len(word) for word in every}
