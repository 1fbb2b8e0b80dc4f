# SPDX-License-Identifier: Apache-2.0
"""Promises about worked cases: all of them hold, the acceptance queries are among them, and lies are caught."""

from pathlib import Path

import msgspec
import pytest
from law import CONDITION, halt, measure, provision, waiver
from law import register as law_of
from msgspec.structs import replace

from debar import dates
from debar.model.measures import Target
from debar.model.results import Case, CaseExposure, Expectation, Explanation
from debar.model.vocab import Act, Category, Meaning, MeasureStatus, Status
from debar.obligations.cases import failures
from debar.obligations.explain import ORIGIN, explain
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.register import Register
from debar.register.load import cases

REGISTER = Path(__file__).parents[2] / "register"
WORKED, FAULTS = cases(REGISTER)
ANSWERED = [case for _, case in WORKED if case.query]


def test_every_case_file_can_be_read() -> None:
    """No case is lost to a fault of its file."""
    assert [] == FAULTS
    assert WORKED


def test_every_case_holds(register: Register) -> None:
    """What a lawyer wrote down is what debar says, and every provision is reached by a case."""
    assert [] == failures(WORKED, register)


ALLOWED = "allowed"
"""Permitted by the text, or exempt from a ban: lawful either way."""
EXPECTED: dict[str, set[tuple[str, Act, str]]] = {
    "1": {("us/supplier", Act.CONTRACT, Status.PERMITTED)},
    "2": {("us/supplier", Act.CONTRACT, Status.PERMITTED), ("us/supplier", Act.CONTRACT, Status.PROHIBITED)},
    "3": {
        ("us/company", Act.USE, Status.AT_RISK),
        ("us/company", Act.UPDATE, Status.PERMITTED),
        ("us/company", Act.REPLACE, Status.ADVISED),
    },
    "4": {("us/company", Act.USE, Status.AT_RISK), ("us/company", Act.UPDATE, Status.UNAVAILABLE)},
    "5": {("us/reseller", Act.RESELL, Status.PROHIBITED), ("us/integrator", Act.INTEGRATE, Status.PROHIBITED)},
    "6": {("us/company", Act.ACQUIRE, Status.EXEMPT), ("us/federal-agency", Act.ACQUIRE, Status.PROHIBITED)},
    "7": {("us/federal-agency", Act.IDENTIFY, Status.EXEMPT), ("us/federal-agency", Act.USE, Status.PROHIBITED)},
    "8": {("ca/federal-agency", act, Status.PERMITTED) for act in (Act.USE, Act.REMOVE, Act.BLOCK)},
    "9": {("uk/local-authority", act, Status.PERMITTED) for act in (Act.USE, Act.DEPLOY, Act.REMOVE)},
    "10": {
        ("us/federal-contractor", act, status)
        for act in (Act.PROVIDE, Act.PERFORM)
        for status in (Status.PERMITTED, Status.UNDETERMINED)
    },
    "11": {
        ("us/equipment-maker", Act.AUTHORISE, Status.PERMITTED),
        ("us/equipment-maker", Act.AUTHORISE, Status.PROHIBITED),
    },
    "12": {("us/federal-agency+defence-body", Act.CONTRACT, Status.UNDETERMINED)},
    "13": {("us/company", Act.USE, Status.PERMITTED)},
    "14": {
        ("us/company", Act.USE, Status.PERMITTED),
        ("us/reseller", Act.RESELL, ALLOWED),
        ("us/company", Act.UPDATE, Status.PERMITTED),
    },
    "15": {("us/federal-agency+defence-body", Act.RENEW, Status.PERMITTED)},
}
"""What the facts demand, written down apart from the cases: who asks, act and position."""
DAYS = {
    "1": {"2024-07-19T23:59:00-04:00"},
    "2": {"2024-07-20T03:30:00+00:00", "2024-07-20T04:00:00+00:00"},
    "3": {"2024-08-15"},
    "4": {"2024-10-01"},
    "5": {"2024-10-01"},
    "6": {"2024-10-01"},
    "10": {"2025-10-15"},
    "11": {"2024-08-15"},
    "12": {"2026-02-20"},
    "15": {"2026-07-15"},
}
"""On which days they are asked, where the facts name one."""


@pytest.mark.parametrize("number", EXPECTED)
def test_an_acceptance_query_is_answered(number: str, register: Register) -> None:
    """The acceptance queries stand among the cases, hold, and say what the facts demand and not merely something."""
    answers = [(file, case) for file, case in WORKED if case.query == number]
    assert [] == [fault for fault in failures(answers, register) if "no case reaches" not in fault]
    said = {(case.organisation, act, e.position.value) for _, case in answers for act, e in case.expect.items()}
    said |= {(who, act, ALLOWED) for who, act, position in said if position in (Status.PERMITTED, Status.EXEMPT)}
    assert EXPECTED[number] <= said
    assert DAYS.get(number, set()) <= {case.as_of for _, case in answers}


