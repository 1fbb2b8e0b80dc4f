# SPDX-License-Identifier: Apache-2.0
"""Promises about what to do by when."""

import msgspec
import pytest
from law import (
    CLAIMS,
    CONDITION,
    ZONE,
    company,
    contract,
    exemption,
    exposure,
    halt,
    measure,
    provision,
    question,
    supplier,
    system,
    tie,
)
from law import register as law_of

from debar import dates
from debar.errors import UsageError
from debar.model.measures import Calendar, Deadline, Organisation, Owner, Provision, Target
from debar.model.results import Exposure, Obligation
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Effect,
    Force,
    Grade,
    Instrument,
    Meaning,
    Modality,
    RelationKind,
    State,
    Tie,
)
from debar.obligations.findings import assess
from debar.obligations.plan import plan
from debar.register import Register


def planned(
    *rules: Provision,
    exposures: tuple[Exposure, ...] = (exposure(),),
    organisation: Organisation | None = None,
    as_of: str = "2024-10-01",
    calendar: Calendar | None = None,
    instrument: Instrument = Instrument.REGULATION,
) -> list[Obligation]:
    """Give the obligations of some exposures under some provisions."""
    law, asked = law_of(measure(*rules, instrument=instrument), calendar=calendar), question(organisation, as_of)
    return plan(assess(exposures, law, asked), exposures, law, asked)


@pytest.mark.parametrize(
    ("modality", "effect", "force"),
    [
        (Modality.PROHIBITED, Effect.NONE, Force.MUST),
        (Modality.LICENCE_REQUIRED, Effect.NONE, Force.MUST),
        (Modality.REQUIRED, Effect.NONE, Force.MUST),
        (Modality.ADVISED, Effect.NONE, Force.SHOULD),
        (Modality.PERMITTED, Effect.AT_RISK, Force.SHOULD),
    ],
)
def test_a_duty_must_and_prudence_should(modality: Modality, effect: Effect, force: Force) -> None:
    """Prohibited, licence required and required bind; everything else is prudence."""
    (found,) = planned(provision(modality=modality, effect=effect))
    assert (force, "Stop using it.", "2024-07-20T04:00:00Z") == (found.force, found.action, found.due)


def test_what_is_permitted_demands_nothing() -> None:
    """A plain permission is no obligation."""
    assert [] == planned(provision(modality=Modality.PERMITTED))


@pytest.mark.parametrize("modality", list(Modality))
def test_what_is_only_proposed_demands_nothing(modality: Modality) -> None:
    """A bill is no duty, and no prudence either: it may never come."""
    assert [] == planned(provision(modality=modality), instrument=Instrument.PROPOSAL)


def test_what_is_suspended_or_exempt_demands_nothing() -> None:
    """The duty is due when it comes back, and not before."""
    assert [] == planned(provision(interruptions=(halt(applies_from="2024-07-01"),)))
    assert [] == planned(provision(exemptions=(exemption(),)))
    back = halt(applies_from="2024-07-01", applies_until="2025-09-01")
    assert ["2025-09-01T04:00:00Z"] == [o.due for o in planned(provision(interruptions=(back,)))]


def test_a_piece_that_is_over_demands_nothing() -> None:
    """Of a ban that an exemption cut in two only the piece to come, or the one that lasts, is to be done."""
    rule = provision(exemptions=(exemption(applies_from="2024-09-01", applies_until="2025-01-01"),))
    due = {day: [o.due for o in planned(rule, as_of=day)] for day in ("2024-08-01", "2024-10-01", "2025-02-01")}
    first, again = "2024-07-20T04:00:00Z", "2025-01-01T05:00:00Z"
    assert {"2024-08-01": [first, again], "2024-10-01": [again], "2025-02-01": [again]} == due


def test_a_customer_of_the_banned_supplier_should_act() -> None:
    """Unavailable is prudence and never a duty."""
    rule = provision(addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.COMPANY,))
    assert [Force.SHOULD] == [o.force for o in planned(rule)]


