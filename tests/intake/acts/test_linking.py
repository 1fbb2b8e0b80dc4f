# SPDX-License-Identifier: Apache-2.0
"""Promises about linking: each date goes to its own act, by whatever structure a sentence has, or to none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_acts import linked, seen, statements

from debar.intake import readers

if TYPE_CHECKING:
    from debar.register import Register

TABLE = Path(__file__).parents[2] / "data" / "intake" / "acts.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("sentence", "told"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_a_date_goes_to_its_act(register: Register, sentence: str, told: str) -> None:
    """Every structure of the table is read as it says, and nothing else is dated in it."""
    expected = [] if told == "-" else told.replace(" ", "\n").split("\n")
    assert sorted(_told(expected)) == sorted(linked(register, sentence))


def _told(parts: list[str]) -> list[tuple[str, str]]:
    """Give acts and words of dates: a part without @ goes on with the words before it."""
    found: list[tuple[str, str]] = []
    for part in parts:
        if "@" in part:
            act, _, words = part.partition("@")
            found.append((act, words))
        else:
            act, words = found.pop()
            found.append((act, f"{words} {part}"))
    return found


def test_a_head_dates_the_items_of_its_list(register: Register) -> None:
    """Each item has the date above it, and a paragraph behind the list has not."""
    text = "From 20 July 2024:\n- no new agreements\n- no resale of the tools\n\nThe maker must remove nothing."
    assert [("prohibit.resell", "20 July 2024"), ("prohibit.sell", "20 July 2024")] == sorted(linked(register, text))


def test_a_head_that_forbids_forbids_each_item(register: Register) -> None:
    """Items that only name a deed are read by what their head says of all of them."""
    text = "As of 1 May 2025 the following are prohibited:\n- importing the cameras\n- sale of the cameras"
    assert [("prohibit.import", "1 May 2025"), ("prohibit.sell", "1 May 2025")] == sorted(linked(register, text))


def test_what_is_marked_like_the_head_is_not_under_it(register: Register) -> None:
    """Number 2 stands beside number 1, although both are items."""
    text = "1. By 1 April 2025 entities must:\na. remove the software\n2. Entities may consider exemptions."
    assert [("require.remove", "1 April 2025")] == linked(register, text)


def test_a_heading_of_a_date_dates_what_is_under_it(register: Register) -> None:
    """A paragraph that is only a date goes to the next one."""
    text = "20 July 2024\nThe sale of the tools is prohibited.\nOwners must remove nothing."
    assert [("prohibit.sell", "20 July 2024")] == linked(register, text)


def test_evidence_holds_act_and_date_and_little_else(register: Register) -> None:
    """It is the clause, not the sentence, where a clause holds both."""
    text = "Sales end in May, but from 29 September 2024 the maker may not provide updates."
    found = {one.act.value: text[one.span.start : one.span.end] for one in statements(register, text) if one.date}
    assert "from 29 September 2024 the maker may not provide updates." == found["prohibit.update"]


def test_a_lay_off_has_its_number(register: Register) -> None:
    """People are counted with lay-offs, years with history."""
    text = "The maker will lay off about 50 employees. It has been operating in the country for 20 years."
    found = {one.act.value: one.number.value for one in statements(register, text) if one.number}
    assert {"supplier.layoff": 50, "background": 20} == found


@pytest.mark.parametrize(
    ("text", "act", "role"),
    [
        ("The ban takes effect on 1 May 2025.", "effective", "from"),
        ("The deadline is 1 May 2025.", "comply_deadline", "by"),
        ("Agencies must, until 1 May 2025, remove the app.", "require.remove", "until"),
        ("Agencies must, until 1 May 2025, hand in a report.", "require.report", "by"),
        ("The closing of the office will begin on 1 May 2025.", "supplier.exit", "from"),
        ("Sales are banned after 1 May 2025.", "prohibit.sell", "after"),
    ],
)
def test_a_role_is_that_of_the_act(register: Register, text: str, act: str, role: str) -> None:
    """What takes effect on a day holds from it; a deadline is by it."""
    assert [(act, role)] == [(one.act.value, one.date.role.value) for one in statements(register, text) if one.date]


@pytest.mark.parametrize("text", ["a" * 100_000, "ban " * 20_000, "0" * 100_000, '"' * 50_000, " " * 100_000 + "ban"])
def test_hostile_text_is_read_in_time(register: Register, text: str) -> None:
    """Nothing in it makes a pattern try for ever, and nothing dated comes of it."""
    assert [] == linked(register, text)


@given(st.text(max_size=300))
def test_any_text_gives_slices_of_itself(register: Register, text: str) -> None:
    """Evidence lies within the text, dates among those that were found."""
    paper = seen(register, text)
    for one in (one for _, told in readers.proposed(paper, register.lexicon).by_reader for one in told):
        assert 0 <= one.evidence.start <= one.evidence.end <= len(text)
        assert one.date is None or one.date in {date.span for date in paper.dates}
