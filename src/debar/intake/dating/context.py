# SPDX-License-Identifier: Apache-2.0
"""What is known when words of dates are worked out: publication, quotations, what was announced when."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.reckoning import as_day, as_month, last_of_month
from debar.model.intake import Published

if TYPE_CHECKING:
    from datetime import date

    from debar.intake.dating.expression import DateWords
    from debar.intake.said.quotes import Quoted
    from debar.intake.sentences import Sentence
    from debar.model.vocab.statements import DateBasis, DateRole, Precision


class Context(NamedTuple):
    """What else is known when the words of one paper are worked out."""

    published: Published = Published()
    quotes: tuple[Quoted, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    text: str = ""
    """The paper as it is written, with the signs before lines that a mail quotes; empty where nothing is quoted."""
    issued: str = ""
    """Day on which the measure was issued or announced, as ISO; from this paper or, if so said, from a sibling."""
    announced: tuple[tuple[int, str], ...] = ()
    """Offsets and ISO values of dates of announcements in this paper, in order: what "the next day" counts from."""
    is_sibling: bool = False
    """Whether issued and year were lent by another paper of the story."""
    year: int = 0
    """Year that siblings lend to dates without one, where publication is unknown."""


class Answer(NamedTuple):
    """What an expression comes to."""

    value: str
    precision: Precision
    basis: DateBasis
    anchor: str = ""
    """From what it was counted, in words."""
    role: DateRole | None = None
    """None where it is as the words say."""


class Told(NamedTuple):
    """An expression of the paper, and what it came to."""

    words: DateWords
    answer: Answer


class Scene(NamedTuple):
    """A context made ready for looking things up."""

    context: Context
    flat: str
    low: str
    window: tuple[date, date] | None
    """First and last day on which the paper may have been published."""
    starts: tuple[int, ...]
    """Where sentences start."""
    quoted: tuple[int, ...]
    """Where quotations start."""
    sent: str = ""
    """What of another day is within the paper, where the window is that of it: the mail."""


def scene(context: Context, flat: str, low: str) -> Scene:
    """Make a context ready."""
    starts = tuple(each.start for each in context.sentences)
    quotes = tuple(each.start for each in context.quotes)
    return Scene(context, flat, low, window(context.published), starts, quotes)


def window(published: Published) -> tuple[date, date] | None:
    """Give the first and last day on which a paper may have been published; None where one of them is open."""
    day, month = as_day(published.value), as_month(published.value)
    if day:
        return day, day
    if month:
        return month, last_of_month(month)
    first, last = as_day(published.earliest), as_day(published.latest)
    return (first, last) if first and last and first <= last else None


def bounds(at: Scene, words: DateWords) -> tuple[int, int]:
    """Give where the sentence of an expression starts and ends."""
    return sentence_bounds(at, words.start)


def sentence_bounds(at: Scene, offset: int) -> tuple[int, int]:
    """Give where the sentence starts and ends in which an offset stands; the whole text outside of all."""
    sentence = sentence_of(at, offset)
    return (sentence.start, sentence.end) if sentence else (0, len(at.flat))


def sentence_of(at: Scene, offset: int) -> Sentence | None:
    """Give the sentence in which an offset stands."""
    index = bisect_right(at.starts, offset) - 1
    return at.context.sentences[index] if index >= 0 else None


def paragraph(at: Scene, offset: int) -> int:
    """Give the number of the paragraph in which an offset stands; -1 outside of all."""
    sentence = sentence_of(at, offset)
    return sentence.paragraph if sentence else -1


def quoted(at: Scene, words: DateWords) -> Quoted | None:
    """Give the quotation in which an expression stands."""
    index = bisect_right(at.quoted, words.start) - 1
    quote = at.context.quotes[index] if index >= 0 else None
    return quote if quote and words.start < quote.end else None
