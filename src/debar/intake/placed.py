# SPDX-License-Identifier: Apache-2.0
"""What stands where, of things in the order of their text: asked sentence by sentence, so that no list is walked for each.

A paper of a million characters has a hundred thousand dates: what walks them all for each statement never ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.sentences import Sentence
    from debar.model.intake import Span


class _Placed(Protocol):
    """What begins somewhere: a sentence, a name, a citation."""

    @property
    def start(self) -> int:
        """Give where it begins."""


class _Spanned(Protocol):
    """What has a span: a date, a number."""

    @property
    def span(self) -> Span:
        """Give where it stands."""


_Thing = TypeVar("_Thing", bound=_Placed)
_Stated = TypeVar("_Stated", bound=_Spanned)
_START, _SPAN_START, _END = attrgetter("start"), attrgetter("span.start"), attrgetter("end")


def begun(found: Sequence[_Thing], start: int, end: int) -> Sequence[_Thing]:
    """Give what begins between two offsets."""
    return found[bisect_left(found, start, key=_START) : bisect_left(found, end, key=_START)]


def stated(found: Sequence[_Stated], start: int, end: int) -> Sequence[_Stated]:
    """Give what is stated from between two offsets on: dates and numbers."""
    return found[bisect_left(found, start, key=_SPAN_START) : bisect_left(found, end, key=_SPAN_START)]


def sentence_at(sentences: Sequence[Sentence], start: int, end: int) -> int:
    """Give the number of the first sentence of which anything stands in a slice of the text, or -1."""
    number = bisect_right(sentences, start, key=_END)
    return number if number < len(sentences) and sentences[number].start < end else -1
