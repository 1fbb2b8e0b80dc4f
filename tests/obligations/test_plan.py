# SPDX-License-Identifier: Apache-2.0
"""Promises about what to do by when."""

import msgspec
import pytest
from law import CONDITION, company, measure, provision, question, register

from debar.errors import DebarError
from debar.model.measures import Deadline, Organisation, Provision
from debar.model.results import Exposure, Obligation
from debar.model.vocab import Act, AddresseeKind, Effect, Force, Grade, Meaning, Modality
from debar.obligations.findings import assess
from debar.obligations.plan import plan


def exposure(
    id_: str = "exp-1", *, product: str = "shield", meaning: Meaning = Meaning.INSTALLED, level: int = 5
) -> Exposure:
    """Give an exposure that was found."""
    return Exposure(
        id=id_,
        asset=id_,
        party="maker",
        product=product,
        version="",
        meaning=meaning,
        level=level,
        confidence=0.99,
        techniques=(),
        matches=(),
        first_seen="",
        last_seen="",
    )


def planned(
    *rules: Provision,
    exposures: tuple[Exposure, ...] = (exposure(),),
    organisation: Organisation | None = None,
    as_of: str = "2024-10-01",
) -> list[Obligation]:
    """Give the obligations of some exposures under some provisions."""
    law, asked = register(measure(*rules)), question(organisation, as_of=as_of)
    return plan(assess(exposures, law, asked), exposures, law, asked)


@pytest.mark.parametrize(
    ("modality", "effect", "force"),
    [
        (Modality.PROHIBITED, Effect.NONE, Force.MUST),
        (Modality.REQUIRED, Effect.NONE, Force.MUST),
        (Modality.ADVISED, Effect.NONE, Force.SHOULD),
        (Modality.PERMITTED, Effect.AT_RISK, Force.SHOULD),
    ],
)
def test_a_duty_must_and_prudence_should(modality: Modality, effect: Effect, force: Force) -> None:
    """Prohibited and required bind; everything else is prudence."""
    (found,) = planned(provision(modality=modality, effect=effect))
    assert (force, "Stop using it.", "2024-07-20T04:00:00Z") == (found.force, found.action, found.due)


def test_what_is_permitted_demands_nothing() -> None:
    """A plain permission is no obligation."""
    assert [] == planned(provision(modality=Modality.PERMITTED))


def test_a_customer_of_the_banned_supplier_should_act() -> None:
    """Unavailable is prudence and never a duty."""
    rule = provision(addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.COMPANY,))
    assert [Force.SHOULD] == [o.force for o in planned(rule)]


def test_one_action_answers_many_findings() -> None:
    """Two machines and two provisions with the same action and date make one obligation."""
    rules = (provision(), provision(id="again"))
    (found,) = planned(*rules, exposures=(exposure("exp-1"), exposure("exp-2")))
    assert (("exp-1", "exp-2"), 4) == (found.exposures, len(found.findings))


def test_another_date_is_another_obligation() -> None:
    """The same action by two dates is shown twice, the earlier first."""
    found = planned(provision(), provision(id="again", applies_from="2024-09-01"))
    assert ["2024-07-20T04:00:00Z", "2024-09-01T04:00:00Z"] == [o.due for o in found]


def test_duties_come_first_then_dates() -> None:
    """Order is force, due date, action; what has no date comes last."""
    found = planned(
        provision(id="advice", modality=Modality.ADVISED, action="A", applies_from="2017-01-01"),
        provision(id="late", action="B", applies_from="2024-09-01"),
        provision(id="soon", action="C", applies_from="2024-07-01"),
        provision(id="open", action="D", deadline=Deadline(after="identified_on", amount=1, unit="calendar-days")),
    )
    assert ["C", "B", "D", "A"] == [o.action for o in found]


def test_what_has_ended_demands_nothing() -> None:
    """From its last instant on a provision asks for nothing; a coming one already does."""
    rule = provision(applies_until="2024-09-01")
    assert [1, 0] == [len(planned(rule, as_of=day)) for day in ("2024-08-31", "2024-09-01")]
    assert 1 == len(planned(provision(), as_of="2024-06-21"))


