# SPDX-License-Identifier: Apache-2.0
"""Offsets in the text that people read to offsets in the decoded file, where a file has markup."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.model.intake import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.intake import Conflict, DraftLine, Paper, Passage, Quote, Reading, Statement, Story, Unexplained


class Places(NamedTuple):
    """Where the text of one paper stands in its file."""

    runs: tuple[tuple[int, int, int, int], ...]
    starts: tuple[int, ...]

    def slices(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the slices of the file that hold a slice of the text, in order; those that touch are one.

        What stands in no file, such as the space between two paragraphs, has none.
        """
        first = last = -1
        for run in self.runs[max(0, bisect_right(self.starts, start) - 1) :]:
            if run[0] >= end:
                break
            if run[0] + run[1] <= start:
                continue
            begin, finish = _part(run, start, end)
            if begin == last:
                last = finish
                continue
            if first >= 0:
                yield first, last
            first, last = begin, finish
        if first >= 0:
            yield first, last

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Give one slice of the file from the first to the last character of a slice of the text."""
        found = list(self.slices(start, end))
        if found:
            return found[0][0], found[-1][1]
        # Nothing of it stands in the file: the place between its neighbours.
        before = bisect_right(self.starts, start) - 1
        place = self.runs[before][2] + self.runs[before][3] if before >= 0 else 0
        return place, place

    def span(self, span: Span) -> Span:
        """Give a span of the file."""
        return Span(*self.whole(span.start, span.end))


def _part(run: tuple[int, int, int, int], start: int, end: int) -> tuple[int, int]:
    """Give the part of the file in which the part of a run stands; an entity and a space stand there as a whole."""
    first, length, place, width = run
    if length != width:
        return place, place + width
    return place + max(0, start - first), place + min(length, end - first)


def in_files(reading: Reading) -> Reading:
    """Give a reading whose offsets are counted in the files as decoded, where a paper has runs.

    A main text becomes many slices that hold no markup; every other span is one slice, markup within it included.
    Papers lose their runs, which tells that it was done.
    """
    places = {one.id: Places(one.runs, tuple(run[0] for run in one.runs)) for one in reading.documents if one.runs}
    if not places:
        return reading
    return replace(
        reading,
        documents=tuple(_paper(one, places[one.id]) if one.id in places else one for one in reading.documents),
        facts=tuple(_statement(one, places[one.document]) if one.document in places else one for one in reading.facts),
        unexplained_dates=tuple(
            _unexplained(one, places[one.document]) if one.document in places else one
            for one in reading.unexplained_dates
        ),
        stories=tuple(_story(one, places) for one in reading.stories),
    )


def _paper(one: Paper, places: Places) -> Paper:
    published = one.published
    if published.span:
        published = replace(published, span=places.span(published.span))
    return replace(
        one,
        title_span=places.span(one.title_span) if one.title_span else None,
        published=published,
        main=tuple(part for start, end in one.main for part in places.slices(start, end)),
        paragraphs=tuple(places.whole(start, end) for start, end in one.paragraphs),
        runs=(),
    )


def _statement(one: Statement, places: Places) -> Statement:
    return replace(
        one,
        span=places.span(one.span),
        date=replace(one.date, span=places.span(one.date.span)) if one.date else None,
        number=replace(one.number, span=places.span(one.number.span)) if one.number else None,
    )


def _unexplained(one: Unexplained, places: Places) -> Unexplained:
    return replace(one, span=places.span(one.span))


def _story(one: Story, places: dict[str, Places]) -> Story:
    return replace(
        one,
        quotes=tuple(_quote(quote, places) for quote in one.quotes),
        conflicts=tuple(_conflict(conflict, places) for conflict in one.conflicts),
        draft=replace(one.draft, lines=tuple(_line(line, places) for line in one.draft.lines)) if one.draft else None,
    )


def _conflict(one: Conflict, places: dict[str, Places]) -> Conflict:
    return replace(
        one,
        values=tuple(
            replace(value, passages=tuple(_passage(passage, places) for passage in value.passages))
            for value in one.values
        ),
    )


def _line(one: DraftLine, places: dict[str, Places]) -> DraftLine:
    return replace(one, passages=tuple(_passage(passage, places) for passage in one.passages))


def _quote(one: Quote, places: dict[str, Places]) -> Quote:
    return replace(one, spans=tuple(_passage(span, places) for span in one.spans))


def _passage(one: Passage, places: dict[str, Places]) -> Passage:
    if one.document not in places:
        return one
    start, end = places[one.document].whole(one.start, one.end)
    return replace(one, start=start, end=end)
