# SPDX-License-Identifier: Apache-2.0
"""Decisions that act on findings: through the law's own procedure, limited to scope and days, and never further."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agreed import decision, exposure
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import composed
from debar import decisions, pipeline
from debar.errors import UsageError
from debar.model.vocab import State, Status, Validity, Verdict
from debar.obligations.organisation import organisation
from debar.pipeline import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Decision, Finding, Report

NDAA, BOD = "us-ndaa-fy2018-s1634#use", "us-dhs-bod-17-01#remove"
SECURE = "national-security-systems"
TERM = {"created": "2024-09-01", "expires": "2024-12-31"}
WAIVED = decision(
    Verdict.WAIVED, party="kaspersky", measure=NDAA, granted_by="The Secretary", reference="memo 4", **TERM
)
CLAIMED = decision(Verdict.EXEMPT, assets=("ws-*",), measure=BOD, exemption=SECURE, **TERM)


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Give a folder with the programs of two machines."""
    other = composed.OSQUERY.replace(b"ws-4", b"srv-1")
    for name, content in (("ws.json", composed.OSQUERY), ("srv.json", other)):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def scanned(path: Path, *made: Decision, as_of: str = "2024-10-01", facts: dict[str, str] | None = None) -> Report:
    """Give the report on a folder for a federal agency, with some decisions."""
    asking = replace(composed.QUESTION.organisation, facts=facts or {})
    question = replace(composed.QUESTION, as_of=as_of, organisation=asking)
    return pipeline.scan([str(path)], composed.shipped(), question, Settings(decisions=made))


def about(report: Report, provision: str, asset: str) -> list[Finding]:
    """Give the findings of a provision about what is on an asset, by time."""
    ids = {one.id for one in report.exposures if one.asset == asset}
    return sorted((f for f in report.findings if f.provision == provision and f.exposure in ids), key=lambda f: f.since)


def test_a_waiver_takes_its_scope_out_for_its_days(estate: Path) -> None:
    """Before and after, the prohibition stands; in between the finding names the paper, the people and the decision."""
    report = scanned(estate, WAIVED)
    found = about(report, NDAA, "ws-4")
    assert [Status.PROHIBITED, Status.EXEMPT, Status.PROHIBITED] == [one.status for one in found]
    _, out, after = found
    assert ("2024-09-01T04:00:00Z", "2025-01-01T05:00:00Z") == (out.since, out.until)
    assert decisions.identity(WAIVED) == out.decision == out.waiver
    assert after.decision is None
    assert all(word in out.text for word in ("The Secretary", "memo 4", "A. Meyer", "B. Kim", "2024-12-31", "looked"))
    assert [] == [one.decision for one in report.exposures if one.decision]
    (state,) = report.decisions
    assert (Validity.VALID, 2) == (state.state, len(state.exposures))
    assert {out.id, *(one.id for one in about(report, NDAA, "srv-1") if one.decision)} <= set(state.findings)


def test_a_waiver_is_limited_to_its_scope(estate: Path) -> None:
    """Another machine, and another provision, are as they would be without it."""
    plain = scanned(estate)
    waived = scanned(estate, replace(WAIVED, party="", assets=("ws-*",)))
    assert about(plain, NDAA, "srv-1") == about(waived, NDAA, "srv-1")
    others = {one.provision for one in plain.findings} - {NDAA}
    for provision in sorted(others):
        assert about(plain, provision, "ws-4") == about(waived, provision, "ws-4")


def test_a_waiver_of_a_measure_is_one_of_all_its_provisions(estate: Path) -> None:
    """Whoever waives the directive waives finding, plan, removal and reports."""
    report = scanned(estate, replace(WAIVED, measure="us-dhs-bod-17-01"))
    now = [f for f in report.findings if f.measure == "us-dhs-bod-17-01" and f.status is Status.EXEMPT]
    assert {"identify", "plan", "remove", "progress-reports"} == {one.provision.partition("#")[2] for one in now}
    assert {decisions.identity(replace(WAIVED, measure="us-dhs-bod-17-01"))} == {one.decision for one in now}


