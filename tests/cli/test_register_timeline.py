# SPDX-License-Identifier: Apache-2.0
"""`debar register timeline`: its forms, its options, its complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

import dated
from debar.cli import main, register_options

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register


@pytest.fixture(autouse=True)
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work with a small law."""

    def register(_options: object) -> Register:
        stranger = dated.provision(targets=type(dated.provision().targets)(parties=("stranger",)))
        return dated.register(
            dated.measure("us-order", dated.provision(), dated.provision("later", applies_from="2025-02-01")),
            dated.measure("jp-order"),
            dated.measure("us-other", stranger),
            parties=(dated.party(), dated.party("stranger")),
        )

    monkeypatch.setattr(register_options, "register", register)


def test_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a party every measure has its lanes, with today's line on the day that was asked for."""
    assert main(["register", "timeline", "--on", "2024-12-31"]) == 0
    said = capsys.readouterr().out
    assert "Stages of the law: every measure of the register" in said
    assert all(f"[{id_}]" in said for id_ in ("us-order", "jp-order", "us-other"))
    assert "on 31 Dec 2024" in said


def test_of_a_party(capsys: pytest.CaptureFixture[str]) -> None:
    """With a party only what is about it is drawn; its name does as well as its id."""
    assert main(["register", "timeline", "Maker"]) == 0
    said = capsys.readouterr().out
    assert "Stages of the law: Maker (maker)" in said
    assert "us-other" not in said
    assert "today, " in said


def test_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Picture and page go to files at once, the terminal gets its own."""
    picture, page = tmp_path / "maker.svg", tmp_path / "maker.html"
    assert main(["register", "timeline", "maker", "-o", f"svg={picture}", "-o", f"html={page}", "-o", "terminal"]) == 0
    assert ET.fromstring(picture.read_text(encoding="utf-8")).tag.endswith("svg")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "us-order#ban" in capsys.readouterr().out


def test_same_question_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    """For a fixed day the picture is the same each time."""
    said = []
    for _ in range(2):
        assert main(["register", "timeline", "-o", "svg", "--on", "2024-12-31"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_a_time_and_a_jurisdiction(capsys: pytest.CaptureFixture[str]) -> None:
    """What lies outside the time is left out and counted; other jurisdictions are left out."""
    assert main(["register", "timeline", "--from", "2024-01-01", "--to", "2024-12-31", "--jurisdiction", "us"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "1 Jan 2024 to 31 Dec 2024; 1 more lies outside this time" in said
    assert "jp-order" not in said
    assert ", us only" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["makers"], "did you mean 'maker'"),
        (["--jurisdiction", "usa"], "did you mean 'us'"),
        (["--from", "2024-13-01"], "--from: '2024-13-01'"),
        (["--from", "2024-03-02", "--to", "2024-03-01"], "does not lie before"),
        (["--on", "today"], "--on: 'today'"),
        (["-o", "json"], "'json' is not known"),
        (["-o", "svg", "-o", "html"], "two outputs on standard output"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """An unknown party, jurisdiction, day or form is an error."""
    assert main(["register", "timeline", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err


def test_the_shipped_law(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The real register has the two stages of 2024."""
    monkeypatch.undo()
    assert main(["register", "timeline", "kaspersky", "--from", "2024-06-01", "--to", "2024-12-31"]) == 0
    said = capsys.readouterr().out
    assert "us-bis-icts-2021-002-kaspersky#new-agreements" in said
    assert "us-bis-icts-2021-002-kaspersky#updates" in said
