# SPDX-License-Identifier: Apache-2.0
"""OCSF: every line is a Compliance Finding, and the events together say what was not looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest
import reports
from msgspec.structs import replace

from debar.model.vocab import State, Verdict
from debar.writers import cases, ocsf


def events(report: Any) -> list[dict[str, Any]]:
    """Give the events of a report."""
    return [json.loads(line) for line in reports.written("ocsf", report).splitlines()]


def states(found: list[dict[str, Any]]) -> dict[str, int]:
    """Give the state of events by the status that they are about, as far as it holds on the day."""
    return {
        status: event["compliance"]["status_id"]
        for event in found
        for status in event["finding_info"].get("types", ())
        if event["unmapped"]["time"] == "now"
    }


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_others_read_every_line(made: Any) -> None:
    """The models of OCSF take each event as a Compliance Finding."""
    from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding  # type: ignore[import-untyped]

    lines = reports.written("ocsf", made()).splitlines()
    read = [ComplianceFinding.model_validate_json(line) for line in lines]
    assert {event.class_uid for event in read} == {2003}
    assert {event.type_uid for event in read} == {200301}


def test_states_are_those_of_the_standard() -> None:
    """What binds fails, what lacks a fact warns, what is exempt passes; what binds nobody is other."""
    found = states(events(reports.demo()))
    assert found["prohibited"] == ocsf.FAIL
    assert found["undetermined"] == ocsf.WARNING
    assert found["unavailable"] == ocsf.OTHER
    assert found["exempt"] == ocsf.PASS
    later = [
        event for event in events(reports.demo("us/reseller", "2024-07-25")) if event["unmapped"].get("time") == "later"
    ]
    assert ocsf.FAIL not in {event["compliance"]["status_id"] for event in later}


def test_every_exposure_has_an_event() -> None:
    """Events name every exposure and asset, each under one measure once."""
    report = reports.demo()
    found = events(report)
    assert {event["unmapped"]["exposure"] for event in found if "exposure" in event.get("unmapped", {})} == {
        exposure.id for exposure in report.exposures
    }
    uids = [event["finding_info"]["uid"] for event in found]
    assert len(uids) == len(set(uids))
    machines = {one["name"] for event in found for one in event.get("resources", ()) if one["type"] != "organisation"}
    assert machines == reports.assets(report)


def test_the_last_event_says_what_was_looked_at() -> None:
    """Nothing found is a warning as long as something could not be read."""
    first, last = events(reports.blank())
    assert first["message"] == "could not be read: broken.json byte 7: not JSON"
    assert (last["finding_info"]["title"], last["compliance"]["status_id"]) == ("What was looked at", ocsf.WARNING)
    assert last["unmapped"] == {"exposures": 0, "assets": 0, "set_aside": 0}


def test_times_are_those_of_the_evidence() -> None:
    """An event is of the day asked about, in milliseconds; what was seen when stands with it."""
    event = events(reports.demo())[0]
    assert event["time"] == 1728172799000  # 2024-10-05T23:59:59Z
    assert event["finding_info"]["last_seen_time"] == 1726776825813


def test_what_people_put_up_with_is_suppressed() -> None:
    """An acceptance suppresses the events of its exposure, a confirmation only comments them."""
    first, *others = reports.demo().exposures
    for verdict, status in ((Verdict.ACCEPTED, 3), (Verdict.CONFIRMED, 1)):
        mine = replace(first, decision=replace(reports.ACCEPTED, verdict=verdict))
        found = events(replace(reports.demo(), exposures=(mine, *others)))
        told = [event for event in found if event.get("unmapped", {}).get("exposure") == first.id]
        assert {event["status_id"] for event in told} == {status}
        assert all("A. Meyer" in event["comment"] for event in told)
        assert {event["status_id"] for event in found if "status_id" in event and event not in told} == {1}


@pytest.mark.parametrize(
    ("state", "told"), [(State.OPEN, ocsf.WARNING), (State.OVERDUE, ocsf.FAIL), (State.DONE, ocsf.PASS)]
)
def test_a_duty_that_nobody_can_see_does_not_fail(state: State, told: int) -> None:
    """What is owed whatever was found fails when it is late, and passes when it is on record as done."""
    report = reports.demo()
    kept = tuple(replace(one, state=state) for one in report.obligations)
    found = events(replace(report, obligations=kept))
    (event,) = [one for one in found if one["unmapped"].get("measure") == "us-far-52.204-25"]
    assert event["compliance"]["status_id"] == told
    assert (cases.UNRECORDED in event["compliance"]["status_details"]) == (told == ocsf.WARNING)
