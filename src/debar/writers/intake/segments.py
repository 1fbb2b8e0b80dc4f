# SPDX-License-Identifier: Apache-2.0
"""The text of a paper cut where passages begin and end, so that each piece knows whose passage it is in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.intake import Paper, Statement, Unexplained
    from debar.writers.intake.passages import Place

LONGEST = 200_000
"""Characters of a paper that a page shows."""


class Segment(NamedTuple):
    """A piece of a text that no passage begins or ends in."""

    text: str
    facts: tuple[str, ...]
    """Ids of the statements, and of the places that name something, in whose passages it lies."""
    begins: tuple[str, ...]
    """Ids of those whose passage begins here, and of a date that begins here."""
    is_main: bool
    is_date: bool
    is_open: bool
    """It is a date that no statement explains."""


class _Marked(NamedTuple):
    start: int
    end: int
    id: str


def segments(
    paper: Paper, statements: Sequence[Statement], dates: Sequence[Unexplained], named: Sequence[Place] = ()
) -> tuple[Segment, ...]:
    """Give the text of a paper in pieces, in order; together they are the text, up to LONGEST."""
    end = min(len(paper.text), LONGEST)
    passages = [_Marked(one.span.start, one.span.end, one.id) for one in statements]
    passages += [_Marked(one.start, one.end, one.id) for one in named]
    dated = [_Marked(one.date.span.start, one.date.span.end, "") for one in statements if one.date]
    unexplained = [_Marked(one.span.start, one.span.end, one.id) for one in dates]
    title = [(paper.title_span.start, paper.title_span.end)] if paper.title_span else []
    main = [_Marked(*span, "") for span in (*paper.main, *title)]
    kinds = (passages, dated, unexplained, main)
    edges = sorted({0, end, *(min(at, end) for some in kinds for one in some for at in (one.start, one.end))})
    inside = [_inside(edges, some) for some in kinds]
    begins: dict[int, list[str]] = {}
    for one in (*passages, *unexplained):
        begins.setdefault(one.start, []).append(one.id)
    return tuple(
        Segment(
            text=paper.text[first:last],
            facts=facts,
            begins=tuple(dict.fromkeys(begins.get(first, ()))),
            is_main=bool(of_main),
            is_date=bool(of_date),
            is_open=bool(of_open),
        )
        for (first, last), facts, of_date, of_open, of_main in zip(pairwise(edges), *inside, strict=True)
    )


def _inside(edges: Sequence[int], marked: Iterable[_Marked]) -> list[tuple[str, ...]]:
    """Give for each piece between two edges what it lies in, in the order in which that begins."""
    begin: dict[int, list[_Marked]] = {}
    over: dict[int, list[_Marked]] = {}
    for one in marked:
        begin.setdefault(one.start, []).append(one)
        over.setdefault(one.end, []).append(one)
    found: list[tuple[str, ...]] = []
    open_: dict[_Marked, None] = {}
    for edge in edges[:-1]:
        for one in over.get(edge, ()):
            open_.pop(one, None)
        open_ |= dict.fromkeys(begin.get(edge, ()))
        found.append(tuple(dict.fromkeys(one.id for one in open_ if one.end > edge)))
    return found
