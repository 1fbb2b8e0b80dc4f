# SPDX-License-Identifier: Apache-2.0
"""What rules keep and what does not look like text is left out, and text never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quality.intake import train_main

from debar.intake.papers import belonging, cleaning, papers
from debar.intake.papers.sorting import Sort

if TYPE_CHECKING:
    from debar.model.intake import Paper
    from debar.register import Register

TEXT = """\
Town bars cameras of Exampleco

The council said on Tuesday that the town may no longer buy cameras of Exampleco after a review of its networks.

Cameras that hang in the streets may stay until the end of 2027, when the contract with the supplier runs out.
"""
TEASERS = "\nHarbour waits for a new crane\n\nSnow expected in the north\n\nQueen opens a bridge in the rain\n"
CLOSING = "\nThe company was not heard before the decision was taken, it said in a letter to the council.\n"


def read(register: Register, text: str) -> Paper:
    (paper,) = papers("text", text.encode(), register.lexicon)
    return paper


def held_out(register: Register, *, is_judged: bool) -> tuple[float, float]:
    """Give precision and recall of papers of hands from which nothing was learned."""
    right = extra = lost = 0
    for one in train_main.marked(train_main.HELD_OUT):
        rules = cleaning.by_rules(one.text, register.lexicon)
        kept = cleaning.cleaned(one.text, register.lexicon).kept
        spans = kept if is_judged else tuple((rules.parts[n].start, rules.parts[n].end) for n in rules.kept)
        told = {place for start, end in spans for place in range(start, end)} - one.unseen
        main = one.main - one.unseen
        right, extra, lost = right + len(told & main), extra + len(told - main), lost + len(main - told)
    return right / (right + extra), right / (right + lost)


def test_papers_of_other_hands(register: Register) -> None:
    """Of papers from which nothing was learned, much less clutter is taken for text, and hardly any text is lost."""
    (rules, _), (precision, recall) = held_out(register, is_judged=False), held_out(register, is_judged=True)
    assert precision >= rules + 0.08
    assert precision >= 0.84
    assert recall >= 0.98


@pytest.mark.parametrize("heading", ["What the council decided", "What is next?", "1. What must go"])
def test_a_heading_within_a_text_stays(register: Register, heading: str) -> None:
    """A heading between two paragraphs is text."""
    paper = read(register, f"{TEXT}\n{heading}\n{CLOSING}")
    assert heading in [paper.text[start:end] for start, end in paper.paragraphs]


def test_what_stands_around_changes_no_paragraph(register: Register) -> None:
    """Teasers under a text take none of its paragraphs away, and are none."""
    bare, worn = read(register, TEXT + CLOSING), read(register, TEXT + CLOSING + TEASERS)
    assert worn.paragraphs == bare.paragraphs
    assert len(bare.paragraphs) == 3


def test_a_line_that_only_says_when_is_never_left_out() -> None:
    """Days within a text are its time line, however little they look like text."""
    assert not belonging.is_left_out(0.0, Sort.DATE)
    assert belonging.is_left_out(0.29, Sort.SHORT)
    assert not belonging.is_left_out(0.3, Sort.SHORT)


def test_a_paragraph_is_left_out_only_where_nearly_nothing_speaks_for_it() -> None:
    """To lose a paragraph weighs more than to keep a teaser."""
    assert not belonging.is_left_out(0.1, Sort.PROSE)
    assert belonging.is_left_out(0.09, Sort.PROSE)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Kurz.\n\nDie Stadt darf laut Beschluss des Rates vom Dienstag keine Kameras von Exampleco mehr kaufen.\n\n"
            "Vorhandene Kameras dürfen hängen bleiben, bis Ende 2027 der Vertrag mit dem Lieferanten ausläuft.\n\nMehr dazu morgen\n"
        ),
        "The town may no longer buy cameras of Exampleco, said the council.\n\nMore will follow\n",
    ],
)
def test_what_tells_too_little_is_not_judged(register: Register, text: str) -> None:
    """Texts in other languages, and texts of one short paragraph, are as rules have them."""
    rules = cleaning.by_rules(text, register.lexicon)
    assert not belonging.left_out(text, rules.parts, rules.sorts, rules.kept)


def test_a_file_of_very_many_lines_is_not_judged(register: Register) -> None:
    """A file of more lines than papers have costs no more than its rules."""
    text = TEXT + TEASERS * 1500 + CLOSING
    rules = cleaning.by_rules(text, register.lexicon)
    assert len(rules.parts) > 3000
    assert not belonging.left_out(text, rules.parts, rules.sorts, rules.kept)


def test_weights_speak_of_clues_that_there_are(register: Register) -> None:
    """Each number that ships belongs to a clue that a unit of some paper shows."""
    every = (one for file in (train_main.TAUGHT, train_main.HELD_OUT) for one in train_main.marked(file))
    shown = {clue for one in every for line in train_main.lines(one, register.lexicon) for clue in line.clues}
    assert len(set(belonging.weights()) - shown) <= 4
    assert len(belonging.weights()) > 40