def test_a_claim_answers_the_conditions_of_an_exemption(estate: Path) -> None:
    """For its scope and days the exemption applies, and says who answers for it; its question is asked elsewhere still."""
    report = scanned(estate, CLAIMED)
    before, out, after = about(report, BOD, "ws-4")
    assert (Status.EXEMPT, SECURE, decisions.identity(CLAIMED)) == (out.status, out.exemption, out.decision)
    assert ("2024-09-01T04:00:00Z", "2025-01-01T05:00:00Z") == (out.since, out.until)
    assert "Claimed: Recorded by A. Meyer, approved by B. Kim" in out.text
    assert () == out.missing
    assert {Status.REQUIRED} == {before.status, after.status}
    (other,) = about(report, BOD, "srv-1")
    assert (Status.REQUIRED, True) == (other.status, "national-security" in " ".join(other.missing))


def test_a_stated_fact_goes_before_a_claim(estate: Path) -> None:
    """Who has said that it is no such system cannot claim that it is: the decision is told as unused."""
    facts = {"national_security_system": "no"}
    report = scanned(estate, CLAIMED, facts=facts)
    assert scanned(estate, facts=facts).findings == report.findings
    assert [Validity.UNUSED] == [one.state for one in report.decisions]
    assert any("a fact says otherwise" in note for note in report.coverage.notes)


def test_a_fact_and_a_claim_that_agree_are_both_told(estate: Path) -> None:
    """The exemption lasts as long as the fact does, and the finding names the decision beside it."""
    facts = {"national_security_system": "yes"}
    report, plain = scanned(estate, CLAIMED, facts=facts), scanned(estate, facts=facts)
    assert [(f.since, f.until, f.status) for f in plain.findings] == [
        (f.since, f.until, f.status) for f in report.findings
    ]
    assert decisions.identity(CLAIMED) in {one.decision for one in about(report, BOD, "ws-4")}


def test_an_acceptance_under_a_measure_is_written_beside_its_findings(estate: Path) -> None:
    """Their status, and everything else that the law makes of them, stays."""
    made = decision(Verdict.ACCEPTED, party="kaspersky", measure=NDAA, **TERM)
    plain, report = scanned(estate), scanned(estate, made)
    ours = [one for one in report.findings if one.decision]
    assert {NDAA} == {one.provision for one in ours}
    assert {decisions.identity(made)} == {one.decision for one in ours}
    assert plain.findings == tuple(replace(one, decision=None) for one in report.findings)
    assert (plain.exposures, plain.positions, plain.obligations) == (
        report.exposures,
        report.positions,
        report.obligations,
    )


@pytest.mark.parametrize("made", [WAIVED, CLAIMED, decision(Verdict.ACCEPTED, party="kaspersky", **TERM)])
@pytest.mark.parametrize("as_of", ["2024-08-31", "2025-01-01"])
def test_outside_its_days_a_decision_has_no_effect_but_its_note(estate: Path, made: Decision, as_of: str) -> None:
    """The whole report is that of no decisions, apart from what is told of the decision itself."""
    plain, report = scanned(estate, as_of=as_of), scanned(estate, made, as_of=as_of)
    (state,) = report.decisions
    notes = tuple(note for note in report.coverage.notes if note != state.text)
    bare = replace(report, decisions=(), coverage=replace(report.coverage, notes=notes))
    assert plain == bare
    assert (Validity.EXPIRED if as_of > "2025" else Validity.NOT_YET) is state.state
    assert (as_of > "2025") == (state.text in report.coverage.notes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"party": "kasperski"}, "no party is called 'kasperski'; did you mean 'kaspersky'?"),
        ({"party": "kaspersky/endpoint"}, "kaspersky has no product 'endpoint'"),
        ({"measure": "us-dhs-bod-17-02#remove"}, "did you mean 'us-dhs-bod-17-01'?"),
        (
            {"measure": "us-dhs-bod-17-01#removal"},
            "us-dhs-bod-17-01 has no provision 'removal'; did you mean 'remove'?",
        ),
        ({"exemption": "national-security-system"}, f"did you mean '{SECURE}'?"),
    ],
)
def test_what_the_register_does_not_know_is_a_fault(fields: dict[str, str], said: str) -> None:
    """A slip must not pass for a decision that is merely unused; one that has expired harms nobody."""
    made = replace(CLAIMED, **fields)
    with pytest.raises(UsageError) as caught:
        decisions.check([WAIVED, made], composed.shipped(), "2024-10-01")
    assert said in caught.value.message
    decisions.check([WAIVED, made], composed.shipped(), "2025-01-01")


