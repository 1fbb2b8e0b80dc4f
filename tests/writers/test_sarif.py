# SPDX-License-Identifier: Apache-2.0
"""SARIF: GitHub accepts it, its limits are kept, and a log without results is not taken for clean."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import reports
from msgspec.structs import replace

from debar.model.results import DecisionState, SetAside
from debar.model.vocab import Status, Validity, Verdict
from debar.writers import streamed
from debar.writers.sarif import log, rules

ROOT = Path(__file__).parents[2]
TOOL = ROOT / ".venv/node/node_modules/@microsoft/sarif-multitool-linux"
Run = dict[str, Any]


def runs(report: Any) -> list[Run]:
    """Give the runs of a log."""
    found: list[Run] = json.loads(reports.written("sarif", report))["runs"]
    return found


def run(report: Any) -> Run:
    """Give the only run of a log."""
    (only,) = runs(report)
    return only


def test_every_result_has_what_github_refuses_a_file_without() -> None:
    """Each result names a file relative to the checkout with a line, a rule of the log, a level and a fingerprint."""
    found = run(reports.demo())
    described = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert len(found["results"]) > 100
    for result in found["results"]:
        (place,) = result["locations"]
        file = place["physicalLocation"]
        assert file["artifactLocation"]["uri"].startswith("examples/estate/")
        assert file["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert file["region"]["startLine"] >= 1
        assert described[result["ruleIndex"]] == result["ruleId"]
        assert result["partialFingerprints"]["debarExposure/v1"].startswith("exp-")
        assert result["level"] in {"error", "warning", "note"}


def test_rules_are_measure_and_act() -> None:
    """A rule is the same in every report, has a page to read, and as few tags as GitHub shows."""
    found = {rule["id"]: rule for rule in run(reports.demo())["tool"]["driver"]["rules"]}
    rule = found["us-far-52.204-23/provide"]
    assert rule["helpUri"].startswith("https://")
    assert rule["properties"]["cite"].startswith("48 CFR 52.204-23")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert max(len(rule.get("properties", {}).get("tags", ())) for rule in found.values()) <= 10
    assert set(found) >= {rules.UNJUDGED, rules.SET_ASIDE}


def test_levels_come_from_the_status() -> None:
    """What binds is an error, what is open or at risk a warning; what is permitted is no result."""
    found = run(reports.demo())["results"]
    levels = {result["properties"]["status"]: result["level"] for result in found if "status" in result["properties"]}
    assert levels["prohibited"] == levels["required"] == "error"
    assert levels["undetermined"] == levels["unavailable"] == "warning"
    assert levels["proposed"] == "note"
    assert "permitted" not in levels
    assert set(rules.LEVELS) == set(Status) - {Status.PERMITTED}


def test_what_is_to_come_warns() -> None:
    """A ban of a later day is no error before it."""
    found = run(reports.demo("us/reseller", "2024-07-25"))["results"]
    later = [result for result in found if result["properties"].get("since", "") > "2024-07-26"]
    assert later
    assert "error" not in {result["level"] for result in later}


def test_the_gravest_come_first() -> None:
    """Whoever keeps only the first results keeps the gravest."""
    levels = [result["level"] for result in run(reports.demo())["results"]]
    assert levels.index("error") == 0
    assert max(n for n, level in enumerate(levels) if level == "error") < levels.index("note")


def test_every_exposure_is_a_result() -> None:
    """The log counts exposures and assets as the report does, and has a result for each exposure."""
    report = reports.demo()
    found = run(report)
    exposures = {result["properties"]["exposure"] for result in found["results"]}
    assert exposures == {exposure.id for exposure in report.exposures}
    assert found["properties"]["exposures"] == len(report.exposures)
    assert found["properties"]["assets"] == len(reports.assets(report))
    assert found["properties"]["results"] == len(found["results"])
    assert found["properties"]["registerSha256"] == report.register.sha256


def test_what_could_not_be_read_makes_the_run_fail() -> None:
    """A log without results says that it is no success, with a notification for what was not read."""
    found = run(reports.blank())
    (invocation,) = found["invocations"]
    assert found["results"] == []
    assert invocation["executionSuccessful"] is False
    first = invocation["toolExecutionNotifications"][0]
    assert first["level"] == "error"
    assert "not JSON" in first["message"]["text"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.json"
    assert run(reports.demo())["invocations"][0]["executionSuccessful"] is True


def test_acceptances_suppress_and_confirmations_do_not() -> None:
    """What people put up with is suppressed, with who, why and until when; what they confirmed is not."""
    report = reports.demo()
    first, *others = report.exposures
    accepted = replace(report, exposures=(replace(first, decision=reports.ACCEPTED), *others))
    suppressed = [result for result in run(accepted)["results"] if "suppressions" in result]
    assert {result["properties"]["exposure"] for result in suppressed} == {first.id}
    (said,) = suppressed[0]["suppressions"]
    assert (said["kind"], said["status"]) == ("external", "accepted")
    assert "A. Meyer" in said["justification"]
    confirmed = replace(reports.ACCEPTED, verdict=Verdict.CONFIRMED)
    report = replace(report, exposures=(replace(first, decision=confirmed), *others))
    assert not any("suppressions" in result for result in run(report)["results"])


def test_a_decision_about_a_measure_suppresses_its_findings_only() -> None:
    """A decision that a finding names suppresses that finding, while it is valid."""
    report = reports.demo()
    finding = next(one for one in report.findings if one.status is Status.PROHIBITED)
    mine = replace(finding, decision="dec-1")
    findings = tuple(mine if one is finding else one for one in report.findings)
    for state, count in ((Validity.VALID, 1), (Validity.EXPIRED, 0)):
        kept = DecisionState(
            id="dec-1", decision=reports.ACCEPTED, state=state, exposures=(), findings=(finding.id,), text="it is over"
        )
        found = run(replace(report, findings=findings, decisions=(kept,)))
        assert sum("suppressions" in result for result in found["results"]) == count
        told = [note["message"]["text"] for note in found["invocations"][0]["toolExecutionNotifications"]]
        assert ("it is over" in told) is (state is Validity.EXPIRED)


def test_what_people_set_aside_stays_visible() -> None:
    """A false positive is a suppressed result; what was set aside without anybody is only counted."""
    report = reports.demo()
    aside = SetAside(
        exposure=replace(report.set_aside[0].exposure, decision=reports.ACCEPTED), reason="looked, and is not there"
    )
    found = run(replace(report, set_aside=(aside, *report.set_aside[1:])))
    (shown,) = [result for result in found["results"] if result["ruleId"] == rules.SET_ASIDE]
    assert shown["suppressions"][0]["justification"] == "looked, and is not there"
    assert found["properties"]["setAside"] == len(report.set_aside)


def test_too_many_results_are_parted_into_runs_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No run has more results than GitHub takes, each has a category of its own, and none is lost."""
    whole = run(reports.demo())["results"]
    monkeypatch.setattr(log, "RESULTS", 50)
    found = runs(reports.demo())
    assert [len(one["results"]) for one in found[:-1]] == [50] * (len(found) - 1)
    assert [result for one in found for result in one["results"]] == whole
    assert len({one["automationDetails"]["id"] for one in found}) == len(found)