def test_there_is_no_other_acceptance_query() -> None:
    """Every case that says it answers one answers one of the fifteen."""
    assert set(EXPECTED) == {case.query for case in ANSWERED}


def answered(number: str, register: Register, *, who: str = "", known_on: str = "") -> Explanation:
    """Give the explanation of the first case of a query that a kind of organisation asks, or with some knowledge."""
    asked = (c for c in ANSWERED if c.query == number and who in c.organisation and known_on in ("", c.known_on))
    return explained(next(asked), register)


def explained(case: Case, register: Register) -> Explanation:
    """Give what `explain` says of the exposure of a case."""
    who = msgspec.structs.replace(organisation(case.organisation), facts=case.facts)
    party, product = case.exposure.party, case.exposure.product
    if case.exposure.origin and not party:
        party, product = f"{ORIGIN}{case.exposure.origin}", case.exposure.categories[0]
    return explain(
        party,
        product,
        register,
        Question(organisation=who, as_of=case.as_of, known_on=case.known_on),
        acts=tuple(case.expect),
        meaning=case.exposure.meaning,
    )


def test_query_seven_changes_with_the_statute() -> None:
    """An engine inside another's product: outside the directive in 2017, inside the statute after 1 October 2018."""
    answers = sorted((c for c in ANSWERED if c.query == "7"), key=lambda c: c.as_of)
    assert ["2017-11", "2018-10"] == [c.as_of[:7] for c in answers]
    assert {Meaning.EMBEDDED} == {c.exposure.meaning for c in answers}
    assert not {e.position for e in answers[0].expect.values()} & {Status.PROHIBITED, Status.REQUIRED}


def test_query_ten_names_the_alternates_and_the_solicitation(register: Register) -> None:
    """Whether an order of the Director of National Intelligence binds is a question that says where to look."""
    asked = [
        q for case in ANSWERED if case.query == "10" for f in explained(case, register).findings for q in f.questions
    ]
    assert any("Alternate" in question and "solicitation" in question for question in asked), asked


def test_query_eleven_asks_what_was_known(register: Register) -> None:
    """The entry is dated July and was published in September: as known in August there is none."""
    then, later = answered("11", register, known_on="2024-08-15"), answered("11", register, known_on="2024-10-01")
    entry = "us-fcc-covered-kaspersky-2024#authorisation"
    assert (False, True) == tuple(any(f.provision == entry for f in e.findings) for e in (then, later))


def test_query_twelve_shows_both_sides(register: Register) -> None:
    """A withdrawn notice against a recorded removal: the question gives each claim with who makes it."""
    (question,) = {
        q for f in answered("12", register).findings for q in f.questions if q.startswith("Sources disagree")
    }
    assert question.count(": ") > 2
    assert "; " in question
    assert "withdr" in question
    assert "remov" in question


def test_query_fourteen_says_until_when(register: Register) -> None:
    """Updates of foreign routers are allowed at least to 1 January 2029."""
    until = {
        p.until for c in ANSWERED if c.query == "14" for p in explained(c, register).positions if p.act is Act.UPDATE
    }
    ends = {
        f.until for c in ANSWERED if c.query == "14" for f in explained(c, register).findings if f.act is Act.UPDATE
    }
    assert "2029-01-01T05:00:00Z" in until | ends


@pytest.mark.parametrize("case", ANSWERED, ids=lambda c: f"{c.query}: {c.case}")
def test_explaining_gives_the_answer_of_an_acceptance_query(case: Case, register: Register) -> None:
    """`explain` says of a party and product, or of anything of an origin, what the case says."""
    explanation = explained(case, register)
    said = {p.act: p for p in explanation.positions}
    assert {act: e.position for act, e in case.expect.items()} == {act: said[act].status for act in case.expect}
    for act, expected in case.expect.items():
        findings = [f for f in explanation.findings if f.act is act]
        assert not {f.provision for f in findings} & set(expected.absent)
        under = [f for f in findings if f.provision == expected.provision]
        assert bool(expected.provision) is bool(under)
        for finding in under[:1]:
            assert expected.status in (None, *(f.status for f in under))
            zone = register.authorities[register.measures[finding.measure].authority].zone
            if expected.since:
                assert dates.stamp(dates.begins(expected.since, zone)) in {f.since for f in under}


def case(**changes: object) -> Case:
    """Give a case on the composed ban, changed."""
    plain = Case(
        case="a firm uses it",
        as_of="2024-10-01",
        organisation="us/company",
        exposure=CaseExposure(party="maker", product="shield"),
        expect={
            Act.USE: Expectation(
                position=Status.PROHIBITED,
                provision="us-order#ban",
                status=Status.PROHIBITED,
                since="2024-07-20",
            )
        },
    )
    return msgspec.structs.replace(plain, **changes)


