# SPDX-License-Identifier: Apache-2.0
"""Promises about who asks: what holds for which system and contract, and what may be known."""

import pytest
from law import company, contract, exposure, measure, provision, question, register, said, system, waiver

from debar.model.measures import Condition, Contract, Deadline
from debar.model.results import Finding
from debar.model.vocab import AddresseeKind, Status
from debar.obligations.findings import assess
from debar.obligations.question import contexts, facts_about, is_among

OLD = Condition(id="old", fact="awarded", before="2023-12-04", needs="When was it awarded?")
NEW = Condition(id="new", fact="awarded", not_before="2023-12-04", needs="When was it awarded?")
CLAUSES = (provision(id="jul-2018", conditions=(OLD,)), provision(id="dec-2023", conditions=(NEW,)))
BANNED, OPEN = Status.PROHIBITED, Status.UNDETERMINED

# ---- knowledge


@pytest.mark.parametrize(
    ("known_from", "known_on", "expected"),
    [
        ("2024-09-03", "", True),
        ("", "2024-01-01", True),
        ("2024-09-03", "2024-09-02", False),
        ("2024-09-03", "2024-09-03", True),
        ("2024-09-03", "2024-09-03T03:59:59Z", False),
        ("2024-09-03", "2024-09-03T04:00:00Z", True),
        ("2024-09-03T12:00:00Z", "2024-09-03", True),
        ("2024-09-03T12:00:00Z", "2024-09-03T11:59:59Z", False),
    ],
)
def test_knowledge_begins_with_its_day_where_the_authority_sits(known_from: str, known_on: str, expected: bool) -> None:
    """Without a day of knowledge everything is known; what has no day was always known."""
    office = register().authorities["us-office"]
    assert expected is question(known_on=known_on).knows(known_from, office)


def test_a_day_is_asked_about_as_each_authority_lives_it() -> None:
    """The end of the day in Tokyo comes before the one in New York."""
    offices = register().authorities
    moments = [question(as_of="2024-07-20").moment(offices[id_]) for id_ in ("jp-office", "us-office")]
    assert ["2024-07-20T14:59:59.999999+00:00", "2024-07-21T03:59:59.999999+00:00"] == [m.isoformat() for m in moments]


# ---- systems


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        ("host-1", {"purpose": "yes", "site": "home"}),
        ("kiosk-1", {"purpose": "no", "site": "home"}),
        ("kiosk-12", {"purpose": "no", "site": "home"}),
        ("kiosk-1a", {"purpose": "no", "site": "hall"}),
        ("KIOSK-1", {"purpose": "yes", "site": "home"}),
        ("lab7", {"purpose": "yes", "site": "lab"}),
        ("lab77", {"purpose": "yes", "site": "home"}),
        ("", {"purpose": "yes", "site": "home"}),
    ],
)
def test_facts_of_a_system_come_before_those_of_the_organisation(asset: str, expected: dict[str, str]) -> None:
    """Patterns name assets exactly as they are written; of several systems the later one has the last word."""
    who = company(
        facts={"purpose": "yes", "site": "home"},
        systems=(
            system("kiosks", "kiosk-*", purpose="no"),
            system("special", "kiosk-?[ab]", site="hall"),
            system("labs", "lab[0-9]", "bench-*", site="lab"),
        ),
    )
    assert expected == facts_about(who, asset)


def test_a_system_is_decided_by_its_own_facts() -> None:
    """The same product on two systems has two answers, in one scan."""
    who = company(facts={"awarded": "2020-01-01"}, systems=(system("new", "new-*", awarded="2024-01-01"),))
    law = register(measure(*CLAUSES))
    found = assess([exposure("old-1"), exposure("new-1")], law, question(who))
    assert [("old-1", "us-order#jul-2018"), ("new-1", "us-order#dec-2023")] == [
        (f.exposure, f.provision) for f in found
    ]


# ---- contracts


def under(*contracts: Contract, **facts: str) -> list[Finding]:
    """Give what two versions of a clause say to an organisation with some contracts."""
    return said(*CLAUSES, asked=question(company(facts=facts, contracts=contracts)))


def read(findings: list[Finding]) -> list[tuple[str, str | None, Status]]:
    """Give version, contract and status of each."""
    return [(f.provision.removeprefix("us-order#"), f.contract, f.status) for f in findings]


def test_a_contract_has_the_clause_of_its_day() -> None:
    """The day of award decides which version is in it, and the finding names the contract."""
    assert [("jul-2018", "c-1", BANNED)] == read(under(contract("c-1", awarded="2020-01-01")))
    assert [("dec-2023", "c-2", BANNED)] == read(under(contract("c-2", awarded="2023-12-04")))


