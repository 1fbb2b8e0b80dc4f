# SPDX-License-Identifier: Apache-2.0
"""Files made to break a reader give a paper or a SourceError, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.intake.flat import flat
from debar.intake.papers import decoding, papers
from debar.intake.papers.aligned import aligned
from debar.intake.sentences import sentences
from debar.model.lexicon import Lexicon

if TYPE_CHECKING:
    from debar.register import Register

_MILLION = 1_000_000
HOSTILE = {
    "one letter": b"a" * _MILLION,
    "digits": b"1" * _MILLION,
    "quotes": b'"' * _MILLION,
    "spaces": b" " * _MILLION,
    "a long line": b"x y " * 2_400_000,
    "signs": b"<html>" + b"<" * _MILLION,
    "open tags": b"<html>" + b"<a " * 200_000,
    "open values": b"<html>" + b'<a b="' * 150_000,
    "nested": b"<html>" + b"<div>" * 100_000,
    "comments": b"<html>" + b"<!--" * 150_000,
    "scripts": b"<html>" + b"<script>" * 60_000,
    "hidden": b"<html>" + b"<div hidden>" * 50_000,
    "entities": b"<html><p>" + b"&amp" * 150_000,
    "bomb": b'<!DOCTYPE a [<!ENTITY b "cccccccc">]><rss>' + b"&b;" * 10_000,
    "NULs": b"a\x00" * 50_000,
    "surrogates": b"\xed\xa0\x80 text of a paper. " * 1000,
    "broken": bytes(range(128, 256)) * 400,
    "gazette": b"<RULE><PREAMB><AGENCY>" + b"<P>" * 100_000,
    "feed": b"<rss><channel>" + b"<item>" * 50_000,
    "mail": b"From: " + b"a@b," * 100_000 + b"\nDate: x\nMessage-ID: 1\n\ntext",
    "parts": b"From: a@b\nDate: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3000,
    "objects": b"%PDF-1.4\n" + b"1 0 obj<<" * 100_000,
    "huge number": b"%PDF-1.4\n1 0 obj<</Type/Pages/Count 99999999999>>endobj\ntrailer<</Root 1 0 R>>",
    "datelines": b"PARIS, " * 100_000,
    "headers": b"AGENCY: " * 100_000,
    "copyrights": "© A ".encode() * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(register: Register, name: str) -> None:
    """It is read or refused; spans of what is read lie within the text."""
    try:
        found = papers(name, HOSTILE[name], register.lexicon)
    except SourceError as refused:
        assert refused.hint
        return
    for paper in found:
        assert all(0 <= start < end <= len(paper.text) for start, end in (*paper.main, *paper.paragraphs))


def test_limits(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or a text beyond its limit is refused."""
    monkeypatch.setattr(decoding, "LARGEST", 1 << 20)
    with pytest.raises(SourceError, match="larger than 1 MB"):
        papers("x", b"a" * ((1 << 20) + 1), register.lexicon)
    monkeypatch.setattr(decoding, "LONGEST", 1000)
    with pytest.raises(SourceError, match="1,000 characters"):
        papers("x", b"a" * 1001, register.lexicon)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """Whatever the bytes, and without any lexicon: papers, or SourceError."""
    try:
        found = papers("x", content, Lexicon())
    except SourceError:
        return
    assert found


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_paragraphs_are_main_text(text: str) -> None:
    """Paragraphs lie in the main text, in order, and hold all of it but white space."""
    try:
        (paper,) = papers("x", text.encode("utf-8", "replace"), Lexicon())
    except (SourceError, ValueError):
        return
    ends = [end for span in paper.paragraphs for end in span]
    assert ends == sorted(ends)
    inside = "".join(paper.text[start:end] for start, end in paper.paragraphs)
    assert "".join(inside.split()) == "".join("".join(paper.text[start:end] for start, end in paper.main).split())


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "of", "the", "x1"]), max_size=40))
def test_a_text_is_aligned_with_itself(words: list[str]) -> None:
    """All words of an extract that is the text are found, in order."""
    text = " ".join(words)
    found = aligned(text, text)
    assert " ".join(text[start:end] for start, end in found) == text


@settings(max_examples=60)
@given(st.text(alphabet='Aab .!?"”1\n。(', max_size=200))
def test_sentences_hold_every_character(text: str) -> None:
    """Sentences are in order, do not overlap, and leave out nothing but white space."""
    try:
        (paper,) = papers("x", text.encode(), Lexicon())
    except SourceError:
        return
    found = sentences(paper, flat(paper.text))
    body = [one for one in found if one.paragraph]
    assert all(first.end <= second.start for first, second in pairwise(body))
    inside = "".join(paper.text[one.start : one.end] for one in body)
    assert "".join(inside.split()) == "".join("".join(paper.text[start:end] for start, end in paper.paragraphs).split())
