# SPDX-License-Identifier: Apache-2.0
"""JUnit: what binds fails, what is open is skipped, what was not read is an error, and the counts add up."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import reports
from msgspec.structs import replace

from debar.model.vocab import State
from debar.writers import cases

ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {
        "name",
        "tests",
        "failures",
        "errors",
        "skipped",
        "time",
        "timestamp",
        "hostname",
        "id",
        "package",
        "file",
    },
    "properties": set[str](),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}
"""Elements and attributes of the schema that Jenkins checks with (junit-10.xsd of its xUnit plug-in)."""


def suites(report: Any) -> Element:
    """Give the document as another parser reads it."""
    return fromstring(reports.written("junit", report))


@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_it_is_what_others_read(made: Any) -> None:
    """Elements and attributes are those of the common schema, and every count is that of what stands inside."""
    root = suites(made())
    for element in root.iter():
        assert set(element.attrib) <= ALLOWED[element.tag], element.tag
    for counted in (root, *root):
        inside = list(counted.iter("testcase"))
        assert int(counted.attrib["tests"]) == len(inside)
        for outcome, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            if count in counted.attrib:
                assert int(counted.attrib[count]) == sum(one.find(outcome) is not None for one in inside)


def test_one_case_for_each_measure_and_asset() -> None:
    """A suite has a case for each asset that its measure is about, and one for what the organisation owes anyway."""
    report = reports.demo()
    pairs = {(judged.measure, judged.exposure.asset) for judged in cases.judged(report)}
    pairs |= {(owed.measure, report.organisation.name) for owed in cases.owed(report)}
    found = [
        (suite.attrib["name"].partition(":")[0], case.attrib["name"])
        for suite in suites(report)
        for case in suite.iter("testcase")
        if suite.attrib["name"].startswith("us-")
    ]
    assert sorted(found) == sorted(pairs)


def outcome(report: Any, suite: str, asset: str) -> Element | None:
    """Give what became of a case."""
    for found in suites(report):
        for case in found.iter("testcase"):
            if found.attrib["name"].startswith(suite) and case.attrib["name"] == asset:
                return next(iter(case), None)
    raise AssertionError(asset)


def test_what_becomes_of_a_case() -> None:
    """A ban in force fails, with what to do; an open question is skipped and asked; what only binds others passes."""
    report = reports.demo()
    failed = outcome(report, "us-far-52.204-23", "edge-appliance")
    assert failed is not None
    assert (failed.tag, failed.attrib["message"]) == ("failure", "provide: prohibited since 1 Oct 2018")
    assert "Keep Kaspersky articles and components out" in str(failed.text)
    skipped = outcome(report, "us-far-52.204-23", "10.20.40.57")
    assert skipped is not None
    assert skipped.tag == "skipped"
    assert skipped.attrib["message"].startswith("open questions: ")
    assert outcome(report, "us-far-case-2026-001", "edge-appliance") is None


def test_what_is_to_come_passes() -> None:
    """A ban of a later day fails no pipeline before it, and does on it."""
    resale = "us-bis-icts-2021-002-kaspersky"
    assets = sorted(reports.assets(reports.demo()))
    before = [outcome(reports.demo("us/reseller", "2024-07-19"), resale, asset) for asset in assets[:1]]
    assert before[0] is None or before[0].tag == "skipped"
    counts = [int(suites(reports.demo("us/reseller", day)).attrib["failures"]) for day in ("2024-09-28", "2024-09-29")]
    assert counts[0] < counts[1]


def test_what_was_not_read_is_an_error() -> None:
    """A place that could not be read is a case with an error; with no input at all, so is that."""
    errors = [
        case.attrib["name"] for case in suites(reports.blank()).iter("testcase") if case.find("error") is not None
    ]
    assert errors == ["broken.json byte 7", "inputs"]
    (only,) = [
        case for case in suites(replace(reports.demo())).iter("testcase") if "inputs were read" in case.attrib["name"]
    ]
    assert list(only) == []


def test_only_characters_of_xml() -> None:
    """What XML has no form for is shown or replaced, and markup in a name stays text."""
    text = reports.written("junit", reports.attacked())
    assert "<img" not in text
    assert "\ud7ff" in text
    assert "\x00" not in text
    names = [case.attrib["name"] for case in fromstring(text).iter("testcase")]
    assert any("</script><img src=x onerror=alert(1)>" in name for name in names)


def test_a_duty_that_nobody_can_see_is_no_failure() -> None:
    """What is owed whatever was found is skipped until a record says that it was done; once late it fails."""
    report = reports.demo()
    said = {}
    for state in (State.OPEN, State.STANDING, State.OVERDUE, State.DONE):
        kept = tuple(replace(one, state=state) for one in report.obligations)
        found = outcome(replace(report, obligations=kept), "us-far-52.204-25", report.organisation.name)
        said[state] = (found.tag, found.attrib["message"].partition("; ")[2]) if found is not None else None
    unseen = ("skipped", "nothing on record says that it is done")
    assert said == {State.OPEN: unseen, State.STANDING: unseen, State.OVERDUE: ("failure", ""), State.DONE: None}
