# SPDX-License-Identifier: Apache-2.0
"""`debar register diff`: its keys, its words, its complaints."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import composed
import dated
from debar.cli import main, register_options
from debar.model.vocab import Change, Halt, Instrument
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from debar.register import Register

KEYS = [
    "schema", "program", "register", "from", "to", "party", "jurisdiction", "before", "after", "took_effect", "announced",
    "learned_late", "no_change",
]  # fmt: skip


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work with a small law: a ban, its renumbering, a suspension, a proposal."""

    def register(_options: object) -> Register:
        return dated.register(
            dated.measure(
                "us-order",
                dated.provision(interruptions=(dated.halt(Halt.SUSPENSION, "2024-09-01", "2024-10-01"),)),
                dated.provision("again", restates=("us-order#ban",), applies_from="2024-11-01"),
                history=(dated.event("2024-08-01"),),
            ),
            dated.measure("us-late", dated.provision("entry", applies_from="2024-07-01", known_from="2024-08-15")),
            dated.measure(
                "us-bill", dated.provision("idea", restates=("us-order#ban",)), instrument=Instrument.PROPOSAL
            ),
            dated.measure("jp-order"),
        )

    monkeypatch.setattr(register_options, "register", register)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Give what the command says as JSON."""
    assert main(["register", "diff", *arguments, "-o", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    found: dict[str, Any] = json.loads(said.out)
    return found


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Give what the command says on a terminal, each run of white space as one space."""
    assert main(["register", "diff", *arguments]) == 0
    return re.sub(r"\s+", " ", capsys.readouterr().out)


@pytest.mark.usefixtures("law")
def test_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys are the documented ones, with the schema first."""
    found = asked(capsys, "--from", "2024-06-20", "--to", "2024-12-01")
    assert list(found) == KEYS
    assert (found["schema"], found["program"]["version"]) == (SCHEMA, VERSION)
    assert (found["from"], found["to"]) == ("2024-06-20", "2024-12-01")
    for part in ("took_effect", "no_change"):
        assert found[part]
        assert all(item["change"] in set(Change) and item["text"] and item["grade"] for item in found[part])


@pytest.mark.usefixtures("law")
def test_head_counts_what_was_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    """Above all stands how much was in force on each of the two days, as known then."""
    said = shown(capsys, "--from", "2024-07-15", "--to", "2024-09-15")
    assert "on 2024-07-15, as known then: 0 provisions of 0 measures" in said
    assert "on 2024-09-15, as known then: 2 provisions of 2 measures (2 prohibited); beside them 1 suspended" in said
    assert "1 proposed" in said


@pytest.mark.usefixtures("law")
def test_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Each change is told in words: what begins, what only restates, what is proposed, what came out late."""
    said = shown(capsys, "--from", "2024-06-20", "--to", "2024-12-01")
    assert "20 Jul 2024 cite of us-order [us-order] begins: prohibited - use: Companies must not use it (ban)." in said
    assert "restates us-order#ban, nothing new is demanded" in said
    assert "begins: proposed, without legal effect - use" in said
    assert "known only since 15 Aug 2024" in said
    assert "halted: halt. [#ban] [halt]" in said
    assert "returns: halt." in said
    assert "published: On 2024-08-01." in said
    assert "This is not legal advice" in said


@pytest.mark.usefixtures("law")
def test_what_is_learned_late_has_a_part_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """What had taken effect by the earlier day stands under its own heading."""
    said = shown(capsys, "--from", "2024-08-01", "--to", "2024-08-20")
    assert "LEARNED LATE: 1, became known in between, had taken effect by 2024-08-01 1 Jul 2024" in said
    assert "TOOK EFFECT: none" in said


@pytest.mark.usefixtures("law")
def test_nothing_new_is_never_red(capsys: pytest.CaptureFixture[str]) -> None:
    """A renumbering is not coloured as a new prohibition, a prohibition is."""
    assert main(["register", "diff", "--from", "2024-06-20", "--to", "2024-12-01", "--color", "always"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"\x1b\[31m *begins: prohibited", said)
    assert re.search(r"\x1b\[2m *restates us-order#ban", said)
    assert main(["register", "diff", "--from", "2024-06-20", "--to", "2024-12-01"]) == 0
    assert re.sub(r"\x1b\[[0-9;]*m", "", said) == capsys.readouterr().out


@pytest.mark.usefixtures("law")
def test_it_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    """To a jurisdiction and to a party, which the answer names."""
    found = asked(capsys, "--from", "2024-06-20", "--to", "2024-12-01", "--jurisdiction", "jp")
    assert {item["measure"] for item in found["took_effect"]} == {"jp-order"}
    found = asked(capsys, "--from", "2024-06-20", "--to", "2024-12-01", "--party", "Maker")
    assert found["party"] == "maker"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2024-02-30", "--to", "2024-03-01"], "--from: '2024-02-30' is neither a date nor an instant"),
        (["--from", "2024-01-01", "--to", "soon"], "--to: 'soon'"),
        (["--from", "2024-03-02", "--to", "2024-03-01"], "--from 2024-03-02 lies after --to 2024-03-01"),
        (["--to", "2024-03-01"], "--from is missing"),
        (["--from", "2024-03-01"], "--to is missing"),
        (["--from", "2024-01-01", "--to", "2024-03-01", "--party", "makers"], "did you mean 'maker'"),
        (["--from", "2024-01-01", "--to", "2024-03-01", "--jurisdiction", "usa"], "did you mean 'us'"),
        (["--from", "2024-01-01", "--to", "2024-03-01", "-o", "svg"], "'svg' is not known"),
    ],
)
@pytest.mark.usefixtures("law")
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """What is missing, no date, or the wrong way round is an error with a hint."""
    assert main(["register", "diff", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "hint:" in said.err


def test_same_question_same_bytes() -> None:
    """Two processes give the same bytes, whatever the order of hashes."""
    arguments = ("register", "diff", "--from", "2024-06-20", "--to", "2024-09-30", "-o", "json")
    first, second = (composed.run(*arguments, variables={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))
    assert first.returncode == 0
    assert first.stdout == second.stdout
