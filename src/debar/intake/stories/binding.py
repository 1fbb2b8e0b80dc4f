# SPDX-License-Identifier: Apache-2.0
"""Which measure each statement is about: that of the story, or another one mentioned in passing.

A statement is about another measure when its sentence names another supplier, or another place that rules, and not its
own. Where somebody is at home, or who talks, rules nothing: "the Russian company", "Beijing said".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.intake.mentions.asides import HOME, MAKER
from debar.intake.mentions.entries import AUTHORITY, CITY, OFFICE, PLACE, PRODUCT, SEAT, SUPPLIER
from debar.intake.placed import begun, sentence_at
from debar.intake.stories.candidates import best, candidates, is_cited
from debar.model.vocab.statements import PaperKind, StatedAct, Trust

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.mention import Mention
    from debar.intake.sentences import Sentence
    from debar.intake.stories.grouping import Group
    from debar.model.intake import StatedDate, Statement
    from debar.model.measures import Measure
    from debar.register import Register

_SUPPLIERS = frozenset({SUPPLIER, PRODUCT})
_ANYWHERE = frozenset(
    {StatedAct.BACKGROUND, StatedAct.CONDEMN, StatedAct.DENY, StatedAct.DISCLOSE, StatedAct.SUPPLIER_CONTEST}
)
"""Acts that somebody elsewhere does about the measure of the story: who condemns it rules nothing."""
_TRUSTED = {
    PaperKind.OFFICIAL_TEXT: Trust.OFFICIAL_TEXT,
    PaperKind.OFFICIAL_RELEASE: Trust.OFFICIAL_RELEASE,
    PaperKind.LAW_FIRM: Trust.LAW_FIRM,
    PaperKind.COMPANY: Trust.NEWS_NAMING_ORIGIN,
}


class _About(NamedTuple):
    """What a sentence is about; empty for what it does not name."""

    supplier: str
    jurisdiction: str


def measure(group: Group, register: Register) -> str:
    """Give the id of the measure of the register that a story is about; empty where there is none."""
    return best(candidates(group.supplier, group.jurisdiction, register), group.papers)


def bound(
    group: Group, one: Examined, register: Register, own: str | None = None, at_home: frozenset[str] | None = None
) -> Examined:
    """Give a paper whose statements name their measure, and how far each can be trusted.

    `own` is the measure of the story where it is already known; empty for one that the register does not hold.
    `at_home` is where its supplier is at home (`homes`), where that is already known.
    """
    own = measure(group, register) if own is None else own
    told = own or f"{group.jurisdiction}/{group.supplier}"
    elsewhere = _others(group, one, register, at_home)
    held = register.measures.get(own)
    others = [known for known in candidates(group.supplier, group.jurisdiction, register) if known.id != own]
    statements = tuple(
        replace(
            statement,
            measure=elsewhere.get(statement.id, "") or _beside(statement, one, others, held) or told,
            trust=trust(one.paper.kind, statement.said_by),
        )
        for statement in one.statements
    )
    return one._replace(statements=statements)


def open_dates(group: Group, one: Examined, own: str, at_home: frozenset[str] | None = None) -> tuple[StatedDate, ...]:
    """Give the dates of a paper whose statements are about the measure of its story, or of which none was read."""
    ours = ("", own, f"{group.jurisdiction}/{group.supplier}")
    elsewhere = {said.date.span for said in one.statements if said.date and said.measure not in ours}
    about = _sentences(group, one, at_home)
    found = []
    for date in one.seen.dates:
        number = sentence_at(one.seen.sentences, date.span.start, date.span.end)
        if number >= 0 and date.span not in elsewhere and about[one.seen.sentences[number]] == _About("", ""):
            found.append(date)
    return tuple(found)


def trust(kind: PaperKind, said_by: tuple[str, ...]) -> Trust:
    """Give the rung of the ladder on which a statement stands: by what its paper is, and whether it says who said so."""
    return _TRUSTED.get(kind, Trust.NEWS_NAMING_ORIGIN if said_by else Trust.NEWS)


def _sentences(group: Group, one: Examined, at_home: frozenset[str] | None) -> dict[Sentence, _About]:
    """Give what each sentence is about where that is another measure than the story's.

    1. What it names itself decides; a headline always tells of the story.
    2. One that names neither supplier nor place goes on with what the sentence before it in its paragraph was about.
    """
    about: dict[Sentence, _About] = {}
    at_home = homes(group) if at_home is None else at_home
    before: Sentence | None = None
    for sentence in one.seen.sentences:
        mentions = begun(one.seen.mentions, sentence.start, sentence.end)
        suppliers, rulers = _suppliers(mentions), _rulers(one.seen.flat, mentions)
        if sentence.paragraph == 0:
            about[sentence] = _About("", "")
        elif suppliers or rulers or before is None or before.paragraph != sentence.paragraph:  # 1.
            about[sentence] = _About(_another(suppliers, group.supplier), _another(rulers, group.jurisdiction, at_home))
        else:  # 2.
            about[sentence] = about[before]
        before = sentence
    return about


def _suppliers(mentions: Sequence[Mention]) -> list[str]:
    return [named.group or named.id for named in mentions if named.kind in _SUPPLIERS]


def _rulers(flat: str, mentions: Sequence[Mention]) -> list[str]:
    """Give the jurisdictions that a sentence names as ruling: authorities before places, for they act.

    A place rules where its sentence speaks of a measure; a capital in which something happens is only where it does.
    """
    authorities = [one.jurisdiction for one in mentions if one.kind == AUTHORITY and one.jurisdiction]
    places = [
        one
        for one in mentions
        if one.kind == PLACE and one.form != CITY and one.is_told and one.aside not in (HOME, MAKER)
    ]
    return authorities + [
        one.jurisdiction
        for one in places
        if one.form != SEAT or not flat[max(0, one.start - 4) : one.start].endswith((" in ", " at "))
    ]


def homes(group: Group) -> frozenset[str]:
    """Give where the supplier of the story is at home, as any of its papers tells."""
    return frozenset(
        named.jurisdiction
        for one in group.papers
        for named in one.seen.mentions
        if named.kind in _SUPPLIERS and named.group == group.supplier
    )


def _another(named: Sequence[str], own: str, left_out: frozenset[str] = frozenset()) -> str:
    """Give the first that is named beside its own; empty where its own is named, or nothing else is."""
    if not own or own in named:
        return ""
    return next((one for one in named if one not in left_out), "")


def _others(group: Group, one: Examined, register: Register, at_home: frozenset[str] | None) -> dict[str, str]:
    """Give the other measure that statements are about, by their ids; those of the story's own are left out.

    Statements of a paper on one supplier and place tell together which measure of the register that is.
    """
    about = _sentences(group, one, at_home)
    together: dict[tuple[str, str], list[Statement]] = {}
    for statement in one.statements:
        sentence = _sentence(statement, one)
        if statement.act in _ANYWHERE or sentence is None or about[sentence] == _About("", ""):
            continue
        key = about[sentence].supplier or group.supplier, about[sentence].jurisdiction or group.jurisdiction
        together.setdefault(key, []).append(statement)
    return {
        statement.id: best(candidates(supplier, jurisdiction, register), (one._replace(statements=tuple(told)),))
        or f"{jurisdiction}/{supplier}"
        for (supplier, jurisdiction), told in together.items()
        for statement in told
    }


def _sentence(statement: Statement, one: Examined) -> Sentence | None:
    """Give the sentence in which the date of a statement stands, or its passage begins."""
    at = statement.date.span.start if statement.date else statement.span.start
    number = sentence_at(one.seen.sentences, at, max(at + 1, statement.span.end))
    return one.seen.sentences[number] if number >= 0 else None


def _beside(statement: Statement, one: Examined, others: Sequence[Measure], own: Measure | None) -> str:
    """Give another measure of the same supplier and place that a sentence cites, or whose authority and year it names."""
    sentence = _sentence(statement, one)
    if own is None or sentence is None:
        return ""
    cited = {found.value for found in begun(one.seen.citations, sentence.start, sentence.end)}
    named = {
        found.id
        for found in begun(one.seen.mentions, sentence.start, sentence.end)
        if found.kind == AUTHORITY and found.form != OFFICE
    }
    year = statement.date.value[:4] if statement.date else ""
    if is_cited(own, cited) or own.authority in named:
        return ""
    fitting = [
        held.id
        for held in others
        if is_cited(held, cited) or (held.authority in named and year and year == held.issued[:4])
    ]
    return fitting[0] if len(fitting) == 1 else ""
