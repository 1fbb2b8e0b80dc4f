# SPDX-License-Identifier: Apache-2.0
"""Promises of datelines: found wherever agencies write them, and given a year only by evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from debar.intake.papers import datelines, papers
from debar.intake.papers.days import grammar

if TYPE_CHECKING:
    from debar.model.intake import Published
    from debar.register import Register

LEAD = "The ministry said on Tuesday that public bodies may no longer buy routers of Exampleco after a review."
MORE = "The company rejected the decision and said that it would go to court over it before the year is out."


def published(register: Register, text: str) -> Published:
    (paper,) = papers("text", text.encode(), register.lexicon)
    return paper.published


@pytest.mark.parametrize(
    "line",
    [
        "BERLIN, July 11, 2024 (Sample Press) -- ",
        "London - 11 July 2024: ",
        "SEOUL, 11 July 2024 (Sample News Agency) ",
        "Washington, D.C., July 11, 2024 – ",
    ],
)
def test_forms_of_datelines(register: Register, line: str) -> None:
    """Place, day and agency stand before the first words in several orders."""
    assert published(register, f"Country bars routers now\n\n{line}{LEAD}\n\n{MORE}\n").value == "2024-07-11"


@pytest.mark.parametrize(
    ("claim", "value"),
    [("(c) Sample Press 2024. All rights reserved.", "2024-07-16"), ("", ""), ("(c) Sample Press 2023", "")],
)
def test_a_copyright_line_tells_the_year(register: Register, claim: str, value: str) -> None:
    """The year of a copyright line counts unless the day of the week speaks against it; without one the year stays open."""
    text = f"Country bars routers now\n\nBERLIN, July 16 (Sample Press) - {LEAD}\n\n{MORE}\n\n{claim}\n"
    assert published(register, text).value == value


@pytest.mark.parametrize(
    ("full", "value"), [("September 29, 2024", "2024-07-16"), ("September 29, 2023", ""), ("January 1, 2026", "")]
)
def test_a_full_date_near_by_tells_the_year(register: Register, full: str, value: str) -> None:
    """A full date of the report tells the year only where it is near and the day of the week holds in that year."""
    text = f"Country bars routers now\n\nBERLIN, July 16 (Sample Press) - {LEAD} All must go by {full}.\n\n{MORE}\n"
    assert published(register, text).value == value


def test_siblings_must_be_near_and_agree(register: Register) -> None:
    """A dateline takes its year from papers within two months of it; from papers of two years it takes none."""
    line = datelines.read("June 19", grammar(register.lexicon.languages))
    assert line is not None
    assert datelines.beside(line, [date(2025, 6, 24), date(2025, 7, 8)]) == date(2025, 6, 19)
    assert datelines.beside(line, [date(2025, 6, 24), date(2024, 6, 24)]) is None
    assert datelines.beside(line, [date(2025, 12, 24)]) is None


def test_words_that_are_no_day(register: Register) -> None:
    """A day that no month has, or a word that names none, is no dateline."""
    known = grammar(register.lexicon.languages)
    assert datelines.read("June 31", known) is None
    assert datelines.read("Table 3", known) is None
