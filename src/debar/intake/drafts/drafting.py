# SPDX-License-Identifier: Apache-2.0
"""A story to the draft of a measure, line by line, each with the passages behind it.

The draft has the status "draft", which no finding is ever made from. Each line says on what it rests; a person accepts
it or not. Its own status is "verified" only when official text is behind every stage, else "reported".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.identity import stable_id
from debar.intake.drafts import named, provisions, stages
from debar.intake.drafts.named import Named
from debar.model.intake import Draft, DraftLine
from debar.model.measures import Doubt, Measure, Review
from debar.model.vocab import Grade, Instrument, MeasureStatus
from debar.model.vocab.statements import Precision, StatedAct, Trust
from debar.register.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.drafts.stages import Stage
    from debar.intake.examined import Examined
    from debar.model.intake import Statement, Story
    from debar.model.measures import Party
    from debar.register import Register

_MADE = frozenset({StatedAct.ISSUE, StatedAct.ANNOUNCE})
_SUMMING = frozenset({StatedAct.PROHIBIT_OPERATE, StatedAct.PROHIBIT_PROVIDE})
"""Acts wide enough to hold others."""
_SUMMED = re.compile(
    r"\b(?:among|amongst|besides|including|and|or|as well as|along with)\s{1,9}other\s{1,9}(?:\w{1,20}\s{1,9}){0,2}(?:activit|operation|business|dealing|thing|service|transaction)"
)
_NOBODY = "no paper gives"
"""How a gap begins that all papers leave; those that only some of them leave are for whoever reviews."""
_AUTHORITY = "Who made it, by the id of an authority of the register"
_INSTRUMENT = "Its legal kind, which is not read from papers: look"
REREAD = 90
"""Days until somebody rereads the sources of a measure that is drafted."""


def draft(
    story: Story, statements: Sequence[Statement], examined: Sequence[Examined], register: Register
) -> Draft | None:
    """Give the draft; None where no statement demands, forbids or allows anything.

    1. Stages come from statements about the story's measure, each of which says its act itself.
    2. What is known of the measure as a whole: authority, day of issue, citation, papers.
    3. Each stage becomes a provision with the doubts that papers leave.
    4. Every part is a line for a person.
    """
    told = stages.stages([one for one in statements if _is_own(one, statements, examined)])  # 1.
    if not told:
        return None
    measure = _measure(story, told, statements, examined, register)  # 2. 3.
    lines = (*_head(story, measure, statements, examined, register), *provisions.lines(story, told))  # 4.
    is_official = all(stage.edges[0].day and stage.edges[0].trust is Trust.OFFICIAL_TEXT for stage in told)
    return Draft(id=measure.id, status="verified" if is_official else "reported", measure=dump(measure), lines=lines)


def _is_own(statement: Statement, statements: Sequence[Statement], examined: Iterable[Examined]) -> bool:
    """Tell whether a passage says an act, and does not only sum up what else it names: "among other activities"."""
    if statement.act not in _SUMMING:
        return True
    text = next((one.seen.flat for one in examined if one.paper.id == statement.document), "")
    others = (one for one in statements if one.document == statement.document and one.act not in _SUMMING)
    is_beside = any(one.span.start < statement.span.end and statement.span.start < one.span.end for one in others)
    return not (is_beside and _SUMMED.search(text[statement.span.start : statement.span.end].lower()))


def _measure(
    story: Story,
    told: Sequence[Stage],
    statements: Sequence[Statement],
    examined: Sequence[Examined],
    register: Register,
) -> Measure:
    """Put together what papers tell; what they do not tell stays empty."""
    papers = {one.paper.id: provisions.document(one.paper, story.jurisdiction) for one in examined}
    issued = _made(statements)[0]
    by_id = {one.id: one for one in statements}
    party = register.parties.get(story.supplier)
    known = provisions.Known(story, papers, issued or _first(examined), by_id, party, register.lexicon)
    return Measure(
        id=stable_id(f"{story.jurisdiction or 'xx'}-{provisions.slug(story.supplier) or 'supplier'}", story.id),
        title=_title(story, examined, party).value,
        authority=named.authority(examined, story.jurisdiction, register).value,
        jurisdiction=story.jurisdiction,
        instrument=Instrument.POLICY if _is_made(statements) else Instrument.PROPOSAL,
        status=MeasureStatus.DRAFT,
        cite=named.citation(examined).value,
        issued=issued,
        summary="",
        documents=tuple(sorted(set(papers.values()))),
        provisions=tuple(provisions.provision(stage, known) for stage in told),
        notes=(
            *(
                Doubt(about="measure", text=f"{gap[:1].upper()}{gap[1:]}.", grade=Grade.SECONDARY)
                for gap in story.missing
                if gap.startswith(_NOBODY)
            ),
            *_unread(statements),
        ),
        review=Review(last="", every=REREAD, note="Drafted from papers; reread the official text before it is active."),
    )


def _title(story: Story, examined: Sequence[Examined], party: Party | None) -> Named:
    """Give what official text calls itself; else a title that says what it is."""
    name = party.name if party else story.supplier
    place = f" ({story.jurisdiction.upper()})" if story.jurisdiction else ""
    return named.title(examined, f"Measure on {name or 'a supplier'}{place}, as papers tell it")


def _made(statements: Iterable[Statement]) -> tuple[str, tuple[str, ...]]:
    """Give the day on which papers say that the measure was made, and all days that they give.

    It is empty where they disagree, unless official text says it: how many papers say so counts for nothing.
    """
    made = [one for one in statements if _is_making(one)]
    every = tuple(sorted({one.date.value for one in made if one.date}))
    for act in (StatedAct.ISSUE, StatedAct.ANNOUNCE):
        said = [
            (one, one.date.value) for one in made if one.act is act and one.date and one.date.precision is Precision.DAY
        ]
        official = {day for one, day in said if one.trust is Trust.OFFICIAL_TEXT}
        days = official or {day for _, day in said}
        if days:
            return (days.pop() if len(days) == 1 else ""), every
    return "", every


def _is_making(one: Statement) -> bool:
    return one.act in _MADE and one.polarity == "asserted" and one.date is not None and bool(one.date.value)


def _is_proposing(one: Statement) -> bool:
    return one.act is StatedAct.PROPOSE and one.polarity == "asserted"


def _unread(statements: Sequence[Statement]) -> tuple[Doubt, ...]:
    """Give the doubt about the legal kind, which a measure must have and no paper is asked for."""
    if not _is_made(statements):
        return ()
    text = f"Its legal kind is not read from papers; {Instrument.POLICY} is written until somebody looks."
    return (Doubt(about="instrument", text=text, grade=Grade.UNVERIFIED),)


def _is_made(statements: Iterable[Statement]) -> bool:
    """Tell whether papers say that a measure is in being, and not only proposed."""
    acts = {one.act for one in statements if one.polarity == "asserted"}
    return StatedAct.PROPOSE not in acts or bool(acts & {StatedAct.ISSUE, StatedAct.EFFECTIVE, StatedAct.ANNOUNCE})


def _first(examined: Iterable[Examined]) -> str:
    """Give the first day on which a paper was out: from then on the public could know."""
    days = (one.paper.published.value or one.paper.published.latest for one in examined)
    return min((day for day in days if len(day) == 10), default="")


def _head(
    story: Story, measure: Measure, statements: Sequence[Statement], examined: Sequence[Examined], register: Register
) -> tuple[DraftLine, ...]:
    """Give the lines about the measure as a whole, each with what it rests on.

    No paper is asked for the legal kind of a measure: the line is open, but for what papers call proposed.
    """
    party = register.parties.get(story.supplier)
    made = tuple(one.id for one in statements if _is_making(one))
    proposed = () if _is_made(statements) else tuple(one.id for one in statements if _is_proposing(one))
    issued = Named(measure.issued, _made(statements)[1])
    told: tuple[tuple[str, str, Named, tuple[str, ...]], ...] = (
        ("title", "What it is called", _title(story, examined, party), ()),
        ("jurisdiction", "Where it is law", Named(measure.jurisdiction), ()),
        ("authority", _AUTHORITY, named.authority(examined, story.jurisdiction, register), ()),
        ("instrument", _INSTRUMENT, Named(str(measure.instrument) if proposed else ""), proposed),
        ("targets", "Whose technology it is about, by the id of a party", named.supplier(examined, story), ()),
        ("issued", "When it was made or announced", issued, made),
        ("cite", "How it is cited", named.citation(examined), ()),
    )
    return tuple(
        provisions.line(
            story,
            path,
            DraftLine(
                id=path,
                path=path,
                text=text,
                value=found.value,
                facts=facts,
                alternatives=tuple(one for one in found.every if one != found.value),
                passages=found.passages,
            ),
        )
        for path, text, found, facts in told
    )
