# SPDX-License-Identifier: Apache-2.0
"""Words in capitals of a paper, told by their definition and by a pass over its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.intake.examined import examine
from debar.intake.mentions import names, proper
from debar.intake.papers import papers

if TYPE_CHECKING:
    from debar.intake.seen import Seen
    from debar.register import Register

WORDS = st.lists(
    st.sampled_from(
        ["Acme", "acme", "ACME", "Dorwin", "Lake", "lake", "Huawei", "EU", "the", "of", "on 3 May 2024", "Straße"]
    ),
    max_size=30,
)
SIGNS = st.sampled_from([" ", ". ", ", ", ": ", ' "', " (", "\n\n", "-", " — "])


@pytest.fixture(scope="module")
def gazetteer(register: Register) -> names.Gazetteer:
    """Give the names of the shipped register."""
    return names.gazetteer(register, register.lexicon)


@settings(max_examples=50)
@given(WORDS, st.lists(SIGNS, min_size=30, max_size=30))
def test_capitals_are_those_of_the_definition(gazetteer: names.Gazetteer, words: list[str], signs: list[str]) -> None:
    """What is found, with its neighbours, is what one finds who looks at each word by itself."""
    text = "Heading\n\nOnce " + "".join(word + sign for word, sign in zip(words, signs, strict=False))
    (paper,) = papers("paper", text.encode(), gazetteer.lexicon)
    seen = examine(paper, gazetteer).seen
    assert proper.capitals(seen) == _defined(seen)


def _defined(seen: Seen) -> proper.Capitals:
    known = [(one.start, one.end) for one in seen.mentions if one.kind in proper.KNOWN]
    known += [(date.span.start, date.span.end) for date in seen.dates]
    found, inside, small = [], set(), set()
    for sentence in seen.sentences:
        words = list(re.finditer(r"[^\W_]+", seen.flat[sentence.start : sentence.end]))
        folded = tuple(word[0].casefold() for word in words)
        for at, word in enumerate(words):
            start, end = word.start() + sentence.start, word.end() + sentence.start
            is_known = any(first <= place < last for first, last in known for place in (start, end - 1))
            small |= {folded[at]} if word[0].islower() else set()
            if word[0].islower() or len(word[0]) < 4 or not word[0][0].isupper() or is_known:
                continue
            found.append(proper.Proper(folded[at], start, end, folded[max(0, at - 2) : at], folded[at + 1 : at + 3]))
            sign = seen.flat[max(sentence.start, start - 2) : start].strip()
            is_capital_anyway = at == 0 or sentence.paragraph == 0 or (sign and sign[-1] in proper.OPENING)
            if not is_capital_anyway and not word[0].isupper():
                inside.add(folded[at])
    return proper.Capitals(tuple(one for one in found if one.name not in small), frozenset(inside - small))
