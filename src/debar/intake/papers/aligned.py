# SPDX-License-Identifier: Apache-2.0
"""Where the words of an extract stand in the text from which it was taken."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_GRAM = 4
"""Words that tell a place: shorter phrases stand in menus as well."""
_NEAR = 400
"""Words ahead in which a line shorter than that is looked for."""
_MOST = 50
"""Places of one phrase that are kept: what stands more often is no text."""


def aligned(extract: str, text: str) -> list[tuple[int, int]]:
    """Give the spans of the text that hold the words of the extract, in the order of the text.

    Line by line of the extract: its first four words are looked for after the line before, or else anywhere,
    and from there on words are compared one by one; where they part, the next four words are looked for.
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    forms = [text[start:end] for start, end in words]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(forms) - _GRAM + 1):
        found = places[tuple(forms[n : n + _GRAM])]
        if len(found) < _MOST:
            found.append(n)
    is_main = bytearray(len(forms))
    cursor = 0
    for line in extract.split("\n"):
        cursor = _line(_WORD.findall(line), forms, places, is_main, cursor)
    return _spans(words, is_main)


def _line(
    line: Sequence[str], forms: Sequence[str], places: dict[tuple[str, ...], list[int]], is_main: bytearray, cursor: int
) -> int:
    """Mark the words of a line, and give the place after it."""
    n = 0
    while n < len(line):
        at = _place(line, n, forms, places, is_main, cursor)
        if at < 0:
            n += 1
            continue
        while n < len(line) and at < len(forms) and forms[at] == line[n]:
            is_main[at] = 1
            at, n = at + 1, n + 1
        cursor = at
    return cursor


def _place(
    line: Sequence[str],
    n: int,
    forms: Sequence[str],
    places: dict[tuple[str, ...], list[int]],
    is_main: bytearray,
    cursor: int,
) -> int:
    """Give where the words of a line from n on stand, or -1."""
    if cursor < len(forms) and forms[cursor] == line[n]:
        return cursor
    if len(line) - n >= _GRAM:
        found = [at for at in places.get(tuple(line[n : n + _GRAM]), ()) if not is_main[at]]
        return next((at for at in found if at >= cursor), found[0] if found else -1)
    if n:
        return -1
    size = len(line)
    for at in range(cursor, min(cursor + _NEAR, len(forms) - size + 1)):
        if forms[at] == line[0] and list(forms[at : at + size]) == list(line):
            return at
    return -1


def _spans(words: Sequence[tuple[int, int]], is_main: bytearray) -> list[tuple[int, int]]:
    """Give the runs of marked words."""
    found: list[tuple[int, int]] = []
    before = -2
    for n, mark in enumerate(is_main):
        if mark:
            if n == before + 1:
                found[-1] = (found[-1][0], words[n][1])
            else:
                found.append(words[n])
            before = n
    return found
