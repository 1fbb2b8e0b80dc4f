# SPDX-License-Identifier: Apache-2.0
"""What is right and wrong of the reading of one paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quality.intake.facts import day_of, fact_marks
from quality.intake.located import locate
from quality.intake.naming import is_same, plain
from quality.intake.noted import Mark, Misses
from quality.intake.shingles import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.intake import Paper, Quote, Span, Statement, Unexplained
    from quality.intake.corpus import GoldDate, GoldPaper
    from quality.intake.located import Located
    from quality.intake.shingles import Overlap

MOST = 0.6
"""Share of a title that must be told."""
WIDEST = 45
"""Days that a window of publication may span to tell anything."""
BY = "by "
"""Beginning of keys that count dates with the right value once more, by what they rest on, how fine they are, and form of paper."""
FINENESS = (
    (re.compile(r"\d{4}(-FY)?$"), 1),
    (re.compile(r"\d{4}-H\d$"), 2),
    (re.compile(r"\d{4}-Q\d$"), 3),
    (re.compile(r"\d{4}-\d\d$"), 4),
    (re.compile(r"\d{4}-W\d\d$"), 5),
    (re.compile(r"\d{4}-\d\d-\d\d"), 6),
)
"""How fine a value is, coarsest first; durations and empty ones are not on this scale."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Read(NamedTuple):
    """What was read of one paper."""

    paper: Paper
    statements: Sequence[Statement]
    unexplained: Sequence[Unexplained]
    quotes: Sequence[Quote]


class Found(NamedTuple):
    """One date that was found."""

    span: Span
    value: str


def paper_marks(gold: GoldPaper, read: Read, where: str) -> Iterator[Mark]:
    """Mark everything that can be told of one paper alone."""
    located = locate(gold, read.paper.text)
    note = Misses(where)
    yield from head_marks(gold, read.paper, note)
    if gold.file.endswith(".txt") and located.main:
        yield from main_marks(located, read.paper, note)
    yield from date_marks(gold, located, dates(read), note)
    yield from fact_marks(gold, located, read.statements, note)
    yield from quote_marks(gold, located, read, note)


def head_marks(gold: GoldPaper, paper: Paper, note: Misses) -> Iterator[Mark]:
    """Mark title, publisher, day of publication, kind and language."""
    yield note.mark("title", f"{paper.title!r} for {gold.title!r}", is_right=is_title(paper.title, gold.title))
    if gold.publisher:
        told, wanted = plain(paper.publisher), plain(gold.publisher)
        right = bool(told) and (told in wanted or wanted in told)
        yield note.mark("publisher", f"{paper.publisher!r} for {gold.publisher!r}", is_right=right)
    if gold.published.earliest or gold.published.latest or gold.published.value:
        yield note.mark("published", f"{paper.published} for {gold.published}", is_right=is_published(gold, paper))
    # A statement of a company is news to a reader whose words know no companies.
    kinds = {gold.kind, "company"} if gold.kind == "news" else {gold.kind}
    yield note.mark("kind", f"{paper.kind} for {gold.kind}", is_right=paper.kind in kinds)
    yield note.mark("language", f"{paper.language!r} for {gold.language!r}", is_right=paper.language == gold.language)


def is_title(told: str, wanted: str) -> bool:
    """Tell whether a title is right: the same words, or most of them without a line above or below."""
    short, long = sorted((plain(told), plain(wanted)), key=len)
    return short == long or (bool(short) and short in long and len(short) >= MOST * len(long))


def is_published(gold: GoldPaper, paper: Paper) -> bool:
    """Tell whether a day is right or within its window, or a window holds the day and is narrow enough to tell it."""
    wanted, told = gold.published, paper.published
    earliest, latest = wanted.earliest or wanted.value, wanted.latest or wanted.value or "9999"
    if told.value:
        return earliest[: len(told.value)] <= told.value <= latest
    if not (told.earliest and told.latest) or _days(told.earliest, told.latest) > WIDEST:
        return False
    if wanted.value:
        return told.earliest <= wanted.value <= told.latest
    return told.earliest <= latest and earliest <= told.latest


def _days(earliest: str, latest: str) -> int:
    """Count days roughly: enough to tell a narrow window from a wide one."""
    years, months, days = (int(b) - int(a) for a, b in zip(earliest.split("-"), latest.split("-"), strict=True))
    return (years * 12 + months) * 30 + days


