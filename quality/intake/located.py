# SPDX-License-Identifier: Apache-2.0
"""Where the slices of an annotation stand in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quality.intake.slices import find, fold

if TYPE_CHECKING:
    from debar.model.intake import Span
    from quality.intake.corpus import GoldDate, GoldPaper
    from quality.intake.slices import Folded


class Located(NamedTuple):
    """Spans in a text, in the order of the annotation; None where a slice does not stand in it."""

    title: Span | None
    main: tuple[Span, ...]
    """The main text without clutter; empty where its first or last words are not told or not there."""
    dates: tuple[Span | None, ...]
    facts: tuple[Span | None, ...]
    quotes: tuple[Span | None, ...]


def locate(paper: GoldPaper, text: str) -> Located:
    """Find everything that an annotation names."""
    folded = fold(text)
    begin, end = bounds(paper, folded)
    title = find(folded, paper.title)
    return Located(
        title=folded.span(*title) if title else None,
        main=_main(paper, folded, begin, end) if paper.main.first else (),
        dates=_dates(paper, folded, begin, end),
        facts=tuple(_span(folded, fact.evidence, begin, end) for fact in paper.facts),
        quotes=tuple(_span(folded, quote.text, begin, end) for quote in paper.quotes),
    )


def bounds(paper: GoldPaper, folded: Folded) -> tuple[int, int]:
    """Give from where to where the main text goes in the folded text; all of it where nothing tells."""
    first = find(folded, paper.main.first)
    begin = first[0] if first else 0
    last = find(folded, paper.main.last, begin)
    return begin, last[1] if last else len(folded.text)


def _main(paper: GoldPaper, folded: Folded, begin: int, end: int) -> tuple[Span, ...]:
    parts = [(begin, end)]
    for words in paper.boilerplate:
        if place := find(folded, words, begin, end):
            parts = [part for whole in parts for part in _without(whole, place)]
    return tuple(folded.span(*part) for part in parts)


def _without(whole: tuple[int, int], cut: tuple[int, int]) -> list[tuple[int, int]]:
    """Take a slice out of another."""
    if cut[1] <= whole[0] or whole[1] <= cut[0]:
        return [whole]
    return [part for part in ((whole[0], cut[0]), (cut[1], whole[1])) if part[0] < part[1]]


def _span(folded: Folded, words: str, begin: int, end: int) -> Span | None:
    """Look in the main text first: headlines and teasers repeat its words."""
    place = find(folded, words, begin, end) or find(folded, words)
    return folded.span(*place) if place else None


def _dates(paper: GoldPaper, folded: Folded, begin: int, end: int) -> tuple[Span | None, ...]:
    """Find each date: in the words around it, else as the next one in the order of the main text, else anywhere."""
    found: list[Span | None] = []
    reached = begin
    for date in paper.dates:
        place = (
            _around(date, folded, begin, end) or find(folded, date.text, reached, end) or _title(paper, date, folded)
        )
        place = place or find(folded, date.text, begin, end) or find(folded, date.text)
        if place and begin <= place[0] < end:
            reached = place[0] + 1
        found.append(folded.span(*place) if place else None)
    return tuple(found)


def _around(date: GoldDate, folded: Folded, begin: int, end: int) -> tuple[int, int] | None:
    around = date.at and (find(folded, date.at, begin, end) or find(folded, date.at))
    return find(folded, date.text, *around) if around else None


def _title(paper: GoldPaper, date: GoldDate, folded: Folded) -> tuple[int, int] | None:
    title = paper.title and find(folded, paper.title)
    return find(folded, date.text, *title) if title else None
