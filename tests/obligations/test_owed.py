# SPDX-License-Identifier: Apache-2.0
"""Promises about duties that are owed whatever was found, and about what was put on record of duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from law import CONDITION, company, contract, exemption, exposure, measure, provision, question, times
from law import register as law_of

from debar.model.measures import Deadline, Organisation, Provision, Target
from debar.model.results import Record
from debar.model.vocab import Act, AddresseeKind, Meaning, Modality, State, Status
from debar.obligations.findings import assess
from debar.obligations.fulfilled import recorded
from debar.obligations.organisation import organisation
from debar.obligations.owed import owed
from debar.obligations.plan import plan, provisions_of
from debar.obligations.question import Question

if TYPE_CHECKING:
    from debar.model.results import Exposure, Obligation
    from debar.register import Register

LOOK = provision(
    id="look",
    modality=Modality.REQUIRED,
    acts=(Act.MONITOR,),
    owed=True,
    deadline=Deadline(after="last_look_on", amount=3, unit="months", repeats=True, resets=True),
    text="Companies must look at the list every three months.",
    action="Look at the list.",
)
REPORT = provision(
    id="report",
    modality=Modality.REQUIRED,
    acts=(Act.REPORT,),
    deadline=Deadline(after="identified_on", amount=3, unit="calendar-days"),
    action="Report it.",
)
FOLLOW = provision(
    id="follow",
    modality=Modality.REQUIRED,
    acts=(Act.REPORT,),
    deadline=Deadline(after="reported_on", amount=10, unit="calendar-days", follows=("report",)),
    action="Report again.",
)
REMOVE = provision(id="remove", modality=Modality.REQUIRED, acts=(Act.REMOVE,), action="Remove it.")


def record(*provisions: str, on: str = "2024-09-01", **changes: Any) -> Record:
    """Give the record of duties of the order, changed."""
    names = tuple(f"us-order#{name}" for name in provisions)
    return msgspec.structs.replace(Record(on=on, by="A. Meyer", found="nothing new", provisions=names), **changes)


def done(
    *rules: Provision,
    records: tuple[Record, ...] = (),
    seen: tuple[Exposure, ...] = (),
    as_of: str = "2024-10-01",
    who: Organisation | None = None,
) -> list[Obligation]:
    """Give the obligations of what is owed and what was seen, with records."""
    law, asked = law_of(measure(*rules)), question(who, as_of)
    return plan([*assess(seen, law, asked), *owed(law, asked)], seen, law, asked, records)


def test_it_binds_without_any_evidence() -> None:
    """Its finding is about no exposure, begins with the provision, and names why."""
    (found,) = owed(law_of(measure(LOOK)), question())
    assert (None, Status.REQUIRED, "us-order#look") == (found.exposure, found.status, found.provision)
    assert times([found]) == [(Status.REQUIRED, "2024-07-20", None)]
    assert found.because


@pytest.mark.parametrize(
    "who", [company(AddresseeKind.RESELLER), company(jurisdictions=("jp",)), company(facts={"purpose": "no"})]
)
def test_it_binds_its_addressees_alone(who: Organisation) -> None:
    """Who is none, sits elsewhere, or answered its condition otherwise owes nothing."""
    law = law_of(measure(msgspec.structs.replace(LOOK, conditions=(CONDITION,))))
    assert [] == owed(law, question(who))
    assert [] != owed(law, question())


def test_what_is_not_owed_waits_for_a_finding() -> None:
    """A provision that says nothing of it demands nothing where nothing was found."""
    assert [] == owed(law_of(measure(REPORT)), question())


def test_an_exemption_takes_it_out_as_any_other() -> None:
    """The same layers count as for a finding on evidence."""
    law = law_of(measure(msgspec.structs.replace(LOOK, exemptions=(exemption(conditions=(CONDITION,)),))))
    asked = [question(company(facts={"purpose": answer} if answer else {})) for answer in ("yes", "no", "")]
    found = [owed(law, one)[0] for one in asked]
    assert [Status.EXEMPT, Status.REQUIRED, Status.REQUIRED] == [one.status for one in found]
    assert [(), (), ("purpose",)] == [one.missing for one in found]


def test_each_contract_owes_for_itself() -> None:
    """Where contracts answer, each has a duty of its own, with a day of its own."""
    who = company(contracts=(contract("c-1", last_look_on="2024-09-01"), contract("c-2", last_look_on="2024-08-01")))
    assert [("c-2", "2024-11-02"), ("c-1", "2024-12-02")] == [
        (o.contract, (o.due or "")[:10]) for o in done(LOOK, who=who)
    ]


def test_what_is_found_adds_to_it_and_asks_it_once() -> None:
    """A finding on an exposure under the same provision is the same obligation."""
    (found,) = done(LOOK, seen=(exposure(), exposure("exp-2")))
    assert (("exp-1", "exp-2"), 3) == (found.exposures, len(found.findings))


@pytest.mark.parametrize(
    ("as_of", "state", "due"),
    [
        ("2024-08-31", State.OPEN, None),
        ("2024-09-01", State.DONE, "2024-12-02"),
        ("2024-12-01", State.DONE, "2024-12-02"),
        ("2024-12-02", State.OVERDUE, "2024-12-02"),
    ],
)
def test_it_is_done_until_it_is_due_again(as_of: str, state: State, due: str | None) -> None:
    """From the day of the record to three months later; a record of a later day than asked about does not count."""
    (found,) = done(LOOK, records=(record("look"),), as_of=as_of)
    assert (state, due) == (found.state, found.due and found.due[:10])


def test_two_records_of_one_day_are_fine() -> None:
    """Two people looked: it is done, once."""
    both = (record("look"), record("look", by="B. Kim"))
    assert done(LOOK, records=both) == done(LOOK, records=both[:1])


def test_a_report_is_done_for_what_it_was_about() -> None:
    """What comes to light later is to be reported as well; the two are told apart, the open one first."""
    who = company(facts={"identified_on": "2024-09-30"})
    seen = (exposure(), exposure("exp-2"))
    found = done(REPORT, seen=seen, records=(record("report", exposures=("exp-1",)),), who=who)
    assert {State.OPEN: ("exp-2",), State.DONE: ("exp-1",)} == {o.state: o.exposures for o in found}
    before = done(REPORT, seen=seen, who=who)
    assert [o.id for o in before] == [o.id for o in found if o.state is State.OPEN]


def test_what_follows_a_report_counts_from_its_record() -> None:
    """The record of the first gives the second its day; without it nobody knows one."""
    without, with_it = (
        {o.action: o.due for o in done(FOLLOW, REPORT, seen=(exposure(),), records=records)}
        for records in ((), (record("report", exposures=("exp-1",)),))
    )
    assert without["Report again."] is None
    assert (with_it["Report again."] or "").startswith("2024-09-12T03:59:59")


def test_a_report_of_another_thing_sets_no_clock() -> None:
    """Each follow-up counts from the report of what it is about: a later report of something else does not put it off."""
    records = (
        record("report", exposures=("exp-1",)),
        record("report", on="2024-09-20", exposures=("exp-2",)),
    )
    seen = (exposure(), exposure("exp-2"), exposure("exp-3"))
    due = {
        o.exposures: (o.due or "")[:10]
        for o in done(FOLLOW, REPORT, seen=seen, records=records)
        if o.action == "Report again."
    }
    assert due == {("exp-1",): "2024-09-12", ("exp-2",): "2024-10-01", ("exp-3",): ""}


def test_newer_evidence_speaks_against_a_removal() -> None:
    """What was seen after somebody removed it is not removed."""
    records = (record("remove", exposures=("exp-1",)),)
    states = [
        done(REMOVE, seen=(exposure(last_seen=day),), records=records)[0].state
        for day in ("2024-08-31", "2024-09-01T10:00:00Z", "2024-09-02", "")
    ]
    assert [State.DONE, State.DONE, State.OPEN, State.DONE] == states


def test_a_record_never_lifts_a_ban() -> None:
    """That one stopped is seen from evidence."""
    (found,) = done(provision(), seen=(exposure(),), records=(record("ban", exposures=("exp-1",)),))
    assert State.OVERDUE is found.state


def test_a_record_for_one_contract_answers_no_other() -> None:
    """One without a contract answers all of them."""
    who = company(contracts=(contract("c-1", last_look_on="2024-01-01"), contract("c-2", last_look_on="2024-01-01")))
    one, every = (
        {o.contract: o.state for o in done(LOOK, who=who, records=(record("look", contract=name),))}
        for name in ("c-1", "")
    )
    assert {"c-1": State.DONE, "c-2": State.OVERDUE} == one
    assert {"c-1": State.DONE, "c-2": State.DONE} == every


def test_what_was_left_behind_is_looked_at_once() -> None:
    """A check that no provision demands is done by a record that names the exposure, until it is seen again."""
    residue = exposure(meaning=Meaning.RESIDUE, last_seen="2024-08-01")
    looked = record(exposures=("exp-1",), provisions=())
    assert [State.DONE] == [o.state for o in done(provision(), seen=(residue,), records=(looked,))]
    again = exposure(meaning=Meaning.RESIDUE, last_seen="2024-09-02")
    assert [State.OPEN] == [o.state for o in done(provision(), seen=(again,), records=(looked,))]


def test_a_report_says_what_became_of_each_record() -> None:
    """It counts, its day lies ahead, or nothing that is owed is answered by it; by day."""
    law, asked = law_of(measure(LOOK, REPORT, FOLLOW)), question()
    records = (record("look", on="2024-10-02"), record("look"), record("report", on="2024-08-01"), record("follow"))
    todo = plan(owed(law, asked), (), law, asked, records)
    found = recorded(records, todo, provisions_of(law), "2024-10-01")
    assert [
        ("2024-08-01", "us-order#report", "counts"),  # the day from which another is counted
        ("2024-09-01", "us-order#follow", "unused"),
        ("2024-09-01", "us-order#look", "counts"),
        ("2024-10-02", "us-order#look", "not yet"),
    ] == [(one.record.on, one.record.provisions[0], one.state) for one in found]
    assert [(), (), (todo[0].id,), ()] == [one.obligations for one in found]


def test_a_contractor_owes_the_look_at_sam(register: Register) -> None:
    """FAR 52.204-30 (c)(1) binds whatever was found; the next look is three months after the last."""
    asked = Question(organisation=organisation("us/federal-contractor"), as_of="2024-10-01", known_on="")
    look = "us-far-52.204-30#review-sam"
    made = Record(on="2024-09-03", by="A. Meyer", found="no new order", provisions=(look,))
    (found,) = [o for o in plan(owed(register, asked), (), register, asked, (made,)) if look in o.provisions]
    assert (State.DONE, "every 3 months", "2024-12-04T04:59:59.999999Z") == (found.state, found.repeats, found.due)
    nobody = Question(organisation=organisation("us/company"), as_of="2024-10-01", known_on="")
    assert [] == owed(register, nobody)


def test_a_target_does_not_bind_it() -> None:
    """It is owed by those whom the provision names, whomever its targets name."""
    elsewhere = msgspec.structs.replace(LOOK, targets=Target(parties=("other",)))
    assert 1 == len(owed(law_of(measure(elsewhere)), question()))
