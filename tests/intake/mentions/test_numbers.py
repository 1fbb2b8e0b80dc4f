# SPDX-License-Identifier: Apache-2.0
"""Tests for numbers with their modifiers and for what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.mentions.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen

FOUND = [
    ("It hits less than 50 of the company's employees here.", "less than 50", "<", 50, "employees"),
    ("It hits “less than 50” workers here.", "less than 50", "<", 50, "workers"),
    ("“Fewer than 50” of its US staff leave.", "Fewer than 50", "<", 50, "staff"),
    ("It dismisses about 50 employees who get paid.", "about 50", "~", 50, "employees"),
    ("It was there for almost 20 years.", "almost 20 years", "<~", 20, "years"),
    ("It was there for twenty years.", "twenty years", "=", 20, "years"),
    ("Close to  two hundred and fifty thousand devices remain.", "Close to  two hundred and fifty thousand", "<~", 250_000, "devices"),
    ("It has at least 14 agencies.", "at least 14", ">=", 14, "agencies"),
    ("It has no more than 14 agencies.", "no more than 14", "<=", 14, "agencies"),
    ("Up to 1,200 masts stay.", "Up to 1,200", "<=", 1200, "masts"),
    ("More than 1.5 million customers stay.", "More than 1.5 million", ">", 1_500_000, "customers"),
    ("Some 7 500 antennas stay.", "Some 7 500", "~", 7500, "antennas"),
    ("Exactly 30 vehicles stay.", "30", "=", 30, "vehicles"),
    ("There are 100 or more users.", "100", ">=", 100, "users"),
    ("There are 50+ employees.", "50", ">=", 50, "employees"),
    ("There are 30 vehicles or fewer.", "30", "<=", 30, "vehicles"),
    ("A fine of up to $1.5 billion follows.", "up to $1.5 billion", "<=", 1_500_000_000, "$"),
    ("A fine of €530 million follows.", "€530 million", "=", 530_000_000, "€"),
    ("A fine of EUR 2.5 million follows.", "EUR 2.5 million", "=", 2_500_000, "€"),
    ("A fine of 10 million euros follows.", "10 million", "=", 10_000_000, "€"),
    ("About 10% stay.", "About 10%", "~", 10, "%"),
    ("Around half a dozen municipalities stay.", "Around half a dozen", "~", 6, "municipalities"),
    ("Requests went to all 43 police forces.", "43", "=", 43, "police forces"),
    ("It sold 12 turnstiles.", "12", "=", 12, "turnstiles"),
]  # fmt: skip

NOT_FOUND = [
    "On July 20, employees left.",
    "By June 20 employees were gone.",
    "In 2024 products were banned.",
    "Section 889 products stay.",
    "Regulation (EU) 2022/2065 services stay.",
    "The 5G networks stay.",
    "One of the companies stays.",
    "It grew by 2.5 percent.",
    "They met at 10.30.",
    "It is a Zero Day story.",
    "Dozens of jobs stay.",
    "Version 12 users stay.",
]


@pytest.mark.parametrize(("text", "words", "op", "value", "unit"), FOUND)
def test_number(noted: Callable[[str], Seen], text: str, words: str, op: str, value: int, unit: str) -> None:
    """A number is given with its modifier, its value and what it counts, also across a quotation mark."""
    assert [(one.text, one.op, one.value, one.unit) for one in noted(text).numbers] == [(words, op, value, unit)]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_number(noted: Callable[[str], Seen], text: str) -> None:
    """Days, years, names of articles and what counts nothing are no numbers."""
    assert noted(text).numbers == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("fifty", 50), ("two hundred and fifty", 250), ("a million", 1_000_000), ("three thousand two hundred", 3200), ("2.5", None),
     ("1.25 million", 1_250_000), ("a dozen", 12), ("12k", 12_000), ("3 lakh", 300_000), ("half a dozen", 6), ("ninety-nine", 99)],
)  # fmt: skip
def test_counted(text: str, value: int | None) -> None:
    """A number in digits or words comes to a whole number, or to nothing where it is none."""
    assert counted(text) == value


@given(st.integers(min_value=2, max_value=10**11))
def test_digits_in_threes_are_the_same_number(value: int) -> None:
    """Commas and spaces between threes change nothing."""
    assert counted(f"{value:,}") == counted(f"{value:,}".replace(",", " ")) == counted(str(value)) == value


@pytest.mark.parametrize("piece", ["a", " ", "9", "9,", "9 ", '"', "one ", "up to ", "$"])
def test_hostile_texts_have_exact_slices(noted: Callable[[str], Seen], piece: str) -> None:
    """Of a text of one thing over and over each number is a slice of it."""
    text = piece * (20_000 // len(piece))
    assert all(text[one.span.start : one.span.end] == one.text for one in noted(text).numbers)
