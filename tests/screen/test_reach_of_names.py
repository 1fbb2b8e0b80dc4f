# SPDX-License-Identifier: Apache-2.0
"""Promises of how high names may score before they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.screen.reach import MOST, Reach, best, reach
from debar.screen.spelling import BESIDE, CORE, Entry
from debar.screen.verdict import EACH, TELLING

ENTRIES: tuple[Entry, ...] = (("zorvex", 0.9, CORE), ("trading", 0.3, BESIDE), ("asia", 0.2, BESIDE))
SHARES = st.floats(0.01, 3.0, allow_nan=False)


def test_what_tells_a_name_apart_has_to_be_there() -> None:
    """Its own word counts where it stands in the other name; words beside it may look otherwise, but for their first letter."""
    there = reach(ENTRIES, {"zorvex"}, {"t"})
    assert (there.own, there.largest) == (0.9, 0.9)
    assert there.beside == pytest.approx(0.05 + 0.3)
    assert there.each == pytest.approx(0.9 + EACH)
    gone = reach(ENTRIES, {"trading"}, set())
    assert (gone.own, gone.largest) == (0.0, 0.0)
    assert gone.beside == pytest.approx(0.35)


def test_in_another_script_any_word_may_be_there() -> None:
    """Letters say nothing of the first letter in another script."""
    assert reach(ENTRIES, set(), None).beside == pytest.approx(0.05 + 0.3 + 0.2)


def test_nothing_scores_nothing() -> None:
    """A name without weight means nobody."""
    assert best(Reach(1.0, 0.0, 1.0, 1.0), 0.0, 1.0, TELLING) == 0.0
    assert best(Reach(1.0, 0.0, 1.0, 1.0), 1.0, 0.0, TELLING) == 0.0


def test_a_brand_and_a_whole_name_may_score_more() -> None:
    """Half of a name may come to what its brand comes to; nearly all of it to what each of its words comes to."""
    half = Reach(0.5, 0.0, 0.5, 0.0)
    assert best(half, 1.0, 1.0, 0.5) == pytest.approx(0.5)
    assert best(half._replace(largest=TELLING), 1.0, 1.0, 0.5) > 0.5
    short = Reach(0.1, 0.0, EACH, 0.0)
    assert best(short, 0.1, 0.1, 1.0) > best(short, 0.1, 0.1 / MOST * 1.01, 1.0)


@given(st.builds(Reach, SHARES, SHARES, SHARES, SHARES), SHARES, SHARES)
def test_more_that_agrees_never_scores_less(found: Reach, whole: float, more: float) -> None:
    """What is not compared is not missed: a name that agrees in more may score as high at least."""
    larger = found._replace(own=found.own + more, each=found.each + more)
    assert best(larger, whole, 1.0, TELLING) >= best(found, whole, 1.0, TELLING)
