# SPDX-License-Identifier: Apache-2.0
"""Promises about clues: what they tell of dates that rules leave alone, and where they are not believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_acts import seen, statements

from debar.intake import readers, reading
from debar.intake.acts import clues, found, guessing, learned, patterns
from debar.intake.acts.senses import stem

if TYPE_CHECKING:
    from debar.register import Register

UNWRITTEN = "The mast was hung with bunting on 3 May 2024."


def test_shares_of_all_acts_make_one(register: Register) -> None:
    """What is likelier takes from the rest, and the likeliest stands first."""
    told = learned.likely(_clues(register, "Sales were banned on 3 May 2024."), learned.weights())
    assert sum(one.share for one in told) == pytest.approx(1)
    assert [one.share for one in told] == sorted((one.share for one in told), reverse=True)


def test_no_clue_tells_nothing_in_particular() -> None:
    """Without clues all acts are as likely."""
    told = learned.likely({}, learned.weights())
    assert {round(one.share, 9) for one in told} == {round(1 / len(told), 9)}


def test_what_speaks_for_an_act_can_be_named(register: Register) -> None:
    """The clues that weighed most are words of the text, so that a person can judge them."""
    told = _clues(register, "The judge froze the decree on 3 May 2024.")
    speaking = [clue for clue, _ in learned.speaking(told, "suspend", learned.weights())]
    assert any("froze" in clue or "froz" in clue or "pausing" in clue for clue in speaking[:12]), speaking[:12]


def test_every_act_shares_its_parts_with_its_likes() -> None:
    """What was learned of selling serves to tell that a ban on it and an end of it are about the same."""
    assert learned.parts_of("prohibit.sell") == ("act:prohibit.sell", "first:prohibit", "about:sell")
    assert learned.parts_of("supplier.stop_sales")[2] == "about:sell"
    assert learned.parts_of("exempt") == ("act:exempt", "first:exempt", "about:exempt")


def test_a_statement_says_which_reader_proposed_it(register: Register) -> None:
    """Nobody takes what clues say for what a rule says."""
    texts = (
        "Sales are banned from 1 March.",
        "Congress sent the package to the White House on 3 May 2024.",
        "In the night to Thursday the deputies adopted the text in third reading.",
        "The premier put his name to the decree on 11 July 2024.",
        "A judge in Austin put the statute on ice last Friday.",
        "No public grant may pay for the devices from 14 August 2020.",
    )
    told = {one.reader for text in texts for one in statements(register, text) if one.date}
    assert told == {readers.RULES, readers.CLUES}


def test_what_nothing_speaks_for_is_left_alone(register: Register) -> None:
    """A date that no words explain stays for a person to look at."""
    assert [] == [one.act for one in statements(register, UNWRITTEN) if one.date]


def test_what_is_doubted_is_kept_with_the_reason(register: Register) -> None:
    """A proposal of rules that clues speak against is told as rejected, with the words for it."""
    proposed = readers.proposed(seen(register, UNWRITTEN), register.lexicon)
    assert all("speak against" in one.reason for one in proposed.doubted)
    dated = {one.date for _, told in proposed.by_reader for one in told if one.date}
    assert len(dated) <= 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [("bans", "ban"), ("removing", "remov"), ("removes", "remov"), ("is", "is"), ("firm's", "firm")],
)
def test_forms_of_a_word_come_together(word: str, expected: str) -> None:
    """Endings go, and short words stay whole."""
    assert stem(word) == expected


@given(st.text(max_size=200))
def test_any_text_has_clues_without_fault(register: Register, text: str) -> None:
    """Nothing in it stops the reading, and every clue counts for something."""
    for told in _every(register, f"{text} 3 May 2024"):
        assert all(counts > 0 for counts in told.values())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=300), st.integers(0, 900), st.integers(0, 30))
def test_the_words_of_each_side_are_those_that_stand_there(
    gaps: list[tuple[int, int]], start: int, length: int
) -> None:
    """However many words a sentence has: before a date those that end there or earlier, behind it those that begin there or later."""
    every: list[clues.Word] = []
    at = 0
    for gap, size in gaps:
        every.append(clues.Word("w", at + gap, at + gap + size, "w", is_date=False))
        at += gap + size
    end = start + length
    before, behind = clues.sides(every, start, end)
    assert list(before) == [one for one in reversed(every) if one.end <= start][: clues.MOST]
    assert list(behind) == [one for one in every if one.start >= end][: clues.MOST]


def _clues(register: Register, text: str) -> dict[str, float]:
    return next(iter(_every(register, text)))


def _every(register: Register, text: str) -> list[dict[str, float]]:
    paper = seen(register, text)
    ready = patterns.ready(register.lexicon)
    return [
        clues.clues(read, place, "2024-07-01", ready.senses, part=0.5)
        for read in found.read(paper, ready)
        for place in read.places
    ]


def test_a_paper_of_too_many_dates_is_told_by_rules_at_its_end(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clues weigh the first so many; what stands behind is still read by rules or left to look at, and a note says so."""
    monkeypatch.setattr(guessing, "MOST", 1)
    text = "A judge in Austin put the statute on ice on 3 May 2024. The premier put his name to the decree on 11 July 2024. Sales are banned from 1 March 2025."
    told = reading.read([("many.txt", text.encode())], register)
    values = {one.date.value for one in told.facts if one.date}
    assert values >= {"2024-05-03", "2025-03-01"}
    assert {one.value for one in told.unexplained_dates} | values == {"2024-05-03", "2024-07-11", "2025-03-01"}
    assert told.notes == ("many.txt: has 3 dates, of which the last are read by rules alone",)
