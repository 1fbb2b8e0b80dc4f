# SPDX-License-Identifier: Apache-2.0
"""`debar plan`: what it prints and writes, what it exits with, and what it says to wishes that cannot be."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from debar.cli import main

ROOT = Path(__file__).parents[2]
ASKED = ("--on", "2024-10-05", "--begin", "2024-10-07")


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to the repository, as in the documents."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a report on the demo estate."""
    file = tmp_path_factory.mktemp("plan") / "report.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["scan", "examples/estate", "--on", "2024-10-05", "--fail-on", "none", "-o", f"json={file}"]) == 0
    return str(file)


def planned(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Give the plan as JSON."""
    assert code == main(["plan", *arguments, "-o", "json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_demo_estate_shows_the_three_cases(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One machine would be left bare, one has a healthy replacement, and at one nobody looked."""
    found = planned(capsys, report, "--begin", "2024-10-07")
    assert [("reception-pc", "unhealthy"), ("kiosk-07", "not-looked-at")] == [
        (one["asset"], one["shelter"]) for one in found["unprotected"]
    ]
    assert [("files-01", "microsoft-defender")] == [(one["asset"], one["by"]["product"]) for one in found["covered"]]
    steps = {(s["asset"], s["action"]): s for wave in found["waves"] for s in wave["steps"]}
    assert ("reception-pc", "replace-first") in steps
    assert ("files-01", "replace-first") not in steps
    assert ("kiosk-07", "look") in steps
    assert steps["reception-pc", "confirm-healthy"]["after"] == [steps["reception-pc", "replace-first"]["id"]]


def test_the_promised_keys_are_there(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Waves with number, days and steps; each step with what it is, what comes before, and why."""
    found = planned(capsys, report)
    assert {"waves", "unprotected", "late"} <= found.keys()
    assert [wave["no"] for wave in found["waves"]] == list(range(1, len(found["waves"]) + 1))
    for wave in found["waves"]:
        assert wave["from"] <= wave["until"]
        for step in wave["steps"]:
            assert {"id", "asset", "action", "after", "why", "exposures", "due", "owner"} <= step.keys()
            assert wave["from"] <= step["on"] <= wave["until"]


def test_sources_and_their_report_give_one_plan(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Scanning anew and reading what was written say the same, byte for byte."""
    expected = planned(capsys, report, "--begin", "2024-10-07", "--capacity", "2/day")
    assert expected == planned(capsys, "examples/estate", *ASKED, "--capacity", "2")


def test_a_person_reads_the_bare_machines_first(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The text begins with what would stand bare, and ends with what it is not."""
    assert main(["plan", report, "--begin", "2024-10-07", "--deadline", "2024-10-31", "--simulate", "1,3"]) == 0
    said = capsys.readouterr().out
    parts = [
        "BARE IF IT WERE REMOVED NOW: 2 machines: replace first",
        "WAVE 1: before anything is removed",
        "LATE BY THIS PLAN: nothing",
        "1 a day: none late; the last on 2024-10-25",
        "WITHOUT UPDATES",
        "WHAT A REMOVAL MAY LEAVE BEHIND",
        "KEPT: 3",
        "WHAT A PLAN SHOULD HOLD: BOD 17-01",
        "This is not legal advice.",
    ]
    assert parts == [part for part in parts if part in said]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert "\x1b" not in said


def test_steps_are_written_as_a_table(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One row for each step, in the order of the plan, and no cell that a spreadsheet would calculate."""
    file = tmp_path / "steps.csv"
    assert main(["plan", report, "-o", f"csv={file}", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    assert [s["id"] for wave in found["waves"] for s in wave["steps"]] == [row["id"] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_what_binds_and_is_late_exits_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    """For an agency the days have passed; with a deadline that can be kept nothing is late."""
    agency = ("examples/estate", "--as", "us/federal-agency", *ASKED)
    found = planned(capsys, *agency, code=1)
    assert {"must"} <= {one["force"] for one in found["late"]}
    assert ("us-dhs-bod-17-01-plan", True) == (found["templates"][0]["form"], found["templates"][0]["demanded"])
    found = planned(capsys, *agency, "--deadline", "2024-10-31")
    assert [] == found["late"]


def test_slippage_is_shown_by_capacity(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With fewer hands more is late; the least that suffices is told, and one less does not."""
    wishes = (report, "--begin", "2024-10-07", "--deadline", "2024-10-16")
    found = planned(capsys, *wishes, "--simulate", "1,2,4")
    late = [one["late"] for one in found["simulated"]]
    assert late == sorted(late, reverse=True)
    assert late[0] > 0
    least = found["least"]
    assert 0 == least["late"]
    fewer = planned(capsys, *wishes, "--capacity", str(least["capacity"] - 1))
    assert fewer["late"]
    assert {one["days"] for one in fewer["late"]} <= set(range(1, 30))


def test_a_source_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What could not be read is in no wave: the plan says so, and exits with 3."""
    (tmp_path / "broken.json").write_text('{"bomFormat": "CycloneDX", "components": [')
    found = planned(capsys, str(tmp_path), *ASKED, code=3)
    assert "1 inputs or places could not be read: what is there is in no wave" in found["notes"]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--capacity", "0"), "--capacity: '0' is no number of visits"),
        (("--capacity", "-3"), "--capacity: '-3' is no number of visits"),
        (("--capacity", "many/day"), "--capacity: 'many/day' is no number of visits"),
        (("--simulate", "5,x"), "--simulate: 'x' is no number of visits"),
        (("--simulate", ",".join(["1"] * 51)), "--simulate: more than 50 capacities"),
        (("--deadline", "2024-13-01"), "--deadline: '2024-13-01'"),
        (("--deadline", "2024-10-06"), "--deadline: 2024-10-06 lies before the first day, 2024-10-07"),
        (("--begin", "2024-10-07T10:00Z"), "is no day"),
        (("--healthy-within", "soon"), "--healthy-within: 'soon' is no number of days"),
        (("-o", "sarif"), "sarif"),
        (("--as", "us/reseller"), "--as: a report has its own question"),
    ],
)
def test_wishes_that_cannot_be_are_refused(
    report: str, wish: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, with the option, what is wrong with it, and what would be right."""
    begin = () if wish[0] == "--begin" else ("--begin=2024-10-07",)
    assert main(["plan", report, *begin, "=".join(wish) if wish[0].startswith("--") else "".join(wish)]) == 2
    complained = capsys.readouterr().err
    assert said in complained
    assert "hint" in complained


@pytest.mark.parametrize(
    ("part", "value"), [("due", "no day"), ("until", ""), ("until", "2024-10-05T25:00:00Z"), ("measure", "none")]
)
def test_a_report_that_no_debar_has_written_is_wrong_usage(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str, value: str
) -> None:
    """Days and measures that there are none of are told as a fault of the report, not of debar."""
    told = json.loads(Path(report).read_text(encoding="utf-8"))
    for one in told["obligations" if part == "due" else "findings"]:
        one[part] = value
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert main(["plan", str(file)]) == 2
    assert "a report that no debar has written" in capsys.readouterr().err
