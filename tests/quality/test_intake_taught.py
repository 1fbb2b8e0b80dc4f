# SPDX-License-Identifier: Apache-2.0
"""Promises about what weights are learned from, and how far the reading of words never seen must reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.intake import taught

from debar.intake.acts import learned
from debar.intake.examined import examine
from debar.intake.mentions import names

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.intake import StatedDate
    from debar.register import Register

PRECISION, RECALL = 0.65, 0.5
"""Floor for passages from which nothing is learned; rules alone reach .52 and .28 there."""


def test_marks_are_taken_out_of_a_passage(tmp_path: Path) -> None:
    """The text is as people read it, and each mark says which words of it are the date."""
    file = tmp_path / "one.txt"
    file.write_text(
        "# head\nSold until {prohibit.sell|permit.sell:1 May}, made in {none:2020}, shown {list|?:today}.\n"
    )
    [(text, marks)] = taught.passages(file)
    assert text == "Sold until 1 May, made in 2020, shown today."
    assert [(text[m.start : m.end], m.acts, m.is_optional) for m in marks] == [
        ("1 May", ("prohibit.sell", "permit.sell"), False),
        ("today", ("list",), True),
    ]


def test_rows_of_the_table_of_tests_are_marked() -> None:
    """Each act of a row goes with the words behind it."""
    every = dict(taught.rows())
    marks = every["The order, which was signed on 3 May 2024, takes effect on 1 June 2024."]
    assert [mark.acts for mark in marks] == [("issue",), ("effective",)]


def test_weights_speak_for_acts_of_the_vocabulary() -> None:
    """What was learned fits the program: every act is known, every part of one is weighed."""
    weights = learned.weights()
    assert set(weights.parts) == {part for act in weights.acts for part in learned.parts_of(act)}
    assert all(0 <= part < len(weights.parts) for said in weights.clues.values() for part, _ in said)


def test_no_held_out_passage_is_learned_from() -> None:
    """They measure what is read of words never seen."""
    held = {text for text, _ in taught.passages(taught.HELD_OUT)}
    lessons = {text for file in taught.SENTENCES for text, _ in taught.passages(file)}
    assert not held & lessons
    assert len(held) >= 50


def test_passages_in_words_never_seen_are_read(register: Register) -> None:
    """Acts and dates of held-out passages are told as well as they were when they were first measured, and hardly worse."""
    gazetteer = names.gazetteer(register, register.lexicon)
    right = wrong = missed = 0
    for text, marks in taught.passages(taught.HELD_OUT):
        told = [one for one in examine(taught.paper(text), gazetteer).statements if one.date]
        pairs = [(one, mark) for one in told for mark in marks if _is_of(one.date, mark) and one.act in mark.acts]
        found = {mark for _, mark in pairs}
        right += sum(not mark.is_optional for mark in found)
        missed += sum(not mark.is_optional for mark in marks if mark not in found)
        wrong += sum(one.act != "background" and all(one is not paired for paired, _ in pairs) for one in told)
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL


def _is_of(date: StatedDate | None, mark: taught.Marked) -> bool:
    return date is not None and date.span.start < mark.end and mark.start < date.span.end
