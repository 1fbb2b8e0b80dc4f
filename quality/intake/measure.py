# SPDX-License-Identifier: Apache-2.0
"""The figures of reading one set of annotated papers."""

from __future__ import annotations

from collections import defaultdict
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.reading import read
from quality.intake import corpus as sets
from quality.intake.marks import Read, page_overlap, paper_marks
from quality.intake.noted import Mark, Misses
from quality.intake.shingles import mean
from quality.intake.telling import cluster_marks, conflict_marks, grouping_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.model.intake import Paper, Reading
    from debar.register import Register
    from quality.intake.corpus import Corpus, GoldStory
    from quality.intake.shingles import Overlap

PAGES = (".html", ".htm")


class Rate(NamedTuple):
    """How many of how many are right."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """Give the share; 1 of nothing, for nothing went wrong."""
        return self.right / self.of if self.of else 1.0

    @property
    def wrong(self) -> int:
        """Give how many are not right."""
        return self.of - self.right


class Measured(NamedTuple):
    """A set of papers, and what came of reading it."""

    corpus: Corpus
    rates: Mapping[str, Rate]
    misses: tuple[str, ...]
    pages: tuple[float, float, float]
    """Precision, recall and F1 of the main text of web pages."""
    page_count: int
    speed: float
    """Papers a second."""


def measure(corpus: Corpus, register: Register) -> Measured:
    """Read every paper of a set at once, as a user would with a folder, and mark what was read.

    One paper is read beforehand, so that the time is that of reading and not of loading libraries.
    """
    contents = list(sets.contents(corpus))
    read(contents[:1], register)
    start = perf_counter()
    reading = read(contents, register)
    seconds = perf_counter() - start
    marks = list(_marks(corpus, reading))
    pages = list(_pages(corpus, reading))
    return Measured(
        corpus=corpus,
        rates=rates(marks),
        misses=tuple(f"{mark.key:<26}{mark.note}" for mark in marks if mark.note),
        pages=mean(pages),
        page_count=len(pages),
        speed=len(contents) / seconds,
    )


def rates(marks: Iterable[Mark]) -> dict[str, Rate]:
    """Count marks by key."""
    right: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for mark in marks:
        every[mark.key] += mark.weight
        right[mark.key] += mark.weight * mark.is_right
    return {key: Rate(right[key], of) for key, of in sorted(every.items())}


def f1(precision: Rate, recall: Rate) -> float:
    """Give the harmonic mean of precision and recall."""
    both = precision.value + recall.value
    return 2 * precision.value * recall.value / both if both else 0.0


def _marks(corpus: Corpus, reading: Reading) -> Iterator[Mark]:
    papers = {paper.path: paper for paper in reading.documents}
    for story in corpus.stories:
        yield from _story_marks(story, papers, reading)
    yield from grouping_marks(corpus, reading)


def _story_marks(story: GoldStory, papers: Mapping[str, Paper], reading: Reading) -> Iterator[Mark]:
    found: dict[str, Paper] = {}
    for gold in story.documents:
        where = f"{story.story}/{gold.file}"
        paper = papers.get(where)
        yield Mark("read", paper is not None, "" if paper else f"{where}: not read")
        if paper:
            found[gold.file] = paper
            yield from paper_marks(gold, of(paper, reading), where)
    files = {paper.id: file for file, paper in found.items()}
    note = Misses(story.story)
    ours = [one for one in reading.stories if any(id_ in files for id_ in one.documents)]
    yield from cluster_marks(story, found, ours, note)
    yield from conflict_marks(story, reading, files, note)


def of(paper: Paper, reading: Reading) -> Read:
    """Give what was read of one paper."""
    return Read(
        paper,
        [one for one in reading.facts if one.document == paper.id],
        [one for one in reading.unexplained_dates if one.document == paper.id],
        [quote for one in reading.stories if paper.id in one.documents for quote in one.quotes],
    )


def _pages(corpus: Corpus, reading: Reading) -> Iterator[Overlap]:
    papers = {paper.path: paper for paper in reading.documents}
    for story in corpus.stories:
        for gold in story.documents:
            paper = papers.get(f"{story.story}/{gold.file}")
            if gold.file.endswith(PAGES) and paper and (one := page_overlap(gold, paper)):
                yield one
