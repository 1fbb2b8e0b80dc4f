# SPDX-License-Identifier: Apache-2.0
"""Promises of days that can be read in two ways: other days of the paper decide, or nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.papers import either
from debar.intake.papers.days import grammar

if TYPE_CHECKING:
    from debar.register import Register

BOTH = ("2024-03-04", "2024-04-03")


@pytest.mark.parametrize(
    ("text", "order"),
    [("signed 30.04.2021", "day"), ("due 6/30/2024", "month"), ("03/04/2024", ""), ("30/04/2021 and 6/30/2024", "")],
)
def test_order_of_other_numbers(text: str, order: str) -> None:
    """A number above twelve shows what stands first; where two differ nothing is shown."""
    assert either.order_of(text) == order


@pytest.mark.parametrize(
    ("writing", "text", "value"),
    [
        ("03/04/2024", "The order of 2 April 2024 applies.", "2024-04-03"),
        ("03/04/2024", "It was signed on 20 June.", "2024-04-03"),
        ("03/04/2024", "It was signed on June 20.", "2024-03-04"),
        ("03.04.2024", "It was signed last week.", "2024-04-03"),
        ("03.04.2024", "It was signed on June 20.", ""),
        ("03/04/2024", "It was signed on June 20. Translated by machine.", ""),
        ("03/04/2024", "It was signed on June 20 and on 21 June.", ""),
        ("03/04/2024", "It was signed last week.", ""),
    ],
)
def test_what_a_paper_shows(register: Register, writing: str, text: str, value: str) -> None:
    """Days written out near by decide, then the order of days in words; dots mean the day first unless words differ."""
    assert either.shown(writing, BOTH, text, grammar(register.lexicon.languages)) == value
