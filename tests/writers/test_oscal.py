# SPDX-License-Identifier: Apache-2.0
"""OSCAL: compliance-trestle reads it, references lead somewhere, and two states are not made of three."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import reports
from msgspec.structs import replace

from debar.model.vocab import State
from debar.writers.oscal import texts


def results(report: Any) -> dict[str, Any]:
    """Give the assessment results of a report."""
    found: dict[str, Any] = json.loads(reports.written("oscal", report))["assessment-results"]
    return found


def result(report: Any) -> dict[str, Any]:
    """Give the only result."""
    (only,) = results(report)["results"]
    found: dict[str, Any] = only
    return found


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_trestle_reads_it(made: Any) -> None:
    """The library that models OSCAL 1.2.1 takes every field, in its strict form."""
    from trestle.oscal import OSCAL_VERSION
    from trestle.oscal.assessment_results import AssessmentResults

    read = AssessmentResults(**results(made()))
    assert str(read.metadata.oscal_version.root.root) == OSCAL_VERSION
    assert len(read.results) == 1


def test_references_lead_somewhere() -> None:
    """Observations, risks, subjects and the plan that something points to are in the document."""
    whole, found = results(reports.demo()), result(reports.demo())
    observed = {one["uuid"] for one in found["observations"]}
    risks = {one["uuid"] for one in found["risks"]}
    items = {one["uuid"] for one in found["local-definitions"]["inventory-items"]}
    for finding in found["findings"]:
        assert {one["observation-uuid"] for one in finding.get("related-observations", ())} <= observed
        assert {one["risk-uuid"] for one in finding.get("related-risks", ())} <= risks
    assert {one["subject-uuid"] for observation in found["observations"] for one in observation["subjects"]} == items
    assert whole["import-ap"]["href"] == f"#{whole['back-matter']['resources'][0]['uuid']}"
    chosen = {one["control-id"] for one in found["reviewed-controls"]["control-selections"][0]["include-controls"]}
    assert {one["target"]["target-id"] for one in found["findings"]} <= chosen


def test_counts_are_those_of_the_report() -> None:
    """One observation for each exposure with evidence for each match, one item for each asset, one risk for each duty."""
    report = reports.demo()
    found = result(report)
    assert len(found["observations"]) == len(report.exposures)
    assert sum(len(one["relevant-evidence"]) for one in found["observations"]) == sum(
        len(exposure.matches) for exposure in report.exposures
    )
    assert len(found["local-definitions"]["inventory-items"]) == len(reports.assets(report))
    assert len(found["risks"]) == len(report.obligations)
    deadlines = [one.get("deadline") for one in found["risks"]]
    assert deadlines == [obligation.due for obligation in report.obligations]


def test_states() -> None:
    """What binds fails, what is open is neither met nor a failure, what binds others is no breach."""
    found = result(reports.demo())["findings"]
    states = {}
    for finding in found:
        told = {one["name"]: one["value"] for one in finding["props"]}
        if told["time"] == "now":
            states[told["status"]] = finding["target"]["status"]
    assert states["prohibited"] == {"state": "not-satisfied", "reason": "fail"}
    assert (states["undetermined"]["state"], states["undetermined"]["reason"]) == ("not-satisfied", "other")
    assert (states["unavailable"]["state"], states["unavailable"]["reason"]) == ("satisfied", "other")
    assert "nobody is in breach" in states["unavailable"]["remarks"]
    assert states["exempt"] == {"state": "satisfied", "reason": "pass"}
    to_come = [one["target"]["status"] for one in found if "later" in {prop["value"] for prop in one["props"]}]
    assert {one["state"] for one in to_come} == {"satisfied"}


def test_ids_are_stable_and_unique() -> None:
    """The same thing has the same UUID (version 5) in another report, and nothing else has it."""
    found, later = result(reports.demo()), result(reports.demo("us/federal-contractor", "2024-10-06"))
    for key in ("observations", "findings", "risks"):
        ids = [one["uuid"] for one in found[key]]
        assert len(ids) == len(set(ids))
        assert all(
            re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", id_) for id_ in ids
        )
        assert set(ids) & {one["uuid"] for one in later[key]}


def test_nothing_found_is_no_empty_list() -> None:
    """A list in OSCAL has an element or is not there; what was not read is told all the same."""
    found = result(reports.blank())
    assert not {"observations", "findings", "risks", "local-definitions"} & set(found)
    assert "Not read: broken.json byte 7: not JSON" in found["remarks"]


@pytest.mark.parametrize(("id_", "token"), [("us-far-52.204-23", "us-far-52.204-23"), ("1 a#b", "_1_a_b"), ("", "_")])
def test_tokens(id_: str, token: str) -> None:
    """Ids become tokens: no other characters, and no digit first."""
    assert texts.token(id_) == token


def test_lines_are_never_empty() -> None:
    """A title is one line with something in it."""
    assert texts.line(" a\n b\x1b") == "a b\\x1b"
    assert texts.line(" ") == "-"
    assert texts.props(a="", b_c=" x ") == [{"name": "b-c", "ns": texts.SPACE, "value": "x"}]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.OPEN, ("not-satisfied", "other", "required: nothing on record says that it is done")),
        (State.OVERDUE, ("not-satisfied", "fail", None)),
        (State.DONE, ("satisfied", "pass", "on record as done")),
    ],
)
def test_a_duty_that_nobody_can_see_does_not_fail(state: State, told: tuple[str, str, str | None]) -> None:
    """What is owed whatever was found fails when it is late, and passes when it is on record as done."""
    report = reports.demo()
    kept = tuple(replace(one, state=state) for one in report.obligations)
    found = result(replace(report, obligations=kept))["findings"]
    (status,) = [one["target"]["status"] for one in found if one["target"]["target-id"] == "us-far-52.204-25"]
    assert (status["state"], status["reason"], status.get("remarks")) == told