def expecting(**changes: object) -> Case:
    """Give the case with a changed expectation."""
    return case(expect={Act.USE: msgspec.structs.replace(case().expect[Act.USE], **changes)})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (expecting(position=Status.PERMITTED), "position prohibited, expected permitted"),
        (expecting(provision="us-order#nothing"), "no finding under us-order#nothing"),
        (expecting(status=Status.REQUIRED), "status prohibited, expected required"),
        (expecting(since="2024-07-21"), "since 2024-07-20T04:00:00Z, expected 2024-07-21T04:00:00Z"),
        (expecting(until="2024-12-31"), "until None, expected 2024-12-31T05:00:00Z"),
        (expecting(exemption="training"), "exemption None, expected training"),
        (expecting(missing="purpose"), "missing (), expected purpose"),
        (expecting(waiver="grace"), "waiver None, expected grace"),
        (expecting(absent=("us-order#ban",)), "a finding under us-order#ban, expected none"),
        (case(organisation="us/bakery"), "bakery"),
        (case(organisation="nonsense"), "nonsense"),
        (case(as_of="soon"), "soon"),
        (case(known_on="soon"), "soon"),
        (case(exposure=CaseExposure(party="nobody")), "nobody"),
        (case(exposure=CaseExposure(party="maker", product="shiled")), "shield"),
    ],
)
def test_a_wrong_expectation_is_told(wrong: Case, told: str) -> None:
    """Every part of an expectation is checked; the message names file, case and difference."""
    faults = [f for f in failures([("register/cases/us-order.yaml", wrong)], law_of(measure())) if "no case" not in f]
    assert 1 == len(faults)
    assert faults[0].startswith(f"register/cases/us-order.yaml: case {wrong.case!r}: ")
    assert told in faults[0]


def test_a_right_expectation_is_not_told() -> None:
    """The composed case holds."""
    assert [] == failures([("x", case())], law_of(measure()))


@pytest.mark.parametrize(
    ("status", "since", "until"),
    [
        (Status.PROHIBITED, "2024-07-20", "2024-09-01"),
        (Status.SUSPENDED, "2024-09-01", "2025-09-01"),
        (None, "2024-09-01", "2025-09-01"),
    ],
)
def test_a_case_may_mean_one_piece_of_a_provision(status: Status | None, since: str, until: str) -> None:
    """The piece of the status that is expected, else the one in force."""
    law = law_of(measure(provision(interruptions=(halt(applies_until="2025-09-01"),))))
    said = expecting(position=Status.SUSPENDED, status=status, since=since, until=until)
    assert [] == failures([("x", said)], law)


def test_a_case_may_name_a_waiver_and_a_question() -> None:
    """Who is let off is let off by this waiver; what is open asks this condition."""
    let_off = expecting(position=Status.EXEMPT, status=Status.EXEMPT, waiver="grace", since="2024-08-01")
    assert [] == failures([("x", let_off)], law_of(measure(waivers=(waiver(),))))
    asked = expecting(position=Status.UNDETERMINED, status=Status.UNDETERMINED, missing="purpose")
    assert [] == failures([("x", asked)], law_of(measure(provision(conditions=(CONDITION,)))))


@pytest.mark.parametrize(
    ("exposure", "position"),
    [
        (CaseExposure(origin="TW", categories=(Category.ROUTER,)), Status.PROHIBITED),
        (CaseExposure(origin="US", categories=(Category.ROUTER,)), Status.PERMITTED),
        (CaseExposure(origin="TW", categories=(Category.BATTERY,)), Status.PERMITTED),
        (CaseExposure(origin="TW", party="maker", product="shield"), Status.PERMITTED),
    ],
)
def test_a_case_may_be_about_anything_of_an_origin(exposure: CaseExposure, position: Status) -> None:
    """A product of no party of the register is what it is for and where it was made."""
    routers = provision(targets=Target(origins=("foreign",), categories=(Category.ROUTER,)))
    said = case(exposure=exposure, expect={Act.USE: Expectation(position=position)})
    assert [] == [f for f in failures([("x", said)], law_of(measure(routers))) if "no case reaches" not in f]


def test_a_case_states_what_is_asked_for() -> None:
    """A fact that no measure asks for is a fault of the case."""
    (fault,) = [f for f in failures([("x", case(facts={"purpose": "yes"}))], law_of(measure())) if "no case" not in f]
    assert "fact 'purpose' is not asked for by any measure" in fault


def test_a_provision_without_a_case_is_told() -> None:
    """Every provision must be reached by a case."""
    law = law_of(measure(provision(), provision(id="quiet", acts=(Act.RESELL,))))
    assert ["us-order#quiet: no case reaches this provision"] == failures([("x", case())], law)


def test_a_draft_needs_no_case() -> None:
    """Nothing is found from a draft, so no case could reach it."""
    draft = replace(measure(provision(id="quiet", acts=(Act.RESELL,))), id="us-draft", status=MeasureStatus.DRAFT)
    assert failures([], law_of(draft)) == []
    assert failures([], law_of(replace(draft, status=MeasureStatus.ACTIVE))) == [
        "us-draft#quiet: no case reaches this provision"
    ]
