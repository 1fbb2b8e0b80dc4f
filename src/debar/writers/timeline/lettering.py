# SPDX-License-Identifier: Apache-2.0
"""Text in a picture that nobody lays out again: how wide it may get, where it breaks, how it is escaped.

A picture brings no font. Widths are those of DejaVu Sans and Verdana, the widest of the usual
sans-serif fonts, so text fits with any other as well.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_NARROW = frozenset("ijl.,:;'|!I ")
_SLIM = frozenset('frt()[]{}/\\"-')
_BROAD = frozenset("mwMW@%#&+<>=~GOQDHNU")
_WIDTHS = {**dict.fromkeys(_SLIM, 0.47), **dict.fromkeys(_NARROW, 0.37), **dict.fromkeys(_BROAD, 0.86)}
_SMALL, _CAPITAL, _OTHER, _FULL = 0.64, 0.76, 0.84, 1.06
"""Widths in ems of lower case and digits, of capitals, of what is not ASCII, and of East Asian characters."""
_EXTREME = {"m": 0.98, "w": 0.84, "M": 0.9, "W": 1.0, "@": 1.02, "%": 1.08}
_BOLD = 1.13
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 1000
"""Characters of one text; a person cannot read more in a picture."""


class Label(NamedTuple):
    """A text that takes a stretch of the picture's width, alone or with its mark."""

    x: float
    """Where the stretch begins ..."""
    width: float
    """... and how long it is."""
    text: str
    anchor: float
    """Where the text begins, or ends."""
    is_end: bool = False


def clean(text: str) -> str:
    """Give text that any XML may hold and that steers nothing, not yet escaped, cut when nobody could read it."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} [...]"
    return _NOT_XML.sub("\ufffd", printable(cut))


def escaped(text: str) -> str:
    """Give text as the content of an element or a quoted attribute."""
    return escape(clean(text), quote=True)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Give how wide a text may get at a font size, in the units of the size."""
    return sum(map(_em, clean(text))) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    if character in _EXTREME:
        return _EXTREME[character]
    if character in _WIDTHS:
        return _WIDTHS[character]
    if character.isascii():
        return _CAPITAL if character.isupper() else _SMALL
    if unicodedata.combining(character):
        return 0
    return _FULL if unicodedata.east_asian_width(character) in "WF" else _OTHER


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Give a text in lines that fit; a word that is wider than a line is broken."""
    lines: list[str] = [""]
    for word in clean(text).split():
        for part in _broken(word, size, room, bold=bold):
            longer = f"{lines[-1]} {part}".strip()
            if width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return [line for line in lines if line]


def _broken(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """Give a word whole when it fits, else in parts: after hyphens as far as that helps, then anywhere."""
    parts = [""]
    for piece in re.findall("[^-]*-|[^-]+", word):
        for token in [piece] if width(piece, size, bold=bold) <= room else piece:
            if parts[-1] and width(parts[-1] + token, size, bold=bold) > room:
                parts.append("")
            parts[-1] += token
    return parts


def fitted(text: str, size: float, room: float) -> str:
    """Give a text, cut only when it is wider than the room."""
    shown = clean(text)
    if width(shown, size) <= room:
        return shown
    while shown and width(f"{shown}...", size) > room:
        shown = shown[:-1]
    return f"{shown}..."


def rows(labels: Iterable[Label], gap: float) -> list[tuple[Label, int]]:
    """Give each label, in their order, with the first row in which it keeps a gap to those before it."""
    taken: list[list[Label]] = []
    placed = []
    for label in labels:
        row = next((n for n, others in enumerate(taken) if not any(_meet(label, o, gap) for o in others)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(label)
        placed.append((label, row))
    return placed


def _meet(one: Label, other: Label, gap: float) -> bool:
    return one.x < other.x + other.width + gap and other.x < one.x + one.width + gap
