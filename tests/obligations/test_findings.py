# SPDX-License-Identifier: Apache-2.0
"""Promises about exposures: which acts each puts at stake, and one finding for each that the law speaks of."""

import pytest
from drawn import LOTS, TRADERS, Lot, composed, organisation
from hypothesis import given, settings
from law import CONDITION, company, contract, exemption, exposure, halt, measure, provision, question, register, system

from debar.model.measures import Organisation, Provision, Target
from debar.model.results import Exposure, Finding
from debar.model.vocab import Act, AddresseeKind, Category, Meaning, Modality, Status
from debar.obligations.findings import ACTS_OF_MEANING, BUILDING_IN, SUPPLIES, assess

BANNED, OPEN = Status.PROHIBITED, Status.UNDETERMINED
EVERYBODY = (AddresseeKind.DOMESTIC_PERSON,)


def assessed(
    *rules: Provision,
    exposures: tuple[Exposure, ...] = (exposure(),),
    organisation: Organisation | None = None,
    known_on: str = "",
) -> list[Finding]:
    """Give the findings of some exposures under some provisions of one measure."""
    return assess(exposures, register(measure(*rules)), question(organisation, known_on=known_on))


# ---- one finding for each


def test_every_exposure_has_its_findings_in_their_order() -> None:
    """By exposure, then provision, then act as the provision names them."""
    rules = (
        provision(acts=(Act.USE, Act.UPDATE)),
        provision(id="duty", modality=Modality.REQUIRED, acts=(Act.REMOVE,)),
    )
    found = assessed(*rules, exposures=(exposure("b"), exposure("a")))
    ban, duty = "us-order#ban", "us-order#duty"
    assert [(id_, *rest) for id_ in ("b", "a") for rest in ((ban, Act.USE), (ban, Act.UPDATE), (duty, Act.REMOVE))] == [
        (f.exposure, f.provision, f.act) for f in found
    ]


def test_alike_exposures_have_alike_findings_of_their_own() -> None:
    """What the law cannot tell apart is decided once, and still every finding has its exposure and its id."""
    one, two = assessed(exposures=(exposure("a"), exposure("b")))
    assert ("a", "b") == (one.exposure, two.exposure)
    assert one.id != two.id


def test_an_id_does_not_depend_on_what_else_was_found() -> None:
    """The finding of an exposure is the same, alone and among others, first and last."""
    (alone,) = assessed(exposures=(exposure("b"),))
    among = assessed(exposures=(exposure("a", product="toolkit"), exposure("b"), exposure("c")))
    assert [alone] == [f for f in among if f.exposure == "b"]


@settings(max_examples=100)
@given(lot=LOTS)
def test_an_exposure_is_assessed_alone_as_among_others(lot: int) -> None:
    """Whatever the law and whoever asks: the order and the company of exposures change no finding."""
    of = Lot(lot)
    law = composed(of)
    asked = question(organisation(of, law, parts=True, kinds=TRADERS))
    found = [
        exposure(
            f"host-{n}",
            party=of.one(["maker", "other", "child", "grandchild"]),
            product=of.one(["", "shield", "course"]),
            meaning=of.one(list(Meaning)),
            level=of.randint(1, 5),
        )
        for n in range(4)
    ]
    alone = {one.id: assess([one], law, asked) for one in found}
    for order in (found, found[::-1], found[1:3]):
        assert [finding for one in order for finding in alone[one.id]] == assess(order, law, asked)


def test_nothing_found_is_nothing_decided() -> None:
    """No exposure, no finding."""
    assert [] == assessed(exposures=())


# ---- what is at stake


def test_residue_and_mentions_put_nothing_at_stake() -> None:
    """Something left behind, named, or of others that can talk to it is no act at all; every other meaning is."""
    assert {Meaning.RESIDUE, Meaning.CLIENT, Meaning.MENTION} == {
        meaning for meaning, acts in ACTS_OF_MEANING.items() if not acts
    }
    assert set(Meaning) == set(ACTS_OF_MEANING)
    rule = provision(acts=tuple(Act))
    assert [] == assessed(rule, exposures=(exposure(meaning=Meaning.RESIDUE), exposure(meaning=Meaning.MENTION)))


