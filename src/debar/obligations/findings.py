# SPDX-License-Identifier: Apache-2.0
"""Exposures against every provision: one finding for each act that is at stake."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from debar.identity import stable_id
from debar.model.vocab import DUTIES, Act, AddresseeKind, Meaning, Status
from debar.obligations.applies import SURE, applies
from debar.obligations.question import NOTHING, Matter, contexts, facts_about, subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from debar.model.measures import Waiver
    from debar.model.results import Exposure, Finding
    from debar.obligations.question import Grant, Question, Subject
    from debar.register import Register

BUILDING_IN = frozenset({Act.INTEGRATE, Act.AUTHORISE, Act.ATTEST})
"""Acts that are about technology inside something else."""
_TRADE = frozenset({Act.RESELL, Act.LICENSE, Act.DISTRIBUTE, Act.HOST, Act.HAND_OVER})
_HAVING = frozenset({Act.USE, Act.UPDATE, Act.PERFORM, Act.ENGAGE})
_INSIDE = _HAVING | BUILDING_IN | _TRADE | DUTIES | {Act.PROVIDE, Act.IMPORT, Act.MARKET, Act.SELL}
_INSTALLED = _HAVING | DUTIES | {Act.RENEW, Act.OPERATE, Act.INSTALL}
ACTS_OF_MEANING = {
    Meaning.RUNNING: _INSTALLED,
    Meaning.INSTALLED: _INSTALLED,
    Meaning.COMPONENT: _INSIDE,
    Meaning.EMBEDDED: _INSIDE,
    Meaning.SERVICE_USE: _HAVING | DUTIES | {Act.OPERATE, Act.CONNECT},
    Meaning.HARDWARE: _HAVING | DUTIES | {Act.ACQUIRE, Act.INSTALL, Act.DEPLOY, Act.CONNECT},
    Meaning.PURCHASE: _HAVING
    | _TRADE
    | DUTIES
    | {Act.ACQUIRE, Act.RENEW, Act.SPEND, Act.PROVIDE, Act.IMPORT, Act.INSTALL, Act.DEPLOY},
    Meaning.CLIENT: frozenset[Act](),
    Meaning.RESIDUE: frozenset[Act](),
    Meaning.MENTION: frozenset[Act](),
}
"""Acts that an exposure of a meaning puts at stake. Something left behind, or of others, is no act at all."""
_CONTRACTORS = frozenset(
    {
        AddresseeKind.FEDERAL_CONTRACTOR,
        AddresseeKind.DEFENCE_CONTRACTOR,
        AddresseeKind.INTELLIGENCE_CONTRACTOR,
    }
)
_MAKERS = frozenset({AddresseeKind.EQUIPMENT_MAKER, AddresseeKind.VEHICLE_MAKER})
_ACTS_OF_TRADE = {
    Act.RESELL: frozenset({AddresseeKind.RESELLER}),
    Act.LICENSE: frozenset({AddresseeKind.RESELLER}),
    Act.INTEGRATE: frozenset({AddresseeKind.INTEGRATOR}),
    Act.PROVIDE: _CONTRACTORS,
    Act.PERFORM: _CONTRACTORS,
    Act.ENGAGE: _CONTRACTORS,
    Act.REPRESENT: _CONTRACTORS,
    Act.FLOW_DOWN: _CONTRACTORS,
    Act.AUTHORISE: _MAKERS,
    Act.ATTEST: _MAKERS,
    Act.MARKET: _MAKERS,
    Act.SELL: _MAKERS,
    Act.IMPORT: _MAKERS | {AddresseeKind.IMPORTER},
    Act.SPEND: frozenset({AddresseeKind.FUND_RECIPIENT, AddresseeKind.GRANTEE}),
    Act.DISTRIBUTE: frozenset({AddresseeKind.APP_STORE}),
    Act.HOST: frozenset({AddresseeKind.HOSTING_PROVIDER}),
}
"""Acts that only some organisations do: a bakery with one licence is not selling any on."""


SUPPLIES = "supplies_it_to_others"
"""Fact that tells whether software with a part of the party in it leaves the house."""
PRODUCED_IN = "produced_in"
"""Fact that tells the country (ISO 3166) in which the devices of a system were produced."""
SUPPLIES_QUESTION = "Do you supply this software, or a service built on it, to others? Then you integrate its parts."


def assess(
    exposures: Iterable[Exposure],
    register: Register,
    question: Question,
    grants: Mapping[str, Grant] = MappingProxyType({}),
) -> list[Finding]:
    """Give the findings of all exposures, by exposure in their order, then measure, provision, act.

    Exposures that the law cannot tell apart are decided once. `grants` is what people decided about some, by their ids.
    """
    decided: dict[tuple[object, ...], list[Finding]] = {}
    found: list[Finding] = []
    for exposure in exposures:
        facts = facts_about(question.organisation, exposure.asset)
        grant = grants.get(exposure.id, NOTHING)
        alike = (exposure.party, exposure.product, exposure.meaning, exposure.level >= SURE, grant, *facts.items())
        if alike not in decided:
            asked = msgspec.structs.replace(question, grant=grant)
            decided[alike] = assess_one(
                exposure.party, exposure.product, exposure.meaning, exposure.level, register, asked, facts
            )
        found += (
            msgspec.structs.replace(finding, id=stable_id("fin", exposure.id, finding.id), exposure=exposure.id)
            for finding in decided[alike]
        )
    return found


def assess_one(
    party: str,
    product: str,
    meaning: Meaning,
    level: int,
    register: Register,
    question: Question,
    facts: Mapping[str, str],
) -> list[Finding]:
    """Give the findings of one kind of exposure, without an exposure's id."""
    origin = facts.get(PRODUCED_IN, "")
    subject = subject_of(register.parties[party], product, meaning, level=level, origin=origin)
    found = decide(register, subject, question, _at_stake(meaning, question), facts)
    return found + _built_in(register, subject, question, facts)


