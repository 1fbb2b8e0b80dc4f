# SPDX-License-Identifier: Apache-2.0
"""What the register says about a party, a product, or anything of an origin, without any evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.errors import UsageError, did_you_mean
from debar.model.measures import Party
from debar.model.results import Explanation, Program, Stage
from debar.model.vocab import Act, Category, Meaning
from debar.obligations.background import history, statements, unknowns
from debar.obligations.brief import briefs, names, release_of
from debar.obligations.findings import BUILDING_IN, decide
from debar.obligations.organisation import check_facts, unknown_jurisdictions
from debar.obligations.plan import plan
from debar.obligations.position import positions
from debar.obligations.question import Matter, subject_from, subject_of
from debar.obligations.reach import links
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.model.measures import Product
    from debar.obligations.question import Question, Subject
    from debar.register import Register

ORIGIN = "origin:"
"""Beginning of a word that names a country of production instead of a party."""


def explain(
    party: str,
    product: str,
    register: Register,
    question: Question,
    *,
    acts: Collection[Act] = tuple(Act),
    meaning: Meaning | None = None,
) -> Explanation:
    """Give what the register says about a party, or one product of it, without any evidence.

    Raises UsageError for a party or product that the register does not know.
    """
    check_facts(question.organisation, register)
    unknown_jurisdictions(register, question)
    found, line = _asked_about(register, party, product)
    usual = meaning or (Meaning.EMBEDDED if line and line.embedded else Meaning.INSTALLED)
    subject = _subject(found, line, usual, product)
    # What is built into something is embedded there; asked about the rest, the product is what it usually is.
    inside = subject if meaning else msgspec.structs.replace(subject, meaning=Meaning.EMBEDDED)
    findings = decide(register, subject, question, [act for act in acts if act not in BUILDING_IN])
    findings += decide(register, inside, question, [act for act in acts if act in BUILDING_IN])
    stages = timeline(subject, register, question, acts)
    reaching = [register.measures[id_] for id_ in dict.fromkeys(s.measure for s in stages if s.concerns)]
    return Explanation(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=release_of(register, question),
        party=found.id,
        product=line.id if line else None,
        meaning=subject.meaning,
        organisation=question.organisation,
        as_of=question.as_of,
        known_on=question.known_on or None,
        assumed=question.is_default,
        measures=briefs(findings, register),
        names={found.id: found.name} | names(register, {found.id} & set(register.parties)),
        positions=positions(findings, register, question, acts if len(acts) < len(Act) else ()),
        findings=tuple(findings),
        obligations=tuple(plan(findings, (), register, question)),
        timeline=stages,
        history=history(reaching, register, question),
        statements=statements(found, register, question),
        unknowns=unknowns(reaching, register, question),
    )


def _asked_about(register: Register, party: str, product: str) -> tuple[Party, Product | None]:
    """Give the party and product that words name; "origin:TW" stands for any maker, the product then for what it is."""
    if not party.startswith(ORIGIN):
        found = register.party(party)
        return found, register.product(found, product) if product else None
    country = party.removeprefix(ORIGIN)
    if not (len(country) == len("TW") and country.isascii() and country.isupper()):
        raise UsageError(f"{party!r} names no country", hint="write origin:TW/router, with an ISO 3166 code")
    if product not in list(Category):
        raise UsageError(
            f"{product!r} is no category of products{did_you_mean(product, list(Category))}",
            hint=f"write {party}/router, or another of: {', '.join(Category)}",
        )
    return Party(id=party, name=f"any maker's {product} produced in {country}"), None


def _subject(party: Party, product: Product | None, meaning: Meaning, category: str) -> Subject:
    if party.id.startswith(ORIGIN):
        return subject_from(party.id.removeprefix(ORIGIN), (Category(category),), meaning)
    return subject_of(party, product.id if product else "", meaning)


def timeline(
    subject: Subject, register: Register, question: Question, acts: Collection[Act] = tuple(Act)
) -> tuple[Stage, ...]:
    """Give the dated stages of every measure of the asker's jurisdictions that reaches a subject.

    Whomever they bind, and as far as they could be known.
    """
    stages = []
    for measure in register.measures.values():
        if measure.jurisdiction not in question.organisation.jurisdictions:
            continue
        authority = register.authorities[measure.authority]
        zone = authority.zone
        for provision in measure.provisions:
            if not set(acts) & set(provision.acts) or not question.knows(provision.known_from, authority):
                continue
            matter = Matter(
                register=register,
                measure=measure,
                provision=provision,
                subject=subject,
                question=question,
                facts=question.organisation.facts,
            )
            if not links(matter):
                continue
            when = dates.begins(provision.applies_from, zone)
            stages.append(
                Stage(
                    date=dates.stamp(when),
                    zone=zone,
                    measure=measure.id,
                    provision=f"{measure.id}#{provision.id}",
                    text=provision.text,
                    concerns=matter.is_asker((*provision.addressees, *provision.counterparties)),
                )
            )
    return tuple(sorted(stages, key=lambda s: (s.date, s.provision)))
