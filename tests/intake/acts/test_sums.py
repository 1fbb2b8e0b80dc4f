# SPDX-License-Identifier: Apache-2.0
"""All acts weighed at once come out as each weighed by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.acts import learned, sums

KNOWN = sorted(learned.weights().clues, key=lambda clue: (-len(learned.weights().clues[clue]), clue))[:400]
"""Those that speak for most parts."""
CLUES = st.dictionaries(
    st.sampled_from(KNOWN) | st.text(max_size=8), st.floats(0, 1000, allow_nan=False, width=32), max_size=200
)


@given(CLUES)
def test_the_fast_way_tells_what_the_slow_one_tells(clues: dict[str, float]) -> None:
    """However many clues there are and however much each counts, every act has the same share to six digits."""
    fast = {one.act: one.share for one in sums.lanes().likely(clues)}
    slow = {one.act: one.share for one in learned.likely(clues, learned.weights())}
    assert fast == pytest.approx(slow, abs=1e-4 if max(clues.values(), default=0) > 50 else 1e-6)


def test_an_act_keeps_what_speaks_against_its_neighbours() -> None:
    """What speaks strongly against one act takes nothing from the next one."""
    weights = learned.Weights(
        acts=("propose", "revoke"),
        parts=tuple(part for act in ("propose", "revoke") for part in learned.parts_of(act)),
        clues={"against": ((0, -9.0),), "slightly": ((3, 0.01),)},
    )
    found = sums.Lanes(weights).likely({"against": 1000.0, "slightly": 0.5})
    assert [one.act for one in found] == ["revoke", "propose"]
    assert sums.Lanes(weights).likely({"slightly": 1.0})[0].share == pytest.approx(0.5025, abs=1e-6)


def test_weights_have_the_digits_that_lanes_keep() -> None:
    """No weight that ships is finer than what is told of it, nor so large that a lane overflows."""
    every = [weight for said in learned.weights().clues.values() for _, weight in said]
    assert all(abs(weight * sums.WEIGHED - round(weight * sums.WEIGHED)) < 1e-6 for weight in every)
    assert max(map(abs, every)) < 20
