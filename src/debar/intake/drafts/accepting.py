# SPDX-License-Identifier: Apache-2.0
"""A draft with the choices of a person to files of a register directory of one's own.

1. Every line and every date of the story has a choice, or nothing is written.
2. Provisions that were accepted stay, with the days that were edited; all others go.
3. Papers that are cited become documents, without their text: most of it is nobody's to copy.
4. The measure keeps the status "draft": no finding is made from it until somebody has read the official text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from debar.errors import UsageError, did_you_mean
from debar.intake.drafts import provisions, reviewing
from debar.model.measures import Deadline, Document, Doubt, Measure, Party, Target
from debar.model.measures.sources import UNNAMED
from debar.model.vocab import Grade, Instrument
from debar.model.vocab.statements import Choice, PaperKind
from debar.register import yamlfile
from debar.register.dump import dump
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.drafts.reviewing import Choices, Item
    from debar.model.intake import Chosen, Paper, Reading, Story
    from debar.model.measures import Provision
    from debar.register import Register

WEB = ("https://", "http://")
LARGEST = 16 << 20
"""Bytes of a file of choices."""
_TAKEN = frozenset({Choice.ACCEPT, Choice.EDIT})
_WORDS = ("title", "jurisdiction", "authority", "instrument", "issued", "cite")
"""Fields of a measure that a line stands for by its path."""
_LEADS = {
    "title": "what the official text is called",
    "jurisdiction": "such as us, eu or us-tx",
    "authority": "the id of one in the register; debar register search finds it",
    "instrument": "its legal kind, as in docs/glossary.md",
    "issued": "the day in the official text",
}


class File(NamedTuple):
    """One file of a register directory."""

    path: str
    """Below the directory, with slashes."""
    text: str


def files(reading: Reading, story: Story, chosen: Choices, register: Register, on: str) -> tuple[File, ...]:
    """Give the files that the accepted lines of a story come to, as of a day; UsageError that says what is still open."""
    every = reviewing.items(reading, story)
    _expect_complete(story, reviewing.left(every, chosen))  # 1.
    lines = {item.line.path: (item, chosen[story.id, item.id]) for item in every if item.line}
    for item, choice in lines.values():  # a log may have been written by somebody else
        if fault := reviewing.fault(item, choice.choice, choice.value):
            raise UsageError(f"{reviewing.called(item)}: {fault}", hint=item.text)
    measure = _decided(story, lines, register)  # 2.
    measure = replace(measure, review=replace(measure.review, last=on), documents=_cited(measure))
    papers = {
        provisions.document(paper, story.jurisdiction): paper
        for paper in reading.documents
        if paper.id in story.documents
    }
    found = [
        File(f"documents/{id_}.yaml", dump(_document(id_, papers[id_])))
        for id_ in measure.documents
        if id_ not in register.documents
    ]  # 3.
    party = measure.provisions[0].targets.parties[0]
    if party not in register.parties:
        found.append(File(f"parties/{party}.yaml", dump(Party(id=party, name=_value(*lines["targets"])))))
    return (*found, File(f"measures/{measure.jurisdiction}/{measure.id}.yaml", dump(measure)))  # 4.


def _expect_complete(story: Story, left: Sequence[Item]) -> None:
    if not story.draft:
        raise UsageError("this story drafts nothing: no paper says what is forbidden, demanded or allowed")
    if left:
        dates = sum(1 for item in left if item.date)
        raise UsageError(
            f"the reading is not complete: {len(left) - dates} lines and {dates} dates have no choice yet",
            hint="debar review without --into goes through them",
        )


def _decided(story: Story, lines: Mapping[str, tuple[Item, Chosen]], register: Register) -> Measure:
    """Give the measure with what was chosen; UsageError for what cannot be."""
    drafted = yamlfile.parse(story.draft.measure if story.draft else "", Measure)
    words = {path: _value(*lines[path]) for path in _WORDS}
    kept = tuple(
        _edited(provision, *lines[f"provisions[{number}]"])
        for number, provision in enumerate(drafted.provisions)
        if lines[f"provisions[{number}]"][1].choice in _TAKEN
    )
    if not kept:
        raise UsageError("no provision was accepted, so there is no measure to write")
    party = _value(*lines["targets"])
    _expect_known(words, party, register)
    fields: dict[str, Any] = {**words, "instrument": Instrument(words["instrument"])}
    return replace(
        drafted,
        **fields,
        summary=" ".join(one.text for one in kept),
        notes=tuple(one for one in drafted.notes if one.about != "instrument"),  # somebody has looked
        provisions=tuple(_aimed(one, party, words["issued"]) for one in kept),
    )


def _value(item: Item, choice: Chosen) -> str:
    """Give the value of a line as it was chosen; empty for one that was refused."""
    if choice.choice is Choice.EDIT:
        return choice.value.strip()
    return item.value if choice.choice is Choice.ACCEPT else ""


def _edited(provision: Provision, item: Item, choice: Chosen) -> Provision:
    """Give a provision with the day that was chosen, and who chose it, where it was edited."""
    if choice.choice is not Choice.EDIT:
        return provision
    day, is_end = choice.value.strip(), provisions.is_end(provision)
    why = f" because: {choice.reason}" if choice.reason else ""
    said = f"{choice.by} wrote {day}{why}; papers give {item.value or 'no day'}."
    doubt = Doubt(about="applies_until" if is_end else "applies_from", text=said, grade=Grade.SECONDARY)
    edited = replace(provision, doubts=(*provision.doubts, doubt), text=f"{item.text} Edited: {day}.")
    if not is_end:
        return replace(edited, applies_from=day)
    if provision.modality in provisions.DUE:
        return replace(edited, deadline=Deadline(after=day[: len("2024-07-20")], amount=0, unit="calendar-days"))
    return replace(edited, applies_until=provisions.after(day))


def _aimed(provision: Provision, party: str, issued: str) -> Provision:
    """Give a provision with the party and the day of issue that were chosen; what has only an end begins on that day."""
    return replace(
        provision,
        targets=Target(parties=(provisions.slug(party),)),
        known_from=issued,
        applies_from=issued if provisions.is_end(provision) else provision.applies_from,
    )


def _expect_known(words: Mapping[str, str], party: str, register: Register) -> None:
    """Refuse what the register could not read."""
    for path in ("title", "jurisdiction", "authority", "instrument", "issued"):
        if not words[path]:
            raise UsageError(f"{path} was refused: a measure needs it", hint=f"edit that line: {_LEADS[path]}")
    if not party:
        raise UsageError("targets was refused: a measure needs whom it is about", hint="edit that line")
    if words["authority"] not in register.authorities:
        raise UsageError(
            f"authority {words['authority']!r} is not in the register{did_you_mean(words['authority'], register.authorities)}",
            hint="write authorities/ID.yaml in the directory first: id, name, short, jurisdiction, zone",
        )


def _cited(measure: Measure) -> tuple[str, ...]:
    """Give the documents that something of a measure rests on."""
    found = set()
    for one in measure.provisions:
        found |= {citation.document for citation in one.citations}
        found |= {citation.document for doubt in one.doubts for claim in doubt.claims for citation in claim.citations}
    return tuple(sorted(found))


def _document(id_: str, paper: Paper) -> Document:
    """Give the document of the register that a paper becomes: where and when, and no text."""
    is_official = paper.kind is PaperKind.OFFICIAL_TEXT
    return Document(
        id=id_,
        title=_line(paper.title) or "(without a title)",
        publisher=_line(paper.publisher) or UNNAMED,
        url=paper.url if paper.url.startswith(WEB) else f"https://address-not-known.invalid/sha256/{paper.sha256}",
        grade=Grade.PRIMARY if is_official else Grade.SECONDARY,
        published=paper.published.value,
        licence="" if is_official else "Copyright of the publisher; no text stored",
    )


def _line(text: str) -> str:
    """Give what a paper says of itself on one line, without characters that steer or hide."""
    return " ".join(printable(text).split())[: reviewing.LONGEST]


def read_list(content: bytes) -> list[dict[str, str]]:
    """Give the choices that a review page saved; UsageError for anything else."""
    hint = "save the choices on the page that debar read -o html wrote"
    if len(content) > LARGEST:
        raise UsageError(f"larger than {LARGEST >> 20} MB", hint=hint)
    try:
        return msgspec.json.decode(content, type=list[dict[str, str]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        raise UsageError(f"no list of choices: {e}", hint=hint) from e
