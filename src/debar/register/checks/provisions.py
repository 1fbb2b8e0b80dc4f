# SPDX-License-Identifier: Apache-2.0
"""One provision: whom and what it reaches, what it asks, when it bites, and what it rests on."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from debar import dates
from debar.model.vocab import Effect, Instrument, Modality
from debar.register.checks import names
from debar.register.checks.faults import Fault, under
from debar.register.checks.sources import cited, claimed
from debar.register.checks.times import days, interval, is_day, order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Condition, Deadline, Exemption, Interruption, Measure, Provision
    from debar.register import Register

LISTS = frozenset(
    {Instrument.LIST_ENTRY, Instrument.DESIGNATION, Instrument.REGULATION, Instrument.ORDER, Instrument.STATUTE}
)
"""Instruments that can name parties one by one."""
UNITS = frozenset({"calendar-days", "business-days", "months", "years"})
LONGEST = {"calendar-days": 36_500, "business-days": 25_000, "months": 1_200, "years": 100}
"""A century: what lies beyond is a slip."""
_ORIGIN = re.compile(r"[A-Z]{2}|foreign")
_YEAR = re.compile(r"\d{4}")
_ANSWER = re.compile(r"[^\s,=]+")
"""What fits into --fact NAME=ANSWER and into a list in the environment."""


def provision_faults(
    provision: Provision, measure: Measure, register: Register, stored: Mapping[str, str], zone: str, first: str
) -> Iterator[Fault]:
    """Yield the faults of a provision; `first` is the day of the first act of the authority."""
    yield from names.form(provision.id)
    yield from under(("targets",), _targets(provision, register))
    yield from _rule(provision)
    yield from conditions(provision.conditions)
    yield from _one_question(provision)
    if provision.deadline:
        yield from under(("deadline",), _deadline(provision.deadline), "deadline")
        yield from under(("deadline",), _follows(provision, measure), "deadline")
    yield from interval(provision.applies_from, provision.applies_until, zone)
    yield from days({"known_from": provision.known_from, "until_known_from": provision.until_known_from})
    yield from known_late(provision.known_from, first, zone)
    if provision.until_known_from and not provision.applies_until:
        yield Fault(("until_known_from",), "until_known_from is about an end, but there is no applies_until")
    yield from _parts(provision, register, stored, zone, first)
    yield from _sources(provision, measure, register, stored)


def known_late(known_from: str, first: str, zone: str) -> Iterator[Fault]:
    """Yield the fault of knowledge that comes before the authority had done anything."""
    said = f"known_from {known_from} comes before the first act of the authority on {first}"
    yield from (Fault(fault.at, said) for fault in order(("", first), ("known_from", known_from), zone))


def _targets(provision: Provision, register: Register) -> Iterator[Fault]:
    targets = provision.targets
    yield from names.references(("parties",), "party", targets.parties, register.parties)
    yield from names.references(("lists",), "list", targets.lists, register.measures)
    for number, id_ in enumerate(targets.lists):
        measure = register.measures.get(id_)
        if measure and measure.instrument not in LISTS:
            yield Fault(("lists", number), f"{id_} is no list: its instrument is {measure.instrument}")
    for number, origin in enumerate(targets.origins):
        if not _ORIGIN.fullmatch(origin):
            yield Fault(("origins", number), f"{origin!r} is no origin: write a country as CN, or foreign")
    if not targets.parties and not targets.lists and not targets.origins:
        yield Fault((), "the target names no party, no list and no origin")


def _rule(provision: Provision) -> Iterator[Fault]:
    if not provision.acts or not provision.addressees:
        yield Fault(("addressees" if provision.acts else "acts",), "a provision is about an act and binds somebody")
    if provision.effect is not Effect.NONE and provision.modality is not Modality.PERMITTED:
        yield Fault(("effect",), f"effect {provision.effect} is that of a permission, but this is {provision.modality}")
    if provision.deadline and provision.modality is not Modality.REQUIRED:
        yield Fault(("deadline",), f"a deadline is that of a duty, but this is {provision.modality}")
    if provision.owed and provision.modality is not Modality.REQUIRED:
        yield Fault(("owed",), f"only a duty is owed whatever is found, but this is {provision.modality}")


def conditions(every: tuple[Condition, ...]) -> Iterator[Fault]:
    """Yield the faults of conditions: what they ask, and which answers fulfil them."""
    for number, condition in enumerate(every):
        yield from under(("conditions", number), _condition(condition), f"condition {condition.id}")


def _condition(condition: Condition) -> Iterator[Fault]:
    if not names.FACT.fullmatch(condition.fact):
        yield Fault(("fact",), f"{condition.fact!r}: the name of a fact is lower-case words joined by _")
    if not condition.needs.rstrip().endswith("?"):
        yield Fault(("needs",), "needs is a question, and ends with one: put remarks before it or in brackets")
    named = {"not_before": condition.not_before, "before": condition.before}
    yield from days({n: f"{text}-01-01" if _YEAR.fullmatch(text) else text for n, text in named.items()})
    if condition.above and not _is_number(condition.above):
        yield Fault(("above",), f"{condition.above!r} is no number")
    if condition.above and (condition.not_before or condition.before):
        yield Fault(("above",), "a number and a date at once")
    if not _ANSWER.fullmatch(condition.equals):
        yield Fault(("equals",), f"{condition.equals!r}: an answer is one word, without comma or =")


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _one_question(provision: Provision) -> Iterator[Fault]:
    """Yield a fault where one id stands for two questions; it may stand in several exemptions, as the same one."""
    needs: dict[str, str] = {}
    every = [(("conditions", n), c) for n, c in enumerate(provision.conditions)]
    every += [
        (("exemptions", m, "conditions", n), c)  # type: ignore[misc]
        for m, exemption in enumerate(provision.exemptions)
        for n, c in enumerate(exemption.conditions)
    ]
    for at, condition in every:
        if needs.setdefault(condition.id, condition.needs) != condition.needs:
            yield Fault(at, f"condition {condition.id}: two questions under one id")


def _deadline(deadline: Deadline) -> Iterator[Fault]:
    is_fact = names.FACT.fullmatch(deadline.after) is not None
    if not is_fact and not (dates.is_date(deadline.after) and is_day(deadline.after)):
        yield Fault(("after",), f"{deadline.after!r} is neither a date nor the name of a fact")
    if deadline.unit not in UNITS:
        yield Fault(("unit",), f"{deadline.unit!r} is no unit: write {', '.join(sorted(UNITS))}")
        return
    least, most = int(deadline.repeats), LONGEST[deadline.unit]
    if not least <= deadline.amount <= most:
        yield Fault(("amount",), f"{deadline.amount} {deadline.unit} is not from {least} to {most}")
    if deadline.resets and not deadline.repeats:
        yield Fault(("resets",), "what is done once has no interval that could begin anew")


def _follows(provision: Provision, measure: Measure) -> Iterator[Fault]:
    """Yield the faults of a deadline that counts from the doing of another provision's duty."""
    deadline, others = provision.deadline, {one.id for one in measure.provisions} - {provision.id}
    if deadline and deadline.follows:
        yield from names.references(("follows",), "provision", deadline.follows, others)
        if dates.is_date(deadline.after):
            yield Fault(("follows",), f"it counts from {deadline.after}, whatever was done before")


