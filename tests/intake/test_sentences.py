# SPDX-License-Identifier: Apache-2.0
"""Where sentences end, and where a full stop is only that of an abbreviation."""

from __future__ import annotations

import pytest

from debar.intake.flat import flat
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Span


def split(*paragraphs: str, title: str = "") -> list[tuple[int, str]]:
    """Give the number of the paragraph and the words of each sentence."""
    text = "\n".join([title, *paragraphs])
    at = len(title) + 1
    spans = []
    for one in paragraphs:
        spans.append((at, at + len(one)))
        at += len(one) + 1
    span = Span(0, len(title)) if title else None
    paper = Paper(id="p", path="p", sha256="", text=text, title_span=span, paragraphs=tuple(spans))
    return [(one.paragraph, text[one.start : one.end]) for one in sentences(paper, flat(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ("It is banned.", "It must go."),
        ("It was made in the U.S.", "The company left."),
        ("The U.S. Department acted."),
        ("The answer was no.", "Then it left."),
        ("Under Pub. L. No. 117-328, Sec. 1. it applies.",),
        ("See Fed. Reg. notices, e.g. Huawei Inc. v. FCC.", "It took effect Sept. 29.", "Then it ended."),
        ("“We close.", "We regret it,” Gov. Lee said.", "“That is all.”"),
        ("By 6 p.m. on Saturday J. R. Smith of Example Co. Ltd. of Oslo spoke.",),
        ("It ended at 6 p.m.", "The court rose."),
        ("1. The order is made.", "2. It applies."),
        ("The deadline is 20. July 2024.", "After that it is off."),
        ("政府は禁止した。", "会社は抗議した。"),
        ("See 15 CFR 7.109.", "The order (No. 2024-13532) stands."),
        ("The site kaspersky.com. is closed, said Mr. Smith."),
        ("Is it banned?", "Yes!", "It is…", "Perhaps."),
        ("It sells to Kaspersky Lab, Inc.", "In June it left."),
        ("The 12th rule is met.", "§ 9b applies."),
    ],
)
def test_sentences(parts: tuple[str, ...] | str) -> None:
    """Sentences written side by side come out one by one."""
    whole = (parts,) if isinstance(parts, str) else parts
    text = " ".join(whole) if "。" not in whole[0] else "".join(whole)
    assert [words for _, words in split(text)] == list(whole)


def test_title_and_paragraphs_have_numbers() -> None:
    """The title is paragraph 0; a heading without a full stop is a sentence of its own."""
    assert split("Background", "It is banned. It must go.", title="A ban") == [
        (0, "A ban"),
        (1, "Background"),
        (2, "It is banned."),
        (2, "It must go."),
    ]


def test_a_title_below_the_first_lines_stands_in_its_place() -> None:
    """Sentences are in the order of the text, also where a page has its title below a lead: who looks one up relies on it."""
    text = "A lead that stands first.\nA ban\nIt is banned."
    paper = Paper(id="p", path="p", sha256="", text=text, title_span=Span(26, 31), paragraphs=((0, 25), (32, 45)))
    found = sentences(paper, flat(text))
    assert [(one.start, one.paragraph) for one in found] == [(0, 1), (26, 0), (32, 2)]


def test_hard_wraps_are_within_a_sentence() -> None:
    """A line end inside of a paragraph ends no sentence."""
    text = "It is\nbanned from\r\nJuly 20. It\nmust go."
    paper = Paper(id="p", path="p", sha256="", text=text, paragraphs=((0, len(text)),))
    found = [text[one.start : one.end] for one in sentences(paper, flat(text))]
    assert found == ["It is\nbanned from\r\nJuly 20.", "It\nmust go."]


def test_items_are_told() -> None:
    """A sentence knows whether its paragraph is an item of a list."""
    text = "- no sales\nNo sales"
    paper = Paper(id="p", path="p", sha256="", text=text, paragraphs=((0, 10), (11, 19)))
    assert [one.is_item for one in sentences(paper, flat(text))] == [True, False]


def test_what_never_ends_is_cut() -> None:
    """A paragraph without full stops comes in pieces that end at a space."""
    found = [words for _, words in split("word " * 3000)]
    assert max(map(len, found)) <= 4000
    assert " ".join(found) == ("word " * 3000).strip()


def test_plain_text_is_as_long() -> None:
    """Typography made plain keeps every offset."""
    text = "a\u00a0b\r\n’c’ – “d” „e“ \u2011 \u200b"
    assert len(flat(text)) == len(text)
    assert flat(text).startswith("a b  'c' – “d”")
