# SPDX-License-Identifier: Apache-2.0
"""Promises about what weights are learned from, and how far the reading of words never seen must reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from quality.intake import annotated, corpus, lessons, taught
from quality.intake.corpus import GoldPaper, Main, Window

from debar.intake.acts import learned
from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.intake.papers import belonging

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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


def test_the_weights_are_learned_from_what_is_here(register: Register) -> None:
    """Lessons, tuned papers, words and code of clues are those of the weights; else: python -m quality.intake.train --write."""
    assert learned.weights().learned_from == lessons.digest(register.lexicon)


def test_a_changed_lesson_makes_weights_stale(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One word of a lesson, of the code or of a list of words is enough."""
    before = lessons.digest(register.lexicon)
    lesson = tmp_path / taught.SENTENCES[0].name
    lesson.write_text(taught.SENTENCES[0].read_text(encoding="utf-8").replace("the", "that", 1), encoding="utf-8")
    words = tuple(replace(one, words=one.words[1:]) for one in register.lexicon.words)
    assert lessons.digest(replace(register.lexicon, words=words)) != before
    monkeypatch.setattr(taught, "SENTENCES", (lesson, *taught.SENTENCES[1:]))
    assert lessons.digest(register.lexicon) != before
    monkeypatch.undo()
    assert lessons.digest(register.lexicon) == before
    monkeypatch.setattr(lessons, "CODE", lessons.CODE[1:])
    assert lessons.digest(register.lexicon) != before


def test_what_was_learned_before_has_no_part_in_learning(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers teach the same whatever weights say of their dates and of their lines."""
    story = _story("acronis-us-2025")
    before = list(taught.of_papers(register, story))
    monkeypatch.setattr(learned, "weights", lambda: learned.Weights(acts=("none",), parts=("act:none",), clues={}))
    monkeypatch.setattr(belonging, "left_out", lambda _text, parts, _sorts, _kept: set(range(len(parts))))
    assert list(taught.of_papers(register, story)) == before
    assert any(one.acts for one in before)


def test_a_paper_is_taken_as_it_is_annotated(register: Register) -> None:
    """Its main text and day are those that a careful reader found, and nothing is read out of it."""
    paper = taught.paper("Advertisement\nThe shop closes.\nIt was sold.\nMore news")
    main = Main(first="The shop", last="was sold.")
    gold = GoldPaper(file="one.txt", main=main, published=Window(value="2025-03-04"))
    told = annotated.as_told(paper, gold, register.lexicon)
    assert [paper.text[start:end] for start, end in told.paragraphs] == ["The shop closes.", "It was sold."]
    assert (told.published.value, told.published.earliest, told.published.latest) == ("2025-03-04",) * 3
    assert not told.is_read
    assert annotated.as_told(paper, GoldPaper(file="one.txt"), register.lexicon).published == paper.published


def test_what_is_announced_counts_as_the_annotation_says(register: Register) -> None:
    """The next day is one after the date that the annotation takes for the announcement, whatever a reader would say."""
    gazetteer = names.gazetteer(register, register.lexicon)
    text = "The shop opened on 3 May 2024. The next day it was closed."
    one = examine(replace(taught.paper(text), is_read=False), gazetteer)
    announcing = annotated.worked_out(one, lambda _: lambda date: ("announce",) if "May" in date.text else ())
    assert [date.value for date in announcing.seen.dates] == ["2024-05-03", "2024-05-04"]
    lent = annotated.worked_out(one, lambda _: lambda _: (), "2024-06-20")
    assert annotated.announced(lent, lambda _: lambda _: ()) == ()


def _story(name: str) -> corpus.Corpus:
    """Give a tuned set of one story."""
    every = corpus.read(corpus.TUNED)
    at = [one.story for one in every.stories].index(name)
    return every._replace(folders=every.folders[at : at + 1], stories=every.stories[at : at + 1])


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
