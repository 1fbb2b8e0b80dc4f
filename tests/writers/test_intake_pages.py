# SPDX-License-Identifier: Apache-2.0
"""Promises about the review page and its text: everything a person needs is there, and papers stay text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.model.intake import Changed, Passage, Rejected, Span, Unexplained, Watched
from debar.model.inventory import Skip
from debar.model.vocab.statements import StatedAct, Trust, VsRegister
from debar.writers import Style, filling
from debar.writers.intake import page, segments, terminal, watched
from debar.writers.intake.compared import compared
from debar.writers.intake.gaps import gap
from drafted import TEXT, paper, reading, said, told

if TYPE_CHECKING:
    from debar.model.intake import Paper, Reading
    from debar.register import Register

ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\x1b[31m\u202e\x00=1+1"


def paged(found: Reading) -> str:
    """Give the page."""
    out = io.StringIO()
    page.write(found, out)
    return out.getvalue()


def printed(found: Reading, width: int = 100, *, colour: bool = False) -> str:
    """Give the text for a terminal."""
    out = io.StringIO()
    terminal.write(found, out, Style(width=width, colour=colour))
    return out.getvalue()


def hostile(register: Register) -> Reading:
    """Give a reading in which every text of a paper is an attack."""
    one = paper("x.txt", text=ATTACK + TEXT, title=ATTACK, publisher=ATTACK, path=ATTACK)
    ban = said(
        StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id, subject=ATTACK, said_by=(ATTACK,), span=Span(0, 60)
    )
    odd = Unexplained(document=one.id, value=ATTACK, span=Span(3, 9), text=ATTACK, hint=ATTACK)
    found = reading(
        register, [ban], [one], unexplained_dates=(odd,), skips=(Skip(source=ATTACK, locator="", reason=ATTACK),)
    )
    return replace(found, stories=(replace(found.stories[0], title=ATTACK, origins=(ATTACK,), missing=(ATTACK,)),))


# ---- the page --------------------------------------------------------------------------------------------------------


def test_the_page_holds_what_a_reviewer_needs(register: Register) -> None:
    """Every line and date has its choices, every passage a mark in its paper, every conflict all its readings."""
    found = told(register)
    text = paged(found)
    story = found.stories[0]
    assert story.draft
    for line in story.draft.lines:
        assert text.count(f'data-line="{line.id}"') == 1
        for id_ in line.facts:
            assert f'href="#p-{id_}"' in text
            assert f'id="p-{id_}"' in text
    date = found.unexplained_dates[0]
    assert f'data-line="{date.id}"' in text
    for value in story.conflicts[0].values:
        assert f'<p class="reading">{value.value}</p>' in text
    assert "no paper gives the citation" in text
    assert "10 to look at" in text


def test_what_cannot_be_accepted_offers_no_accept(register: Register) -> None:
    """A stage of which no paper gives the day, and a head without a value, can be edited or refused; a date never accepted."""
    text = paged(told(register))
    shown = re.findall(r'<li class="item.*?</fieldset>', text, re.DOTALL)
    items = {re.findall(r'data-line="([^"]+)"', item)[0]: item for item in shown}
    found = told(register)
    draft = found.stories[0].draft
    assert draft
    accepts = {line.path: 'value="accept"' in items[line.id] for line in draft.lines}
    assert accepts == {
        **dict.fromkeys(("title", "jurisdiction", "targets", "issued"), True),
        **dict.fromkeys(("authority", "instrument", "cite"), False),
        "provisions[0]": True,
        "provisions[1]": False,
    }
    date = found.unexplained_dates[0]
    assert re.findall(r'value="([\w-]+)"', items[date.id]) == [
        "not-a-fact",
        "other-measure",
        "reject",
    ]


def test_papers_stay_text_on_the_page(register: Register) -> None:
    """Markup, scripts, templates and steering characters of papers are shown, and are none."""
    text = paged(hostile(register))
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "{{ 7*7 }}" in text
    assert not set(text) & set("\x1b\u202e\x00")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")


def test_stories_of_one_supplier_are_told_apart(register: Register) -> None:
    """Two stories of one supplier and place have regions of different names, for whoever goes from region to region."""
    one = reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="a")])
    two = reading(register, [said(StatedAct.PROHIBIT_USE, "2020-07-20", document="b")])
    both = replace(one, documents=(*one.documents, *two.documents), facts=(*one.facts, *two.facts), stories=(*one.stories, *two.stories))  # fmt: skip
    labels = re.findall(r'aria-label="(Papers of [^"]+)"', paged(both))
    assert labels == ["Papers of story 1: acme / us", "Papers of story 2: acme / us"]


def test_an_empty_reading_is_a_page_too(register: Register) -> None:
    """Nothing read, and a story without a draft, are said."""
    empty = replace(told(register), stories=(), documents=(), facts=(), unexplained_dates=(), skips=(Skip(source="x", locator="", reason="no paper"),))  # fmt: skip
    assert "No paper could be read." in paged(empty)
    assert "x: no paper" in paged(empty)
    undrafted = reading(register, [said(StatedAct.ANNOUNCE, "2024-06-20")])
    assert "none: no paper says what is forbidden, demanded or allowed" in paged(undrafted)


def test_what_the_register_says_stands_beside(register: Register) -> None:
    """Contradicted statements are shown with the register's words, less exact ones unfold."""
    found = told(register)
    wrong = replace(found.facts[0], vs_register=VsRegister.CONTRADICTS, official="use permitted (89 FR 1)")
    vague = replace(found.facts[1], vs_register=VsRegister.IMPRECISE, official="from 2024-07-20 (89 FR 1)")
    story = replace(found.stories[0], measure="us-acme-2024")
    found = replace(found, facts=(wrong, vague, *found.facts[2:]), stories=(story,))
    text = paged(found)
    assert "contradicted by the register" in text
    assert "1 less exact than the register" in text
    assert "use permitted (89 FR 1)" in text
    assert (
        compared(story, {fact.id: fact for fact in found.facts})
        == "1 are less exact, 1 contradict it, 2 are not covered by it"
    )
    shown = printed(found)
    assert "against us-acme-2024: of the statements about it, 1 are less exact, 1 contradict it" in shown
    assert "register: use permitted (89 FR 1)" in shown


