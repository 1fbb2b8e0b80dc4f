# SPDX-License-Identifier: Apache-2.0
"""What a measure would need and the papers of a story do not give.

1. What no paper gives: the citation, the text itself, legal names, hours, exemptions, whom it binds.
2. What only some papers give: each stage, each permission, each number, with those that leave it out.
3. What the register's measure holds and no paper tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.stories import provisions
from debar.intake.stories.counting import unit
from debar.intake.stories.days import Side
from debar.intake.stories.families import family, topic
from debar.intake.stories.weighed import weigh, words
from debar.model.vocab.law import Modality
from debar.model.vocab.statements import PaperKind, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.intake.stories.weighed import Weighed
    from debar.model.intake import Statement
    from debar.model.lexicon import Words
    from debar.model.measures import Measure, Provision
    from debar.register import Register

_PENALTIES, _TIME, _ZONE, _NAMES = "penalties", "time of day", "time zone", "legal names of the parties"
_AROUND = 60
"""Characters around a date in which its hour and zone would stand."""
_AFTER_NAME = 40
"""Characters after a name in which its legal form would stand."""
_MOST_NAMES = 10
"""Papers that are named; of more their number is enough."""
_WORD = re.compile(r"[^\W_][^\s,;()]{0,30}")
_MARKS = ".'\"\u201d\u2019"
"""What may close a word that ends a sentence or a quotation."""
_WHOLE = frozenset({StatedAct.PROHIBIT, StatedAct.EFFECTIVE})
_ONWARD = (StatedAct.PROHIBIT_RESELL, StatedAct.PROHIBIT_INTEGRATE, StatedAct.PROHIBIT_LICENSE)
_FORBIDDEN, _MUST = "prohibit", "require"


def missing(
    statements: Sequence[Statement], examined: Sequence[Examined], measure: str, register: Register
) -> tuple[str, ...]:
    """Give what no paper tells, and what only some do, in words."""
    papers = sorted(examined, key=lambda one: (one.paper.path, one.paper.id))
    weighed = weigh(statements, papers, register.lexicon.words)
    known = register.measures.get(measure)
    return (
        *(f"no paper gives {what}" for what in _never(weighed, papers, register.lexicon.words)),  # 1.
        *_partly(weighed, papers),  # 2.
        *(_untold(weighed, known) if known else ()),  # 3.
    )


def _never(weighed: Sequence[Weighed], papers: Sequence[Examined], lists: Sequence[Words]) -> Iterator[str]:
    """Yield what none of the papers gives, in the order in which a measure is written."""
    gaps = {one.means: frozenset(one.words) for one in lists if one.purpose == "gap"}
    acts = {one.statement.act for one in weighed if one.statement.polarity == "asserted"}
    rules = [one for one in weighed if one.statement.act.startswith((_FORBIDDEN, _MUST))]
    if not any(one.seen.citations for one in papers):
        yield "the citation of the instrument"
    if not any(one.paper.kind is PaperKind.OFFICIAL_TEXT for one in papers):
        yield "the official text itself"
    if not any(_names_form(one, gaps.get(_NAMES, frozenset())) for one in papers):
        yield _NAMES
    if not any(dimension == "who" for one in rules for dimension, _ in one.scopes):
        yield "the addressees: whom it binds"
    if not any(one.turn for one in rules) and not any(one.turn and one.statement.act in _WHOLE for one in weighed):
        yield "the day from which it applies"
    yield from _hours(weighed, papers, gaps)
    if StatedAct.EXEMPT not in acts:
        yield "exemptions"
    if StatedAct.PROHIBIT_SELL in acts and not acts & set(_ONWARD):
        yield "resale, integration and licensing: whether they are covered"
    if not any(one.turn and one.turn.side is Side.ENDS for one in weighed) and StatedAct.REVOKE not in acts:
        yield "an end date, if there is one"
    if not any(_has_any(_main(one), gaps.get(_PENALTIES, frozenset())) for one in papers):
        yield _PENALTIES


def _hours(weighed: Sequence[Weighed], papers: Sequence[Examined], gaps: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield time of day and time zone, where no dated statement has them beside its date."""
    texts = {one.paper.id: one.paper.text for one in papers}
    beside = [
        words(texts[one.document][max(0, date.span.start - _AROUND) : date.span.end + _AROUND])
        for one in weighed
        if (date := one.statement.date) and one.document in texts
    ]
    for what in (_TIME, _ZONE):
        if not any(_has_any(text, gaps.get(what, frozenset())) for text in beside):
            yield what


