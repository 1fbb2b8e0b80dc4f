# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake.agreement FIRST SECOND`: how well two readers agree who annotated the same papers.

FIRST is a set of annotated papers with their texts, such as quality/intake/blind; SECOND annotates some of the same
papers, such as quality/intake/blind/second. What one reader found is marked as if debar had read it, by the annotation
of the other, and then the other way round. Precision is how much of what the second reader demands the first one has,
recall how much of what the first one demands the second one has. Only figures are printed, never words of a paper.

--exact  take only the reading that each of them put first, and none of those that they accept as well
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import msgspec

from debar.model.intake import Span, StatedDate, Statement
from debar.model.vocab.statements import DateBasis, DateRole, Precision, StatedAct
from quality.intake import corpus as sets
from quality.intake.facts import day_of, fact_marks
from quality.intake.located import locate
from quality.intake.marks import Found, date_marks
from quality.intake.measure import Rate, f1, rates
from quality.intake.noted import Mark, Misses
from quality.intake.slices import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quality.intake.corpus import Corpus, GoldFact, GoldPaper
    from quality.intake.located import Located

ROWS = (
    ("dates.seen", "dates found"),
    ("dates.value", "dates found with the right value"),
    ("act.recall", "act and date"),
    ("undated.recall", "act without date"),
    ("act.alone", "act alone"),
    ("role", "role of the date, given act and date"),
    ("polarity", "asserted or denied, given the act"),
    ("origin.recall", "origin of a statement, given the act"),
)
"""Keys of marks, and what they are called; each counts what of one annotation is in the other."""
NOWHERE = Span(0, 0)
WIDE, NARROW = 40, 12


class Both(NamedTuple):
    """One paper as two readers annotated it, with its text."""

    first: GoldPaper
    second: GoldPaper
    text: str


class Agreement(NamedTuple):
    """How much of what each of two readers demands the other one has, by key."""

    papers: int
    precision: Mapping[str, Rate]
    recall: Mapping[str, Rate]


def both(first: Corpus, second: Corpus) -> Iterator[Both]:
    """Yield each paper that two sets annotate; the second one has no texts, and takes heads and ends from the first."""
    texts = dict(sets.contents(first))
    others = {f"{story.story}/{paper.file}": paper for story in second.stories for paper in story.documents}
    for story in first.stories:
        for paper in story.documents:
            name = f"{story.story}/{paper.file}"
            if other := others.get(name):
                other = msgspec.structs.replace(other, title=paper.title, main=paper.main)
                yield Both(paper, other, visible(name, texts[name]))


def exact(paper: GoldPaper) -> GoldPaper:
    """Give an annotation without the readings that it accepts besides its first one."""
    replace = msgspec.structs.replace
    return replace(
        paper,
        dates=tuple(replace(date, alternatives=()) for date in paper.dates),
        facts=tuple(replace(fact, also=()) for fact in paper.facts),
    )


def agreement(papers: Sequence[Both]) -> Agreement:
    """Count what each of two readers has of what the other one demands."""
    recall = rates(mark for one in papers for mark in marks(one.first, one.second, one.text))
    precision = rates(mark for one in papers for mark in marks(one.second, one.first, one.text))
    return Agreement(len(papers), precision, recall)


def marks(wanted: GoldPaper, told: GoldPaper, text: str) -> Iterator[Mark]:
    """Mark what one annotation demands by what another one of the same paper has, as the reading of debar is marked."""
    here, there = locate(wanted, text), locate(told, text)
    note = Misses(wanted.file)
    yield from date_marks(wanted, here, _found(told, there), note)
    yield from fact_marks(wanted, here, _statements(told, there), note)
    yield from _acts(wanted, told, note)


def _acts(wanted: GoldPaper, told: GoldPaper, note: Misses) -> Iterator[Mark]:
    """Mark each act that must be found in a paper once, whenever it is put; any of its facts may accept another."""
    acts = {fact.act for fact in told.facts}
    must = [fact for fact in wanted.facts if not fact.optional]
    for act in dict.fromkeys(fact.act for fact in must):
        accepted = {act, *(other for fact in must if fact.act == act for other in fact.also)}
        yield note.mark("act.alone", act, is_right=not acts.isdisjoint(accepted))


def _found(paper: GoldPaper, located: Located) -> list[Found]:
    pairs = zip(paper.dates, located.dates, strict=True)
    return sorted(Found(span, day_of(date.value)) for date, span in pairs if span)


def _statements(paper: GoldPaper, located: Located) -> list[Statement]:
    return [_statement(fact, span or NOWHERE) for fact, span in zip(paper.facts, located.facts, strict=True)]


def _statement(fact: GoldFact, span: Span) -> Statement:
    """Give an act of an annotation as if it had been read; only what marks compare is filled in."""
    role = DateRole(fact.role or DateRole.ON)
    date = StatedDate(
        value=fact.date, role=role, precision=Precision.DAY, basis=DateBasis.EXPLICIT, text="", span=NOWHERE
    )
    return Statement(
        id="",
        document="",
        act=StatedAct(fact.act),
        date=date if fact.date else None,
        polarity=fact.polarity,
        said_by=fact.said_by,
        span=span,
    )


def write(agreed: Agreement, out: IO[str]) -> None:
    """Write the table: for each figure how much of the second is in the first, of the first in the second, and F1."""
    head = "".join(f"{name:>{NARROW}}" for name in ("precision", "recall", "F1"))
    out.write(f"{f'two readers of {agreed.papers} papers':<{WIDE}}{head}\n")
    for key, name in ROWS:
        precision, recall = agreed.precision.get(key, Rate(0, 0)), agreed.recall.get(key, Rate(0, 0))
        shares = "".join(f"{one.right}/{one.of} {one.value:.3f}".rjust(NARROW + 4) for one in (precision, recall))
        out.write(f"{name:<{WIDE - 8}}{shares}{f1(precision, recall):>{NARROW}.3f}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how well two readers agree; give 2 when they have no paper in common."""
    parser = argparse.ArgumentParser(prog="python -m quality.intake.agreement", description=__doc__)
    parser.add_argument("first", type=Path, help="folder of a set of annotated papers")
    parser.add_argument("second", type=Path, help="folder of another annotation of some of them")
    parser.add_argument("--exact", action="store_true", help="take no reading but the first that each of them put")
    chosen = parser.parse_args(arguments)
    first, second = (
        sets.read(folder.resolve().name, folder.resolve().parent) for folder in (chosen.first, chosen.second)
    )
    papers = list(both(first, second))
    if not papers:
        parser.error(f"no paper is annotated in both {chosen.first} and {chosen.second}")
    if chosen.exact:
        papers = [Both(exact(one.first), exact(one.second), one.text) for one in papers]
    write(agreement(papers), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
