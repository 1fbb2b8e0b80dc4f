# SPDX-License-Identifier: Apache-2.0
"""Papers as their annotation has them: what is main text, when it was published and what was announced is told, not read.

What is learned from papers must not depend on what was learned before, of acts or of main text; else the weights of today
could not be learned again from what is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.dating import values
from debar.intake.examined import ANNOUNCING, examine
from debar.intake.papers import cleaning, papers
from debar.intake.papers.units import units
from debar.model.intake import Published
from debar.model.vocab.statements import DateRole, Precision
from quality.intake.located import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer
    from debar.model.intake import Paper, Span, StatedDate
    from debar.model.lexicon import Lexicon
    from quality.intake.corpus import GoldPaper, GoldStory

    Acts = Callable[[Examined], Callable[[StatedDate], tuple[str, ...]]]
    """What tells of each date of a paper which acts it dates."""

_DAY = 10
"""Characters of a day."""


def story(gold: GoldStory, contents: Mapping[str, bytes], gazetteer: Gazetteer, acts: Acts) -> Iterator[Examined]:
    """Yield the papers of a story in the order of its annotation, with their dates worked out; `contents` are by path.

    1. Each paper by itself; of a file of several the last is the annotated one.
    2. Again with the one day of announcement that those have which tell it, for those that count from it without.
    """
    every = [
        as_told(papers(path, contents[path], gazetteer.lexicon)[-1], one, gazetteer.lexicon)
        for one in gold.documents
        for path in [f"{gold.story}/{one.file}"]
    ]
    told = [worked_out(examine(one, gazetteer), acts) for one in every]  # 1.
    days = {day for one in told for _, day in announced(one, acts) if len(day) == _DAY}
    issued = days.pop() if len(days) == 1 else ""
    yield from (worked_out(one, acts, issued) for one in told)  # 2.


def as_told(paper: Paper, gold: GoldPaper, lexicon: Lexicon) -> Paper:
    """Give a paper with the main text and the day of its annotation; no statements are read out of it."""
    main = locate(gold, paper.text).main
    own = cleaning.cleaned(paper.text, lexicon, is_judged=False).kept
    kept = tuple(_within(paper, main)) if main else own
    when = gold.published
    is_told = bool(when.value or when.earliest or when.latest)
    day = Published(value=when.value, earliest=when.earliest or when.value, latest=when.latest or when.value)
    published = day if is_told else paper.published
    return replace(paper, main=kept, paragraphs=kept, published=published, language=gold.language, is_read=False)


def _within(paper: Paper, main: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the units of a text that are main text for the most part; its title is none."""
    title = paper.title_span
    for unit in units(paper.text):
        shared = sum(max(0, min(unit.end, one.end) - max(unit.start, one.start)) for one in main)
        is_title = title is not None and unit.start < title.end and title.start < unit.end
        if 2 * shared > unit.end - unit.start and not is_title:
            yield unit.start, unit.end


def worked_out(one: Examined, acts: Acts, issued: str = "") -> Examined:
    """Give a paper with its dates worked out as when it is read, from what the annotation says is announced in it.

    `issued` is the day of announcement where the paper does not give one.
    """
    seen = one.seen
    context = values.Context(
        published=seen.paper.published, quotes=seen.quotes, sentences=seen.sentences, issued=issued
    )
    first = one._replace(seen=seen._replace(dates=values.resolve(one.words, seen.flat, context)))
    told = announced(first, acts)
    if not told:
        return first
    days = [day for _, day in told if len(day) == _DAY]
    context = context._replace(announced=told, issued=max(days, default=issued))
    return one._replace(seen=seen._replace(dates=values.resolve(one.words, seen.flat, context)))


def announced(one: Examined, acts: Acts) -> tuple[tuple[int, str], ...]:
    """Give where and when something is announced, in order."""
    of = acts(one)
    return tuple(
        (date.span.start, date.value)
        for date in one.seen.dates
        if date.value
        and date.role is DateRole.ON
        and date.precision is not Precision.DURATION
        and not date.value.startswith("X")
        and not ANNOUNCING.isdisjoint(of(date))
    )
