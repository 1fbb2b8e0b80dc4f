# SPDX-License-Identifier: Apache-2.0
"""Promises about sentences without an act of their own: they answer, go on, or tell what is long past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reading_acts import linked

if TYPE_CHECKING:
    from debar.register import Register


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sales are banned from 1 March 2025. For contractors it is 1 July 2025.", ["1 March 2025", "1 July 2025"]),
        ("Sales are banned from 1 March 2025. The others follow on 1 July 2025.", ["1 March 2025", "1 July 2025"]),
        ("Sales are banned from 1 March 2025. For the regions: 1 July 2025.", ["1 March 2025", "1 July 2025"]),
        ("Sales are banned from 1 March 2025. The fair opens on 1 July 2025.", ["1 March 2025"]),
        ("The fair opens on 1 March 2025. For contractors it is 1 July 2025.", []),
    ],
)
def test_a_sentence_goes_on_with_the_act_before(register: Register, text: str, told: list[str]) -> None:
    """Another date for the same act is told of it; what only stands behind it is not."""
    assert [("prohibit.sell", words) for words in told] == linked(register, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("When must the software be gone? By 31 December 2025.", [("require.remove", "31 December 2025")]),
        ("When is the inventory due? On 13 June 2025.", [("require.report", "13 June 2025")]),
        ("When is lunch? At noon on 13 June 2025.", []),
    ],
)
def test_an_answer_dates_its_question(register: Register, text: str, told: list[tuple[str, str]]) -> None:
    """A date that opens the sentence behind a question belongs to what was asked."""
    assert told == linked(register, text)


@pytest.mark.parametrize(
    "text", ["Its radios were shown at a fair in 2009.", "It stood on the list of guests on 3 May 2023."]
)
def test_what_is_long_past_is_left_for_somebody_to_look_at(register: Register, text: str) -> None:
    """A date that no words explain is explained by nothing, however long ago it is."""
    assert linked(register, text) == []
