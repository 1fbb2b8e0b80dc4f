# SPDX-License-Identifier: Apache-2.0
"""Stages to provisions of a measure, with the doubts that papers leave."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar import dates
from debar.identity import stable_id
from debar.model.intake import DraftLine
from debar.model.measures import Citation, Claim, Deadline, Doubt, Provision, Target
from debar.model.vocab import AddresseeKind, Grade, Modality
from debar.model.vocab.statements import MEANS, StatedAct, Trust
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.intake.drafts.stages import Edge, Stage
    from debar.model.intake import Paper, Statement, Story
    from debar.model.lexicon import Lexicon
    from debar.model.measures import Party

DUE = frozenset({Modality.REQUIRED, Modality.ADVISED})
"""What is done once, so that its last day is the one by which it must be done."""
_SLUG = re.compile(r"[^a-z0-9]+")
_SAID = {
    Modality.PROHIBITED: "must not",
    Modality.REQUIRED: "must",
    Modality.PERMITTED: "may",
    Modality.ADVISED: "should",
}
_OF_SUPPLIER = frozenset(
    {
        StatedAct.PROHIBIT_SELL,
        StatedAct.PROHIBIT_UPDATE,
        StatedAct.PROHIBIT_OPERATE,
        StatedAct.PROHIBIT_PROVIDE,
        StatedAct.PROHIBIT_LICENSE,
        StatedAct.PERMIT_SELL,
        StatedAct.PERMIT_UPDATE,
    }
)
"""Acts of a supplier; of other acts, a supplier that is named is the one whose technology is meant."""


class Known(NamedTuple):
    """What provisions of one draft share."""

    story: Story
    papers: Mapping[str, str]
    """Ids of papers, and of the documents of the register that they become."""
    known_from: str
    statements: Mapping[str, Statement]
    party: Party | None
    """Of the register, if it knows the supplier."""
    lexicon: Lexicon


def provision(stage: Stage, known: Known) -> Provision:
    """Give the provision that a stage comes to; days that no paper gives stay empty."""
    drafted = stage.edges[0]
    modality, acts = MEANS[stage.act]
    is_due = stage.is_end and modality in DUE
    until = after(drafted.value if drafted.is_instant else drafted.day) if stage.is_end and not is_due else ""
    addressees, is_told = _addressees(stage, known)
    is_supply = addressees == (AddresseeKind.SUPPLIER,) and modality is Modality.PROHIBITED
    return Provision(
        id=_id(stage),
        modality=modality,
        acts=acts,
        addressees=addressees,
        counterparties=(AddresseeKind.DOMESTIC_PERSON,) if is_supply else (),
        targets=Target(parties=(slug(known.story.supplier),) if known.story.supplier else ()),
        applies_from=known.known_from if stage.is_end else drafted.value if drafted.is_instant else drafted.day,
        applies_until=until,
        known_from=known.known_from,
        deadline=Deadline(after=drafted.day, amount=0, unit="calendar-days") if is_due and drafted.day else None,
        text=sentence(stage),
        grade=Grade.PRIMARY if drafted.trust is Trust.OFFICIAL_TEXT else Grade.SECONDARY,
        doubts=(
            *_doubts(stage, known),
            *_unsaid(is_supply=is_supply, is_told=is_told),
            *_unbegun(stage),
            *_unheld(stage, is_due=is_due),
        ),
        citations=_citations(stage.facts, known),
    )


def lines(story: Story, told: Sequence[Stage]) -> tuple[DraftLine, ...]:
    """Give a line for each stage, with the conflicts of the story that touch it."""
    return tuple(_line(story, number, stage) for number, stage in enumerate(told))


def _line(story: Story, number: int, stage: Stage) -> DraftLine:
    touched = tuple(
        at
        for at, conflict in enumerate(story.conflicts)
        if any(set(value.facts) & set(stage.facts) for value in conflict.values)
    )
    drafted, *others = stage.edges
    told = DraftLine(
        id=_id(stage),
        path=f"provisions[{number}]",
        text=sentence(stage),
        value=drafted.day or drafted.value,
        facts=stage.facts,
        conflicts=touched,
        alternatives=tuple(f"{edge.wording} ({edge.value})" if edge.day else edge.wording for edge in others),
    )
    return line(story, told.id, told)


def line(story: Story, place: str, told: DraftLine) -> DraftLine:
    """Give a line under an id of its story, its place and what it says.

    What says something else, or meets another reading, is another line: nobody has accepted it yet.
    """
    return replace(told, id=stable_id("line", story.id, place, told.value, told.text, *told.alternatives))


def sentence(stage: Stage) -> str:
    """Give a stage in a sentence, worded as it is drafted."""
    modality, acts = MEANS[stage.act]
    doing = _listed([act.value.replace("-", " ") for act in acts])
    drafted = stage.edges[0]
    if not drafted.value:
        return f"Whoever it binds {_SAID[modality]} {doing}; no paper gives a day."
    when = f"until {drafted.value}" if stage.is_end else f"from {drafted.value} on"
    if stage.is_end and modality in DUE:
        when = f"by {drafted.value} at the latest"
    open_ = "" if drafted.day else "; no paper gives the day"
    if drafted.hour:
        open_ = f"; papers give an hour, {drafted.hour}, and no zone, so that only the day is drafted"
    return f"Whoever it binds {_SAID[modality]} {doing} {when}{open_} (papers: {drafted.wording})."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def slug(text: str) -> str:
    """Give a text as a part of an id."""
    return _SLUG.sub("-", text.casefold()).strip("-")[:40]


def document(paper: Paper, jurisdiction: str) -> str:
    """Give the id of the document of the register that a paper becomes; no two papers have one."""
    name = slug(paper.publisher) or slug(paper.path.rpartition("/")[2].partition(".")[0]) or "paper"
    return "-".join(part for part in (jurisdiction or "xx", name, paper.published.value, paper.id[-6:]) if part)


def _id(stage: Stage) -> str:
    told = stage.edges[0].day or stage.edges[0].value or "undated"
    return slug(f"{stage.act}-{'until' if stage.is_end else 'from'}-{told}")


def is_end(provision: Provision) -> bool:
    """Tell whether the day of a drafted provision is its last, as its id says."""
    return "-until-" in provision.id


def after(day: str) -> str:
    """Give the day after a day, which is the first on which something is over; an instant is that itself, and none is none."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if dates.is_date(day) else day


