# SPDX-License-Identifier: Apache-2.0
"""Dates with the acts that they date, from annotated papers and sentences: what weights are learned from, and tried on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.intake.acts import asides, clues, found, linking, patterns
from debar.intake.acts.learned import NONE
from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.model.intake import Paper, Published
from quality.intake import annotated
from quality.intake import corpus as sets
from quality.intake.facts import day_of, value_of
from quality.intake.located import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Span, StatedDate
    from debar.register import Register
    from quality.intake.corpus import Corpus, GoldPaper

    Told = Callable[[StatedDate], tuple[tuple[str, ...], frozenset[str], bool]]
    """What tells of a date its acts, those that it may be taken for, and whether it teaches anything."""

FOLDER = Path(__file__).parent / "taught"
HELD_OUT = FOLDER / "held-out.txt"
SENTENCES = tuple(sorted(file for file in FOLDER.glob("*.txt") if file != HELD_OUT))
"""Each file in its own manner, so that what is learned from the others can be measured on it."""
TABLE = Path(__file__).parents[2] / "tests" / "data" / "intake" / "acts.tsv"
"""Sentences that tests prove rules by: they teach as well."""
OPTIONAL = "?"
DAY = "2024-07-01"
"""On which sentences without a paper are read."""
_MARK = re.compile(r"\{([a-z_.|?]{1,120}):([^{}]{1,80})\}")


class Dated(NamedTuple):
    """A date, with what it dates."""

    story: str
    """What is tried together, so that nothing is tried on what it was learned from."""
    paper: str
    value: str
    text: str
    clues: Mapping[str, float]
    acts: tuple[str, ...]
    """Those that it dates; empty for one that dates none, and for one that is not to be learned from."""
    likewise: frozenset[str]
    """Acts that a careful reader may take it for as well."""
    is_taught: bool
    rules: tuple[str, ...]
    """Acts that the rules read."""


class Marked(NamedTuple):
    """A date in a sentence, with the acts that it may be taken for, the best first."""

    start: int
    end: int
    acts: tuple[str, ...]
    is_optional: bool


def passages(file: Path) -> Iterator[tuple[str, list[Marked]]]:
    """Yield each passage of a file, with its marked dates."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _passage(line.replace("\\n", "\n"))


def _passage(line: str) -> tuple[str, list[Marked]]:
    text, at = "", 0
    marks: list[Marked] = []
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        names_ = match[1].split("|")
        acts = tuple(name for name in names_ if name not in (OPTIONAL, NONE))
        if match[1] != NONE:
            marks.append(Marked(len(text), len(text) + len(match[2]), acts, OPTIONAL in names_))
        text += match[2]
        at = match.end()
    return text + line[at:], marks