@pytest.mark.parametrize(
    ("meaning", "act", "expected"),
    [
        (Meaning.INSTALLED, Act.USE, True),
        (Meaning.INSTALLED, Act.RENEW, True),
        (Meaning.INSTALLED, Act.ACQUIRE, False),
        (Meaning.HARDWARE, Act.CONNECT, True),
        (Meaning.HARDWARE, Act.DEPLOY, True),
        (Meaning.HARDWARE, Act.LIMIT, True),
        (Meaning.PURCHASE, Act.ACQUIRE, True),
        (Meaning.PURCHASE, Act.OPERATE, False),
        (Meaning.SERVICE_USE, Act.BLOCK, True),
        (Meaning.INSTALLED, Act.EXPORT, False),
        (Meaning.INSTALLED, Act.FREEZE, False),
    ],
)
def test_a_meaning_puts_its_acts_at_stake(meaning: Meaning, act: Act, expected: bool) -> None:
    """What is installed is used and not bought; dealings with the party itself show in no inventory."""
    assert expected == bool(assessed(provision(acts=(act,)), exposures=(exposure(meaning=meaning),)))


@pytest.mark.parametrize(
    ("act", "meaning", "trade"),
    [
        (Act.RESELL, Meaning.PURCHASE, AddresseeKind.RESELLER),
        (Act.LICENSE, Meaning.PURCHASE, AddresseeKind.RESELLER),
        (Act.INTEGRATE, Meaning.COMPONENT, AddresseeKind.INTEGRATOR),
        (Act.PROVIDE, Meaning.EMBEDDED, AddresseeKind.DEFENCE_CONTRACTOR),
        (Act.REPRESENT, Meaning.INSTALLED, AddresseeKind.FEDERAL_CONTRACTOR),
        (Act.AUTHORISE, Meaning.COMPONENT, AddresseeKind.EQUIPMENT_MAKER),
        (Act.MARKET, Meaning.COMPONENT, AddresseeKind.VEHICLE_MAKER),
        (Act.IMPORT, Meaning.PURCHASE, AddresseeKind.IMPORTER),
        (Act.SPEND, Meaning.PURCHASE, AddresseeKind.GRANTEE),
        (Act.DISTRIBUTE, Meaning.EMBEDDED, AddresseeKind.APP_STORE),
        (Act.HOST, Meaning.PURCHASE, AddresseeKind.HOSTING_PROVIDER),
    ],
)
def test_trade_is_at_stake_for_traders_only(act: Act, meaning: Meaning, trade: AddresseeKind) -> None:
    """A bakery with one licence sells none on, and asks no authority for leave to market it."""
    rule = provision(acts=(act,), addressees=EVERYBODY)
    who = {kind: company(kind, facts={SUPPLIES: "no"}) for kind in (AddresseeKind.COMPANY, trade)}
    found = {
        kind: assessed(rule, exposures=(exposure(meaning=meaning),), organisation=one) for kind, one in who.items()
    }
    assert {AddresseeKind.COMPANY: 0, trade: 1} == {kind: len(findings) for kind, findings in found.items()}


@pytest.mark.parametrize(("level", "status"), [(1, OPEN), (2, OPEN), (3, BANNED), (4, BANNED), (5, BANNED)])
def test_only_what_was_found_for_certain_is_banned(level: int, status: Status) -> None:
    """From level 3 on a finding is a duty; below it is a question."""
    assert [status] == [f.status for f in assessed(exposures=(exposure(level=level),))]


# ---- parts inside one's own software

INTEGRATION = provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY)
PART = exposure(meaning=Meaning.COMPONENT)


@pytest.mark.parametrize("modality", [Modality.PROHIBITED, Modality.LICENCE_REQUIRED])
@pytest.mark.parametrize("meaning", [Meaning.COMPONENT, Meaning.EMBEDDED])
def test_a_part_in_own_software_is_a_question(meaning: Meaning, modality: Modality) -> None:
    """Whether others get that software shows in no file; if they do, it is integration."""
    rule = provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY, modality=modality)
    (finding,) = assessed(rule, exposures=(exposure(meaning=meaning),))
    assert (OPEN, (SUPPLIES,)) == (finding.status, finding.missing)
    assert finding.questions[0].startswith("Do you supply this software")