def _parts(
    provision: Provision, register: Register, stored: Mapping[str, str], zone: str, first: str
) -> Iterator[Fault]:
    """Yield the faults of what takes a case out of a provision, or interrupts it."""
    parts: list[tuple[str, int, Exemption | Interruption]] = [
        *(("exemptions", n, one) for n, one in enumerate(provision.exemptions)),
        *(("interruptions", n, one) for n, one in enumerate(provision.interruptions)),
    ]
    for field, number, part in parts:
        found = (
            *names.form(part.id),
            *days({"known_from": part.known_from}),
            *known_late(part.known_from, first, zone),
            *interval(part.applies_from, part.applies_until, zone),
            *cited(part.citations, register, stored, part.grade),
        )
        yield from under((field, number), found, part.id)
    for number, exemption in enumerate(provision.exemptions):
        yield from under(("exemptions", number), _exemption(exemption, provision), exemption.id)


def _exemption(exemption: Exemption, provision: Provision) -> Iterator[Fault]:
    """Yield the faults of an exemption that takes out everything, or what is not in."""
    yield from conditions(exemption.conditions)
    if not (exemption.acts or exemption.addressees or exemption.categories or exemption.meanings):
        if not exemption.conditions:
            yield Fault((), "an exemption of everybody and everything: nothing would be left of the provision")
        return
    for field, mine, whole in (
        ("acts", exemption.acts, provision.acts),
        ("categories", exemption.categories, provision.targets.categories or exemption.categories),
        ("meanings", exemption.meanings, provision.targets.meanings or exemption.meanings),
    ):
        for number, word in enumerate(mine):
            if word not in whole:
                yield Fault((field, number), f"exempts {word}, which the provision is not about")


def _sources(provision: Provision, measure: Measure, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    if not provision.citations:
        yield Fault((), "no citation")
    else:
        yield from cited(provision.citations, register, stored, provision.grade)
    for number, citation in enumerate(provision.citations):
        if citation.document in register.documents and citation.document not in measure.documents:
            said = f"document {citation.document!r} is cited but not among the measure's documents"
            yield Fault(("citations", number), said)
    for number, doubt in enumerate(provision.doubts):
        # A doubt may rest on nothing that can be shown: that is why it is one.
        found = (*cited(doubt.citations, register, stored), *claimed(doubt.claims, register, stored))
        yield from under(("doubts", number), found, f"doubt about {doubt.about}")
