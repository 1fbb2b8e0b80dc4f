# SPDX-License-Identifier: Apache-2.0
"""Where the text of a page stands in its file: every piece of it, and every span of a reading."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import printed as samples
from debar.intake.located import in_files
from debar.intake.papers import papers
from debar.intake.papers.tokens import attributes, pieces
from debar.intake.papers.visible import visible
from debar.model.intake import Passage, Quote, Reading, Span, Statement, Story, Unexplained
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from debar.register import Register

_TAGS = (
    "p",
    "div",
    "b",
    "a href='x'",
    "br",
    "li",
    "td",
    "h1",
    "/p",
    "/div",
    "/b",
    "/li",
    "/h1",
    "script",
    "/script",
    "pre",
    "/pre",
    "!-- x --",
    "p hidden",
    "style",
)
_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(_TAGS).map(lambda tag: f"<{tag}>"),
        st.text(max_size=12).map(escape),
        st.text(alphabet="<>&;=\"' \n\tab#x12", max_size=12),
        st.sampled_from(("&amp;", "&nbsp;", "&#8217;", "&lt", "&hellip;", "&#x110000;", "&NotEqualTilde;", "  \n ")),
    ),
    max_size=30,
).map("".join)


def folded(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text)


@given(_MARKUP)
def test_each_run_is_what_the_file_holds(markup: str) -> None:
    """A run of the text equals its slice of the file with entities resolved and white space as one; runs are in order."""
    seen = visible(markup)
    text_at = file_at = 0
    for start, length, place, width in seen.runs:
        assert start >= text_at
        assert place >= file_at
        assert folded(seen.text[start : start + length]) == folded(unescape(markup[place : place + width]))
        text_at, file_at = start + length, place + width
    assert text_at <= len(seen.text)
    assert file_at <= len(markup)


@given(_MARKUP)
def test_what_is_in_no_run_is_white_space(markup: str) -> None:
    """What the text has and the file has not is space between blocks and the sign before items, and nothing else."""
    seen = visible(markup)
    bare = bytearray(len(seen.text))
    for start, length, _, _ in seen.runs:
        bare[start : start + length] = b"\x01" * length
    assert not "".join(char for char, mark in zip(seen.text, bare, strict=True) if not mark).replace("•", "").strip()


@given(_MARKUP)
def test_pieces_cover_in_order(markup: str) -> None:
    """Pieces of markup are in order and do not overlap, whatever it holds."""
    at = 0
    for piece in pieces(markup):
        assert at <= piece.start < piece.end <= len(markup)
        at = piece.end


def test_attributes_are_read_as_people_read_them() -> None:
    """Values in either quotation mark or none, entities resolved, the first of each name."""
    markup = "<a HREF='x&amp;y' b=\"1 > 0\" c=2 d b='9'>t</a>"
    first = next(pieces(markup))
    assert (first.tag, first.end) == ("a", markup.index(">t") + 1)
    assert attributes(markup, first) == {"href": "x&y", "b": "1 > 0", "c": "2", "d": ""}


def test_what_people_do_not_see() -> None:
    """Scripts, styles, templates, hidden elements and comments are no text."""
    markup = "<p>a</p><script>b</script><style>c</style><template>d</template><div hidden>e<div>f</div>g</div><!-- h --><p style='display: none'>i</p><p>j"
    assert visible(markup).text.split() == ["a", "j"]


def test_items_bear_a_sign() -> None:
    """An item of a list begins with the sign that people see, which is in no run."""
    seen = visible("<p>From July:</p><ul><li><p>no sales</p></li><li></li><li>no <b>updates</b></li></ul><p>End</p>")
    assert seen.text.split("\n\n")[0] == "From July:"
    assert [line for line in seen.text.splitlines() if line] == ["From July:", "• no sales", "• no updates", "End"]


def test_slices_of_main_hold_no_markup(register: Register) -> None:
    """In the file the main text is many slices without tags, which together read as the main text."""
    (paper,) = papers("page", samples.PAGE.encode(), register.lexicon)
    before = "".join(paper.text[start:end] for start, end in paper.main)
    (located,) = in_files(Reading(schema=1, debar="", register="", sha256="", documents=(paper,))).documents
    slices = [samples.PAGE[start:end] for start, end in located.main]
    assert not any("<" in one for one in slices)
    assert list(located.main) == sorted(located.main)
    assert "".join(unescape("".join(slices)).split()) == "".join(before.split())
    assert located.title_span is not None
    assert samples.PAGE[located.title_span.start : located.title_span.end] == "Country bars Exampleco routers"
    assert located.runs == ()


def test_all_spans_of_a_reading_are_moved(register: Register) -> None:
    """Statements, queued dates and quotations are counted in the file; papers without runs stay as they are."""
    (page,) = papers("page", samples.PAGE.encode(), register.lexicon)
    (plain,) = papers("plain", samples.ARTICLE.encode(), register.lexicon)
    at = page.text.index("Exampleco & its")
    span = Span(at, at + len("Exampleco & its"))
    reading = Reading(
        schema=1,
        debar="",
        register="",
        sha256="",
        documents=(page, plain),
        facts=tuple(Statement(id=one.id, document=one.id, act=StatedAct.WARN, span=span) for one in (page, plain)),
        unexplained_dates=(Unexplained(document=page.id, value="", span=span),),
        stories=(
            Story(
                id="s", quotes=(Quote(speaker="", spans=(Passage(document=page.id, start=span.start, end=span.end),)),)
            ),
        ),
    )
    found = in_files(reading)
    expected = "Exampleco</a> &amp; its"
    quoted = found.stories[0].quotes[0].spans[0]
    moved = [found.facts[0].span, found.unexplained_dates[0].span, Span(quoted.start, quoted.end)]
    assert [samples.PAGE[one.start : one.end] for one in moved] == [expected] * 3
    assert found.facts[1].span == span
    assert in_files(found) == found