@pytest.mark.parametrize(("answer", "statuses"), [("yes", [BANNED]), ("no", [])])
def test_whoever_says_whether_it_supplies_is_not_asked(answer: str, statuses: list[Status]) -> None:
    """The fact answers it, for the organisation and for a single system."""
    for who in (company(facts={SUPPLIES: answer}), company(systems=(system("s", "exp-*", **{SUPPLIES: answer}),))):
        assert statuses == [f.status for f in assessed(INTEGRATION, exposures=(PART,), organisation=who)]


def test_an_integrator_integrates() -> None:
    """Whoever builds for others is banned without a question, and once."""
    who = company(AddresseeKind.INTEGRATOR)
    assert [BANNED] == [f.status for f in assessed(INTEGRATION, exposures=(PART,), organisation=who)]


@pytest.mark.parametrize(
    "rule",
    [
        provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY, modality=Modality.PERMITTED),
        provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY, modality=Modality.ADVISED),
        provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY, exemptions=(exemption(),)),
        provision(acts=(Act.USE,), addressees=(AddresseeKind.INTEGRATOR,)),
    ],
)
def test_only_a_ban_on_integrating_is_asked_about(rule: Provision) -> None:
    """What is allowed, advised or exempt raises no question about supplying."""
    assert [] == assessed(rule, exposures=(PART,))


@pytest.mark.parametrize("meaning", [m for m in Meaning if m not in (Meaning.COMPONENT, Meaning.EMBEDDED)])
def test_what_is_no_part_is_not_integrated(meaning: Meaning) -> None:
    """A program beside one's own software is not inside it."""
    assert [] == assessed(INTEGRATION, exposures=(exposure(meaning=meaning),))


def test_a_suspended_ban_on_integrating_is_asked_about_for_its_time_only() -> None:
    """The question stands where the ban stands."""
    rule = provision(acts=(Act.INTEGRATE,), addressees=EVERYBODY, interruptions=(halt(),))
    assert [("2024-07-20T04:00:00Z", "2024-09-01T04:00:00Z")] == [
        (f.since, f.until) for f in assessed(rule, exposures=(PART,))
    ]


def test_acts_of_building_in_are_about_what_is_inside() -> None:
    """They are at stake for parts and engines, and for nothing that stands by itself."""
    inside = {m for m, acts in ACTS_OF_MEANING.items() if acts & BUILDING_IN}
    assert {Meaning.COMPONENT, Meaning.EMBEDDED} == inside


# ---- systems, contracts and knowledge reach into an assessment


def test_an_exposure_is_decided_with_the_facts_of_its_asset() -> None:
    """Two assets of two systems, one condition, two answers."""
    rule = provision(conditions=(CONDITION,))
    who = company(systems=(system("a", "a-*", purpose="no"), system("b", "b-*", purpose="yes")))
    found = assessed(rule, exposures=(exposure("a-1"), exposure("b-1"), exposure("c-1")), organisation=who)
    assert [("b-1", BANNED), ("c-1", OPEN)] == [(f.exposure, f.status) for f in found]


def test_contracts_and_systems_meet() -> None:
    """Each exposure has its finding for each contract; the contract's word comes last."""
    rule = provision(conditions=(CONDITION,))
    who = company(
        systems=(system("a", "a-*", purpose="no"),),
        contracts=(contract("c-1", purpose="yes"), contract("c-2", purpose="no")),
    )
    found = assessed(rule, exposures=(exposure("a-1"), exposure("b-1")), organisation=who)
    assert [("a-1", "c-1"), ("b-1", "c-1")] == [(f.exposure, f.contract) for f in found]
    assert 2 == len({f.id for f in found})


def test_what_was_not_known_is_not_found() -> None:
    """As known before the announcement there is no finding."""
    assert [] == assessed(known_on="2024-06-19")
    assert 1 == len(assessed(known_on="2024-06-20"))


def test_categories_draw_the_line_between_exposures() -> None:
    """A ban on anti-virus finds the shield, and not the toolkit beside it."""
    rule = provision(targets=Target(parties=("maker",), categories=(Category.ANTI_VIRUS,)))
    found = assessed(rule, exposures=(exposure("a"), exposure("b", product="toolkit"), exposure("c", product="")))
    assert ["a", "c"] == [f.exposure for f in found]
