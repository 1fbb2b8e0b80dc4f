# SPDX-License-Identifier: Apache-2.0
"""Promises about what stands where: the same as walking all of it."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from debar.intake.mentions.citations import Cited
from debar.intake.placed import begun, sentence_at, stated
from debar.intake.sentences import Sentence
from debar.model.intake import Span

PLACES = st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted)
PLACE = st.integers(-5, 70)


class Number(NamedTuple):
    """What has a span."""

    span: Span


@given(PLACES, PLACE, PLACE)
def test_what_begins_between_two_places(starts: list[int], first: int, last: int) -> None:
    """All that begins in a slice, in order, and nothing else; of an empty slice nothing."""
    found = [Cited(start, start + 3, "act", str(start)) for start in starts]
    assert begun(found, first, last) == [one for one in found if first <= one.start < last]
    numbers = [Number(Span(start, start + 3)) for start in starts]
    assert stated(numbers, first, last) == [one for one in numbers if first <= one.span.start < last]


@given(PLACES, PLACE, st.integers(1, 30))
def test_the_first_sentence_of_a_slice(edges: list[int], first: int, length: int) -> None:
    """The first sentence of which a slice holds anything; -1 between sentences and beyond them."""
    found = [Sentence(start, end, 1) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    inside = [n for n, one in enumerate(found) if one.start < first + length and first < one.end]
    assert sentence_at(found, first, first + length) == min(inside, default=-1)
