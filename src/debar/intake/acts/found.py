# SPDX-License-Identifier: Apache-2.0
"""What is found in each sentence before dates and acts are put together; all offsets are those of the sentence."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from debar.intake.acts import clauses, denial, triggers, weighing
from debar.intake.said.quotes import between
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.acts.clauses import Cut
    from debar.intake.acts.patterns import Ready
    from debar.intake.acts.triggers import Trigger
    from debar.intake.acts.weighing import Place
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence
    from debar.model.intake import StatedDate, StatedNumber

T = TypeVar("T", "StatedDate", "StatedNumber")
_LENGTH = re.compile(
    r"(?:\b(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|ninety|thirty|sixty|more)\b[ -]"
    r"(?:[a-z]{1,12} )?|-)(?:days?|weeks?|months?|years?)$"
)
"""A length of time rather than a day: "gave it 120 days" is another act than "gave it on Monday"."""


class Read(NamedTuple):
    """A sentence with what was found in it."""

    sentence: Sentence
    low: str
    """Its text in small letters, with dates masked."""
    triggers: tuple[Trigger, ...]
    quoted: tuple[bool, ...]
    """Whether each of them stands in a quotation."""
    borders: tuple[Cut, ...]
    places: tuple[Place, ...]
    numbers: tuple[StatedNumber, ...]
    is_taken_back: bool = False
    """Whether the text denies all that the sentence says."""


def read(seen: Seen, ready: Ready) -> list[Read]:
    """Give the sentences of a paper with what is in them."""
    low = masked(phrases.small(seen.flat), seen.dates)
    dates, numbers = _by_sentence(seen, seen.dates), _by_sentence(seen, seen.numbers)
    every = [
        _one(seen, sentence, low[sentence.start : sentence.end], ready, (dates[number], numbers[number]))
        for number, sentence in enumerate(seen.sentences)
    ]
    return [_denied(one, following) for one, following in pairwise([*every, None]) if one]


def _denied(one: Read, following: Read | None) -> Read:
    """Give a sentence with all its acts denied if the text takes it back."""
    is_followed = following is not None and following.sentence.paragraph == one.sentence.paragraph
    if not denial.is_taken_back(one.low, following.low if following and is_followed else ""):
        return one
    return one._replace(triggers=tuple(each._replace(is_denied=True) for each in one.triggers), is_taken_back=True)


def masked(low: str, dates: Iterable[StatedDate]) -> str:
    """Give a text with each date as zeros and each length of time as nines: "May" is no verb then, and dates look alike."""
    parts: list[str] = []
    at = 0
    for date in dates:
        if date.span.start >= at:
            mark = "9" if _LENGTH.search(low, date.span.start, date.span.end) else "0"
            parts += [low[at : date.span.start], mark * (date.span.end - date.span.start)]
            at = date.span.end
    return "".join([*parts, low[at:]])


def _by_sentence(seen: Seen, found: Sequence[T]) -> list[list[T]]:
    """Give what stands in each sentence; both are in the order of the text."""
    parted: list[list[T]] = [[] for _ in seen.sentences]
    number = 0
    for one in found:
        while number < len(parted) and seen.sentences[number].end <= one.span.start:
            number += 1
        if number < len(parted) and seen.sentences[number].start <= one.span.start:
            parted[number].append(one)
    return parted


def _one(
    seen: Seen, sentence: Sentence, low: str, ready: Ready, found: tuple[list[StatedDate], list[StatedNumber]]
) -> Read:
    """Give a sentence with what is in it."""
    dates, numbers = found
    here = triggers.find(low, ready)
    spans = [(date.span.start - sentence.start, date.span.end - sentence.start) for date in dates]
    borders = clauses.cuts(low, spans) if here or dates else ()
    opened = clauses.opened(borders)
    places = tuple(
        weighing.place(date, low, sentence.start, opened, is_quoted=_is_quoted(seen, date.span.start)) for date in dates
    )
    quoted = tuple(_is_quoted(seen, sentence.start + trigger.start) for trigger in here)
    return Read(sentence, low, here, quoted, borders, places, tuple(numbers))


def _is_quoted(seen: Seen, at: int) -> bool:
    return bool(between(seen.quotes, at, at + 1))