def test_one_action_answers_many_findings() -> None:
    """Two machines and two provisions with the same action and date make one obligation."""
    rules = (provision(), provision(id="again"))
    (found,) = planned(*rules, exposures=(exposure("exp-1"), exposure("exp-2")))
    assert (("exp-1", "exp-2"), 4) == (found.exposures, len(found.findings))


def test_the_same_action_by_two_dates_is_due_by_the_earlier() -> None:
    """Whoever has done it by then has done it by the later one as well; both findings are answered."""
    (found,) = planned(provision(), provision(id="again", applies_from="2024-09-01"))
    assert ("2024-07-20T04:00:00Z", 2) == (found.due, len(found.findings))
    assert ("us-order#again", "us-order#ban") == found.provisions


def test_another_thing_by_another_date_is_another_obligation() -> None:
    """Two machines of which one has to go later are two obligations, the earlier first."""
    rule = provision(deadline=Deadline(after="identified_on", amount=1, unit="calendar-days"))
    who = company(facts={"identified_on": "2024-10-01"}, systems=(system("s", "new-*", identified_on="2024-10-07"),))
    found = planned(rule, exposures=(exposure("new-1"), exposure("old-1")), organisation=who)
    assert [("old-1",), ("new-1",)] == [o.exposures for o in found]
    assert found[0].id != found[1].id


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


