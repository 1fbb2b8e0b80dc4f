# SPDX-License-Identifier: Apache-2.0
"""What is asked: who asks about what, on which day, with whose knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Measure, Organisation, Party, Provision, Waiver
from debar.model.vocab import AddresseeKind, Category, Meaning
from debar.obligations.conditions import of_provision
from debar.register import Register

if TYPE_CHECKING:
    from datetime import datetime

    from debar.model.measures import Authority
    from debar.model.results import Finding

NO_PARTY = ""
"""Party of a subject whose maker is none of the register: only where it comes from is known."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The technology a provision is held against."""

    exposure: str | None
    """Exposure id; none when only a party or product is asked about."""
    party: str
    product: str
    categories: tuple[Category, ...]
    """Of the product; empty when the product is not known."""
    meaning: Meaning
    level: int
    """How sure its maker is, 5 to 1."""
    origin: str = ""
    """Country of production, where it is known from the product itself."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody answers for the conditions of an exemption, for some days."""

    decision: str
    """Id of the decision of people."""
    provision: str
    """measure#provision."""
    exemption: str
    since: str
    until: str
    """The first day on which nobody does any more."""
    text: str


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What decisions of people hold ready for one exposure."""

    waivers: tuple[Waiver, ...] = ()
    claims: tuple[Claim, ...] = ()


NOTHING = Grant()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, on which day, and what may be known."""

    organisation: Organisation
    as_of: str
    """Instant, or date meaning its last instant in each authority's zone."""
    known_on: str
    """The same; what the public could not know then is left out. Empty for everything."""

    is_default: bool = False
    """Nobody said who asks; the report says which organisation was assumed."""
    grant: Grant = NOTHING
    """What people decided about the case that is asked about."""

    def moment(self, authority: Authority) -> datetime:
        """Give the instant asked about, in the eyes of an authority."""
        return dates.ends(self.as_of, authority.zone)

    def knows(self, known_from: str, authority: Authority) -> bool:
        """Tell whether what the public could know since then could be known on the day of knowledge."""
        if not self.known_on or not known_from:
            return True
        return dates.begins(known_from, authority.zone) <= dates.ends(self.known_on, authority.zone)


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be decided: one provision, held against one subject, for one asker with the facts that hold for it."""

    register: Register
    measure: Measure
    provision: Provision
    subject: Subject
    question: Question
    contract: str = ""
    facts: Mapping[str, str]
    waivers: tuple[Waiver, ...] = ()
    """Granted in other measures than the provision's own."""

    @property
    def authority(self) -> Authority:
        """Who made the measure."""
        return self.register.authorities[self.measure.authority]

    @property
    def granted(self) -> tuple[Waiver, ...]:
        """Waivers that do not stand in the measure itself: of other measures, and the organisation's own."""
        return (*self.waivers, *self.own)

    @property
    def own(self) -> tuple[Waiver, ...]:
        """Waivers that the asker knows of: those of its own file, and those that its people recorded for this case."""
        return (*self.question.organisation.waivers, *self.question.grant.waivers)

    def is_known(self, known_from: str) -> bool:
        """Tell whether what the public could know since then may be used."""
        return self.question.knows(known_from, self.authority)

    def is_asker(self, kinds: tuple[AddresseeKind, ...]) -> bool:
        """Tell whether the asker is one of these kinds of addressee."""
        return is_among(kinds, self.question.organisation, self.measure)


def moment_of(finding: Finding, register: Register, question: Question) -> datetime:
    """Give the instant asked about, in the eyes of the authority behind a finding."""
    return question.moment(register.authorities[register.measures[finding.measure].authority])


def subject_of(
    party: Party, product: str, meaning: Meaning, *, level: int = 5, exposure: str | None = None, origin: str = ""
) -> Subject:
    """Give the subject that a party's product is; an unknown product has no categories."""
    found = next((p for p in party.products if p.id == product), None)
    return Subject(
        exposure=exposure,
        party=party.id,
        product=product,
        categories=found.categories if found else (),
        meaning=Meaning.INSTALLED if meaning is Meaning.RUNNING else meaning,  # no law tells them apart
        level=level,
        origin=origin,
    )


def subject_from(origin: str, categories: tuple[Category, ...], meaning: Meaning) -> Subject:
    """Give the subject that a product of no party of the register is: what it is for, and where it was made."""
    return Subject(
        exposure=None, party=NO_PARTY, product="", categories=categories, meaning=meaning, level=5, origin=origin
    )


def facts_about(organisation: Organisation, asset: str) -> dict[str, str]:
    """Give the facts that hold for an asset: the organisation's, then those of each system it belongs to."""
    facts = dict(organisation.facts)
    for system in organisation.systems:
        if any(fnmatchcase(asset, pattern) for pattern in system.assets):
            facts |= system.facts
    return facts


def contexts(
    organisation: Organisation, measure: Measure, provision: Provision, facts: Mapping[str, str]
) -> list[tuple[str, Mapping[str, str]]]:
    """Give (contract, facts) for each contract under which a provision is decided, else once without a contract.

    Where one contract answers a condition, each is decided: one that says nothing of it is open, and not forgotten.
    Where contracts only state the event of a deadline, it happened under these and under no other.
    """
    decisive = {condition.fact for condition in of_provision(measure, provision)}
    under = [contract for contract in organisation.contracts if not decisive.isdisjoint(contract.facts)]
    if under:
        under = list(organisation.contracts)
    elif provision.deadline:
        under = [contract for contract in organisation.contracts if provision.deadline.after in contract.facts]
    return [(contract.id, {**facts, **contract.facts}) for contract in under] or [("", facts)]


def is_among(kinds: tuple[AddresseeKind, ...], organisation: Organisation, measure: Measure) -> bool:
    """Tell whether an organisation is one of these kinds of addressee of a measure."""
    if AddresseeKind.ANYONE in kinds:
        return True
    if measure.jurisdiction not in organisation.jurisdictions:
        return False
    return AddresseeKind.DOMESTIC_PERSON in kinds or any(kind in kinds for kind in organisation.kinds)
