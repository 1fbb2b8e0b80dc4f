# SPDX-License-Identifier: Apache-2.0
"""`debar diff`: two runs or two reports, what it says, and when it fails."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import composed
import kept
from debar.cli import main
from debar.cli.diff import exit_code
from debar.model.results import Comparison
from debar.model.vocab import Status
from debar.store.comparing import Named, compare
from debar.writers.json import write_document
from test_schema import faults

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, report: object) -> str:
    """Write a report to a file."""
    from debar.writers import Style

    with open(name, "w", encoding="utf-8") as out:  # noqa: PTH123 - in the folder of the test
        write_document(report, out, Style())
    return name


def scan(folder: Path, day: str) -> None:
    """Scan a folder and keep the run."""
    assert (
        main(["scan", str(folder), "--on", day, "--fail-on", "none", "--store", "history", "-o", f"json={day}.json"])
        == 0
    )


def test_two_runs_of_a_history_are_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON fits its schema, names both runs, and is that of the two reports."""
    evidence = here / "evidence"
    evidence.mkdir()
    (evidence / "bom.json").write_bytes(composed.CYCLONEDX)
    scan(evidence, "2024-09-25")
    (evidence / "programs.csv").write_bytes(composed.TABLE)
    scan(evidence, "2024-10-01")
    capsys.readouterr()
    assert main(["diff", "latest~1", "latest", "--store", "history", "--fail-on", "none", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert faults(Comparison, found) == []
    assert found["new"]
    assert (found["before"]["name"], found["after"]["name"]) == ("latest~1", "latest")
    assert found["before"]["run"].startswith("run-")
    assert main(["diff", "2024-09-25.json", "2024-10-01.json", "--fail-on", "none", "-o", "json"]) == 0
    files: dict[str, Any] = json.loads(capsys.readouterr().out)
    for side in ("before", "after"):
        assert files[side].pop("run") == ""
        found[side].pop("run")
        files[side]["name"] = found[side]["name"]
    assert files == found


def test_what_an_earlier_run_met_came_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a history, an exposure that was there before the first run is not new."""
    evidence = here / "evidence"
    evidence.mkdir()
    (evidence / "bom.json").write_bytes(composed.CYCLONEDX)
    scan(evidence, "2024-09-25")
    (evidence / "bom.json").write_bytes(re.sub(rb"(?i)kaspersky|kesl|klcore", b"example", composed.CYCLONEDX))
    scan(evidence, "2024-09-26")
    (evidence / "bom.json").write_bytes(composed.CYCLONEDX)
    scan(evidence, "2024-09-27")
    capsys.readouterr()
    assert main(["diff", "latest~1", "latest", "--store", "history", "--fail-on", "none", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (len(found["new"]), len(found["came_back"])) == (0, 1)


def test_the_page_says_every_part(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New, gone, unseen, counting again, changed, the law, decisions that ended: each under its heading."""
    met = kept.exposure("d")
    before = kept.report("2024-07-01", "a", "b", "d", aside=["c"], decided=(kept.decision(met, "2024-07-10"),))
    after = kept.report("2024-07-25", "c", "d", "e", looked=["a", "c", "d", "e"])
    files = write("one.json", before), write("two.json", after)
    assert main(["diff", *files]) == 1
    page = capsys.readouterr().out
    for heading in (
        "NEW: 1", "COUNTS AGAIN: 1", "GONE, FOR SOMEBODY LOOKED AGAIN: 1", "NOT LOOKED AT AGAIN, SO NOTHING IS KNOWN: 1",
        "CHANGED: 1", "THE LAW SAYS OTHERWISE: 1", "DECISIONS THAT ENDED: 1",
    ):  # fmt: skip
        assert heading in page
    assert "us-a-2024#use use: not in force, now prohibited (because of the day; 1 exposure)" in " ".join(page.split())
    assert main(["diff", "one.json", "one.json"]) == 0
    assert "Nothing is different in what was looked at." in capsys.readouterr().out


def test_it_fails_for_what_is_newly_due_only() -> None:
    """A new exposure, one that came back or counts again, and a finding that holds now; what is known fails nothing."""

    def code(before: object, after: object, fail_on: str = "", *earlier: str) -> int:
        some = [kept.exposure(one).id for one in earlier]
        return exit_code(compare(Named(before, "a"), Named(after, "b"), some), fail_on)  # type: ignore[arg-type]

    old = kept.report("2024-08-01", "a")
    assert code(old, kept.report("2024-08-02", "a")) == 0
    assert code(old, kept.report("2024-08-02", "a", "b")) == 1
    assert code(old, kept.report("2024-08-02", "a", "b"), "none") == 0
    assert code(old, kept.report("2024-08-02", "a", "b"), "", "b") == 1
    assert code(kept.report("2024-08-01", aside=["a"]), old) == 1
    assert code(kept.report("2024-07-01", "a"), kept.report("2024-08-01", "a")) == 1
    unavailable = kept.report("2024-08-02", "b", status=Status.UNAVAILABLE)
    assert (code(old, unavailable), code(old, unavailable, "at-risk")) == (0, 1)
    assert code(old, kept.report("2024-08-02", looked=["a"])) == 0


def test_what_is_no_report_is_wrong_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, another document, a day that is none, an unknown level."""
    good = write("good.json", kept.report("2024-07-01", "a"))
    (here / "other.json").write_text("{}")
    odd = write("odd.json", kept.report("soon", "a"))
    for arguments, said in (
        ([good, "nothing.json"], "no such report"),
        ([good, "other.json"], "no report of debar"),
        ([good, odd], "no debar has written"),
        ([good, "latest"], "no history is named"),
        ([good, good, "--fail-on", "prohibted"], "did you mean 'prohibited'"),
        ([good], "RUN2"),
    ):
        assert main(["diff", *arguments]) == 2
        assert said in capsys.readouterr().err
