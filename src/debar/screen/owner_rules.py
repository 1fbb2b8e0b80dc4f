# SPDX-License-Identifier: Apache-2.0
"""Rules by which a party shares the fate of those who own it, as data: what was read of each, and where.

What a row says was read in the texts that it names, in November 2026, in stored copies of unknown age: look at the
present text before anything rests on it. A day of which no row tells is unknown.
"""

from __future__ import annotations

from decimal import Decimal

from debar.model.owned import Force, OwnershipRule, Standing, Through
from debar.model.vocab.law import Grade

_HALF = Decimal(50)
_CONTROL = "Control reaches a party as well, whoever owns it, and is not asked here."
_OWNERSHIP_ALONE = "Control without half of the ownership does not count under this rule; a designation of its own may."

OFAC = OwnershipRule(
    id="us-ofac-50",
    title="OFAC's 50 Percent Rule",
    jurisdiction="us",
    threshold=_HALF,
    is_inclusive=True,
    aggregates=True,
    through=(Through.WHOLE,),
    citation="OFAC, Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are Blocked, "
    "13 August 2014; as regulation for example 31 CFR 587.406; OFAC FAQ 398, 399 and 401",
    grade=Grade.PRIMARY,
    forces=(
        Force(
            valid_from="2014-08-13",
            standing=Standing.IN_FORCE,
            text="holds since the revised guidance of 13 August 2014, by which holdings of several are added up",
        ),
    ),
    beside=_OWNERSHIP_ALONE,
    doubts=("The guidance itself was read in law firms' reports; the regulation and the answers were read in copies.",),
)
BIS = OwnershipRule(
    id="us-bis-affiliates",
    title="Affiliates Rule of the Bureau of Industry and Security",
    jurisdiction="us",
    threshold=_HALF,
    is_inclusive=True,
    aggregates=True,
    through=(Through.WHOLE,),
    citation="90 FR 47201 (30 September 2025), 15 CFR part 744, supplement no. 8; suspended by 90 FR 50857",
    grade=Grade.PRIMARY,
    forces=(
        Force(
            valid_until="2025-09-29",
            standing=Standing.NOT_YET,
            text="was not there yet: a company that is not listed was not restricted because a listed one owns it",
        ),
        Force(
            valid_from="2025-09-29",
            valid_until="2025-11-10",
            standing=Standing.IN_FORCE,
            text="was in force from 29 September to 9 November 2025 (90 FR 47201)",
        ),
        Force(
            valid_from="2025-11-10",
            valid_until="2026-11-10",
            standing=Standing.SUSPENDED,
            text="was suspended from 10 November 2025 to 9 November 2026 (90 FR 50857, as law firms report it)",
        ),
        Force(
            valid_from="2026-11-10",
            standing=Standing.UNKNOWN,
            text="was to return by itself on 10 November 2026, absent a further extension; whether it has was not found: "
            "look at the present text of 15 CFR part 744",
        ),
    ),
    beside=_OWNERSHIP_ALONE,
    doubts=(
        "It is about foreign parties; who sits in the United States is not asked here.",
        (
            "A percentage that is not known is a red flag of its own: whoever knows of a listed owner has to find it out, "
            "or ask for a licence."
        ),
    ),
    measure="us-bis-affiliates-rule",
)
EU_2022 = OwnershipRule(
    id="eu-ownership-2022",
    title="Ownership by listed persons in the European Union, until 2 July 2024",
    jurisdiction="eu",
    threshold=_HALF,
    is_inclusive=False,
    aggregates=True,
    through=(Through.WHOLE, Through.PRODUCT),
    citation="EU Best Practices for the effective implementation of restrictive measures, before their update of "
    "3 July 2024; European Commission, FAQ on asset freezes, no. 8, 8 April 2022",
    grade=Grade.SECONDARY,
    forces=(
        Force(
            valid_from="2022-04-08",
            valid_until="2024-07-03",
            standing=Standing.IN_FORCE,
            text="was how the Council and the Commission read the asset freezes from 8 April 2022 at the latest "
            "to 2 July 2024",
        ),
    ),
    beside=_CONTROL,
    doubts=("How a holding counts that goes through a party owned in part was not found in a text.",),
)
EU = OwnershipRule(
    id="eu-ownership",
    title="Ownership by listed persons in the European Union",
    jurisdiction="eu",
    threshold=_HALF,
    is_inclusive=True,
    aggregates=True,
    through=(Through.WHOLE, Through.PRODUCT),
    citation="EU Best Practices for the effective implementation of restrictive measures, update of 3 July 2024, "
    "as law firms report it",
    grade=Grade.SECONDARY,
    forces=(
        Force(
            valid_from="2024-07-03",
            standing=Standing.IN_FORCE,
            text="is how the Council recommends to read the asset freezes since 3 July 2024; recommendations do not bind",
        ),
    ),
    beside=_CONTROL,
    doubts=(
        "How a holding counts that goes through a party owned in part was not found in a text.",
        "Other restrictions draw other lines: some regulations say more than 50 percent.",
    ),
)
UK = OwnershipRule(
    id="uk-ownership",
    title="Ownership by designated persons in the United Kingdom",
    jurisdiction="uk",
    threshold=_HALF,
    is_inclusive=False,
    aggregates=False,
    through=(Through.WHOLE,),
    citation="The Russia (Sanctions) (EU Exit) Regulations 2019 (SI 2019/855), regulation 7 and schedule 1; OFSI, UK "
    "financial sanctions general guidance, paragraph 4.14 of March 2022",
    grade=Grade.SECONDARY,
    forces=(
        Force(
            valid_from="2022-03-23",
            standing=Standing.IN_FORCE,
            text="is how the regulations and the guidance of March 2022 have it; other regulations have the same words, "
            "as far as they were seen",
        ),
    ),
    beside="Rights to vote, to appoint a majority of the board, and control otherwise reach a party as well, and are "
    "not asked here.",
    doubts=(
        (
            "Holdings of several count together under a joint arrangement, or where one directs the other: nothing of this "
            "is asked here."
        ),
        "That a chain needs a majority at each step was read in other acts with the same words, not in schedule 1.",
    ),
)

RULES: tuple[OwnershipRule, ...] = (OFAC, BIS, EU_2022, EU, UK)


def rule_called(name: str) -> OwnershipRule | None:
    """Give the rule with an id, or nothing."""
    return next((rule for rule in RULES if rule.id == name), None)


def force_on(rule: OwnershipRule, day: str) -> Force:
    """Give what is known of a rule's force on a day."""
    for force in rule.forces:
        if force.valid_from <= day and (not force.valid_until or day < force.valid_until):
            return force
    return Force(standing=Standing.UNKNOWN, text="whether it held on that day was not looked into")
