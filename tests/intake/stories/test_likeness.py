# SPDX-License-Identifier: Apache-2.0
"""Promises of how alike texts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.stories.likeness import add, product, vectors

TEXTS = st.lists(st.text("abcdef ghij", max_size=60), min_size=1, max_size=6)


def test_a_text_is_wholly_like_its_copy_and_not_like_another() -> None:
    """One for the same words, nothing for no word in common, something between for some."""
    here, copy, other, part = vectors(["alpha bravo charlie", "alpha bravo charlie", "delta whisky", "alpha delta"])
    assert product(here, copy) == pytest.approx(1)
    assert product(here, other) == 0
    assert 0 < product(here, part) < 1


def test_short_words_and_the_size_of_letters_say_nothing() -> None:
    """Grammar and capitals are no likeness."""
    here, other, loud = vectors(["the ban on it", "the ban of an ant", "LIKENESS"])
    assert product(here, other) == 0
    (quiet, same) = vectors(["likeness", "LIKENESS"])
    assert product(quiet, same) == pytest.approx(1)
    assert loud == {}


def test_words_in_the_same_order_are_more_alike() -> None:
    """Pairs of words count beside words."""
    here, order, mixed = vectors(["alpha bravo charlie delta", "alpha bravo charlie delta x", "delta bravo alpha charlie"])  # fmt: skip
    assert product(here, order) > product(here, mixed) > 0


@given(TEXTS)
def test_likeness_is_mutual_and_never_above_one(texts: list[str]) -> None:
    """Both ways round it is the same share."""
    found = vectors(texts)
    for one in found:
        for other in found:
            assert product(one, other) == pytest.approx(product(other, one))
            assert -1e-9 <= product(one, other) <= 1 + 1e-9


@given(TEXTS)
def test_a_sum_is_like_another_as_all_its_parts_are(texts: list[str]) -> None:
    """The product with a sum is the sum of products: mean likeness needs no pair by pair."""
    found = vectors(texts)
    total: dict[str, float] = {}
    for one in found:
        add(total, one)
    assert product(total, found[0]) == pytest.approx(sum(product(one, found[0]) for one in found))


@pytest.mark.parametrize("text", ["a" * 1_000_000, "1" * 1_000_000, '"' * 1_000_000, " " * 1_000_000])
def test_a_huge_line_is_cut_short(text: str) -> None:
    """A hostile text costs what its first characters cost."""
    (found,) = vectors([text])
    assert found == {}
