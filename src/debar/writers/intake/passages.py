# SPDX-License-Identifier: Apache-2.0
"""Passages as a page shows them beside a line: which paper, which words, who says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.intake import ConflictValue, DraftLine, Paper, Reading, Span, Statement, Unexplained

_EXCERPT = 240
"""Characters of a passage beside its line; the paper has it whole."""


class Known(NamedTuple):
    """What was read, by id and by paper: asked for by each of many stories."""

    facts: dict[str, Statement]
    papers: dict[str, Paper]
    names: dict[str, str]
    """How papers are called on the page."""
    statements: dict[str, list[Statement]]
    dates: dict[str, list[Unexplained]]


class Quoted(NamedTuple):
    """A passage beside a line."""

    id: str
    """Of the statement; of a place where a paper only names something, that of the line and a number."""
    paper: str
    excerpt: str
    said_by: tuple[str, ...] = ()
    fact: Statement | None = None
    """None for a place where a paper names something and states nothing."""


class Place(NamedTuple):
    """Where a paper names what a line is about."""

    document: str
    start: int
    end: int
    id: str


def known(reading: Reading) -> Known:
    """Give what was read, ready to be asked for."""
    statements: dict[str, list[Statement]] = {paper.id: [] for paper in reading.documents}
    dates: dict[str, list[Unexplained]] = {paper.id: [] for paper in reading.documents}
    for fact in reading.facts:
        statements[fact.document].append(fact)
    for date in reading.unexplained_dates:
        dates[date.document].append(date)
    return Known(
        {fact.id: fact for fact in reading.facts},
        {paper.id: paper for paper in reading.documents},
        dict(_names(reading.documents)),
        statements,
        dates,
    )


def _names(papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    """Yield how papers are called: by publisher, or by the last part of the path; by both where a publisher has several."""
    often = Counter(paper.publisher for paper in papers)
    for paper in papers:
        file = paper.path.replace("\\", "/").rpartition("/")[2] or paper.path
        if not paper.publisher:
            yield paper.id, file
        else:
            yield paper.id, paper.publisher if often[paper.publisher] == 1 else f"{paper.publisher} ({file})"


def passages(ids: Sequence[str], read: Known) -> tuple[Quoted, ...]:
    """Give the passages of statements, each once however many statements are made of it."""
    found: dict[tuple[str, Span], Statement] = {}
    for fact in (read.facts[id_] for id_ in ids if id_ in read.facts):
        found.setdefault((fact.document, fact.span), fact)
    return tuple(
        Quoted(
            fact.id,
            read.names[fact.document],
            _excerpt(read.papers[fact.document], fact.span.start, fact.span.end),
            fact.said_by,
            fact,
        )
        for fact in found.values()
    )


def places(what: DraftLine | ConflictValue, id_: str) -> tuple[Place, ...]:
    """Give where papers name what a line is about, or have one side of a conflict, each with an id made of one."""
    return tuple(Place(one.document, one.start, one.end, f"{id_}-{number}") for number, one in enumerate(what.passages))


def behind(what: DraftLine | ConflictValue, id_: str, read: Known) -> tuple[Quoted, ...]:
    """Give everything in papers on which a line rests, or one side of a conflict."""
    named = (
        Quoted(one.id, read.names[one.document], _excerpt(read.papers[one.document], one.start, one.end))
        for one in places(what, id_)
    )
    return (*passages(what.facts, read), *named)


def _excerpt(paper: Paper, start: int, end: int) -> str:
    words = " ".join(paper.text[start:end].split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"