def test_two_contracts_are_two_findings() -> None:
    """Each is named, and each has an id of its own, also under the same version."""
    found = under(
        contract("c-1", awarded="2020-01-01"), contract("c-2", awarded="2024-01-01"), contract("c-3", awarded="2019")
    )
    assert [("jul-2018", "c-1", BANNED), ("jul-2018", "c-3", BANNED), ("dec-2023", "c-2", BANNED)] == read(found)
    assert 3 == len({f.id for f in found})


def test_without_a_contract_the_clause_is_a_question() -> None:
    """Nobody has stated the day: both versions are open, and no contract is named."""
    assert [("jul-2018", None, OPEN), ("dec-2023", None, OPEN)] == read(under())


def test_a_contract_that_says_nothing_of_it_leaves_the_organisation_to_answer() -> None:
    """Facts that decide another provision make no finding of their own."""
    assert [("jul-2018", None, BANNED)] == read(under(contract("c-1", identified_on="2024-10-01"), awarded="2020"))


def test_facts_of_a_contract_come_before_those_of_the_organisation() -> None:
    """What is usual in the house does not hold where the contract says otherwise."""
    found = under(contract("c-1", awarded="2024-01-01"), awarded="2020-01-01")
    assert [("dec-2023", "c-1", BANNED)] == read(found)


def test_a_contract_may_state_the_event_of_a_deadline() -> None:
    """The day on which something was identified under a contract is a fact of that contract."""
    rule = provision(deadline=Deadline(after="identified_on", amount=3, unit="business-days"))
    who = company(contracts=(contract("c-1", identified_on="2024-10-01"), contract("c-2", awarded="2024-01-01")))
    assert ["c-1"] == [f.contract for f in said(rule, asked=question(who))]


def test_contracts_make_no_difference_where_no_fact_of_theirs_decides() -> None:
    """A ban without conditions is one finding, however many contracts there are; facts are those that hold."""
    who = company(
        facts={"purpose": "yes"}, contracts=(contract("c-1", awarded="2020"), contract("c-2", awarded="2024"))
    )
    assert [(None, BANNED)] == [(f.contract, f.status) for f in said(asked=question(who))]
    rule = provision()
    assert [("", {"purpose": "yes"})] == contexts(who, measure(rule), rule, who.facts)


def test_a_contract_that_says_nothing_is_not_forgotten_beside_one_that_does() -> None:
    """The other contract is as open as it was, or has the answer of the house; and no ban is lost to an exempt one."""
    found = under(contract("c-1", awarded="2024-01-01"), contract("c-2"))
    assert [("jul-2018", "c-2", OPEN), ("dec-2023", "c-1", BANNED), ("dec-2023", "c-2", OPEN)] == read(found)
    found = under(contract("c-1", awarded="2024-01-01"), contract("c-2"), awarded="2020-01-01")
    assert [("jul-2018", "c-2", BANNED), ("dec-2023", "c-1", BANNED)] == read(found)
    of = measure(provision(), waivers=(waiver(conditions=(NEW,), applies_from="2024-07-01"),))
    who = company(contracts=(contract("c-1", awarded="2024-01-01"), contract("c-2", identified_on="2024-10-01")))
    found = said(of=of, asked=question(who))
    assert {("c-1", Status.EXEMPT), ("c-2", BANNED)} == {(f.contract, f.status) for f in found}


def test_a_contract_may_answer_a_waiver() -> None:
    """The condition of a waiver is answered for the contract to which it was granted."""
    of = measure(provision(), waivers=(waiver(conditions=(NEW,), applies_from="2024-07-01"),))
    who = company(contracts=(contract("c-1", awarded="2020-01-01"), contract("c-2", awarded="2024-01-01")))
    found = said(of=of, asked=question(who))
    assert [("c-1", BANNED), ("c-2", Status.EXEMPT)] == [(f.contract, f.status) for f in found]


# ---- addressees


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), False),
        ((AddresseeKind.ANYONE,), True),
        ((AddresseeKind.COMPANY, AddresseeKind.CARRIER), True),
        ((AddresseeKind.CARRIER,), False),
        ((AddresseeKind.DOMESTIC_PERSON,), True),
    ],
)
def test_an_organisation_is_one_of_some_kinds(kinds: tuple[AddresseeKind, ...], expected: bool) -> None:
    """Everybody is "anyone", everybody here a "domestic person"; abroad nobody is either but "anyone"."""
    assert expected is is_among(kinds, company(), measure())
    assert (AddresseeKind.ANYONE in kinds) is is_among(kinds, company(jurisdictions=("ca",)), measure())