def rows(file: Path = TABLE) -> Iterator[tuple[str, list[Marked]]]:
    """Yield the sentences of a table of tests: sentence, tab, act@words and so on."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, _, told = line.partition("\t")
            yield text, list(_told(text, told))


def _told(text: str, told: str) -> Iterator[Marked]:
    for part in re.findall(r"([a-z_.]{2,40})!?@((?:(?! [a-z_.]{2,40}!?@).){1,80})", told):
        start = text.index(part[1])
        yield Marked(start, start + len(part[1]), (part[0],), is_optional=False)


def of_passages(register: Register, every: Sequence[tuple[str, list[Marked]]], name: str) -> Iterator[Dated]:
    """Yield the dates of passages."""
    gazetteer = names.gazetteer(register, register.lexicon)
    for number, (text, marks) in enumerate(every):

        def told(date: StatedDate, marks: list[Marked] = marks) -> tuple[tuple[str, ...], frozenset[str], bool]:
            here = [mark for mark in marks if date.span.start < mark.end and mark.start < date.span.end]
            acts = tuple(mark.acts[0] for mark in here if not mark.is_optional)
            return acts, frozenset(act for mark in here for act in mark.acts), not any(m.is_optional for m in here)

        def acts(_: Examined, told: Told = told) -> Callable[[StatedDate], tuple[str, ...]]:
            return lambda date: told(date)[0]

        one = annotated.worked_out(examine(replace(paper(text), is_read=False), gazetteer), acts)
        yield from _dated(one, register, (f"{name}-{number}", f"{name}-{number}"), told)


def paper(text: str) -> Paper:
    """Give a text as a paper of one day."""
    lines = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip())
    day = Published(value=DAY, earliest=DAY, latest=DAY)
    whole = ((0, len(text)),)
    return Paper(
        id="text", path="text", sha256="", text=text, main=whole, paragraphs=lines, language="en", published=day
    )


def of_papers(register: Register, corpus: Corpus) -> Iterator[Dated]:
    """Yield the dates of annotated papers, each with the acts that the annotation gives it."""
    gazetteer = names.gazetteer(register, register.lexicon)
    contents = dict(sets.contents(corpus))
    for story in corpus.stories:
        by_file = {gold.file: gold for gold in story.documents}

        def of(one: Examined, by_file: Mapping[str, GoldPaper] = by_file) -> _Gold:
            return _Gold(by_file[_file(one)], one)

        def acts(one: Examined, of: Callable[[Examined], _Gold] = of) -> Callable[[StatedDate], tuple[str, ...]]:
            told = of(one)
            return lambda date: told(date)[0]

        for one in annotated.story(story, contents, gazetteer, acts):
            yield from _dated(one, register, (story.story, f"{story.story}/{_file(one)}"), of(one))


def _file(one: Examined) -> str:
    """Give the name of the file of a paper in the folder of its story."""
    return one.paper.path.partition("#")[0].partition("/")[2]


class _Gold:
    """What the annotation of a paper says of each of its dates."""

    def __init__(self, gold: GoldPaper, one: Examined) -> None:
        self.owned: dict[Span, list[tuple[tuple[str, ...], bool]]] = {}
        self.values: dict[str, set[str]] = {}
        located = locate(gold, one.paper.text)
        for fact, span in zip(gold.facts, located.facts, strict=True):
            values = {fact.date, *(o for d in gold.dates if d.value == fact.date for o in d.alternatives)}
            like = [date for date in one.seen.dates if value_of(fact.date) and day_of(value_of(date.value)) in values]
            nearest = min((_gap(date, span) for date in like), default=0)
            for date in like:
                self.values.setdefault(day_of(date.value), set()).update((fact.act, *fact.also))
                if _gap(date, span) == nearest:
                    self.owned.setdefault(date.span, []).append(((fact.act, *fact.also), fact.optional))

    def __call__(self, date: StatedDate) -> tuple[tuple[str, ...], frozenset[str], bool]:
        """Give the acts of a date, those that it may be taken for, and whether it teaches anything."""
        owned = self.owned.get(date.span, [])
        acts = tuple(dict.fromkeys(acts[0] for acts, is_optional in owned if not is_optional))
        like = frozenset(self.values.get(day_of(value_of(date.value)), ()))
        return acts, like, bool(acts) or not like


def _gap(date: StatedDate, span: Span | None) -> int:
    return max(0, span.start - date.span.end, date.span.start - span.end) if span else 0


def _dated(one: Examined, register: Register, of: tuple[str, str], told: Told) -> Iterator[Dated]:
    """Yield the dates of one paper."""
    ready = patterns.ready(register.lexicon)
    every = found.read(one.seen, ready)
    published = one.paper.published.value or one.paper.published.latest
    rules: dict[Span | None, list[str]] = {}
    for proposal in linking.proposals(one.seen, every, ready):
        rules.setdefault(proposal.date, []).append(proposal.act)
    for number, read in enumerate(every):
        for place in read.places:
            if asides.is_loose(place, read.low):
                continue
            acts, likewise, is_taught = told(place.date)
            yield Dated(
                story=of[0],
                paper=of[1],
                value=day_of(value_of(place.date.value)),
                text=place.date.text,
                clues=clues.clues(read, place, published, ready.senses, part=number / len(every)),
                acts=acts,
                likewise=likewise | frozenset(acts),
                is_taught=is_taught,
                rules=tuple(rules.get(place.date.span, ())),
            )
