# SPDX-License-Identifier: Apache-2.0
"""What papers say, as one page for the browser: lines of the draft beside the papers, their passages marked.

A person accepts, rejects or edits each line there; the page keeps the choices and saves them as a file that
`debar review --choices` takes. Without a script everything can be read, and nothing chosen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from debar.model.vocab.statements import Choice, Severity, VsRegister
from debar.writers import filling, legal
from debar.writers.intake.compared import compared
from debar.writers.intake.gaps import gap
from debar.writers.intake.passages import Known, Place, Quoted, behind, known, passages, places
from debar.writers.intake.segments import LONGEST, Segment, segments
from debar.writers.references import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.intake import Conflict, DraftLine, Paper, Reading, Story, Unexplained

_FOLDER = Path(__file__).parent
_CHOICES = {
    Choice.ACCEPT: "Accept",
    Choice.REJECT: "Reject",
    Choice.EDIT: "Edit",
    Choice.NOT_A_FACT: "Not a fact",
    Choice.OTHER_MEASURE: "Other measure",
}
_OF_DATES = (Choice.NOT_A_FACT, Choice.OTHER_MEASURE, Choice.REJECT)
_OF_HEAD = (Choice.ACCEPT, Choice.EDIT, Choice.REJECT)
_LABELS = {
    "title": "Title",
    "jurisdiction": "Law of",
    "authority": "Made by",
    "instrument": "Kind",
    "targets": "About",
    "issued": "Issued",
    "cite": "Cited as",
}
_FEW = 3
"""Passages of a line that are shown at once; the others unfold."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Line(NamedTuple):
    line: DraftLine
    label: str
    """Of a line about the whole measure; empty for a provision."""
    choices: dict[Choice, str]
    passages: tuple[Quoted, ...]
    is_material: bool


class _Open(NamedTuple):
    """A date that no statement explains, with some words around it."""

    id: str
    date: Unexplained
    paper: str
    before: str
    after: str


class _Conflict(NamedTuple):
    conflict: Conflict
    values: tuple[tuple[str, tuple[Quoted, ...]], ...]


class _Text(NamedTuple):
    paper: Paper
    name: str
    segments: tuple[Segment, ...]
    is_cut: bool


class _Told(NamedTuple):
    """A story as the page shows it."""

    story: Story
    lines: tuple[_Line, ...]
    conflicts: tuple[_Conflict, ...]
    compared: str
    """How statements stand to the measure of the register."""
    contradicted: tuple[Quoted, ...]
    imprecise: tuple[Quoted, ...]
    missing: tuple[str, ...]
    open: tuple[_Open, ...]
    texts: tuple[_Text, ...]


def write(reading: Reading, out: IO[str]) -> None:
    """Write the page."""
    style, script = (_FOLDER / "page.css").read_text("utf-8"), (_FOLDER / "page.js").read_text("utf-8")
    environment = filling.environment(_FOLDER / "parts")
    environment.filters |= {"web": link, "lines": filling.lines}
    read = known(reading)
    told = [_told(story, read) for story in reading.stories]
    out.write(
        environment.get_template("page.html").render(
            reading=reading,
            told=told,
            items=sum(len(one.lines) + len(one.open) for one in told),
            style=filling.own(style),
            script=filling.own(script),
            policy=filling.policy(style, script),
            choices=_CHOICES,
            of_dates={choice: _CHOICES[choice] for choice in _OF_DATES},
            few=_FEW,
            longest=LONGEST,
            disclaimer=legal.DISCLAIMER,
        )
    )


def _told(story: Story, read: Known) -> _Told:
    facts = read.facts
    lines = story.draft.lines if story.draft else ()
    shown = {id_ for line in lines for id_ in line.facts} | {
        id_ for one in story.conflicts for value in one.values for id_ in value.facts
    }
    contradicted, imprecise = (
        [id_ for id_ in story.facts if id_ in facts and facts[id_].vs_register is how]
        for how in (VsRegister.CONTRADICTS, VsRegister.IMPRECISE)
    )
    shown |= {*contradicted, *imprecise}
    sides = [
        [(value, f"k-{story.id}-{at}-{number}") for number, value in enumerate(one.values)]
        for at, one in enumerate(story.conflicts)
    ]
    named = [
        *(place for line in lines for place in places(line, line.id)),
        *(place for side in sides for value, id_ in side for place in places(value, id_)),
    ]
    by_path = {read.papers[id_].path: read.names[id_] for id_ in story.documents}
    return _Told(
        story,
        tuple(_line(one, story, read) for one in lines),
        tuple(
            _Conflict(one, tuple((value.value, behind(value, id_, read)) for value, id_ in side))
            for one, side in zip(story.conflicts, sides, strict=True)
        ),
        compared(story, facts),
        passages(contradicted, read),
        passages(imprecise, read),
        tuple(gap(one, by_path) for one in story.missing),
        tuple(_open(date, read) for id_ in story.documents for date in read.dates[id_]),
        tuple(_text(read.papers[id_], read, shown, named) for id_ in story.documents),
    )


def _line(line: DraftLine, story: Story, read: Known) -> _Line:
    """Give a line with the choices that can be made about it: nothing is accepted that has no value."""
    label = _LABELS.get(line.path, "")
    needs_day = not label or line.path == "issued"
    can_accept = bool(_DAY.fullmatch(line.value)) if needs_day else bool(line.value)
    choices = {
        choice: _CHOICES[choice]
        for choice in (_OF_HEAD if label else _CHOICES)
        if can_accept or choice is not Choice.ACCEPT
    }
    return _Line(line, label, choices, behind(line, line.id, read), _is_material(line, story))


def _is_material(line: DraftLine, story: Story) -> bool:
    return any(story.conflicts[at].severity is Severity.MATERIAL for at in line.conflicts)


def _open(date: Unexplained, read: Known) -> _Open:
    text, first, last = read.papers[date.document].text, date.span.start, date.span.end
    before, after = " ".join(text[max(0, first - 90) : first].split()), " ".join(text[last : last + 90].split())
    return _Open(date.id, date, read.names[date.document], before, after)


def _text(paper: Paper, read: Known, shown: set[str], named: Sequence[Place]) -> _Text:
    """Give a paper with the passages that its story shows."""
    statements = [fact for fact in read.statements[paper.id] if fact.id in shown]
    here = [place for place in named if place.document == paper.id]
    pieces = segments(paper, statements, read.dates[paper.id], here)
    return _Text(paper, read.names[paper.id], pieces, len(paper.text) > LONGEST)
