# SPDX-License-Identifier: Apache-2.0
"""Whether an annotation fits its papers: every slice is exact, every word is of the vocabulary."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.model.vocab.statements import ConflictKind, DateRole, PaperKind, Precision, StatedAct
from quality.intake import corpus as sets
from quality.intake.located import locate
from quality.intake.slices import find, fold, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.intake.corpus import Corpus, GoldPaper, GoldStory

ACTS, ROLES, PRECISIONS = frozenset(StatedAct), frozenset(DateRole), frozenset(Precision)
KINDS, CONFLICTS = frozenset(PaperKind), frozenset(ConflictKind)


def faults(corpus: Corpus) -> Iterator[str]:
    """Yield what does not fit; of the blind set only where, and never which words."""
    found = list(_faults(corpus))
    if corpus.name != sets.BLIND:
        yield from (f"{where}: {what}: {words!r}" for where, what, words in found)
        return
    for (where, what), number in sorted(Counter((where, what) for where, what, _ in found).items()):
        yield f"{where}: {what} ({number})"


def _faults(corpus: Corpus) -> Iterator[tuple[str, str, str]]:
    texts = dict(sets.contents(corpus))
    for story in corpus.stories:
        for paper in story.documents:
            name = f"{story.story}/{paper.file}"
            text = visible(name, texts[name])
            yield from ((name, what, words) for what, words in (*_slices(paper, text), *_words(paper)))
        yield from ((story.story, what, words) for what, words in _conflicts(story))


def _slices(paper: GoldPaper, text: str) -> Iterator[tuple[str, str]]:
    """Yield each slice that does not stand in the text, and each date that is not there in the order given."""
    folded = fold(text)
    slices = [
        ("first words of the main text", paper.main.first),
        ("last words of the main text", paper.main.last),
        *(("clutter", words) for words in paper.boilerplate),
        *(("words around a date", date.at) for date in paper.dates),
        *(("evidence", fact.evidence) for fact in paper.facts),
        *(("quotation", quote.text) for quote in paper.quotes),
    ]
    for what, words in slices:
        if words and not find(folded, words):
            yield f"{what} is no slice of the text", words
    for date, span in zip(paper.dates, locate(paper, text).dates, strict=True):
        if span is None:
            yield "date is not found", date.text


def _words(paper: GoldPaper) -> Iterator[tuple[str, str]]:
    """Yield words that are not of the vocabulary."""
    if paper.kind not in KINDS:
        yield "kind is not known", paper.kind
    for date in paper.dates:
        if date.role not in ROLES:
            yield "role is not known", date.role
        if date.precision and date.precision not in PRECISIONS:
            yield "precision is not known", date.precision
    for fact in paper.facts:
        for act in (fact.act, *fact.also):
            if act not in ACTS:
                yield "act is not known", act
        if fact.role and fact.role not in ROLES:
            yield "role is not known", fact.role
    for fact in paper.facts:
        values = {value for date in paper.dates for value in (date.value, *date.alternatives)}
        if fact.date and fact.date not in values and paper.published.value != fact.date:
            yield "date of a fact is that of no date", fact.date


def _conflicts(story: GoldStory) -> Iterator[tuple[str, str]]:
    files = {paper.file for paper in story.documents}
    for conflict in story.conflicts:
        if conflict.type not in CONFLICTS:
            yield "type of conflict is not known", conflict.type
        if conflict.act and conflict.act not in ACTS:
            yield "act is not known", conflict.act
        for value in conflict.values:
            for file in value.documents:
                if file not in files:
                    yield "conflict names a paper that is not there", file
