# SPDX-License-Identifier: Apache-2.0
"""Promises about open questions: which there are, what hangs on each, and what would follow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from drawn import LOTS, Lot, organisation
from hypothesis import HealthCheck, given, settings
from law import CONDITION, company, contract, exemption, exposure, measure, provision, question, system
from law import register as law_of

from debar.errors import UsageError
from debar.model.measures import Condition, Deadline, Owner, Target
from debar.model.vocab import Act, AddresseeKind, Instrument, Meaning, MeasureStatus, Modality, OriginTest, Status
from debar.obligations.findings import PRODUCED_IN, SUPPLIES, assess
from debar.obligations.kinds import KINDS, told_apart
from debar.obligations.organisation import check_facts
from debar.obligations.plan import plan
from debar.obligations.questions import askable, questions

if TYPE_CHECKING:
    from debar.model.measures import Measure, Organisation
    from debar.model.results import Exposure, OpenQuestion
    from debar.register import Register

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "organisation.md"
LATE = Condition(id="late", fact="awarded", not_before="2024-07-01", needs="When was it awarded?")
REPORT = provision(
    id="report",
    modality=Modality.REQUIRED,
    acts=(Act.REPORT,),
    deadline=Deadline(after="identified_on", amount=1, unit="business-days"),
    action="Report it.",
)


def opened(
    *measures: Measure, seen: tuple[Exposure, ...] = (exposure(),), who: Organisation | None = None
) -> dict[str, OpenQuestion]:
    """Give the open questions of some exposures under some measures, by fact, in their order."""
    law, asked = law_of(*measures), question(who)
    findings = assess(seen, law, asked)
    return {q.fact: q for q in questions(findings, seen, plan(findings, seen, law, asked), law, asked.organisation)}


def test_a_question_says_what_hangs_on_it() -> None:
    """How many findings on how many exposures, under which law, and what would follow from each answer."""
    found = opened(measure(provision(conditions=(CONDITION,))), seen=(exposure("exp-1"), exposure("exp-2")))
    asked = found["purpose"]
    assert ["purpose"] == list(found)
    assert ("Is it used for the purpose?", ("yes", "no"), "word") == (asked.question, asked.answers, asked.form)
    assert (2, 2, 0, 0) == (asked.undetermined, asked.exposures, asked.exempting, asked.undated)
    assert "2 findings on 2 exposures cannot be decided without it under 1 FR 1" == asked.why
    assert (("us-order#ban",), ("us-order",)) == (asked.provisions, asked.measures)
    assert [
        ("yes", "prohibited: use [us-order#ban]"),
        ("no", "what asks for another answer does not apply"),
    ] == [(o.answer, o.says) for o in asked.outcomes]


def test_most_first() -> None:
    """What leaves more findings undetermined comes before what only might exempt, and that before what lacks a day."""
    two = (provision(conditions=(CONDITION,)), provision(id="again", conditions=(CONDITION,)))
    one = provision(id="one", conditions=(LATE,))
    out = Condition(id="out", fact="lifted", needs="Is it lifted?")
    lifting = provision(id="lifting", exemptions=(exemption(conditions=(out,)),))
    found = opened(measure(REPORT, lifting, one, *two))
    assert ["purpose", "awarded", "lifted", "identified_on"] == list(found)
    assert [(2, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)] == [
        (q.undetermined, q.exempting, q.undated) for q in found.values()
    ]
    assert "the case is not taken out" == found["lifted"].outcomes[1].says
    assert "exempt: use [us-order#lifting]" == found["lifted"].outcomes[0].says


def test_dates_and_numbers_have_borders() -> None:
    """Of what is no word, what follows is told for either side."""
    much = Condition(id="much", fact="share", above="50", needs="How much?")
    early = Condition(id="early", fact="awarded", before="2020", needs="When was it awarded?")
    found = opened(
        measure(
            provision(conditions=(LATE,)), provision(id="b", conditions=(much,)), provision(id="c", conditions=(early,))
        )
    )
    assert {"awarded": "date", "share": "number"} == {fact: q.form for fact, q in found.items()}
    assert ["2024-07-01 or later", "before 2020", "anything else"] == [o.answer for o in found["awarded"].outcomes]
    assert ["more than 50", "anything else"] == [o.answer for o in found["share"].outcomes]
    assert () == found["share"].answers


def test_a_duty_without_a_day_asks_for_it() -> None:
    """The day of the event, with how long after it the duty is due; no more once it is stated."""
    asked = opened(measure(REPORT))["identified_on"]
    assert "On which day was this: identified? A deadline counts from it." == asked.question
    assert [("the day", "due 1 business day after it: report [us-order#report]")] == [
        (o.answer, o.says) for o in asked.outcomes
    ]
    assert {} == opened(measure(REPORT), who=company(facts={"identified_on": "2024-10-01"}))


def test_what_recurs_asks_when_it_was_last_done() -> None:
    """In the words of the duty, and not in those of a name in a file."""
    anew = Deadline(after="last_look_on", amount=3, unit="months", repeats=True, resets=True)
    asked = opened(measure(msgspec.structs.replace(REPORT, deadline=anew)))["last_look_on"]
    assert f"On which day was this last done: {REPORT.action} The next time counts from it." == asked.question


def test_what_the_procedure_asks_is_asked() -> None:
    """Whether software leaves the house, and where devices were produced, are facts as any other."""
    integrating = provision(acts=(Act.INTEGRATE,), addressees=(AddresseeKind.ANYONE,))
    inside = (exposure(meaning=Meaning.EMBEDDED),)
    assert [SUPPLIES] == list(opened(measure(integrating), seen=inside))
    made = provision(targets=Target(origins=("CN",), origin_test=OriginTest.PRODUCED))
    assert [PRODUCED_IN] == list(opened(measure(made)))
    assert "country" == opened(measure(made))[PRODUCED_IN].form


def test_what_no_fact_answers_is_no_question_here() -> None:
    """A weak sign is settled by one more look, which the plan asks for."""
    assert {} == opened(measure(), seen=(exposure(level=2),))


def test_what_binds_nobody_asks_nothing() -> None:
    """A bill whose condition is open leaves nobody undetermined."""
    assert {} == opened(measure(provision(conditions=(CONDITION,)), instrument=Instrument.PROPOSAL))


def test_contracts_and_systems_without_an_answer_are_named() -> None:
    """Contracts where a clause decides, systems where it is about their assets."""
    who = company(
        contracts=(contract("c-1", purpose="yes"), contract("c-2", awarded="2025")),
        systems=(system("s-1", "exp-*"), system("s-2", "exp-*", purpose="no"), system("s-3", "other-*")),
    )
    clause = measure(provision(conditions=(CONDITION, LATE)), instrument=Instrument.CLAUSE)
    found = opened(clause, seen=(exposure(),), who=company(contracts=who.contracts))
    assert {"purpose": ("c-2",), "awarded": ("c-1",)} == {fact: q.contracts for fact, q in found.items()}
    order = measure(provision(conditions=(LATE,)))
    asked = opened(order, who=company(systems=who.systems, contracts=who.contracts[:1]))["awarded"]
    assert ((), ("s-1", "s-2")) == (asked.contracts, asked.systems)


def test_without_a_report_what_may_bind_is_asked() -> None:
    """Of live measures, for who is bound; answered facts, waivers alone, bills and drafts are left out."""
    out = Condition(id="out", fact="lifted", needs="Is it lifted?")
    rule = provision(conditions=(CONDITION, LATE), exemptions=(exemption(conditions=(out,)),))
    law = law_of(
        measure(rule),
        measure(
            provision(conditions=(Condition(id="x", fact="bill", needs="?"),)),
            id="us-bill",
            instrument=Instrument.PROPOSAL,
        ),
        measure(
            provision(conditions=(Condition(id="x", fact="draft", needs="?"),)),
            id="us-draft",
            status=MeasureStatus.DRAFT,
        ),
    )
    assert ["awarded", "purpose"] == [q.fact for q in askable(law, company())]
    assert ["awarded"] == [q.fact for q in askable(law, company(facts={"purpose": "no"}))]
    assert ["awarded", "lifted", "purpose"] == [q.fact for q in askable(law, company(), ["lifted"])]
    assert [] == askable_facts(law, company(AddresseeKind.RESELLER))


def askable_facts(law: Register, who: Organisation) -> list[str]:
    """Give the names of the facts that are asked."""
    return [q.fact for q in askable(law, who)]


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOTS)
def test_answers_that_the_register_knows_can_be_given(register: Register, lot: int) -> None:
    """Every word that a question offers passes as the answer to it, for whoever it is asked."""
    who = organisation(Lot(lot), register)
    for one in askable(register, who):
        for answer in one.answers:
            check_facts(msgspec.structs.replace(who, facts={one.fact: answer}), register)
        assert one.outcomes and one.why and one.question.endswith(("?", "."))


def test_kinds_are_those_of_the_reference() -> None:
    """What the conversation says of a kind is what the reference says."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \|$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {kind: text.replace("`", "") for kind, text in rows[: len(KINDS)]} == KINDS
    assert set(AddresseeKind) - {AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON} == set(KINDS)


def test_only_kinds_that_the_law_of_a_place_names_are_offered(register: Register) -> None:
    """On either side of a measure; a place without a measure offers none."""
    assert AddresseeKind.FEDERAL_CONTRACTOR in told_apart(register, ("us",))
    assert AddresseeKind.FEDERAL_CONTRACTOR not in told_apart(register, ("it",))
    assert () == told_apart(register, ("xx",))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (Owner(owner=" "), "an owner has no name"),
        (Owner(owner="IT", measures=("us-far-52.204-3",)), "'us-far-52.204-3' is no measure; did you mean"),
    ],
)
def test_a_slip_in_an_owner_is_told(register: Register, row: Owner, complaint: str) -> None:
    """A row that could never fit is wrong usage."""
    with pytest.raises(UsageError, match=complaint):
        check_facts(company(owners=(row,)), register)
    check_facts(company(owners=(Owner(owner="IT"),)), register)


def test_an_answered_question_is_closed() -> None:
    """Answering what is asked first leaves fewer findings undetermined, until none is."""
    law = law_of(measure(provision(conditions=(CONDITION, LATE))))
    facts: dict[str, str] = {}
    counts = []
    for answers in ({}, {"purpose": "yes"}, {"awarded": "2025"}):
        facts |= answers
        findings = assess((exposure(),), law, asked := question(company(facts=dict(facts))))
        counts.append(len(questions(findings, (exposure(),), [], law, asked.organisation)))
    assert [2, 1, 0] == counts
    assert Status.PROHIBITED is findings[0].status
