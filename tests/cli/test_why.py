# SPDX-License-Identifier: Apache-2.0
"""`debar why`: which exposure is meant, from what it is answered, and what the answer says."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import main
from debar.release import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2024-10-01")
PARTS = (
    "WHOSE IT IS", "WHAT IT IS TO YOU", "HOW SURE IT IS", "WHAT IT RESTS ON", "WHAT SPEAKS AGAINST IT", "ONE MORE LOOK",
)  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with one BOM, a programs table and a report on both."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bom.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / "evidence" / "programs.csv").write_bytes(composed.TABLE)
    assert main(["scan", "evidence", *DAY, "-o", "json=report.json", "--fail-on", "none"]) == 0
    return tmp_path


def report(here: Path) -> dict[str, list[dict[str, str]]]:
    """Give the report as it was written."""
    found: dict[str, list[dict[str, str]]] = json.loads((here / "report.json").read_text())
    return found


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, str]]:
    """Give the answer as JSON."""
    assert main(["why", *arguments, "-o", "json"]) == 0
    found: dict[str, dict[str, str]] = json.loads(capsys.readouterr().out)
    return found


def test_the_answer_has_its_parts_in_order(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whose, what, how sure; then the evidence, what speaks against it, and the next look."""
    for exposure in report(here)["exposures"]:
        assert main(["why", exposure["id"], "report.json"]) == 0
        said = capsys.readouterr().out
        assert list(PARTS) == [part for part in PARTS if part in said]
        assert sorted(said.index(part) for part in PARTS) == [said.index(part) for part in PARTS]
        for match in exposure["matches"]:
            assert match["indicator"] in said  # type: ignore[index]


def test_a_report_and_its_sources_give_the_same_answer(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written and what is scanned again say the same of an exposure."""
    for exposure in report(here)["exposures"]:
        assert answered(capsys, exposure["id"], "report.json") == answered(capsys, exposure["id"], "evidence", *DAY)


def test_standard_input(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input may hold a report or a source, with and without a dash."""
    first = next(e["id"] for e in report(here)["exposures"] if e["asset"].startswith("shop"))
    for content, more in (
        ((here / "report.json").read_bytes(), []),
        (composed.CYCLONEDX, [*DAY]),
        ((here / "report.json").read_bytes(), ["-"]),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert answered(capsys, first, *more)["exposure"]["id"] == first


def test_without_a_source_usage_is_taught(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal nothing is waited for: the message says how to make a report."""
    terminal = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main(["why", "exp-59a4"]) == 2
    assert "debar scan SOURCE -o json=report.json" in capsys.readouterr().err


@pytest.mark.parametrize("of", ["id", "beginning", "digits", "asset", "capitals", "party", "product"])
def test_ways_to_name_an_exposure(here: Path, capsys: pytest.CaptureFixture[str], of: str) -> None:
    """Id, its first characters, asset, asset/party and asset/party/product lead to it, in any case of letters."""
    found = report(here)["exposures"]
    one = next(e for e in found if [e["asset"]] == [o["asset"] for o in found if o["asset"] == e["asset"]])
    word = {
        "id": one["id"],
        "beginning": one["id"][:9],
        "digits": one["id"][4:9],
        "asset": one["asset"],
        "capitals": one["asset"].upper(),
        "party": f"{one['asset']}/{one['party']}",
        "product": f"{one['asset']}/{one['party']}/{one['product']}",
    }[of]
    assert answered(capsys, word, "report.json")["exposure"]["id"] == one["id"]


def test_a_word_for_several_lists_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A party with several exposures is wrong usage that lists each with its id."""
    assert main(["why", "kaspersky", "report.json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert all(e["id"] in said.err for e in report(here)["exposures"] if e["party"] == "kaspersky")


def test_a_mistyped_word_is_corrected(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest word that stands for an exposure is named."""
    asset = report(here)["exposures"][0]["asset"]
    assert main(["why", f"{asset}x", "report.json"]) == 2
    assert "did you mean" in capsys.readouterr().err
    (here / "nothing.json").write_bytes(composed.CYCLONEDX.replace(b"kesl", b"kex").replace(b"Kaspersky", b"Karpov"))
    assert main(["why", "kaspersky", "nothing.json", *DAY]) == 2
    assert "nothing was recognised" in capsys.readouterr().err


def test_what_was_set_aside_can_be_asked_about(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason for which it does not count is told first."""
    found = report(here)
    one = found["exposures"][0]["id"]
    decide = ["decide", one, "report.json", "--verdict", "false-positive", "--reason", "a list"]
    who = ("--requester", "A. Meyer", "--approver", "B. Kim", "--expires", "2029-01-01")
    assert main([*decide, *DAY, *who]) == 0
    capsys.readouterr()
    said = answered(capsys, one, "report.json")
    assert (
        "a false positive, as A. Meyer decided on 2024-10-01 and B. Kim approved, until 2029-01-01: a list"
        in said["set_aside"]
    )
    assert said == answered(capsys, one, "evidence", *DAY)
    assert main(["why", one, "report.json"]) == 0
    assert "set aside a false positive" in " ".join(capsys.readouterr().out.split())


def test_a_report_stands_alone_and_has_its_own_question(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside other sources, or with another question, a report is wrong usage; so is one of another schema."""
    assert main(["why", "shop@2", "report.json", "evidence"]) == 2
    assert "a report stands alone" in capsys.readouterr().err
    for option in (("--on", "2024-01-01"), ("--as", "us/reseller"), ("--fact", "a=b"), ("--known-on", "2024-01-01")):
        assert main(["why", "shop@2", "report.json", *option]) == 2
        assert f"{option[0]}: a report has its own question" in capsys.readouterr().err
    text = (here / "report.json").read_text()
    (here / "old.json").write_text(text.replace(f'"schema": {SCHEMA}', '"schema": 99', 1))
    assert main(["why", "shop@2", "old.json"]) == 2
    assert "schema 99" in capsys.readouterr().err
    (here / "cut.json").write_text(text.replace('"exposures":', '"exposures": 3, "exposures_":', 1))
    assert main(["why", "shop@2", "cut.json"]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_settings_of_the_environment_do_not_disturb_a_report(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who always asks as somebody has not asked this report something else."""
    asked = (report(here)["exposures"][0]["id"], "report.json")
    undisturbed = answered(capsys, *asked)
    monkeypatch.setenv("DEBAR_AS", "us/reseller")
    assert answered(capsys, *asked) == undisturbed


def test_the_report_shows_how(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report for people names the verb once, and shows the probability beside each level."""
    assert main(["scan", "evidence", *DAY, "--fail-on", "none"]) == 0
    said = capsys.readouterr().out
    assert said.count("debar why ID") == 1
    assert re.search(r"4 strong, (?:over )?\d\d(?:\.\d)? %", said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("level", 99, "has a level or probability that there is none of"),
        ("confidence", 7, "has a level or probability that there is none of"),
        ("party", "nobody", "its party 'nobody' is not in the register"),
        ("matches", [], "it has no evidence"),
    ],
)
def test_a_report_that_no_scan_wrote_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, value: object, said: str
) -> None:
    """What somebody changed in a report is not repeated as debar's own word."""
    changed = report(here)
    changed["exposures"][0][name] = value  # type: ignore[assignment]
    (here / "changed.json").write_text(json.dumps(changed))
    assert main(["why", changed["exposures"][0]["id"], "changed.json"]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert not told.out