def test_faults_against_the_register_have_their_lines(tmp_path: Path) -> None:
    """As those of the file itself, and before anything is read."""
    file = tmp_path / "d.yaml"
    made = [WAIVED, replace(CLAIMED, exemption="none-such"), replace(WAIVED, party="none-such")]
    for one in made:
        file.write_text(decisions.amended(file, one))
    with pytest.raises(UsageError) as caught:
        settings_ = Settings(decisions=decisions.read(file), decided_in=str(file))
        pipeline.scan(["/nowhere"], composed.shipped(), composed.QUESTION, settings_)
    assert ["d.yaml:18: ", "d.yaml:25: "] == [
        row[row.index("d.yaml") :][:11] for row in caught.value.message.splitlines()
    ]


MADE = (WAIVED, CLAIMED, replace(WAIVED, party="", assets=("ws*",)), decision(Verdict.ACCEPTED, assets=("*",)))


@given(st.permutations(MADE))
def test_the_order_of_blocks_changes_nothing_of_the_law(made: list[Decision]) -> None:
    """Two waivers of one provision, a claim and an acceptance: every order gives the same grants."""
    day, register = "2024-10-01", composed.shipped()
    exposures = [exposure(asset, party="kaspersky") for asset in ("ws-4", "srv-1")]
    expected = decisions.grants(exposures, MADE, register, day)
    assert [(2, 1), (1, 0)] == [(len(expected[e.id].waivers), len(expected[e.id].claims)) for e in exposures]
    assert expected == decisions.grants(exposures, made, register, day)


LOOK = "us-far-52.204-30#review-sam"


def of_the_look(path: Path, *made: Decision) -> tuple[list[tuple[Status, str | None]], Report]:
    """Give how a contractor stands with the look that is owed whatever was found, and the report."""
    asking = organisation("us/federal-contractor")
    question = replace(composed.QUESTION, as_of="2024-10-01", organisation=asking)
    report = pipeline.scan([str(path)], composed.shipped(), question, Settings(decisions=made))
    mine = (f for f in report.findings if f.provision == LOOK and f.exposure is None)
    return [(f.status, f.decision) for f in sorted(mine, key=lambda one: one.since)], report


@pytest.mark.parametrize(
    "made",
    [
        decision(Verdict.EXEMPT, measure=LOOK, exemption="subcontractor-only", **TERM),
        decision(Verdict.WAIVED, measure=LOOK, granted_by="The officer", reference="memo 4", **TERM),
    ],
)
def test_what_is_owed_whatever_was_found_can_be_let_off(estate: Path, made: Decision) -> None:
    """By a decision about the measure and nothing narrower, for its days; it is used, and the plan is without the duty."""
    found, report = of_the_look(estate, made)
    id_ = decisions.identity(made)
    assert [(Status.REQUIRED, None), (Status.EXEMPT, id_), (Status.REQUIRED, None)] == found
    assert [Validity.VALID] == [one.state for one in report.decisions]
    assert [State.UPCOMING] == [one.state for one in report.obligations if LOOK in one.provisions]


def test_a_decision_about_some_assets_leaves_what_is_owed_alone(estate: Path) -> None:
    """Nobody is let off a look at the law by a decision about a machine."""
    made = decision(Verdict.WAIVED, assets=("*",), measure=LOOK, granted_by="The officer", reference="memo", **TERM)
    found, report = of_the_look(estate, made)
    assert [(Status.REQUIRED, None)] == found
    assert [Validity.UNUSED] == [one.state for one in report.decisions]


def test_what_is_owed_and_put_up_with_says_so(estate: Path) -> None:
    """An acceptance stands beside the duty, which stays one."""
    made = decision(Verdict.ACCEPTED, measure=LOOK, **TERM)
    assert [(Status.REQUIRED, decisions.identity(made))] == of_the_look(estate, made)[0]
