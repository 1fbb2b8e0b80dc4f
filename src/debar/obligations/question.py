# SPDX-License-Identifier: Apache-2.0
"""What is asked: who asks about what, on which day, with whose knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Organisation, Party
from debar.model.vocab import AddresseeKind, Category, Meaning

if TYPE_CHECKING:
    from datetime import datetime

    from debar.model.measures import Authority, Measure, Provision
    from debar.model.results import Finding
    from debar.register import Register


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


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, on which day, and what may be known."""

    organisation: Organisation
    as_of: str
    """Instant, or date meaning its last instant in each authority's zone."""
    known_on: str
    """The same; what the public could not know then is left out. Empty for everything."""

    is_default: bool = False
    """Nobody said who asks; the report says which organisation was assumed."""

    def moment(self, authority: Authority) -> datetime:
        """Give the instant asked about, in the eyes of an authority."""
        return dates.ends(self.as_of, authority.zone)

    def knows(self, provision: Provision, authority: Authority) -> bool:
        """Tell whether a provision could be known on the day of knowledge."""
        if not self.known_on:
            return True
        return dates.begins(provision.known_from, authority.zone) <= dates.ends(self.known_on, authority.zone)


def moment_of(finding: Finding, register: Register, question: Question) -> datetime:
    """Give the instant asked about, in the eyes of the authority behind a finding."""
    return question.moment(register.authorities[register.measures[finding.measure].authority])


def subject_of(party: Party, product: str, meaning: Meaning, *, level: int = 5, exposure: str | None = None) -> Subject:
    """Give the subject that a party's product is; an unknown product has no categories."""
    found = next((p for p in party.products if p.id == product), None)
    return Subject(
        exposure=exposure,
        party=party.id,
        product=product,
        categories=found.categories if found else (),
        meaning=meaning,
        level=level,
    )


def is_among(kinds: tuple[AddresseeKind, ...], organisation: Organisation, measure: Measure) -> bool:
    """Tell whether an organisation is one of these kinds of addressee of a measure."""
    if AddresseeKind.ANYONE in kinds:
        return True
    if measure.jurisdiction not in organisation.jurisdictions:
        return False
    return AddresseeKind.DOMESTIC_PERSON in kinds or any(kind in kinds for kind in organisation.kinds)
