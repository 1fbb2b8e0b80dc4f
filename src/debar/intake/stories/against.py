# SPDX-License-Identifier: Apache-2.0
"""A statement held against the register: agrees, imprecise, contradicts, not covered.

1. A statement about another measure, or about one that the register does not hold, is not covered.
2. Events are compared by day with the measure's own: issue, announcement, what its history tells.
3. A ban, duty or permission is compared with the provisions on its act. One that says the opposite contradicts.
4. Of provisions that say the same, the day decides: the same day agrees, a day that only the wording moves is imprecise,
   as is a month, and a ban without a day; another day contradicts.
5. What the register itself has not verified neither confirms nor contradicts anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.intake.stories import provisions
from debar.intake.stories.days import Side, turn
from debar.model.vocab import Act, Grade, Instrument, Modality
from debar.model.vocab.statements import DateRole, Precision, StatedAct, VsRegister

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.stories.days import Reach, Turn
    from debar.model.intake import Statement
    from debar.model.measures import Measure, Provision
    from debar.register import Register

_MADE = frozenset({StatedAct.ANNOUNCE, StatedAct.ISSUE})
_WHOLE = frozenset({StatedAct.PROHIBIT, StatedAct.EFFECTIVE, StatedAct.COMPLY_DEADLINE})
_INSTRUMENTS = {StatedAct.PROPOSE: Instrument.PROPOSAL, StatedAct.WARN: Instrument.WARNING}
OTHER_EVENT = 21
"""Days from which a day is that of another event: nobody errs by more, and papers announce many things."""
_EXACT = frozenset({Precision.DAY, Precision.INSTANT})
_NAME = re.compile(r"[A-Z][A-Z0-9.-]{2,20}|\d{2,6}")
_OPPOSITE = {
    Modality.PROHIBITED: frozenset({Modality.PERMITTED}),
    Modality.PERMITTED: provisions.FORBIDDING,
    Modality.REQUIRED: frozenset({Modality.PERMITTED, Modality.ADVISED}),
}


class _Verdict(NamedTuple):
    vs: VsRegister
    official: str = ""


_NOT_COVERED = _Verdict(VsRegister.NOT_COVERED)


def compared(statement: Statement, measure: str, register: Register) -> Statement:
    """Give a statement with how it stands to a measure of the register, and the passage that says so."""
    known = _known(statement, measure, register)  # 1.
    verdict = _compared(statement, known, register) if known else _NOT_COVERED
    return replace(statement, vs_register=verdict.vs, official=verdict.official)


def _known(statement: Statement, measure: str, register: Register) -> Measure | None:
    """Give the measure that a statement is about, if the register holds it."""
    about = statement.measure or measure
    if about in register.measures:
        return register.measures[about]
    own = register.measures.get(measure)
    if own is None:
        return None
    jurisdiction, _, supplier = about.partition("/")
    parties = {party for one in own.provisions for party in one.targets.parties}
    return own if jurisdiction == own.jurisdiction and (supplier in parties or not parties) else None


def _compared(statement: Statement, measure: Measure, register: Register) -> _Verdict:
    act = statement.act
    if act in _MADE:  # 2.
        published = f", published {measure.published}" if measure.published else ""
        official = f"issued {measure.issued}{published} ({measure.cite})"
        return _by_day(statement, tuple(provisions.made(act, measure, register)), official)
    if act in _INSTRUMENTS:
        is_one = measure.instrument is _INSTRUMENTS[act]
        return _Verdict(VsRegister.AGREES, f"{measure.instrument} ({measure.cite})") if is_one else _NOT_COVERED
    if act is StatedAct.LEGAL_BASIS:
        return _basis(statement, measure)
    events = provisions.events(act, measure)
    if events:
        days = [day for one in events if (day := provisions.day_of(one.day, measure, register))]
        told = "; ".join(f"{one.day} {one.text} ({one.grade})" for one in events)
        return _by_day(statement, days, told)
    if act in _WHOLE or provisions.means(act)[0] is not None:
        return _ruled(statement, measure, register)
    return _NOT_COVERED


def _by_day(statement: Statement, days: Sequence[Reach], official: str) -> _Verdict:
    """Compare the day of an event with those of the register; far from all of them it is another event."""
    if statement.polarity == "denied":
        return _Verdict(VsRegister.CONTRADICTS, official)
    told = turn(statement, "")
    if told is None:
        is_told = statement.date is not None
        return _Verdict(VsRegister.IMPRECISE if is_told else VsRegister.AGREES, official)
    if any(told.raw.meets(day) for day in days):
        return _Verdict(VsRegister.AGREES, official)
    nearest = min((told.raw.apart(day) for day in days), default=OTHER_EVENT + 1)
    if nearest > OTHER_EVENT:
        return _NOT_COVERED
    is_exact = statement.date is not None and statement.date.precision in _EXACT
    return _Verdict(VsRegister.CONTRADICTS if is_exact else VsRegister.IMPRECISE, official)


def _basis(statement: Statement, measure: Measure) -> _Verdict:
    """Compare a legal basis by the names and numbers of instruments that both give."""
    for relation in measure.relations:
        if _names(f"{statement.object} {statement.subject}") & _names(f"{relation.to} {relation.text} {measure.title}"):
            return _Verdict(VsRegister.AGREES, f"{relation.kind} {relation.to} ({measure.cite}, {relation.grade})")
    return _NOT_COVERED


def _names(text: str) -> set[str]:
    return {part for name in _NAME.findall(text) for part in (name, name.split("-")[0])}


def _ruled(statement: Statement, measure: Measure, register: Register) -> _Verdict:
    """Compare a ban, a duty or a permission with the provisions on its act."""
    about = provisions.on(statement.act, measure)
    wanted = _wanted(statement)
    alike = [one for one in about if _is_alike(one.modality, wanted)]
    if statement.act in _WHOLE:
        alike = [one for one in about if wanted is Modality.PROHIBITED]
    if wanted in provisions.BINDING and measure.instrument in provisions.NOT_BINDING:
        # A proposal may be told as if it were law already; a warning told as a ban is wrong.
        vs = VsRegister.IMPRECISE if measure.instrument is Instrument.PROPOSAL else VsRegister.CONTRADICTS
        return _Verdict(vs, f"{measure.instrument}, which binds nobody: {measure.summary} ({measure.cite})")
    if alike:
        return _verified(_dated(statement, alike, measure, register), alike, measure)  # 4.
    against = _against(statement, about, wanted, measure)
    return _verified(VsRegister.CONTRADICTS, against, measure) if against else _NOT_COVERED  # 3.


def _wanted(statement: Statement) -> Modality | None:
    """Give what a statement comes to: a denied ban is a permission, a denied permission a ban, a denied duty none."""
    modality = Modality.PROHIBITED if statement.act in _WHOLE else provisions.means(statement.act)[0]
    if statement.polarity != "denied":
        return modality
    return {Modality.PROHIBITED: Modality.PERMITTED, Modality.PERMITTED: Modality.PROHIBITED}.get(
        modality or Modality.ADVISED
    )


def _is_alike(modality: Modality, wanted: Modality | None) -> bool:
    return modality is wanted or (wanted is Modality.PROHIBITED and modality in provisions.FORBIDDING)


def _against(
    statement: Statement, about: Sequence[Provision], wanted: Modality | None, measure: Measure
) -> list[Provision]:
    """Give the provisions that say the opposite; where use is allowed, nothing need be removed."""
    if wanted is None or statement.act in _WHOLE:
        return []
    opposite = [one for one in about if one.modality in _OPPOSITE.get(wanted, frozenset())]
    if wanted is Modality.REQUIRED and Act.REMOVE in provisions.means(statement.act)[1]:
        opposite += [one for one in measure.provisions if one.modality is Modality.PERMITTED and Act.USE in one.acts]
    return opposite


def _verified(vs: VsRegister, found: Sequence[Provision], measure: Measure) -> _Verdict:
    """Give a verdict with the words of provisions, as far as the register has verified any of them."""  # 5.
    official = "; ".join(provisions.words(one, measure) for one in found)
    is_known = any(one.grade is not Grade.UNVERIFIED for one in found)
    return _Verdict(vs if is_known else VsRegister.NOT_COVERED, official)


def _dated(statement: Statement, alike: Sequence[Provision], measure: Measure, register: Register) -> VsRegister:
    """Compare the day of a statement with those of provisions that say the same."""
    told = turn(statement, "")
    is_free = alike[0].modality in (Modality.PERMITTED, Modality.ADVISED)
    if alike[0].modality is Modality.ADVISED:
        return VsRegister.AGREES
    if told is None or statement.date is None:
        # That a ban stands without saying since when is less than the register knows; advice and leave need no day.
        return VsRegister.AGREES if is_free and statement.date is None else VsRegister.IMPRECISE
    if is_free and told.side is not Side.BEGINS:
        return VsRegister.AGREES
    days = [_turning(one, measure, register, is_free=is_free) for one in alike]
    verdicts = [_on_day(statement, told, every) for every in days]
    if VsRegister.AGREES in verdicts:
        is_one_of_many = statement.act in _WHOLE and any(one is not VsRegister.AGREES for one in verdicts)
        return VsRegister.IMPRECISE if is_one_of_many else VsRegister.AGREES
    return VsRegister.IMPRECISE if VsRegister.IMPRECISE in verdicts else VsRegister.CONTRADICTS


def _turning(provision: Provision, measure: Measure, register: Register, *, is_free: bool) -> tuple[Reach, ...]:
    """Give the days on which a provision changes something; a permission does when it ends."""
    ends = provisions.day_of(provision.applies_until, measure, register)
    if is_free:
        return (ends,) if ends else ()
    begins = provisions.day_of(provision.applies_from, measure, register)
    return tuple(day for day in (begins, ends, provisions.due(provision, measure, register)) if day)


def _on_day(statement: Statement, told: Turn, days: Iterable[Reach]) -> VsRegister:
    """Compare one day with those of one provision.

    "Until D" is said of the last day and of the first day after it, so that it agrees with either; "after D" is not.
    """
    role = statement.date.role if statement.date else DateRole.ON
    is_exact = statement.date is not None and statement.date.precision in _EXACT
    best = VsRegister.CONTRADICTS
    for day in days:
        if told.at.meets(day) or (role in (DateRole.UNTIL, DateRole.BY) and told.raw.meets(day)):
            return VsRegister.AGREES if is_exact else VsRegister.IMPRECISE
        if told.raw.meets(day):
            best = VsRegister.IMPRECISE
    return best