@pytest.mark.parametrize(
    ("deadline", "facts", "due"),
    [
        (Deadline(after="2024-07-20", amount=30, unit="calendar-days"), {}, "2024-08-20T03:59:59.999999Z"),
        (Deadline(after="identified_on", amount=3, unit="business-days"), {}, None),
        (
            Deadline(after="identified_on", amount=3, unit="business-days"),
            {"identified_on": "2024-10-04"},
            "2024-10-10T03:59:59.999999Z",
        ),
        (
            Deadline(after="identified_on", amount=1, unit="calendar-days"),
            {"identified_on": "2024-10-05T02:00:00Z"},
            "2024-10-06T03:59:59.999999Z",
        ),
    ],
)
def test_a_deadline_counts_from_its_event(deadline: Deadline, facts: dict[str, str], due: str | None) -> None:
    """A date or a fact that holds one; an event that was not stated gives no date."""
    (found,) = planned(provision(deadline=deadline), organisation=company(facts=facts))
    assert due == found.due


def test_an_event_that_is_no_date_is_told() -> None:
    """Whoever answers "yesterday" is told so, and the program does not fall over."""
    rule = provision(deadline=Deadline(after="identified_on", amount=1, unit="calendar-days"))
    with pytest.raises(DebarError, match="identified_on"):
        planned(rule, organisation=company(facts={"identified_on": "yesterday"}))


def test_an_open_case_is_a_question_to_answer() -> None:
    """The question stands in the plan, without a date; answering it is prudence."""
    (found,) = planned(provision(conditions=(CONDITION,)))
    assert ("Answer: Is it used for the purpose?", None, Force.SHOULD) == (found.action, found.due, found.force)


def test_the_same_question_is_asked_once() -> None:
    """However many exposures and provisions hang on it."""
    rules = (provision(conditions=(CONDITION,)), provision(id="again", conditions=(CONDITION,)))
    (found,) = planned(*rules, exposures=(exposure("exp-1"), exposure("exp-2")))
    assert 4 == len(found.findings)


def test_a_weak_exposure_is_a_question() -> None:
    """What is only suspected asks for a look and never for more."""
    (found,) = planned(provision(), exposures=(exposure(level=2),))
    assert Force.SHOULD is found.force
    assert found.action.startswith("Answer: ")


def test_an_unverified_provision_never_obliges() -> None:
    """A lead asks for its source."""
    assert [Force.SHOULD] == [o.force for o in planned(provision(grade=Grade.UNVERIFIED))]


def test_residue_is_to_be_checked() -> None:
    """Something left behind gives one check for each product, and no finding."""
    left = tuple(exposure(f"exp-{n}", meaning=Meaning.RESIDUE, level=3) for n in (1, 2))
    (found,) = planned(provision(acts=tuple(Act)), exposures=left)
    assert (("exp-1", "exp-2"), (), None, Force.SHOULD) == (found.exposures, found.findings, found.due, found.force)
    assert "Maker Shield" in found.action


def test_residue_of_an_unknown_product_names_the_maker() -> None:
    """The check says at least whose it was."""
    (found,) = planned(provision(), exposures=(exposure(product="", meaning=Meaning.RESIDUE),))
    assert "Maker" in found.action


def test_nothing_found_is_nothing_to_do() -> None:
    """No exposure, no obligation."""
    assert [] == planned(provision(), exposures=())


def test_ids_are_stable() -> None:
    """The same plan has the same ids, and different obligations have different ones."""
    first = planned(provision(), provision(id="again", applies_from="2024-09-01"))
    second = planned(provision(), provision(id="again", applies_from="2024-09-01"))
    assert first == second
    assert 2 == len({o.id for o in first})


def test_a_provision_without_action_demands_none() -> None:
    """Where nothing was written to do, nothing is made up."""
    assert [] == planned(msgspec.structs.replace(provision(), action=""))


def test_trade_is_at_stake_for_traders_only() -> None:
    """A firm with one licence is not selling any on: resale is at stake for resellers."""
    rule = provision(acts=(Act.RESELL,), addressees=(AddresseeKind.DOMESTIC_PERSON,))
    bought = (exposure(meaning=Meaning.PURCHASE),)
    assert [] == planned(rule, exposures=bought)
    assert 1 == len(planned(rule, exposures=bought, organisation=company(AddresseeKind.RESELLER)))