def _names_form(one: Examined, forms: frozenset[str]) -> bool:
    """Tell whether a paper gives a supplier with its legal form."""
    return any(
        _has_any(words(one.seen.flat[name.end : name.end + _AFTER_NAME].split(". ")[0]), forms)
        for name in one.seen.mentions
        if name.kind == "supplier"
    )


def _has_any(text: str, sought: frozenset[str]) -> bool:
    """Tell whether a text in small letters has one of some words, or of some runs of words."""
    found = {word for match in _WORD.findall(text) for word in (match, match.rstrip(_MARKS))}
    return bool(found & sought) or any(" " in one and one in text for one in sought)


def _main(one: Examined) -> str:
    return words(" ".join(one.paper.text[first:last] for first, last in one.paper.paragraphs))


def _partly(weighed: Sequence[Weighed], papers: Sequence[Examined]) -> Iterator[str]:
    """Yield what some papers tell and others do not, with those that do not; all of it in one order."""
    whole = {(one.turn.raw.first, one.document) for one in weighed if one.turn and one.statement.act in _WHOLE}
    told: dict[str, set[str]] = {}
    for one in weighed:
        what = _stage(one)
        if what:
            told.setdefault(what, set()).add(one.document)
            if one.turn and one.turn.side is Side.BEGINS:
                told[what] |= {document for day, document in whole if day == one.turn.raw.first}
    for what in sorted(told):
        left = [one.paper.path for one in papers if one.paper.id not in told[what]]
        if left:
            names = ", ".join(left[:_MOST_NAMES]) + (", ..." if len(left) > _MOST_NAMES else "")
            yield f"{what}: {len(left)} of {len(papers)} papers do not mention it ({names})"


def _stage(one: Weighed) -> str:
    """Give what a statement tells of a measure, as a line of a list; empty for what is no part of it."""
    said = one.statement
    if said.polarity == "denied" or said.act in _WHOLE:
        return ""
    name = topic(family(said.act), {said.act})
    if said.number and not said.act.startswith("background"):
        return f"number of {unit(said.number)} ({name})"
    if said.act.startswith(("permit.", "exempt")):
        return f"{name} permitted" if said.act is not StatedAct.EXEMPT else "exemptions"
    if not one.turn or not said.act.startswith((_FORBIDDEN, _MUST, "comply")):
        return ""
    role = "by" if one.turn.side is Side.OVER else "from"
    return f"{name} {role} {said.date.value if said.date else ''}"


def _untold(weighed: Sequence[Weighed], measure: Measure) -> Iterator[str]:
    """Yield what the register's measure holds and no paper tells."""
    for provision in measure.provisions:
        if not any(_tells(one, provision) for one in weighed):
            yield f"no paper tells what the register holds: {provisions.words(provision, measure)}"
    exemptions = {one.id: one for provision in measure.provisions for one in provision.exemptions}
    if exemptions and not any(one.statement.act is StatedAct.EXEMPT for one in weighed):
        for one in exemptions.values():
            yield f"no paper tells what the register holds: {one.text} ({measure.cite}, {one.grade})"


def _tells(one: Weighed, provision: Provision) -> bool:
    """Tell whether a statement says what a provision says, whatever day it gives."""
    modality, acts = provisions.means(one.statement.act)
    if modality is None or not acts & frozenset(provision.acts):
        return False
    is_denied = one.statement.polarity == "denied"
    forbids = (modality is Modality.PROHIBITED) != is_denied
    if provision.modality in provisions.FORBIDDING:
        return forbids and modality in (Modality.PROHIBITED, Modality.PERMITTED)
    return modality is provision.modality or (provision.modality is Modality.PERMITTED and is_denied and not forbids)
