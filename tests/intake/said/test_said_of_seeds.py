# SPDX-License-Identifier: Apache-2.0
"""Promises held against real articles with an annotation; they are not ours to keep here, and left out where they are not at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from debar.intake.examined import Examined
from debar.intake.flat import flat
from debar.intake.mentions import names
from debar.intake.said.clusters import clusters
from debar.intake.said.quotes import quotes
from debar.intake.said.speakers import speakers, utterances
from debar.intake.seen import Seen
from debar.intake.sentences import sentences
from debar.model.intake import Paper

if TYPE_CHECKING:
    from debar.register import Register

_CORPUS = Path(os.environ.get("DEBAR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus")
_SEEDS = _CORPUS / "seeds"
_GOLD = _SEEDS / "seeds-gold.json"

pytestmark = pytest.mark.skipif(not _GOLD.is_file(), reason="the annotated articles are not at hand (DEBAR_CORPUS)")


def _gold() -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads(_GOLD.read_text(encoding="utf-8"))["articles"]
    return articles


def _examined(article: dict[str, Any], register: Register) -> Examined:
    text = (_SEEDS / article["file"]).read_text(encoding="utf-8")
    main = article["main"]
    first, last = (main["start"], main["end"]) if isinstance(main, dict) else main
    paragraphs, at = [], first
    for line in text[first:last].split("\n"):
        if line.strip():
            paragraphs.append((at, at + len(line)))
        at += len(line) + 1
    paper = Paper(id=article["id"], path="", sha256="", text=text, main=((first, last),), paragraphs=tuple(paragraphs))
    plain = flat(text)
    parted = sentences(paper, plain)
    found = names.find(plain, parted, names.gazetteer(register, register.lexicon))
    seen = Seen(paper, plain, parted, quotes(paper, plain), (), found, (), ())
    chains = speakers(seen, register.lexicon)
    return Examined(seen, (), (), (), chains, utterances(seen, chains))


def _last_word(name: str) -> str:
    return name.partition(" (")[0].rpartition(" ")[2].lower()


def test_origins(register: Register) -> None:
    """Of what somebody says in the articles, nine tenths and more have one of its speakers, and nearly no other."""
    wanted = told = right = 0
    for article in _gold():
        one = _examined(article, register)
        for fact in article["facts"]:
            start, end = fact["evidence"][0]["start"], fact["evidence"][0]["end"]
            pairs = zip(one.seen.sentences, one.speakers, strict=True)
            chain = next((chain for sentence, chain in pairs if sentence.start < end and start < sentence.end), ())
            if fact["said_by"]:
                names_of_it = " ".join(chain).lower().split()
                wanted += 1
                told += bool(chain)
                right += any(_last_word(name) in names_of_it for name in fact["said_by"])

    assert right / wanted >= 0.92
    assert right / told >= 0.95


def test_one_statement_in_five_wordings(register: Register) -> None:
    """The statement that all five articles print, each translated otherwise, is one utterance."""
    found = clusters([_examined(article, register) for article in _gold()], register.lexicon)
    documents = {article["id"] for article in _gold()}

    assert any({span.document for span in quote.spans} == documents and quote.speaker == "Kaspersky" for quote in found)


def test_no_two_statements_are_one(register: Register) -> None:
    """Quotations that the annotation keeps apart stay apart."""
    found = clusters([_examined(article, register) for article in _gold()], register.lexicon)
    of: dict[int, set[str]] = {}
    for article in _gold():
        for quote in article["quotes"]:
            for number, one in enumerate(found):
                middle = (quote["span"]["start"] + quote["span"]["end"]) // 2
                if any(span.document == article["id"] and span.start <= middle < span.end for span in one.spans):
                    of.setdefault(number, set()).add(quote["cluster"])

    assert [kept for kept in of.values() if len(kept) > 1] == []
