# SPDX-License-Identifier: Apache-2.0
"""--fact: answers to the questions of measures, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import small
from debar.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ASKED = """\
    conditions:
      - {id: listed, fact: on_the_list, needs: Is it on the list?}
      - {id: made, fact: made_in, not_before: "2020", needs: When was it made?}
      - {id: share, fact: share_percent, above: "35.5", needs: How much is it?}
    text: Companies must not use it.
"""
SURE = ("on_the_list=yes", "made_in=2024", "share_percent=40")


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small register whose ban depends on three facts."""
    folder = small.write(tmp_path / "register")
    small.change(folder, "measures/us/us-order.yaml", "    text: Companies must not use it.\n", ASKED)
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def stated(*facts: str) -> list[str]:
    """Give the options that state some facts."""
    return [word for fact in facts for word in ("--fact", fact)]


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Give what is said about using the product."""
    assert main(["explain", "maker", "--act", "use", "--on", "2024-08-01", *arguments, "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def position(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Give the position on using the product."""
    return str(explained(capsys, *arguments)["positions"][0]["status"])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "undetermined"),
        (SURE[:2], "undetermined"),
        (SURE, "prohibited"),
        (("on_the_list=no",), "permitted"),
        ((*SURE[:2], "share_percent=35.5"), "permitted"),
        ((*SURE[:2], "share_percent=35.6"), "prohibited"),
        (("made_in=2019-12-31",), "permitted"),
        ((SURE[0], "made_in=2020-01-01", SURE[2]), "prohibited"),
    ],
)
def test_a_stated_fact_decides(capsys: pytest.CaptureFixture[str], facts: tuple[str, ...], expected: str) -> None:
    """In words, as a date or year, or as a number; one that is missing leaves the question open."""
    assert position(capsys, *stated(*facts)) == expected


def test_the_answer_names_the_facts(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads it later sees what it rests on."""
    found = explained(capsys, *stated(*SURE))
    assert found["organisation"]["facts"] == dict(fact.split("=") for fact in SURE)


def test_facts_of_the_command_line_go_before_those_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """They are added to the organisation's own, and answer otherwise where both do."""
    file = tmp_path / "org.yaml"
    file.write_text(
        "name: A\njurisdictions: [us]\nkinds: [company]\nfacts: {on_the_list: 'no', made_in: '2024', share_percent: '40'}\n"
    )
    assert position(capsys, "--as", str(file)) == "permitted"
    assert position(capsys, "--as", str(file), "--fact", "on_the_list=yes") == "prohibited"


def test_the_environment_states_facts_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """DEBAR_FACT holds one or several, with commas; the command line goes before it."""
    monkeypatch.setenv("DEBAR_FACT", ",".join(SURE))
    assert position(capsys) == "prohibited"
    assert position(capsys, "--fact", "on_the_list=no") == "permitted"
    monkeypatch.setenv("DEBAR_FACT", "on_the_list")
    assert main(["explain", "maker"]) == 2
    assert "DEBAR_FACT: 'on_the_list' is no answer to a question" in capsys.readouterr().err


def test_a_scan_takes_facts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """They change what a scan comes to, and stand in its report."""
    (tmp_path / "programs.csv").write_text("name,version\nMaker Shield 11,1\n")
    scan = ["scan", str(tmp_path / "programs.csv"), "--on", "2024-08-01", "--fail-on", "prohibited", "-o", "json"]
    assert [main([*scan, *stated(*facts)]) for facts in ((), SURE, ("on_the_list=no",))] == [0, 1, 0]
    assert '"on_the_list": "yes"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (("on_the_list",), "--fact: 'on_the_list' is no answer to a question"),
        (("=yes",), "--fact: '=yes' is no answer to a question"),
        (("on_the_list=",), "--fact: 'on_the_list=' is no answer to a question"),
        (("on_the_list=yes", "on_the_list=no"), "--fact: on_the_list has two answers"),
        (("on_the_lst=yes",), "fact 'on_the_lst' is not asked for by any measure; did you mean 'on_the_list'?"),
        (("on_the_list=yess",), "fact on_the_list: the answer 'yess' is not known; did you mean 'yes'?"),
        (("on_the_list=YES",), "fact on_the_list: the answer 'YES' is not known"),
        ((*SURE[:2], "share_percent=many"), "fact share_percent: 'many' is no number"),
        ((*SURE[:2], "share_percent=nan"), "fact share_percent: 'nan' is no number"),
        (("on_the_list=yes", "made_in=once"), "fact made_in: 'once' is neither a date nor an instant"),
    ],
)
def test_a_slip_never_lifts_a_duty(capsys: pytest.CaptureFixture[str], facts: tuple[str, ...], told: str) -> None:
    """A fact that nothing asks for, and an answer that cannot be one, are wrong usage."""
    assert main(["explain", "maker", "--act", "use", "--on", "2024-08-01", *stated(*facts)]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert told in written.err


def test_the_same_answer_twice_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Only answers that differ are refused."""
    assert position(capsys, *stated(*SURE, *SURE)) == "prohibited"


def test_every_fact_can_be_looked_up(capsys: pytest.CaptureFixture[str]) -> None:
    """`debar register facts` has each of them, with the words that it can be answered in."""
    assert main(["register", "facts", "-o", "json"]) == 0
    assert [(row["fact"], row["question"], row["answers"], row["measures"]) for row in json.loads(capsys.readouterr().out)] == [
        ("made_in", "When was it made?", [], ["us-order"]),
        ("on_the_list", "Is it on the list?", ["no", "yes"], ["us-order"]),
        ("share_percent", "How much is it?", [], ["us-order"]),
    ]  # fmt: skip