def _addressees(stage: Stage, known: Known) -> tuple[tuple[AddresseeKind, ...], bool]:
    """Give whom papers say it binds, and whether they say so."""
    subjects = " ".join(known.statements[id_].subject for id_ in stage.facts if id_ in known.statements)
    if stage.act in _OF_SUPPLIER and _is_named(known, subjects):
        return (AddresseeKind.SUPPLIER,), True
    named = [
        (len(found[0]), one.means)
        for one in known.lexicon.words
        if one.purpose == "addressee" and (found := re.search(phrases.any_of(one.words), phrases.small(subjects)))
    ]
    return ((AddresseeKind(max(named)[1]),), True) if named else ((AddresseeKind.ANYONE,), False)


def _is_named(known: Known, subjects: str) -> bool:
    """Tell whether subjects of statements name the supplier."""
    party = known.party
    names = (party.name, *party.legal_names, *party.aliases) if party else (known.story.supplier,)
    words = [re.escape(phrases.small(name)) for name in names if name]
    return bool(words) and bool(re.search(rf"\b(?:{'|'.join(words)})\b", phrases.small(subjects)))


def _unsaid(*, is_supply: bool, is_told: bool) -> Iterator[Doubt]:
    """Yield what is written although no paper says it, until somebody looks."""
    if not is_told:
        text = "No paper says whom it binds; anyone is written until somebody looks."
        yield Doubt(about="addressees", text=text, grade=Grade.UNVERIFIED)
    if is_supply:
        text = "Whom the supplier must not serve is not read from papers; whoever is in the jurisdiction is written."
        yield Doubt(about="counterparties", text=text, grade=Grade.UNVERIFIED)


def _unbegun(stage: Stage) -> Iterator[Doubt]:
    """Yield what papers leave open of something that has an end."""
    if not stage.is_end:
        return
    text = "No paper says from when; the day of issue is written, or the first on which papers tell of it."
    yield Doubt(about="applies_from", text=text, grade=Grade.UNVERIFIED)
    drafted = stage.edges[0]
    if drafted.wording == f"until {drafted.day}" and MEANS[stage.act][0] not in DUE:  # an hour would tell
        text = "Papers say until; it is drafted with the day itself, and official text must decide whether that counts."
        yield Doubt(about="applies_until", text=text, grade=Grade.SECONDARY)


def _unheld(stage: Stage, *, is_due: bool) -> Iterator[Doubt]:
    """Yield the hour that papers give and the draft cannot hold."""
    drafted = stage.edges[0]
    about = "deadline" if is_due else "applies_until" if stage.is_end else "applies_from"
    if drafted.hour:
        text = f"Papers give an hour, {drafted.hour}, and no zone; the day is written."
        yield Doubt(about=about, text=text, grade=Grade.SECONDARY)
    if drafted.is_instant and is_due:
        text = f"Papers give an hour, {drafted.value}; a deadline has days only, so that its day is written."
        yield Doubt(about=about, text=text, grade=Grade.SECONDARY)


def _doubts(stage: Stage, known: Known) -> tuple[Doubt, ...]:
    """Give what papers word differently, side by side; nothing where they agree."""
    if sum(1 for edge in stage.edges if edge.day) < 2:  # a month in which the day lies is no other reading
        return ()
    return (
        Doubt(
            about="applies_until" if stage.is_end else "applies_from",
            text="Papers word the boundary differently; the cautious reading is drafted, and official text must decide.",
            grade=Grade.SECONDARY,
            claims=tuple(_claim(edge, known) for edge in stage.edges),
        ),
    )


def _claim(edge: Edge, known: Known) -> Claim:
    speakers = [known.statements[id_].said_by[:1] for id_ in edge.facts if id_ in known.statements]
    by = sorted({speaker[0] for speaker in speakers if speaker}) or ["papers that name nobody"]
    return Claim(value=edge.wording, by=", ".join(by), grade=Grade.SECONDARY, citations=_citations(edge.facts, known))


def _citations(facts: Sequence[str], known: Known) -> tuple[Citation, ...]:
    documents = {known.papers[known.statements[id_].document] for id_ in facts if id_ in known.statements}
    return tuple(Citation(document=id_) for id_ in sorted(documents))
