# SPDX-License-Identifier: Apache-2.0
"""Promises about worked cases: all of them hold, the acceptance queries are among them, and lies are caught."""

from pathlib import Path

import msgspec
import pytest
from law import measure, provision
from law import register as law_of

from debar import dates, pipeline
from debar.model.results import Case, CaseExposure, Expectation
from debar.model.vocab import Act, Status
from debar.obligations.cases import failures
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


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "6", "7", "11"])
def test_an_acceptance_query_is_answered(number: str, register: Register) -> None:
    """The acceptance queries about measures of this register stand among the cases, and hold."""
    answers = [(file, case) for file, case in WORKED if case.query == number]
    assert answers
    assert [] == [fault for fault in failures(answers, register) if "no case reaches" not in fault]


EXPECTED = {
    "1": {(Act.CONTRACT, Status.PERMITTED)},
    "2": {(Act.CONTRACT, Status.PERMITTED), (Act.CONTRACT, Status.PROHIBITED)},
    "3": {(Act.UPDATE, Status.PERMITTED), (Act.REPLACE, Status.ADVISED)},
    "4": {(Act.USE, Status.AT_RISK), (Act.UPDATE, Status.UNAVAILABLE)},
    "5": {(Act.RESELL, Status.PROHIBITED), (Act.INTEGRATE, Status.PROHIBITED)},
    "6": {(Act.ACQUIRE, Status.EXEMPT)},
}
"""What the facts demand, written down apart from the cases: act and position."""


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_an_acceptance_query_has_the_expected_answer(number: str) -> None:
    """The cases say what the acceptance queries demand, and not merely something that holds."""
    said = {(act, e.position) for case in ANSWERED if case.query == number for act, e in case.expect.items()}
    assert EXPECTED[number] <= said


def test_query_six_is_prohibited_for_an_agency() -> None:
    """Threat intelligence is outside the determination, and inside the statute for federal agencies."""
    agencies = [c for c in ANSWERED if c.query == "6" and "federal-agency" in c.organisation]
    assert agencies
    assert {Status.PROHIBITED} <= {e.position for c in agencies for e in c.expect.values()}


def test_query_seven_changes_with_the_statute() -> None:
    """An engine inside another's product: outside the directive in 2017, inside the statute after 1 October 2018."""
    answers = sorted((c for c in ANSWERED if c.query == "7"), key=lambda c: c.as_of)
    assert ["2017", "2018"] == [c.as_of[:4] for c in answers] or answers[0].as_of < "2018-10-01" <= answers[-1].as_of
    assert not {e.position for e in answers[0].expect.values()} & {Status.PROHIBITED, Status.REQUIRED}
    assert Status.PROHIBITED in {e.position for e in answers[-1].expect.values()}


@pytest.mark.parametrize("case", ANSWERED, ids=lambda c: f"{c.query}: {c.case}")
def test_explaining_gives_the_answer_of_an_acceptance_query(case: Case, register: Register) -> None:
    """`explain` says of a party and product what the case says."""
    who = msgspec.structs.replace(organisation(case.organisation), facts=case.facts)
    explanation = pipeline.explain(
        case.exposure.party,
        case.exposure.product,
        register,
        Question(organisation=who, as_of=case.as_of, known_on=case.known_on),
        acts=tuple(case.expect),
        meaning=case.exposure.meaning,
    )
    said = {p.act: p for p in explanation.positions}
    assert {act: e.position for act, e in case.expect.items()} == {act: said[act].status for act in case.expect}
    for act, expected in case.expect.items():
        findings = {f.provision: f for f in explanation.findings if f.act is act}
        assert not findings.keys() & set(expected.absent)
        if expected.provision:
            assert expected.provision in findings
            assert expected.status in (None, findings[expected.provision].status)
            zone = register.authorities[register.measures[findings[expected.provision].measure].authority].zone
            if expected.since:
                assert dates.stamp(dates.begins(expected.since, zone)) == findings[expected.provision].since


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
        (expecting(missing="purpose"), "missing"),
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


def test_a_provision_without_a_case_is_told() -> None:
    """Every provision must be reached by a case."""
    law = law_of(measure(provision(), provision(id="quiet", acts=(Act.RESELL,))))
    assert ["us-order#quiet: no case reaches this provision"] == failures([("x", case())], law)