def main_marks(located: Located, paper: Paper, note: Misses) -> Iterator[Mark]:
    """Mark each character of the main text; white space and the title, which some take into it, do not count."""
    text = paper.text
    titled = [span for span in (paper.title_span, located.title) if span]
    unseen = {place for span in titled for place in range(span.start, span.end)}
    unseen |= {place for place, character in enumerate(text) if character.isspace()}
    gold = {place for span in located.main for place in range(span.start, span.end)} - unseen
    told = {place for start, end in paper.main for place in range(start, end)} - unseen
    both, extra, lost = len(gold & told), sorted(told - gold), sorted(gold - told)
    yield Mark("main.precision", is_right=True, weight=both)
    yield Mark("main.recall", is_right=True, weight=both)
    if extra:
        yield note.mark("main.precision", _around(text, extra), is_right=False, weight=len(extra))
    if lost:
        yield note.mark("main.recall", _around(text, lost), is_right=False, weight=len(lost))


def _around(text: str, places: Sequence[int]) -> str:
    return f"{len(places)} characters, first {text[places[0] : places[0] + 60]!r}"


def page_overlap(gold: GoldPaper, paper: Paper) -> Overlap | None:
    """Compare the main text of a page in runs of words; None where the annotation does not tell it."""
    located = locate(gold, paper.text)
    if not located.main:
        return None
    true = " ".join(paper.text[span.start : span.end] for span in located.main)
    return overlap(true, " ".join(paper.text[start:end] for start, end in paper.main))


def dates(read: Read) -> list[Found]:
    """Give every date that was found, explained or not, once."""
    found = {Found(one.date.span, day_of(one.date.value)) for one in read.statements if one.date}
    found |= {Found(one.span, day_of(one.value)) for one in read.unexplained}
    return sorted(found)


def date_marks(gold: GoldPaper, located: Located, found: Sequence[Found], note: Misses) -> Iterator[Mark]:
    """Mark dates found, their values, and what is never to happen: precision or years that the text does not give."""
    for date, span in zip(gold.dates, located.dates, strict=True):
        near = [one for one in found if span and one.span.start < span.end and span.start < one.span.end]
        yield from _never(date, near, note)
        if date.in_name or date.optional or not date.value:
            continue
        right = any(day_of(one.value) in values_of(date) for one in near)
        told = ", ".join(one.value or "-" for one in near) or "nothing"
        yield note.mark("dates.seen", f"{date.text!r}", is_right=bool(near))
        yield note.mark("dates.value", f"{date.text!r} is {date.value}, found {told}", is_right=right)
        for group in (date.basis, date.precision, gold.file.rpartition(".")[2]):
            yield Mark(f"{BY}{group or 'not told'}", is_right=right)
    every = [span for span in located.dates if span]
    for one in found if gold.has_all_dates else ():
        inside = any(part.start <= one.span.start < part.end for part in located.main)
        if inside or not located.main:
            known = any(one.span.start < span.end and span.start < one.span.end for span in every)
            yield note.mark("dates.precision", f"no date at {one.span}: {one.value}", is_right=known)


def values_of(date: GoldDate) -> frozenset[str]:
    """Give every value that is right for a date."""
    return frozenset(day_of(value) for value in (date.value, *date.alternatives))


def _never(date: GoldDate, near: Sequence[Found], note: Misses) -> Iterator[Mark]:
    """Mark values that say more than the words, and years that are not those that the words state."""
    years = set(_YEAR.findall(date.text))
    allowed = values_of(date)
    for one in near:
        if day_of(one.value) in allowed:
            yield Mark("dates.invented", is_right=True)
            yield Mark("dates.year", is_right=True)
            continue
        finest = max((fineness(value) for value in allowed), default=0)
        invented = fineness(one.value) > finest > 0
        yield note.mark(
            "dates.invented", f"{date.text!r} is {date.value}, and became {one.value}", is_right=not invented
        )
        stated = not years or fineness(one.value) == 0 or one.value[:4] in years
        yield note.mark("dates.year", f"{date.text!r} became {one.value}", is_right=stated)


def fineness(value: str) -> int:
    """Tell how fine a value is; 0 for those that are no point in time."""
    return next((degree for pattern, degree in FINENESS if pattern.match(value)), 0)


def quote_marks(gold: GoldPaper, located: Located, read: Read, note: Misses) -> Iterator[Mark]:
    """Mark quotations found, at least half of each, and their speakers."""
    for quote, span in zip(gold.quotes, located.quotes, strict=True):
        held = quote_at(span, read.quotes, read.paper.id)
        yield note.mark("quotes", f"{quote.text[:70]!r}", is_right=held is not None)
        if held and quote.speaker:
            right = is_same(held.speaker, (quote.speaker,))
            yield note.mark("speaker", f"{held.speaker!r} for {quote.speaker!r}: {quote.text[:40]!r}", is_right=right)


def quote_at(span: Span | None, quotes: Sequence[Quote], document: str) -> Quote | None:
    """Give the quotation that holds at least half of a slice."""
    if span is None:
        return None
    for quote in quotes:
        for one in quote.spans:
            shared = min(one.end, span.end) - max(one.start, span.start)
            if one.document == document and 2 * shared >= span.end - span.start:
                return quote
    return None