@pytest.mark.parametrize(("name", "value"), [("RUNS", 1), ("COMPRESSED", 20_000)])
def test_what_does_not_fit_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch, name: str, value: int) -> None:
    """Beyond the limits of runs or bytes the least grave results are left out, and the log says how many."""
    whole = run(reports.demo())["results"]
    monkeypatch.setattr(log, "RESULTS", 50 if name == "RUNS" else 25_000)
    monkeypatch.setattr(log, name, value)
    monkeypatch.setattr(streamed, "AT_ONCE", 8)
    found = run(reports.demo())
    kept = len(found["results"])
    assert 0 < kept < len(whole)
    assert found["results"] == whole[:kept]
    assert found["properties"]["resultsLeftOut"] == len(whole) - kept
    said = [note["message"]["text"] for note in found["invocations"][0]["toolExecutionNotifications"]]
    assert any(text.startswith(f"{len(whole) - kept} results, the least grave, were left out") for text in said)


def test_messages_hold_neither_placeholders_nor_links() -> None:
    """Braces and brackets of an input are text (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    assert rules.plain("a [b](c) {0} \\") == "a \\[b\\](c) {{0}} \\\\"
    result = run(reports.attacked())["results"][0]
    assert "\\[a\\](https" in result["message"]["text"]
    assert "{{0}}" in result["message"]["text"]


def test_paths_are_percent_encoded() -> None:
    """A space or any other character in a path makes no address that GitHub refuses."""
    for result in run(reports.attacked())["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.startswith("evil%20%3Dcmd")
        assert uri.isascii()
        assert not set(" <>\"'`{}|\\^") & set(uri)


@pytest.mark.slow
@pytest.mark.skipif(not TOOL.is_dir(), reason="the multitool is not there: make tools installs it")
@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_the_multitool_of_microsoft_finds_no_fault(tmp_path: Path, made: Any) -> None:
    """The log fits the schema of SARIF 2.1.0, and the validator finds no error by its rules and those of GitHub."""
    text = reports.written("sarif", made())
    schema = jsonschema_rs.validator_for(json.loads((TOOL / "sarif-2.1.0.json").read_text()))
    assert [error.message for error in schema.iter_errors(json.loads(text))] == []
    file, verdict = tmp_path / "report.sarif", tmp_path / "verdict.sarif"
    file.write_text(text)
    tool = TOOL / "Sarif.Multitool"
    tool.chmod(0o755)
    command = [
        str(tool),
        "validate",
        str(file),
        "--rule-kind",
        "Sarif;Ghas",
        "--output",
        str(verdict),
        "--log",
        "ForceOverwrite",
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    faults = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    assert [(fault["ruleId"], fault["message"]) for fault in faults if fault.get("level", "warning") == "error"] == []
