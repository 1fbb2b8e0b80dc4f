# SPDX-License-Identifier: Apache-2.0
"""Promises of hours: which day they make the first one that is different."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from debar.intake.hours import beside, days
from debar.model.vocab.statements import Precision
from storied import dated


@pytest.mark.parametrize(
    ("value", "clock", "expected"),
    [
        ("2024-09-29T00:00-04:00", "", (0, 0)),
        ("2024-09-29T23:59-04:00", "", (1, 1)),
        ("2024-09-29T12:00Z", "", (0, 1)),
        ("2024-09-29", "00:00", (0, 0)),
        ("2024-09-29", "23:59", (1, 1)),
        ("2024-09-29", "17:00", (0, 1)),
        ("2024-09-29", "midnight", (0, 1)),
        ("2024-09-29", "", None),
        ("2024-09", "", None),
    ],
)
def test_an_hour_makes_a_day(value: str, clock: str, expected: tuple[int, int] | None) -> None:
    """With its first minute a day is different itself, with its last the next one, and otherwise one of the two."""
    stated = replace(dated(value, precision=Precision.INSTANT if "T" in value else Precision.DAY), clock=clock)
    assert days(stated) == expected


@pytest.mark.parametrize("text", ["1" * 1_000_000, " " * 1_000_000, "12:00 a.m. " * 90_000, "\n" * 1_000_000])
def test_long_texts_are_looked_at_near_the_date(text: str) -> None:
    """Only what stands beside a date is looked at, however long the text is."""
    assert beside(text, 500_000, 500_010) in ("", "00:00", "12:00")


def test_an_hour_on_the_next_line_counts() -> None:
    """A line that was wrapped parts no hour from its day."""
    text = "until 12:00\na.m. on 29 September 2024"
    assert beside(text, text.index("29"), len(text)) == "00:00"
