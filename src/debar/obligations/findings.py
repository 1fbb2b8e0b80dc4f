# SPDX-License-Identifier: Apache-2.0
"""Exposures against every provision: one finding for each act that is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Act, AddresseeKind, Meaning, Status
from debar.obligations.applies import applies
from debar.obligations.question import subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from debar.model.results import Exposure, Finding
    from debar.obligations.question import Question, Subject
    from debar.register import Register

_DUTIES = frozenset({Act.IDENTIFY, Act.REPORT, Act.PLAN, Act.REMOVE, Act.REPLACE})
BUILDING_IN = frozenset({Act.INTEGRATE, Act.AUTHORISE})
"""Acts that are about technology inside something else."""
_TRADE = frozenset({Act.RESELL, Act.LICENSE})
ACTS_OF_MEANING = {
    Meaning.INSTALLED: frozenset({Act.USE, Act.UPDATE, Act.RENEW, Act.OPERATE}) | _DUTIES,
    Meaning.COMPONENT: frozenset({Act.USE, Act.UPDATE, Act.INTEGRATE, Act.PROVIDE, Act.AUTHORISE}) | _TRADE | _DUTIES,
    Meaning.EMBEDDED: frozenset({Act.USE, Act.UPDATE, Act.INTEGRATE, Act.PROVIDE, Act.AUTHORISE}) | _TRADE | _DUTIES,
    Meaning.SERVICE_USE: frozenset({Act.USE, Act.UPDATE, Act.OPERATE}) | _DUTIES,
    Meaning.HARDWARE: frozenset({Act.USE, Act.UPDATE, Act.ACQUIRE}) | _DUTIES,
    Meaning.PURCHASE: frozenset({Act.ACQUIRE, Act.RENEW, Act.USE, Act.SPEND}) | _TRADE | _DUTIES,
    Meaning.RESIDUE: frozenset[Act](),
    Meaning.MENTION: frozenset[Act](),
}
"""Acts that an exposure of a meaning puts at stake. Something left behind is no act at all."""
_ACTS_OF_TRADE = {
    Act.RESELL: AddresseeKind.RESELLER,
    Act.LICENSE: AddresseeKind.RESELLER,
    Act.INTEGRATE: AddresseeKind.INTEGRATOR,
    Act.PROVIDE: AddresseeKind.FEDERAL_CONTRACTOR,
    Act.AUTHORISE: AddresseeKind.EQUIPMENT_MAKER,
    Act.SPEND: AddresseeKind.FUND_RECIPIENT,
}
"""Acts that only some organisations do: a bakery with one licence is not selling any on."""


SUPPLIES = "supplies_it_to_others"
"""Fact that tells whether software with a part of the party in it leaves the house."""
_SUPPLIES_QUESTION = "Do you supply this software, or a service built on it, to others? Then you integrate its parts."


def assess(exposures: Iterable[Exposure], register: Register, question: Question) -> list[Finding]:
    """Give the findings of all exposures, by exposure in their order, then measure, provision, act."""
    found: list[Finding] = []
    for exposure in exposures:
        party = register.parties[exposure.party]
        subject = subject_of(party, exposure.product, exposure.meaning, level=exposure.level, exposure=exposure.id)
        found += decide(register, subject, question, _at_stake(exposure.meaning, question))
        found += _built_in(register, subject, question)
    return found


def _built_in(register: Register, subject: Subject, question: Question) -> list[Finding]:
    """Give what integrating means for an organisation that has not said whether it integrates.

    A part inside its own software is integration as soon as others get that software, which no file
    shows: a prohibition becomes a question, unless the fact answers it.
    """
    answer = question.organisation.facts.get(SUPPLIES)
    if AddresseeKind.INTEGRATOR in question.organisation.kinds or answer == "no":
        return []
    if subject.meaning not in {Meaning.EMBEDDED, Meaning.COMPONENT}:
        return []
    findings = decide(register, subject, question, (Act.INTEGRATE,))
    if answer == "yes":
        return findings
    return [
        msgspec.structs.replace(
            finding, status=Status.UNDETERMINED, missing=(SUPPLIES,), questions=(_SUPPLIES_QUESTION,)
        )
        for finding in findings
        if finding.status is Status.PROHIBITED
    ]


def decide(register: Register, subject: Subject, question: Question, acts: Collection[Act]) -> list[Finding]:
    """Give the findings of one subject on some acts, by measure, provision and act."""
    return [
        finding
        for measure in register.measures.values()
        for provision in measure.provisions
        for act in provision.acts
        if act in acts and (finding := applies(register, measure, provision, act, subject=subject, question=question))
    ]


def _at_stake(meaning: Meaning, question: Question) -> frozenset[Act]:
    """Give the acts an exposure puts at stake for this organisation."""
    kinds = question.organisation.kinds
    return frozenset(
        act for act in ACTS_OF_MEANING[meaning] if act not in _ACTS_OF_TRADE or _ACTS_OF_TRADE[act] in kinds
    )