def test_a_long_paper_is_cut_and_says_so(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page shows so much of a paper, and that the rest is left out."""
    monkeypatch.setattr(page, "LONGEST", 50)
    monkeypatch.setattr(segments, "LONGEST", 50)
    text = paged(told(register))
    assert "The rest is left out here: the page shows 50 characters of a paper." in text
    assert "The shop opened" not in text.partition('class="papers"')[2]


def test_lines_of_a_paper_stay_lines() -> None:
    """Line ends stay, steering characters do not, and of empty lines one stays."""
    assert str(filling.lines("a\r\nb\n\n \n\n\nc\t<\x1b\u202e\n")) == "a\nb\n\nc   &lt;\\x1b\\u202e\n"


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=8))
def test_segments_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """The pieces of a paper together are its text, whatever passages overlap in it; each begins once."""
    one: Paper = paper(text=text, main=((0, len(text)),))
    facts = [
        said(StatedAct.BACKGROUND, document=f"d{n}", span=Span(min(a, b), max(a, b))) for n, (a, b) in enumerate(spans)
    ]
    facts = [fact for fact in facts if fact.span.end <= len(text) and fact.span.start < fact.span.end]
    pieces = segments.segments(one, facts, [])
    assert "".join(piece.text for piece in pieces) == text
    for fact in facts:
        inside = "".join(piece.text for piece in pieces if fact.id in piece.facts)
        assert inside == text[fact.span.start : fact.span.end]
        assert sum(fact.id in piece.begins for piece in pieces) == 1


# ---- the terminal ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_terminal(register: Register, width: int) -> None:
    """Text is wrapped to the width, and every line of the draft has the papers behind it."""
    found = told(register)
    long = replace(found.stories[0], title="A ban on the routers of Acme " * 8)
    shown = printed(replace(found, stories=(long,)), width)
    assert max(map(len, shown.splitlines())) <= width
    assert "<one.txt, two.txt>" in " ".join(shown.split())
    assert "! [ ] 2024-07-20" in shown
    assert "draft: reported, not verified" in shown
    assert "dates not explained yet (1):" in shown
    assert "[May]" in shown


def test_papers_stay_text_on_the_terminal(register: Register) -> None:
    """No character of a paper steers the terminal."""
    assert not set(printed(hostile(register))) & set("\x1b\u202e\x00")
    assert set(printed(hostile(register), colour=True)) >= {"\x1b"}


def test_long_lists_say_what_they_leave_out(register: Register) -> None:
    """Of many dates, and of many statements that the register contradicts, some are shown and the others counted."""
    found = told(register)
    date = found.unexplained_dates[0]
    many = tuple(replace(date, id=f"date-{n}", span=Span(n, n + 3)) for n in range(25))
    wrong = tuple(
        replace(found.facts[0], id=f"f{n}", vs_register=VsRegister.CONTRADICTS, official="x") for n in range(15)
    )
    story = replace(found.stories[0], facts=tuple(f"f{n}" for n in range(15)))
    shown = printed(replace(found, unexplained_dates=many, facts=(*found.facts, *wrong), stories=(story,)))
    assert "and 5 more; -o html and -o json have them all" in shown
    assert "and 3 more; -o json has them all" in shown


def test_what_did_not_pass_is_counted(register: Register) -> None:
    """Rejected proposals and unread files are told of."""
    odd = Rejected(document="d", reader="r", reason="x")
    shown = printed(
        replace(told(register), rejected=(odd, odd), skips=(Skip(source="a.bin", locator="", reason="no paper"),))
    )
    assert "2 proposals did not pass the gate" in shown
    assert "NOT READ: 1 file" in shown
    assert "a.bin: no paper" in shown


def test_papers_of_one_name_are_told_apart(register: Register) -> None:
    """Two files called alike in two folders have numbers."""
    one, two = paper("a.txt", id="a", path="x/a.txt"), paper("a.txt", id="b", path="y/a.txt")
    shown = printed(reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="b")], [one, two]))
    assert "<a.txt (2)>" in shown


def test_where_papers_name_something_is_lit(register: Register) -> None:
    """A line that rests on a name shows its sentence, with a mark in the paper; on the terminal, in which paper it is."""
    found = told(register)
    story = found.stories[0]
    assert story.draft
    lines = list(story.draft.lines)
    lines[2] = replace(lines[2], passages=(Passage(document=found.documents[1].id, start=48, end=85),))
    found = replace(found, stories=(replace(story, draft=replace(story.draft, lines=tuple(lines))),))
    text = paged(found)
    assert f'<a href="#p-{lines[2].id}-0" data-fact="{lines[2].id}-0">Two</a>: <q>Updates end after 29' in text
    assert text.count(f'id="p-{lines[2].id}-0"') == 1
    assert re.search(rf'<mark data-facts="[^"]*{lines[2].id}-0">', text)
    assert re.search(r"authority +\(open\)  <two\.txt>", printed(found))


def test_gaps_call_papers_by_their_names(register: Register) -> None:
    """Whole paths in the brackets become names; words of the gap stay, whatever a file is called."""
    assert gap("a sale: 2 of 3 papers do not mention it (a, x/a)", {"a": "Daily", "x/a": "Post"}) == (
        "a sale: 2 of 3 papers do not mention it (Daily, Post)"
    )
    assert gap("no paper gives a day", {"a": "Daily"}) == "no paper gives a day"
    assert gap("held (89 FR 1, secondary)", {"a": "Daily"}) == "held (89 FR 1, secondary)"


def test_papers_of_one_publisher_are_told_apart(register: Register) -> None:
    """Where a publisher has several papers, each is called by its file too."""
    one, two = paper("a.txt", publisher="Daily"), paper("b.txt", publisher="Daily")
    text = paged(reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=two.id)], [one, two]))
    assert ">Daily (b.txt)</a>: <q>" in text


def test_what_could_not_be_told_of_a_paper_is_said(register: Register) -> None:
    """Notes on a paper and on the reading stand in both forms; official text is not said to be genuine."""
    one = paper(notes=("no main text was found",))
    law = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id, trust=Trust.OFFICIAL_TEXT)
    found = reading(register, [law], [one], notes=("b/one.txt: the same file as papers/one.txt, and read once",))
    for text in (paged(found), " ".join(printed(found).split())):
        assert "no main text was found" in text
        assert "and read once" in text
        assert "verified" in text
        assert "whether it is that text, only its source tells" in text


# ---- what is new -----------------------------------------------------------------------------------------------------


def test_what_is_new_is_told_by_story() -> None:
    """Changes stand under their story, with what was before; long lists are counted, and nothing steers."""
    changes = (
        Changed(kind="new", what="paper", text=ATTACK),
        *(Changed(kind="new", what="statement", story="acme/us", text=f"t{n}") for n in range(41)),
        Changed(kind="changed", what="line of the draft", story="acme/us", text="b", before="a"),
    )
    out = io.StringIO()
    watched.write(
        Watched(
            schema=1,
            debar="0",
            register="1",
            is_first=False,
            changes=changes,
            skips=(Skip(source="z", locator="", reason="no paper"),),
        ),
        out,
        Style(width=80),
    )
    shown = out.getvalue()
    assert "in short  43 changes\n" in shown
    assert "ACME/US" in shown
    assert "and 2 more; -o json has them all" in shown
    assert "not read: z: no paper" in shown
    assert not set(shown) & set("\x1b\u202e\x00")