@pytest.mark.parametrize(
    ("after", "amount", "unit", "day"),
    [
        ("2024-07-03", 1, "business-days", "2024-07-05"),  # Independence Day
        ("2024-06-18", 3, "business-days", "2024-06-24"),  # Juneteenth, a Wednesday
        ("2024-11-27", 1, "business-days", "2024-11-29"),  # Thanksgiving
        ("2024-12-24", 1, "business-days", "2024-12-26"),  # Christmas
        ("2024-12-30", 3, "business-days", "2025-01-03"),  # New Year's Day
        ("2021-12-30", 1, "business-days", "2022-01-03"),  # New Year's Day of a Saturday, kept on 31 December
        ("2023-12-29", 1, "business-days", "2024-01-02"),
        ("2020-07-02", 1, "business-days", "2020-07-06"),  # Independence Day of a Saturday, kept on the Friday
        ("2021-07-02", 1, "business-days", "2021-07-06"),  # and of a Sunday, kept on the Monday
        ("2024-07-03", 1, "calendar-days", "2024-07-04"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2024-08-31", 6, "months", "2025-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-10-01", 10, "years", "2034-10-01"),
    ],
)
def test_business_days_are_those_of_the_authority(
    after: str, amount: int, unit: str, day: str, register: Register
) -> None:
    """Federal holidays and weekends do not count, and years end in between; months end on a day that they have."""
    rule = provision(deadline=Deadline(after="identified_on", amount=amount, unit=unit))
    who = company(facts={"identified_on": after})
    (found,) = planned(rule, organisation=who, calendar=register.calendars["us-federal"])
    assert _end(day) == found.due


def _end(day: str) -> str:
    return dates.stamp(dates.ends(day, ZONE))


def test_without_a_calendar_only_weekends_are_off() -> None:
    """Where no holidays are recorded the deadline is never too late."""
    rule = provision(deadline=Deadline(after="identified_on", amount=1, unit="business-days"))
    (found,) = planned(rule, organisation=company(facts={"identified_on": "2024-07-03"}))
    assert _end("2024-07-04") == found.due


def test_each_contract_has_its_own_deadline() -> None:
    """What was identified under two contracts on two days is to be reported twice; one without a day has no date."""
    rule = provision(conditions=(CONDITION,), deadline=Deadline(after="identified_on", amount=1, unit="calendar-days"))
    who = company(
        facts={"purpose": "yes"},
        contracts=(
            contract("c-1", identified_on="2024-10-04"),
            contract("c-2", identified_on="2024-10-07"),
            contract("c-3", purpose="yes"),
        ),
    )
    assert [_end("2024-10-05"), _end("2024-10-08"), None] == [o.due for o in planned(rule, organisation=who)]


def test_each_system_has_its_own_deadline() -> None:
    """The day on which something was identified may be one of a system, of a contract, or of the organisation."""
    rule = provision(deadline=Deadline(after="identified_on", amount=1, unit="calendar-days"))
    who = company(facts={"identified_on": "2024-10-01"}, systems=(system("s", "new-*", identified_on="2024-10-07"),))
    found = planned(rule, exposures=(exposure("old-1"), exposure("new-1")), organisation=who)
    assert [(("old-1",), _end("2024-10-02")), (("new-1",), _end("2024-10-08"))] == [(o.exposures, o.due) for o in found]
    mine = msgspec.structs.replace(who, contracts=(contract("c", identified_on="2024-10-14"),))
    assert [_end("2024-10-15")] == [o.due for o in planned(rule, exposures=(exposure("new-1"),), organisation=mine)]


def test_a_question_and_a_reminder_have_no_date() -> None:
    """What is undetermined is to be answered, whenever the duty behind it would be due."""
    rule = provision(conditions=(CONDITION,), deadline=Deadline(after="2024-07-20", amount=1, unit="calendar-days"))
    assert [None] == [o.due for o in planned(rule)]


def test_an_event_that_is_no_date_is_told() -> None:
    """Whoever answers "yesterday" is told so, and the program does not fall over."""
    rule = provision(deadline=Deadline(after="identified_on", amount=1, unit="calendar-days"))
    with pytest.raises(UsageError, match="identified_on") as e:
        planned(rule, organisation=company(facts={"identified_on": "yesterday"}))
    assert "write it as a date: 2024-10-01" == e.value.hint


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


def test_sources_that_disagree_are_a_question() -> None:
    """Both claims stand in the plan, to be settled by whoever reads them."""
    child = supplier("child", tie(RelationKind.SUBSIDIARY, "maker", claims=CLAIMS))
    rule = provision(targets=Target(parties=("maker",), extends_to=(Tie.SUBSIDIARIES,)))
    law, asked, seen = law_of(measure(rule), parties=(child,)), question(), [exposure(party="child", product="")]
    (found,) = plan(assess(seen, law, asked), seen, law, asked)
    assert Force.SHOULD is found.force
    assert "Gazette: still on the list; Press: taken off" in found.action


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
    assert "Check what was left behind (Maker) and remove it, or confirm that nothing of it runs." == found.action


def test_nothing_found_is_nothing_to_do() -> None:
    """No exposure, no obligation."""
    assert [] == planned(provision(), exposures=())


def test_ids_are_stable() -> None:
    """What is to be done has the same id on another day, with more things, and after more was read of it."""
    first = planned(provision(), provision(id="other", action="Tell somebody."))
    later = planned(
        provision(applies_from="2024-08-01"),
        provision(id="other", action="Tell somebody."),
        exposures=(exposure("exp-1"), exposure("exp-2")),
        as_of="2025-01-01",
    )
    assert {o.action: o.id for o in first} == {o.action: o.id for o in later}
    assert 2 == len({o.id for o in first})


def test_a_provision_without_action_demands_none() -> None:
    """Where nothing was written to do, nothing is made up."""
    assert [] == planned(msgspec.structs.replace(provision(), action=""))


# ---- what settles what


def test_removing_it_settles_using_it() -> None:
    """Who has to remove it by the same day need not be told to stop using it; the words stay beside."""
    remove = provision(id="out", modality=Modality.REQUIRED, acts=(Act.REMOVE,), action="Remove it.")
    (found,) = planned(provision(), remove)
    assert ("Remove it.", ("Stop using it.",), 2) == (found.action, found.includes, len(found.findings))
    assert ("us-order#ban", "us-order#out") == found.provisions
    assert State.OVERDUE is found.state, "its use is forbidden already"


def test_removing_it_later_settles_nothing_now() -> None:
    """What is forbidden today does not wait for a removal next year."""
    deadline = Deadline(after="2025-06-30", amount=0, unit="calendar-days")
    remove = provision(id="out", modality=Modality.REQUIRED, acts=(Act.REMOVE,), action="Remove it.", deadline=deadline)
    assert ["Stop using it.", "Remove it."] == [o.action for o in planned(provision(), remove)]


def test_advice_settles_no_duty() -> None:
    """Prudence may be put off, so that it stands for nothing that binds; a duty stands for prudence."""
    advice = provision(id="out", modality=Modality.ADVISED, acts=(Act.REMOVE,), action="Remove it.")
    assert [Force.MUST, Force.SHOULD] == [o.force for o in planned(provision(), advice)]
    same = provision(id="advice", modality=Modality.ADVISED)
    (found,) = planned(provision(), same)
    assert (Force.MUST, 2) == (found.force, len(found.findings))


def test_what_one_machine_settles_another_does_not() -> None:
    """Where only one of two has to be removed, the other is still not to be used."""
    remove = provision(
        id="out",
        modality=Modality.REQUIRED,
        acts=(Act.REMOVE,),
        action="Remove it.",
        conditions=(CONDITION,),
    )
    who = company(facts={"purpose": "no"}, systems=(system("s", "new-*", purpose="yes"),))
    found = planned(provision(), remove, exposures=(exposure("new-1"), exposure("old-1")), organisation=who)
    assert {"Remove it.": ("new-1",), "Stop using it.": ("old-1",)} == {o.action: o.exposures for o in found}


# ---- how far it is


@pytest.mark.parametrize(
    ("rule", "as_of", "state"),
    [
        (provision(), "2024-10-01", State.OVERDUE),
        (provision(), "2024-07-19", State.UPCOMING),
        (provision(acts=(Act.INSTALL,)), "2024-10-01", State.STANDING),
        (provision(acts=(Act.INSTALL,)), "2024-07-19", State.UPCOMING),
        (provision(modality=Modality.REQUIRED), "2024-10-01", State.OPEN),
        (provision(modality=Modality.ADVISED), "2024-10-01", State.OPEN),
        (provision(conditions=(CONDITION,)), "2024-10-01", State.OPEN),
    ],
)
def test_states_without_a_deadline(rule: Provision, as_of: str, state: State) -> None:
    """A ban on what goes on is overdue, one on an act stands; where no day was set, nothing is late."""
    assert [state] == [o.state for o in planned(rule, as_of=as_of)]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2024-10-02", State.OPEN), ("2024-10-03T03:59:59Z", State.OPEN), ("2024-10-03", State.OVERDUE)],
)
def test_a_duty_is_overdue_after_its_last_instant(as_of: str, state: State) -> None:
    """The last day belongs to the time in which it can be done, where the authority sits."""
    deadline = Deadline(after="2024-10-01", amount=1, unit="calendar-days")
    rule = provision(modality=Modality.REQUIRED, acts=(Act.REPORT,), deadline=deadline)
    assert [state] == [o.state for o in planned(rule, as_of=as_of)]


def test_of_one_obligation_the_least_counts() -> None:
    """Bought here and installed there: the ban on both is overdue as a whole."""
    rule = provision(acts=(Act.INSTALL, Act.USE))
    (found,) = planned(rule)
    assert (State.OVERDUE, 2) == (found.state, len(found.findings))


# ---- who does it


def test_the_first_owner_that_fits_does_it() -> None:
    """By act, asset and measure; what nobody was named for has no owner, and owners part obligations."""
    rows = (
        Owner(owner="Legal", acts=(Act.REPORT,)),
        Owner(owner="Kiosks", assets=("kiosk-*",)),
        Owner(owner="Others", measures=("us-other",)),
    )
    report = provision(id="tell", modality=Modality.REQUIRED, acts=(Act.REPORT,), action="Report it.")
    who = company(owners=rows)
    found = planned(provision(), report, exposures=(exposure("kiosk-1"), exposure("desk-1")), organisation=who)
    assert {
        ("Report it.", "Legal", ("desk-1", "kiosk-1")),
        ("Stop using it.", "Kiosks", ("kiosk-1",)),
        ("Stop using it.", "", ("desk-1",)),
    } == {(o.action, o.owner, o.exposures) for o in found}
    assert 3 == len({o.id for o in found})
