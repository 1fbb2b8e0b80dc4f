# SPDX-License-Identifier: Apache-2.0
"""Quotations by their marks.

Translated pages mix marks, repeat the opening one at each paragraph and lose the closing one. So any closing mark closes
what any opening mark began; a quotation ends with its paragraph at the latest, and one that nobody closed with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.intake import Paper

_DOUBLE = '\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02"\u2033'
_MARK = re.compile(f"[{_DOUBLE}\u2018\u2019\u201a\u2039\u203a'`]")
_ALWAYS_OPENS = frozenset("\u201e\u201f\u00ab\u300c\u300e\u2039")
_ALWAYS_CLOSES = frozenset("\u201d\u00bb\u300d\u300f\u203a")
_SINGLE = frozenset("\u2018\u2019\u201a'`")
_LETTER = re.compile(r"[^\W_]")
_SENTENCE_ENDS = re.compile(r"[.!?…](?=\s{1,5}[A-ZÀ-ÞА-Я])")
_AHEAD = 8
"""Marks that are looked at before a single one is taken for more than an apostrophe."""


class Quoted(NamedTuple):
    """A direct quotation, by the offsets of what stands between its marks."""

    start: int
    end: int


def between(quotes: Sequence[Quoted], start: int, end: int) -> Sequence[Quoted]:
    """Give the quotations, of some in order, of which anything stands in a slice of the text."""
    first = bisect_right(quotes, start, key=lambda one: one.end)
    return quotes[first : bisect_left(quotes, end, lo=first, key=lambda one: one.start)]


class _Mark(NamedTuple):
    """A quotation mark, and what it can do where it stands."""

    at: int
    mark: str
    opens: bool
    closes: bool


def quotes(paper: Paper, flat: str) -> tuple[Quoted, ...]:
    """Give the quotations of title and main text in order; one over several paragraphs is several."""
    title = paper.title_span
    parts = sorted([*([(title.start, title.end)] if title else []), *paper.paragraphs])
    text = paper.text if len(paper.text) == len(flat) else flat
    found: list[Quoted] = []
    for number, (first, last) in enumerate(parts):
        following = text[parts[number + 1][0] : parts[number + 1][0] + 1] if number + 1 < len(parts) else ""
        found += _paragraph(text, first, last, following)
    return tuple(quoted for quoted in found if quoted.start < quoted.end)


def _paragraph(text: str, first: int, last: int, following: str) -> Iterator[Quoted]:
    """Yield the quotations of a paragraph; `following` is the character with which the next one begins."""
    marks = tuple(_marks(text, first, last))
    opened: _Mark | None = None
    for number, mark in enumerate(marks):
        ahead = marks[number + 1 : number + 1 + _AHEAD]
        if opened is None:
            if mark.opens and (mark.mark not in _SINGLE or _is_closed(text, mark, ahead)):
                opened = mark
        elif (mark.mark in _SINGLE) != (opened.mark in _SINGLE):
            continue  # a quotation within a quotation belongs to it
        elif mark.closes and not (mark.mark in _SINGLE and not _is_end(text, mark, ahead)):
            yield Quoted(opened.at + 1, mark.at)
            opened = None
        elif mark.opens and mark.mark not in _SINGLE:  # the closing mark of the one before was lost
            yield Quoted(opened.at + 1, _lost_end(text, opened.at + 1, mark.at))
            opened = mark
    if opened is not None:
        goes_on = following == opened.mark
        yield Quoted(opened.at + 1, last if goes_on else _lost_end(text, opened.at + 1, last))


def _marks(text: str, first: int, last: int) -> Iterator[_Mark]:
    """Yield the marks of a paragraph that are no apostrophes, inches or minutes."""
    is_turned = 0 <= text.find("\u00bb", first, last) < text.find("\u00ab", first, last)  # »as Danish does«
    for match in _MARK.finditer(text, first, last):
        at, mark = match.start(), match.group()
        before = text[at - 1] if at > first else " "
        after = text[at + 1] if at + 1 < last else " "
        if mark in _SINGLE and _LETTER.match(before) and _LETTER.match(after):
            continue
        if mark in _ALWAYS_OPENS or mark in _ALWAYS_CLOSES:
            opens = (mark in _ALWAYS_OPENS) != (is_turned and mark in "\u00ab\u00bb")
            yield _Mark(at, mark, opens, not opens)
            continue
        closes = _can_close(mark, before, after)
        if closes or not (mark == '"' and before.isdigit()):
            yield _Mark(at, mark, _can_open(mark, before, after), closes)


def _can_open(mark: str, before: str, after: str) -> bool:
    if mark == "\u2019" or after.isspace():
        return False
    if mark == "\u2018":
        return not _LETTER.match(before)
    return before.isspace() or before in "([{\u2014\u2013-:,/\u2018'\u201c\"" or not _LETTER.match(before)


def _can_close(mark: str, before: str, after: str) -> bool:
    if mark in "\u2018\u201a`":
        return mark == "\u2018" and not before.isspace() and not _LETTER.match(after)
    if mark == "\u201c":  # closes in German, opens in English
        return not before.isspace() and not _LETTER.match(after)
    return not before.isspace() or after.isspace() or after in ".,;:!?)"


def _is_end(text: str, mark: _Mark, ahead: tuple[_Mark, ...]) -> bool:
    """Tell whether a single mark closes, and is not that of "users' data" with the real end still to come."""
    if text[mark.at - 1] != "s":
        return True
    return not any(other.closes and other.mark == mark.mark for other in ahead)


def _is_closed(text: str, mark: _Mark, ahead: tuple[_Mark, ...]) -> bool:
    """Tell whether a single mark that could open is closed further on, so that it is no apostrophe."""
    if text[mark.at + 1].isdigit() and mark.mark != "\u2018":
        return False
    return any(other.closes and other.mark in _SINGLE for other in ahead)


def _lost_end(text: str, start: int, end: int) -> int:
    """Give where a quotation that nobody closed ends: with its sentence."""
    match = _SENTENCE_ENDS.search(text, start, end)
    at = match.end() if match else end
    while at > start and text[at - 1].isspace():
        at -= 1
    return at
