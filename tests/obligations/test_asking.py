# SPDX-License-Identifier: Apache-2.0
"""What an organisation says of itself is looked at before it can lift a duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from law import contract, system

from debar.errors import UsageError
from debar.model.measures import Organisation, Waiver
from debar.model.vocab import AddresseeKind
from debar.obligations.organisation import check_facts

if TYPE_CHECKING:
    from debar.register import Register


def asker(**changes: Any) -> Organisation:
    """Give a company with something changed."""
    said: dict[str, Any] = {"name": "Ours", "jurisdictions": ("us",), "kinds": (AddresseeKind.COMPANY,)}
    return Organisation(**said | changes)


def waiver(**changes: Any) -> Waiver:
    """Give a waiver of a real provision with something changed."""
    said: dict[str, Any] = {
        "id": "w1",
        "provisions": ("us-bis-icts-2021-002-kaspersky#resale",),
        "granted_by": "BIS",
        "text": "Granted for one year.",
        "applies_from": "2025-01-01",
    }
    return Waiver(**said | changes)


@pytest.mark.parametrize(
    ("who", "complaint"),
    [
        (asker(jurisdictions=()), "at least one jurisdiction"),
        (asker(kinds=()), "at least one jurisdiction and one kind"),
        (asker(facts={"identified_on": "banana"}), "identified_on"),
        (asker(facts={"identified_on": "2024-02-30"}), "identified_on"),
        (asker(facts={"contract_awarded": "soon"}), "contract_awarded"),
        (asker(waivers=(waiver(), waiver())), "two waivers have one id"),
        (asker(contracts=(contract("c"), contract("c"))), "two contracts have one id"),
        (asker(systems=(system("s", "*"), system("s", "a"))), "two systems have one id"),
        (asker(contracts=(contract(" "),)), "a contract has no id"),
        (asker(waivers=(waiver(applies_until="2020-01-01"),)), "is not after applies_from"),
        (asker(waivers=(waiver(provisions=("us-bis-icts-2021-002-kaspersky#resales",)),)), "did you mean"),
    ],
)
def test_a_slip_is_refused(register: Register, who: Organisation, complaint: str) -> None:
    """Nothing that cannot be meant lifts a duty: impossible days, crossed or doubled waivers, no jurisdiction."""
    with pytest.raises(UsageError, match=complaint):
        check_facts(who, register)


def complaints(who: Organisation, register: Register) -> list[str]:
    """Give what is said against an organisation."""
    try:
        check_facts(who, register)
    except UsageError as e:
        return [e.message]
    return []


def test_what_can_be_meant_is_taken(register: Register) -> None:
    """Days, years and waivers in order pass; the same with one slip do not."""
    facts, waivers = (
        {"identified_on": "2024-10-01", "contract_awarded": "2024"},
        (waiver(applies_until="2026-01-01"), waiver(id="w2")),
    )
    assert complaints(asker(facts=facts, waivers=waivers), register) == []
    assert len(complaints(asker(facts=facts | {"contract_awarded": "in 2024"}, waivers=waivers), register)) == 1


def test_a_listed_name_means_the_listed_company(register: Register) -> None:
    """A name that a group shares with companies of it that a measure names apart means those; the brand means the group."""
    assert register.party("AO Kaspersky Lab").id == "kaspersky-entity-list"
    assert register.party("Kaspersky").id == "kaspersky"
