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
from debar.cli.decided_places import USUAL

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2024-10-01")
WHO = ("--requester", "A. Meyer", "--approver", "B. Kim", "--expires", "2025-03-31", *DAY)
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
        "exposure": one, "assets": [], "purl": "", "party": "", "measure": "", "about": decided["about"],
        "verdict": "accepted", "exemption": "", "granted_by": "", "document": "", "sha256": "", "reference": "",
        "reason": "moved in spring", "requester": "A. Meyer", "approver": "B. Kim", "ticket": "",
        "created": "2024-10-01", "expires": "2025-03-31",
    }  # fmt: skip
    assert decided["about"].endswith("on shop@2")
    assert f"decisions were taken from {USUAL}: 1" in report["coverage"]["notes"]


@pytest.mark.parametrize("verdict", ["confirmed", "false-positive", "not-the-party", "replaced", "accepted"])
def test_reports_for_people_show_a_decision(one: str, capsys: pytest.CaptureFixture[str], verdict: str) -> None:
    """Whatever was decided, the report names verdict, person, reason and last day."""
    assert main(["decide", one, "bom.json", "--verdict", verdict, "--reason", "looked at it", *WHO]) == 0
    capsys.readouterr()
    assert main(["scan", "bom.json", *DAY, "--fail-on", "none"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert one in said
    assert all(
        part in said
        for part in ("A. Meyer", "B. Kim", "2025-03-31", "looked at it", verdict.replace("-", " ").split()[-1])
    )


def test_after_its_last_day_the_exposure_is_back(one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is as if nobody had decided, and a note says whose decision ended."""
    assert main(["decide", one, "bom.json", "--verdict", "false-positive", "--reason", "r", *WHO]) == 0
    assert one not in {e["id"] for e in scanned(capsys)["exposures"]}
    later = scanned(capsys, "--on", "2025-04-01")
    assert one in {e["id"] for e in later["exposures"]}
    assert any("expired on 2025-03-31" in note and "A. Meyer" in note for note in later["coverage"]["notes"])


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


ASKED = ("--requester", "A", "--approver", "B")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--verdict", "accepts", "--reason", "r", *WHO), "did you mean 'accepted'?"),
        (("--verdict", "accepted", "--reason", "  ", *WHO), "a decision needs --reason"),
        (("--verdict", "accepted", *WHO), "a decision needs --reason"),
        (("--verdict", "accepted", "--reason", "r", "--expires", "2025-01-01", *DAY), "a decision needs --requester"),
        (("--verdict", "accepted", "--reason", "r", *ASKED[:2], *DAY), "a decision needs --approver"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, *DAY), "a decision needs --expires"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, "--expires", "2024-09-30", *DAY), "before it was decided"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, "--expires", "2020-01-01"), "before it was decided"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, "--expires", "2029-10-02", *DAY), "is the latest: 5 years"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, "--expires", "soon"), "--expires: 'soon' is neither"),
        (("--verdict", "accepted", "--reason", "r", *ASKED, "--expires", "2025-01-01T00:00Z"), "is no day"),
        (("--verdict", "accepted", "--reason", "r", *WHO, "--approver", "meyer, A"), "--approver: approver 'meyer, A'"),
        (("--verdict", "exempt", "--reason", "r", *WHO), "--measure: exempt names the provision"),
        (("--verdict", "waived", "--reason", "r", *WHO), "--granted-by: waived names the authority"),
        (
            ("--verdict", "waived", "--reason", "r", *WHO, "--document", "none.pdf"),
            "--document: none.pdf: No such file",
        ),
        (("--verdict", "accepted", "--reason", "r", *WHO, "--measure", "us-x"), "no measure is called 'us-x'"),
        (("--reason", "r", *WHO), "a decision needs --verdict"),
        (("--verdict", "accepted", "--by", "A"), "--by is no option any more"),
        (("--verdict", "accepted", "--until=2025-01-01"), "--until is no option any more"),
        (("--expiring", "soon"), "--expiring: 'soon' is no time"),
    ],
)
def test_what_is_refused(
    here: Path, one: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """An unknown verdict, no reason, no name, one name twice, no last day or a past one: nothing is written."""
    assert main(["decide", one, "bom.json", *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (here / USUAL).exists()


def test_a_scope_is_said_on_the_command_line(
    here: Path, one: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that somebody set for another verb must not widen what is decided."""
    monkeypatch.setenv("DEBAR_PARTY", "kaspersky")
    assert main(["decide", one, "bom.json", *ACCEPT]) == 2
    assert "DEBAR_PARTY: what a decision is about is said on the command line" in capsys.readouterr().err
    assert not (here / USUAL).exists()
    assert main(["decide"]) == 0


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
    second = [
        "decide",
        one,
        "bom.json",
        "--verdict",
        "replaced",
        "--approver",
        "C",
        "--reason",
        "looked",
        "--requester",
        "B. Kim",
    ]
    second += ["--on", "2024-11-01", "--expires", "2025-06-30"]
    before = (here / USUAL).read_text()
    assert main(second) == 2
    assert "A. Meyer decided on" in capsys.readouterr().err
    assert before == (here / USUAL).read_text()
    assert main([*second, "--replace-decision"]) == 0
    assert [e["decision"]["requester"] for e in scanned(capsys)["exposures"] if e["decision"]] == ["A. Meyer"]
    later = [aside["exposure"] for aside in scanned(capsys, "--on", "2024-11-01")["set_aside"]]
    assert [e["decision"]["requester"] for e in later if e["id"] == one] == ["B. Kim"]


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
    assert states("--on", "2024-09-30") == ["not-yet", "not-yet"]
    assert sorted(states("bom.json", *DAY)) == ["unused", "valid"]
    assert main(["decide", "bom.json", *DAY]) == 0
    assert "IN ALL: 1 unused, 1 valid" in capsys.readouterr().out


def test_what_is_about_to_expire_fails_a_pipeline(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Within the time named, both its ends counted; what has expired or is not yet in force is no matter of it."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    for day, time, code in (
        ("2025-03-01", "30d", 1),
        ("2025-03-01", "29d", 0),
        ("2025-03-03", "4w", 1),
        ("2025-03-31", "0d", 1),
        ("2025-04-01", "30d", 0),
        ("2024-09-30", "1000d", 0),
    ):
        capsys.readouterr()
        assert (day, code) == (day, main(["decide", "--on", day, "--expiring", time, "-o", "json"]))
        assert code == len(json.loads(capsys.readouterr().out))


def test_a_scope_takes_the_place_of_an_exposure(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is in it is told, each exposure of it says so in a scan, and one that nothing is in is refused."""
    wide = ["decide", "--party", "kaspersky", "--asset", "SHOP*", "bom.json", *ACCEPT]
    assert main(wide) == 0
    said = capsys.readouterr().out
    assert "assets: [SHOP*]" in said
    assert f"About 1 exposure: {one}." in said
    assert [one] == [e["id"] for e in scanned(capsys)["exposures"] if e["decision"]]
    assert main(["decide", "--purl", "pkg:deb/kesl@11*", "bom.json", *ACCEPT]) == 2
    assert "nothing that was found is in the scope: pkg:deb/kesl@11*" in capsys.readouterr().err
    assert main(["decide", "--purl", "pkg:deb/kesl@12*", "bom.json", *ACCEPT]) == 0


def test_a_waiver_keeps_the_digest_of_its_paper(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The finding is exempt, and says by whose paper; a paper that was changed, or lies elsewhere, is a fault."""
    (here / "letter.pdf").write_bytes(b"granted")
    waive = ["decide", one, "bom.json", "--verdict", "waived", "--measure", "us-ndaa-fy2018-s1634#use", *WHO]
    waive += ["--granted-by", "The Secretary", "--reason", "bridge", "--document"]
    assert main([*waive, "letter.pdf"]) == 0
    report = scanned(capsys, *DAY, "--as", "us/federal-agency")
    found = [f for f in report["findings"] if f["decision"]]
    assert {("us-ndaa-fy2018-s1634#use", "exempt")} == {(f["provision"], f["status"]) for f in found}
    assert {f["decision"] for f in found} == {state["id"] for state in report["decisions"]}
    assert main(["scan", "bom.json", *DAY, "--as", "us/federal-agency", "--fail-on", "none"]) == 0
    assert "Waived by The Secretary (letter.pdf)" in " ".join(capsys.readouterr().out.split())
    assert main(["why", one, "bom.json", *DAY, "--as", "us/federal-agency", "-o", "json"]) == 0
    assert "us-ndaa-fy2018-s1634#use holds until 2025-03-31: waived" in capsys.readouterr().out
    (here / "letter.pdf").write_bytes(b"granted to another")
    assert main(["scan", "bom.json"]) == 2
    assert "letter.pdf is another one" in capsys.readouterr().err
    (here / "below").mkdir()
    assert main([*waive, "letter.pdf", "--decisions", "below/ours.yaml"]) == 2
    assert "leads out of the folder" in capsys.readouterr().err


def test_a_measure_stands_for_all_it_is_about_or_for_one_exposure(
    here: Path, one: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before a report it is the whole scope; before an exposure and a report it narrows that exposure."""
    measure = ("--measure", "us-ndaa-fy2018-s1634")
    for words, exposure in ((["bom.json"], ""), ([one, "bom.json"], one)):
        capsys.readouterr()
        assert main(["decide", *words, *measure, *ACCEPT, "-o", "json"]) == 0
        assert exposure == json.loads(capsys.readouterr().out)["exposure"]


def test_a_contradiction_is_refused_before_it_is_written(
    here: Path, one: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two wide decisions that cannot both be right of one exposure on a day; a word on the exposure itself may be."""
    assert main(["decide", "--party", "kaspersky", "bom.json", *ACCEPT]) == 0
    before = (here / USUAL).read_text()
    denied = ["--verdict", "not-the-party", "--reason", "sold", *WHO[:-2], "--on", "2024-11-01"]
    assert main(["decide", "--purl", "pkg:deb/kesl", "bom.json", *denied]) == 2
    assert "decisions contradict each other" in capsys.readouterr().err
    assert before == (here / USUAL).read_text()
    assert main(["decide", one, "bom.json", *denied]) == 0
    assert [one] == [aside["exposure"]["id"] for aside in scanned(capsys, "--on", "2024-11-01")["set_aside"]]


def test_what_a_file_says_cannot_steer_a_terminal(here: Path, one: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of others may hold anything: lists, reports and faults show it escaped."""
    assert main(["decide", one, "bom.json", *ACCEPT]) == 0
    text = (here / USUAL).read_text()
    (here / USUAL).write_text(text.replace("moved in spring", '"a \\e[31m red \\u202e word"'))
    for arguments in (["decide", "bom.json", *DAY], ["scan", "bom.json", *DAY, "--fail-on", "none"]):
        capsys.readouterr()
        assert main(arguments) == 0
        said = capsys.readouterr().out
        assert r"\x1b[31m red" in said
        assert {"\x1b", "\u202e"}.isdisjoint(said)
    (here / USUAL).write_text(text.replace("  reason:", '  "re\\e[31mason":'))
    assert main(["decide"]) == 2
    assert "\x1b" not in capsys.readouterr().err


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


def test_a_duty_that_is_owed_without_a_finding_is_decided_without_an_exposure(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A look at a list is let off by the officer: the decision says what it is about, and the scan heeds it."""
    look = "us-far-52.204-30#review-sam"
    paper = ("--granted-by", "The officer", "--reference", "letter 4", "--reason", "in the letter")
    assert main(["decide", "bom.json", "--measure", look, "--verdict", "waived", *paper, *WHO]) == 0
    assert "About what is owed whatever was found." in capsys.readouterr().out
    report = scanned(capsys, "--as", "us/federal-contractor", *DAY)
    assert ["valid"] == [one["state"] for one in report["decisions"]]
    assert "exempt" in {one["status"] for one in report["findings"] if one["provision"] == look}
    assert main(["record", "--as", "us/federal-contractor", *DAY, "-o", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["obligations"]
    assert ["upcoming"] == [one["state"] for one in listed if look in one["provisions"]]
