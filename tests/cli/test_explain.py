# SPDX-License-Identifier: Apache-2.0
"""`debar explain`: its keys, its words, its exit codes."""

from __future__ import annotations

import json

import pytest

import composed
from debar.cli import main
from debar.model.vocab import Act, Status

CONTRACT = {"party", "product", "organisation", "as_of", "known_on", "findings", "timeline"}
ADDED = {
    "schema", "program", "register", "meaning", "assumed", "measures", "names", "positions", "obligations", "history",
    "statements", "unknowns",
}  # fmt: skip
"""Documented additions to the contract."""


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """Give what `explain -o json` says."""
    assert main(["explain", *arguments, "-o", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    found: dict[str, object] = json.loads(said.out)
    return found


def test_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys are those of the contract and the documented additions, down to the findings and stages."""
    said = explained(capsys, "kaspersky", "--on", "2024-10-01", "--as", "us/reseller+integrator")
    assert set(said) == CONTRACT | ADDED
    findings = said["findings"]
    timeline = said["timeline"]
    assert isinstance(findings, list)
    assert isinstance(timeline, list)
    assert findings
    assert timeline
    for finding in findings:
        assert set(finding) == {
            "id", "exposure", "measure", "provision", "act", "status", "since", "until", "exemption", "missing", "grade",
            "because", "doubts", "questions", "text", "contract", "waiver", "pauses", "reached", "action", "consequence",
            "decision",
        }  # fmt: skip
        assert finding["exposure"] is None
        assert finding["status"] in set(Status)
        assert finding["because"]
        assert all({"citation", "text"} <= set(passage) for passage in finding["because"])
    assert all(set(stage) == {"date", "zone", "measure", "provision", "text", "concerns"} for stage in timeline)
    assert [stage["date"] for stage in timeline] == sorted(stage["date"] for stage in timeline)


def test_same_question_same_bytes() -> None:
    """Two processes give the same bytes, whatever the order of hashes."""
    arguments = ("explain", "kaspersky", "--on", "2024-10-01", "-o", "json")
    first = composed.run(*arguments, variables={"PYTHONHASHSEED": "1"})
    second = composed.run(*arguments, variables={"PYTHONHASHSEED": "2"})
    assert first.returncode == 0
    assert first.stdout == second.stdout


@pytest.mark.parametrize("act", list(Act))
def test_one_act(capsys: pytest.CaptureFixture[str], act: str) -> None:
    """With --act only that act is answered, and it is answered even where nothing restricts it."""
    said = explained(capsys, "kaspersky", "--act", act, "--on", "2024-10-01")
    positions = said["positions"]
    assert isinstance(positions, list)
    assert [position["act"] for position in positions] == [act]


def test_names_of_a_party_and_product(capsys: pytest.CaptureFixture[str]) -> None:
    """A party and a product can be called by their names, in any case."""
    said = explained(capsys, "KASPERSKY/endpoint-security")
    assert (said["party"], said["product"]) == ("kaspersky", "endpoint-security")
    assert explained(capsys, "kaspersky")["product"] is None


def test_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer for people names the day, who asks, the timeline, and that it is not legal advice."""
    assert main(["explain", "kaspersky", "--on", "2024-10-01", "--as", "us/federal-agency"]) == 0
    said = capsys.readouterr().out
    for words in ("2024-10-01", "us/federal-agency", "TIMELINE", "not legal advice"):
        assert words in said
    assert max(map(len, said.splitlines())) <= 120
    assert "\x1b" not in said


@pytest.mark.parametrize("what", ["nobody", "kaspersky/nothing", "kaspersky/endpoint-security/12"])
def test_unknown(capsys: pytest.CaptureFixture[str], what: str) -> None:
    """A party or product that the register does not hold is wrong usage, not a clean answer."""
    assert main(["explain", what]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "not in the register" in said.err


def test_known_on_leaves_out_what_was_not_public(capsys: pytest.CaptureFixture[str]) -> None:
    """With --known-on before the first measure there is no finding and no stage."""
    said = explained(capsys, "kaspersky", "--on", "2024-10-01", "--known-on", "2000-01-01")
    assert (said["findings"], said["timeline"], said["known_on"]) == ([], [], "2000-01-01")