def _built_in(register: Register, subject: Subject, question: Question, facts: Mapping[str, str]) -> list[Finding]:
    """Give what integrating means for an organisation that has not said whether it integrates.

    A part inside its own software is integration as soon as others get that software, which no file
    shows: a prohibition becomes a question, unless the fact answers it.
    """
    answer = facts.get(SUPPLIES)
    if AddresseeKind.INTEGRATOR in question.organisation.kinds or answer == "no":
        return []
    if subject.meaning not in {Meaning.EMBEDDED, Meaning.COMPONENT}:
        return []
    findings = decide(register, subject, question, (Act.INTEGRATE,), facts)
    if answer == "yes":
        return findings
    return [
        msgspec.structs.replace(
            finding, status=Status.UNDETERMINED, missing=(SUPPLIES,), questions=(SUPPLIES_QUESTION,)
        )
        for finding in findings
        if finding.status in {Status.PROHIBITED, Status.LICENCE_REQUIRED}
    ]


def decide(
    register: Register,
    subject: Subject,
    question: Question,
    acts: Collection[Act],
    facts: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Give the findings of one subject on some acts, by measure, provision, act, contract and time.

    `facts` are those that hold for the subject; the organisation's own when not given. A provision
    that a contract's facts decide is decided for each such contract.
    """
    known = question.organisation.facts if facts is None else facts
    found: list[Finding] = []
    elsewhere = granted_elsewhere(register)
    for measure in register.measures.values():
        for provision in measure.provisions:
            if not (at_stake := [act for act in provision.acts if act in acts]):
                continue
            for contract, stated in contexts(question.organisation, measure, provision, known):
                matter = Matter(
                    register=register,
                    measure=measure,
                    provision=provision,
                    subject=subject,
                    question=question,
                    contract=contract,
                    facts=stated,
                    waivers=elsewhere,
                )
                for act in at_stake:
                    found += applies(matter, act)
    return found


def granted_elsewhere(register: Register) -> tuple[Waiver, ...]:
    """Give the waivers that one measure grants from provisions of another."""
    return tuple(
        waiver
        for measure in register.measures.values()
        for waiver in measure.waivers
        if any("#" in one and not one.startswith(f"{measure.id}#") for one in waiver.provisions)
    )


def _at_stake(meaning: Meaning, question: Question) -> frozenset[Act]:
    """Give the acts an exposure puts at stake for this organisation."""
    kinds = question.organisation.kinds
    return frozenset(
        act
        for act in ACTS_OF_MEANING[meaning]
        if act not in _ACTS_OF_TRADE or not _ACTS_OF_TRADE[act].isdisjoint(kinds)
    )
