# SPDX-License-Identifier: Apache-2.0
"""Promises about names of speakers."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from debar.intake.said import naming

PIECES = ("ban", "Ban", "ban's", "Ban-", "a.b", "A.b", " ", " ", ", ", ". ", "'")


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(("Ban", "ban", "Ban-", "A.b", "Ban's"))
)
def test_capitals_of_sentences_are_told_as_if_the_paper_were_searched(flat: str, word: str) -> None:
    """A word that stands small inside a sentence and never large there is no name, whichever marks it holds."""
    large, small = (
        re.search(rf"(?<=[a-z,] ){re.escape(one)}(?![\w'-])", flat) is not None for one in (word, word.lower())
    )
    assert naming._is_common(word, flat) == (small and not large)


def test_a_paper_is_searched_once_for_all_its_words() -> None:
    """However many words are asked for, what stands inside sentences is gathered once for the paper."""
    flat = "He met " + ", ".join(f"word{number}" for number in range(2_000))
    naming._inside.cache_clear()
    assert all(naming._is_common(f"Word{number}", flat) for number in range(2_000))
    assert naming._inside.cache_info().misses == 1
