# SPDX-License-Identifier: Apache-2.0
"""A text in units: lines as people wrote them, with lines that were broken at a width joined again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_ITEM = re.compile(
    r"[ \t\xa0]{0,20}(?:[•●▪◦‣·∙■□◆►▶➢✓*–—-]|\(?[0-9]{1,3}[.)](?![0-9])|\(?[a-zA-Z][.)]|\((?:[ivx]{1,5}|[0-9]{1,3}|[a-zA-Z])\))[ \t\xa0]"
)
_LEADING = re.compile(r"\s*(?:>[ \t]{0,3}){0,6}(?:#{1,6}[ \t]{1,3})?\s*")
"""Signs before a line that is quoted in a mail, and before a heading of Markdown."""
_HEADER = re.compile(r"[ \t]{0,8}[A-Z][A-Z /&-]{2,40}:[ \t]")
"""AGENCY: and SUMMARY: of notices begin a paragraph of their own."""
_WIDEST = 100
"""Characters of the widest lines at which mail programs and printing offices break."""
_NARROWEST = 40
_SLACK = 8


class Line(NamedTuple):
    """One line that is not blank, without the white space around it."""

    start: int
    end: int
    indent: int
    is_first: bool
    """Whether a blank line, or the beginning, stands before it."""


class Unit(NamedTuple):
    """A paragraph, heading or item: one line, or several that were broken at a width."""

    start: int
    end: int
    is_item: bool
    is_first: bool
    """Whether a blank line, or the beginning, stands before it."""
    is_last: bool
    """Whether a blank line, or the end, stands after it."""


def units(text: str) -> tuple[Unit, ...]:
    """Give the units of a text in order, by their offsets."""
    lines = tuple(_lines(text))
    width = _width(text, lines)
    found: list[Unit] = []
    start = 0
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        if following and _goes_on(text, lines[start], line, following, width):
            continue
        first = lines[start]
        found.append(
            Unit(
                first.start,
                line.end,
                bool(_ITEM.match(text, first.start, line.end)),
                first.is_first,
                following is None or following.is_first,
            )
        )
        start = n + 1
    return tuple(found)


def is_item(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins as an item of a list does."""
    return bool(_ITEM.match(text, start, end))


def _lines(text: str) -> Iterator[Line]:
    before = -1
    for match in _LINE.finditer(text):
        content = match.group().rstrip()
        indent = len(content) - len(content.lstrip())
        leading = _LEADING.match(content)
        inner = content[leading.end() if leading else indent :]
        if not inner:
            continue
        start = match.start() + len(content) - len(inner)
        # More than one line end since the line before: a blank line.
        gap = text[before:start] if before >= 0 else ""
        breaks = gap.count("\n") or len(gap.strip(" \t\xa0"))
        yield Line(start, start + len(inner), indent, before < 0 or breaks > 1)
        before = start + len(inner)


def _width(text: str, lines: Sequence[Line]) -> int:
    """Give the width at which a text was broken, or 0.

    Of the places where a line follows another without a blank one, some must stand in the middle of a sentence.
    """
    short = [line for line in lines if line.end - line.start + line.indent <= _WIDEST]
    every = sum(line.end - line.start for line in lines)
    if not short or sum(line.end - line.start for line in short) < every * 0.8:
        return 0
    width = max(line.end - line.start + line.indent for line in short)
    breaks = within = 0
    for line, following in pairwise(lines):
        if not following.is_first:
            breaks += 1
            within += text[line.end - 1] not in ".!?:;。" and text[following.start].islower()
    return width if width >= _NARROWEST and within and within >= breaks * 0.2 else 0


def _is_broken(text: str, line: Line, following: Line) -> bool:
    """Tell whether a word is broken over two lines."""
    return (
        text[line.start : line.end][-2:-1].isalpha() and text[line.end - 1] == "-" and text[following.start].islower()
    )


def _goes_on(text: str, first: Line, line: Line, following: Line, width: int) -> bool:
    """Tell whether a line that follows belongs to the unit that `first` began."""
    if following.is_first or not width:
        return not following.is_first and _is_broken(text, line, following)
    if _ITEM.match(text, following.start, following.end) or _HEADER.match(text, following.start, following.end):
        return False
    # Rules of signs, and the lines in brackets of a gazette, stand alone.
    if (
        not any(map(str.isalnum, text[line.start : line.end]))
        or text[line.end - 1] == "]"
        or text[following.start] == "["
    ):
        return False
    begins_item = bool(_ITEM.match(text, first.start, first.end))
    if following.indent >= line.indent + 2 and not (begins_item and line == first):
        return False
    if text[line.end - 1] not in ".!?:。" and text[following.start].islower():
        return True
    word = text[following.start : following.end].split(None, 1)[0]
    # The widest line is no certain measure of where the others were broken, so a few characters count as none.
    slack = 0 if text[line.end - 1] in ".!?:;。" else _SLACK
    return line.end - line.start + line.indent + 1 + len(word) > width - slack
