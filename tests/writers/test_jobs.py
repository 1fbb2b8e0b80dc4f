# SPDX-License-Identifier: Apache-2.0
"""Forms for the jobs of GitHub and GitLab: annotations, the summary of a job, code quality."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import reports
from hypothesis import given
from hypothesis import strategies as st

from debar.writers import cases, github, gitlab, summary
from debar.writers.sarif import rules

if TYPE_CHECKING:
    import pytest

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")
"""A workflow command as the runner of GitHub reads it."""


def commands(report: Any) -> list[tuple[str, dict[str, str], str]]:
    """Give kind, properties and message of each command, unescaped as the runner does it."""
    found = []
    for line in reports.written("github", report).splitlines():
        read = COMMAND.fullmatch(line)
        assert read, line
        properties = dict(pair.split("=", 1) for pair in read[2].split(","))
        found.append((read[1], {name: unescaped(value) for name, value in properties.items()}, unescaped(read[3])))
    return found


def unescaped(text: str) -> str:
    """Give what the runner makes of an escaped text."""
    for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, plain)
    return text


def test_annotations_are_few_and_the_gravest() -> None:
    """No kind has more than GitHub shows, the gravest come first, and a notice sums up."""
    found = commands(reports.demo())
    kinds = [kind for kind, _, _ in found]
    assert max(kinds.count(kind) for kind in set(kinds)) <= github.SHOWN
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert "provide: prohibited since 1 Oct 2018" in found[0][1]["title"]
    assert found[0][1]["file"].startswith("examples/estate/")
    last = found[-1]
    assert last[1] == {"title": "debar, as of 2024-10-05"}
    assert f"{len(reports.demo().exposures)} exposures on {len(reports.assets(reports.demo()))} assets" in last[2]


def test_annotations_of_what_was_not_read() -> None:
    """What could not be read is an error, and the sum says so."""
    first, last = commands(reports.blank())
    assert (first[0], first[1]["file"], first[2]) == ("error", "broken.json", "broken.json byte 7: not JSON")
    assert "1 place could not be read" in last[2]


def test_no_name_ends_a_command() -> None:
    """Line ends, colons, commas and percent signs of an input neither end a command nor begin another."""
    found = commands(reports.attacked())
    assert len(found) == len(commands(reports.demo()))
    assert all(set(properties) <= {"file", "line", "title"} for _, properties, _ in found)
    assert any("::error::%0A" in message for _, _, message in found)


@given(st.text(), st.text())
def test_commands_are_read_as_they_were_meant(message: str, title: str) -> None:
    """Any message and title is one line, and comes back but for control characters."""
    line = github.command("error", message, title=title)
    read = COMMAND.fullmatch(line)
    assert read
    if message.isprintable() and title.isprintable():
        assert (unescaped(read[3]), unescaped(read[2].removeprefix("title="))) == (message, title)


def test_the_summary_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A summary is never larger than GitHub takes; what is left out is counted, and the end is always there."""
    whole = reports.written("github-summary", reports.demo())
    assert "lines were left out" not in whole
    monkeypatch.setattr(summary, "SIZE", 6000)
    monkeypatch.setattr(summary, "_KEPT", 1000)
    cut = reports.written("github-summary", reports.demo())
    assert len(cut.encode()) <= 6000
    left_out = int(re.findall(r"^(\d+) lines were left out", cut, re.MULTILINE)[0])
    assert left_out > 10
    assert whole.startswith(cut.partition(f"\n{left_out} lines")[0])
    assert "not legal advice" in cut[-500:]


def test_the_summary_shows_the_gravest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many exposures the summary shows those with the gravest cases, and says of how many."""
    monkeypatch.setattr(summary, "_SHOWN", 3)
    text = reports.written("github-summary", reports.demo())
    assert f"The gravest 3 of {len(reports.demo().exposures)} exposures" in text
    shown = set(re.findall(r"`(exp-[0-9a-f]{12})`", text))
    banned = {j.exposure.id for j in cases.judged(reports.demo()) if cases.rank(j.worst)[:2] == (False, 0)}
    assert len(shown) == 3
    assert shown <= banned


def issues(report: Any) -> list[dict[str, Any]]:
    """Give the issues of a report of code quality."""
    found: list[dict[str, Any]] = json.loads(reports.written("gitlab", report))
    return found


def test_code_quality_has_what_gitlab_needs() -> None:
    """Each issue has a description, a check, a unique fingerprint, a severity that is one, and a place."""
    found = issues(reports.demo())
    assert len({issue["fingerprint"] for issue in found}) == len(found) > 30
    assert {issue["severity"] for issue in found} <= {"info", "minor", "major", "critical", "blocker"}
    for issue in found:
        assert issue["location"]["path"].startswith("examples/estate/")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["description"]
        assert issue["check_name"].startswith("us-")


def test_code_quality_severities() -> None:
    """A ban in force blocks, an open question does not, and what is to come is minor."""
    said = {
        issue["description"].partition(": ")[2].partition(" since")[0]: issue["severity"]
        for issue in issues(reports.demo())
    }
    assert said["prohibited"] == "blocker"
    assert said["undetermined"] == "major"
    later = [
        issue
        for issue in issues(reports.demo("us/reseller", "2024-07-19"))
        if "prohibited from" in issue["description"]
    ]
    assert {issue["severity"] for issue in later} <= {"minor"}
    assert set(gitlab.SEVERITIES) == set(rules.LEVELS)


def test_code_quality_of_what_was_not_read() -> None:
    """What could not be read blocks."""
    (issue,) = issues(reports.blank())
    assert (issue["severity"], issue["location"]["path"]) == ("blocker", "broken.json")
