# SPDX-License-Identifier: Apache-2.0
"""`debar record`: what it writes, what it refuses, what it lists, and what a scan makes of it."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import composed
from debar.cli import main
from debar.cli.recording import USUAL
from debar.records import read

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = "us-far-52.204-30#review-sam"
AS = ("--as", "us/federal-contractor")
LOOKED = (LOOK, *AS, "--by", "A. Meyer", "--found", "no new order")
FACTS = ("--fact", "far_52_204_23_version=dec-2023", "--fact", "kaspersky_article_provided_to_government=yes")
IDENTIFIED = (*FACTS, "--fact", "identified_on=2024-10-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with one BOM."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    return tmp_path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Give what a command prints as JSON."""

    def run(*arguments: str) -> Any:
        capsys.readouterr()
        assert main([*arguments, "-o", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Give the complaint about a command that is wrong usage."""
    capsys.readouterr()
    assert main(["record", *arguments]) == 2
    assert not Path(USUAL).exists()
    return capsys.readouterr().err


def test_a_look_is_done_until_it_is_due_again(said: Callable[..., Any]) -> None:
    """It stands in the usual file, and from then on the scan says when to look again."""
    Path("sam.pdf").write_bytes(b"printed")
    made = said("record", *LOOKED, "--on", "2024-09-03", "--evidence", "sam.pdf")
    assert made["record"] == {
        "on": "2024-09-03",
        "by": "A. Meyer",
        "found": "no new order",
        "about": "Search SAM.gov for the phrase FASCSA order every three months, and keep a note of it.",
        "provisions": [LOOK],
        "contract": "",
        "exposures": [],
        "evidence": "sam.pdf",
        "sha256": hashlib.sha256(b"printed").hexdigest(),
    }
    assert [(o["state"], o["due"]) for o in made["obligations"]] == [("done", "2024-12-04T04:59:59.999999Z")]
    states = {}
    for day in ("2024-09-02", "2024-09-03", "2024-12-03", "2024-12-04"):
        report = said("scan", "bom.json", *AS, "--on", day, "--fail-on", "none")
        states[day] = next(o["state"] for o in report["obligations"] if LOOK in o["provisions"])
        assert f"records were taken from {USUAL}: 1" in report["coverage"]["notes"]
    assert list(states.values()) == ["open", "done", "done", "overdue"]
    assert [one["state"] for one in report["records"]] == ["counts"]


def test_what_is_printed_is_what_stands_there(capsys: pytest.CaptureFixture[str]) -> None:
    """The block, then when it is due next and under which id."""
    assert main(["record", *LOOKED, "--on", "2024-09-03"]) == 0
    out = capsys.readouterr().out
    text = Path(USUAL).read_text(encoding="utf-8")
    assert out.partition("\n\n")[0] in text
    assert text.startswith("# What people did for a duty")
    assert "3 Dec 2024    Search SAM.gov" in out
    assert "done, every 3 months, last on 2024-09-03" in out


def test_a_report_is_recorded_for_what_the_report_shows(said: Callable[..., Any]) -> None:
    """By the id of the obligation, or by its provision: the exposures are kept, and the follow-up has its day."""
    asked = (*AS, *IDENTIFIED, "--on", "2024-10-04", "--fail-on", "none")
    report = said("scan", "bom.json", *asked)
    Path("report.json").write_text(json.dumps(report), encoding="utf-8")
    first = "us-far-52.204-23#report-dec-2023"
    (duty,) = [o for o in report["obligations"] if first in o["provisions"]]
    by_id = said("record", duty["id"][:9], "report.json", "--by", "A", "--found", "sent", "--on", "2024-10-03")
    assert by_id["record"]["exposures"] == duty["exposures"] != []
    Path(USUAL).unlink()
    by_name = said("record", first, "report.json", "--by", "A", "--found", "sent", "--on", "2024-10-03")
    assert by_name["record"]["exposures"] == duty["exposures"]
    todo = {tuple(o["provisions"]): o for o in said("scan", "bom.json", *asked)["obligations"]}
    assert (todo[first,]["state"], todo[first,]["done"]) == ("done", "2024-10-03")
    follow_up = todo["us-far-52.204-23#report-follow-up",]
    assert (follow_up["state"], follow_up["due"]) == ("open", "2024-10-19T03:59:59.999999Z")  # Columbus Day between


def test_records_are_listed_with_what_is_due(said: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what it comes to on the day, then the duties in order of their days; questions and bans are no duties."""
    said("record", *LOOKED, "--on", "2024-09-03")
    listed = said("record", *AS, "--on", "2024-10-01")
    assert [(one["record"]["on"], one["state"]) for one in listed["records"]] == [("2024-09-03", "counts")]
    due = [o["due"] or "9999" for o in listed["obligations"]]
    assert due == sorted(due)
    assert "standing" not in {o["state"] for o in listed["obligations"]}
    assert [one["state"] for one in said("record", *AS, "--on", "2024-09-02")["records"]] == ["not yet"]
    assert [one["state"] for one in said("record", "--on", "2024-10-01")["records"]] == ["unused"]
    assert main(["record", *AS, "--on", "2024-10-01"]) == 0
    assert "IN ALL: 1 counts" in capsys.readouterr().out


def test_the_day_on_which_a_duty_began_is_no_day_on_which_it_was_due(capsys: pytest.CaptureFixture[str]) -> None:
    """A clause that is to be passed on since 2018 is to be passed on now."""
    assert main(["record", *AS, "--on", "2024-10-01"]) == 0
    told = capsys.readouterr().out
    assert "now           Put FAR 52.204-23" in told
    assert "2018" not in told


def test_two_looks_on_one_day_are_two_records(said: Callable[..., Any]) -> None:
    """Another person looked as well; the first block stays as it is."""
    said("record", *LOOKED, "--on", "2024-09-03")
    text = Path(USUAL).read_text(encoding="utf-8")
    said("record", *LOOKED[:-3], "B. Kim", "--found", "nothing", "--on", "2024-09-03")
    assert Path(USUAL).read_text(encoding="utf-8").startswith(text)
    assert [one.by for one in read(Path(USUAL))] == ["A. Meyer", "B. Kim"]


def test_the_first_record_makes_the_file_that_is_named(said: Callable[..., Any]) -> None:
    """As it makes the usual one; a list of records that are not there is a fault, as before."""
    said("record", *LOOKED, "--on", "2024-10-01", "--records", "kept.yaml")
    assert [one.on for one in read(Path("kept.yaml"))] == ["2024-10-01"]
    assert main(["record", *AS, "--records", "gone.yaml"]) == 2


def test_today_is_the_day_if_none_is_named(said: Callable[..., Any]) -> None:
    """The day on which it is put on record, where nobody says another."""
    before = datetime.now(UTC).date().isoformat()
    assert before <= said("record", *LOOKED)["record"]["on"] <= datetime.now(UTC).date().isoformat()


def test_a_file_beside_the_evidence_is_none(said: Callable[..., Any]) -> None:
    """Records are not read as a source, wherever they lie."""
    said("record", *LOOKED, "--on", "2024-09-03")
    report = said("scan", ".", *AS, "--on", "2024-10-01", "--fail-on", "none")
    assert [source["path"] for source in report["sources"]] == ["./bom.json"]
    assert report["skips"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((LOOK, "--by", "A", "--found", " "), "a record needs --found"),
        ((LOOK, "--found", "x"), "a record needs --by"),
        (("--by", "A"), "--by: a record needs --found"),
        (("--by", "A", "--found", "x"), "no duty is named"),
        (("us-far-52.204-30#review-sm", "--by", "A", "--found", "x"), "did you mean 'us-far-52.204-30#review-sam'?"),
        (("something", "--by", "A", "--found", "x"), "'something' is neither a provision"),
        (("obl-000000000000", "--by", "A", "--found", "x"), "no obligation is called"),
        (("us-far-52.204-23#provide", "--by", "A", "--found", "x"), "is no duty: what one must not do"),
        (("us-far-52.204-23#report-dec-2023", "--by", "A", "--found", "x"), "follows from what was found"),
        (
            ("us-far-52.204-23#report-dec-2023", "bom.json", "--by", "A", "--found", "x"),
            "nothing in the report is owed",
        ),
        ((LOOK, "--by", "A", "--found", "x", "--evidence", "none.pdf"), "--evidence: none.pdf: No such file"),
        ((LOOK, "--by", "A", "--found", "x", "--contract", "depot"), "--contract: 'depot' is not known"),
        ((LOOK, "--by", "A", "--found", "x", "--on", "2024-10-01T10:00Z"), "is no day"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    """With what is wrong, and nothing is written."""
    assert told in refused(capsys, *arguments)


def test_what_lies_ahead_was_not_done(capsys: pytest.CaptureFixture[str]) -> None:
    """A record says that something was done."""
    tomorrow = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
    assert f"--on: {tomorrow} lies ahead" in refused(capsys, *LOOKED, "--on", tomorrow)


def test_questions_and_bans_of_a_report_are_no_duties(
    said: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """A question is answered by a fact, and a ban is kept without a record."""
    report = said("scan", "bom.json", *AS, "--on", "2024-10-04", "--fail-on", "none")
    Path("report.json").write_text(json.dumps(report), encoding="utf-8")
    ids = {o["action"].partition(":")[0][:6]: o["id"] for o in report["obligations"]}
    told = refused(capsys, ids["Answer"], "report.json", "--by", "A", "--found", "x", "--on", "2024-10-04")
    assert "is a question" in told
    ban = next(o["id"] for o in report["obligations"] if o["state"] == "standing")
    assert "is no duty" in refused(capsys, ban, "report.json", "--by", "A", "--found", "x", "--on", "2024-10-04")


def test_a_contract_has_records_of_its_own(said: Callable[..., Any]) -> None:
    """One that is named answers that contract alone."""
    Path("org.yaml").write_text(
        "name: A\njurisdictions: [us]\nkinds: [federal-contractor]\ncontracts:\n"
        "  - id: c-1\n    facts: {subcontractor_only: 'no'}\n  - id: c-2\n    facts: {subcontractor_only: 'no'}\n"
    )
    made = said(
        "record", LOOK, "--as", "org.yaml", "--contract", "c-1", "--by", "A", "--found", "x", "--on", "2024-09-03"
    )
    assert made["record"]["contract"] == "c-1"
    assert {o["contract"]: o["state"] for o in made["obligations"]} == {"c-1": "done", "c-2": "open"}


def test_faults_of_the_file_end_a_scan(capsys: pytest.CaptureFixture[str]) -> None:
    """With the option or the file, and the line."""
    Path("mine.yaml").write_text("- on: soon\n  by: A\n  found: B\n  provisions: [a#b]\n", encoding="utf-8")
    assert main(["scan", "bom.json", "--records", "mine.yaml"]) == 2
    assert "--records: mine.yaml:1: 'soon'" in capsys.readouterr().err
    os.replace("mine.yaml", USUAL)  # noqa: PTH105 - the same for a reader
    assert main(["scan", "bom.json"]) == 2
    assert f"{USUAL}:1: 'soon'" in capsys.readouterr().err
