# SPDX-License-Identifier: Apache-2.0
"""`debar decide`: what it writes, what it refuses, what it lists, and what a scan makes of it."""

from __future__ import annotations

import io
import json
import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest

import composed
from debar.cli import main
from debar.cli.reading_options import USUAL

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2024-10-01")
WHO = ("--by", "A. Meyer", "--until", "2025-03-31", *DAY)
ACCEPT = ("--verdict", "accepted", "--reason", "moved in spring", *WHO)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with one BOM."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    return tmp_path


def scanned(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Give the report on the BOM."""
    capsys.readouterr()
    assert main(["scan", "bom.json", *(arguments or DAY), "--fail-on", "none", "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def one(capsys: pytest.CaptureFixture[str]) -> str:
    """Give the id of the first exposure of the BOM."""
    found: str = scanned(capsys)["exposures"][0]["id"]
    return found


def test_a_decision_is_written_and_heeded(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands in the usual file with a remark on top, is printed as written, and the next scan shows it."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    said = capsys.readouterr().out
    text = (here / USUAL).read_text()
    assert text.startswith("# What people decided")
    assert said.partition("\n\n")[0] in text
    assert "It changes nothing of what the law demands." in " ".join(said.split())
    report = scanned(capsys)
    decided = next(e["decision"] for e in report["exposures"] if e["id"] == one)
    assert decided == {
        "exposure": one, "about": decided["about"], "verdict": "accepted", "reason": "moved in spring", "by": "A. Meyer",
        "on": "2024-10-01", "until": "2025-03-31",
    }  # fmt: skip
    assert decided["about"].endswith("on shop@2")
    assert f"decisions were taken from {USUAL}: 1" in report["coverage"]["notes"]


@pytest.mark.parametrize("verdict", ["confirmed", "false-positive", "replaced", "accepted"])
def test_reports_for_people_show_a_decision(one: str, capsys: pytest.CaptureFixture[str], verdict: str) -> None:
    """Whatever was decided, the report names verdict, person, reason and last day."""
    assert main(["decide", one, "bom.json", "--verdict", verdict, "--reason", "looked at it", *WHO]) == 0
    capsys.readouterr()
    assert main(["scan", "bom.json", *DAY, "--fail-on", "none"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert one in said
    assert all(
        part in said for part in ("A. Meyer", "2025-03-31", "looked at it", verdict.replace("-", " ").split()[-1])
    )


def test_after_its_last_day_the_exposure_is_back(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is as if nobody had decided, and a note says whose decision ended."""
    assert main(["decide", one, "bom.json", "--verdict", "false-positive", "--reason", "r", *WHO]) == 0
    assert one not in {e["id"] for e in scanned(capsys)["exposures"]}
    later = scanned(capsys, "--on", "2025-04-01")
    assert one in {e["id"] for e in later["exposures"]}
    assert any("ended on 2025-03-31" in note and "A. Meyer" in note for note in later["coverage"]["notes"])


def test_an_acceptance_is_no_exemption(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings, positions and obligations are those of before."""
    agency = (*DAY, "--as", "us/federal-agency")
    before = scanned(capsys, *agency)
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    after = scanned(capsys, *agency)
    for part in ("findings", "positions", "obligations"):
        assert before[part] == after[part]


def test_the_file_is_no_evidence(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A scan of the folder that the decisions stand in does not stumble over them."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    capsys.readouterr()
    assert main(["scan", ".", *DAY, "--fail-on", "none", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["skips"] == []


def test_another_file_may_be_named(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--decisions names it for all verbs; without it the usual file counts, and no other."""
    assert main(["decide", one, "bom.json", *ACCEPT, "--decisions", "ours.yaml"]) == 0
    assert not (here / USUAL).exists()
    assert all(e["decision"] is None for e in scanned(capsys)["exposures"])
    named = scanned(capsys, *DAY, "--decisions", "ours.yaml")
    assert [one] == [e["id"] for e in named["exposures"] if e["decision"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--verdict", "accepts", "--reason", "r", *WHO), "did you mean 'accepted'?"),
        (("--verdict", "accepted", "--reason", "  ", *WHO), "a decision needs --reason"),
        (("--verdict", "accepted", *WHO), "a decision needs --reason"),
        (("--verdict", "accepted", "--reason", "r", "--until", "2025-01-01", *DAY), "a decision needs --by"),
        (("--verdict", "accepted", "--reason", "r", "--by", "A", *DAY), "a decision needs --until"),
        (("--verdict", "accepted", "--reason", "r", "--by", "A", "--until", "2024-09-30", *DAY), "before the day of"),
        (("--verdict", "accepted", "--reason", "r", "--by", "A", "--until", "2020-01-01"), "before the day of"),
        (("--verdict", "accepted", "--reason", "r", "--by", "A", "--until", "soon"), "--until: 'soon' is neither"),
        (("--verdict", "accepted", "--reason", "r", "--by", "A", "--until", "2025-01-01T00:00Z"), "is no day"),
        (("--reason", "r", *WHO), "a decision needs --verdict"),
    ],
)
def test_what_is_refused(
    here: Path, one: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """An unknown verdict, no reason, no name, no last day or a past one: wrong usage, and nothing is written."""
    assert main(["decide", one, "bom.json", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (here / USUAL).exists()


def test_an_unknown_exposure_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A decision is about something that was found; a mistyped id would be about nothing."""
    assert main(["decide", "exp-000000000000", "bom.json", *ACCEPT]) == 2
    assert "no exposure is called 'exp-000000000000'" in capsys.readouterr().err
    assert main(["decide", *ACCEPT]) == 2
    assert "no exposure is named" in capsys.readouterr().err
    assert not (here / USUAL).exists()


def test_without_a_report_usage_is_taught(
    one: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether an id is one of an exposure can only be told from a report."""
    terminal = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main(["decide", one, *ACCEPT]) == 2
    assert "there is no report to look into" in capsys.readouterr().err


def test_a_second_decision_replaces_only_when_asked(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two at once would leave open which counts; the older one ends before the newer begins."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    second = ["decide", one, "bom.json", "--verdict", "confirmed", "--reason", "looked", "--by", "B. Kim"]
    second += ["--on", "2024-11-01", "--until", "2025-06-30"]
    before = (here / USUAL).read_text()
    assert main(second) == 2
    assert "A. Meyer decided on" in capsys.readouterr().err
    assert before == (here / USUAL).read_text()
    assert main([*second, "--replace-decision"]) == 0
    assert [e["decision"]["by"] for e in scanned(capsys)["exposures"] if e["decision"]] == ["A. Meyer"]
    later = scanned(capsys, "--on", "2024-11-01")["exposures"]
    assert [(e["decision"]["by"], e["level"]) for e in later if e["decision"]] == [("B. Kim", 5)]


def test_decisions_are_listed_with_their_state(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Valid, expired or not yet on the day; with a report, also those that find nothing there."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    text = (here / USUAL).read_text()
    (here / USUAL).write_text(f"{text}{text[text.index('- exposure') :].replace(one, 'exp-000000000000')}")
    capsys.readouterr()

    def states(*arguments: str) -> list[str]:
        assert main(["decide", *arguments, "-o", "json"]) == 0
        return [row["state"] for row in json.loads(capsys.readouterr().out)]

    assert states(*DAY) == ["valid", "valid"]
    assert states("--on", "2025-04-01") == ["expired", "expired"]
    assert states("--on", "2024-09-30") == ["not yet", "not yet"]
    assert states("bom.json", *DAY) == ["valid", "unused"]
    assert main(["decide", "bom.json", *DAY]) == 0
    assert "IN ALL: 1 unused, 1 valid" in capsys.readouterr().out


def test_nothing_decided_is_nothing_to_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file there are no decisions, and that is no error."""
    assert main(["decide"]) == 0
    assert "no decisions" in capsys.readouterr().out


def test_the_file_is_replaced_in_one_step(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its mode and a link to it stay, and nothing is left beside it."""
    (here / "kept").mkdir()
    file = here / "kept" / "decisions.yaml"
    file.write_text("# ours\n")
    file.chmod(0o640)
    (here / USUAL).symlink_to(file)
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    assert (here / USUAL).is_symlink()
    assert file.read_text().startswith("# ours\n\n- exposure: exp-")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [file] == list((here / "kept").iterdir())


def test_a_faulty_file_is_refused_by_every_verb(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """File and line are named, and nothing is scanned or written over it."""
    (here / USUAL).write_text(f"- exposure: {one}\n  verdict: accepted\n")
    capsys.readouterr()
    for arguments in (["scan", "bom.json"], ["why", one, "bom.json"], ["decide"], ["decide", one, "bom.json", *ACCEPT]):
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert f"{USUAL}:1: " in said.err
    assert len((here / USUAL).read_text().splitlines()) == 2


def test_a_file_that_cannot_be_written_is_wrong_usage(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the file."""
    assert main(["decide", one, "bom.json", *ACCEPT, "--decisions", "no/such/folder.yaml"]) == 2
    assert "folder.yaml" in capsys.readouterr().err
