# SPDX-License-Identifier: Apache-2.0
"""`debar register search`: its keys, its words, and what it says when nothing is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import dated
from debar.cli import main, register_options
from debar.release import SCHEMA

if TYPE_CHECKING:
    from debar.register import Register


@pytest.fixture(autouse=True)
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work with a small law."""

    def register(_options: object) -> Register:
        many = [dated.provision(f"p{n}", text=f"Rule {n} about drones.") for n in range(30)]
        return dated.register(
            dated.measure("us-order", dated.provision("updates", text="Nobody may\x1b[31m update the shield.")),
            dated.measure("us-many", *many),
        )

    monkeypatch.setattr(register_options, "register", register)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Give what the command says as JSON."""
    assert main(["register", "search", *words, "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys are the documented ones, with the schema first."""
    found = asked(capsys, "Shield", "UPDATE")
    assert list(found) == ["schema", "program", "register", "words", "hits", "hint"]
    assert found["schema"] == SCHEMA
    assert found["words"] == ["shield", "update"]
    assert found["hint"] is None
    (hit,) = found["hits"]
    assert set(hit) == {"kind", "id", "title", "score", "places"}
    assert hit["id"] == "us-order#updates"


def test_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A hit is shown with id, kind and text; what steers a terminal is escaped."""
    assert main(["register", "search", "shield"]) == 0
    said = capsys.readouterr().out
    assert "FOUND: 1" in said
    assert "us-order#updates  (provision)" in said
    assert "\\x1b[31m update the shield." in said


def test_many_hits_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal shows the first, says how many more there are, and JSON has all."""
    assert main(["register", "search", "drones"]) == 0
    assert "and 10 more" in capsys.readouterr().out
    assert len(asked(capsys, "drones")["hits"]) == 30


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shields"], "'shields' occurs nowhere; did you mean 'shield'?"),
        (["shield", "drones"], "'shield' occurs in 1; 'drones' occurs in 30"),
        (["qqqqqq"], "'qqqqqq' occurs nowhere"),
    ],
)
def test_nothing_found_is_an_answer(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    """When nothing has all words, it says which do occur, and what may have been meant; that is no error."""
    assert main(["register", "search", *words]) == 0
    assert f"Nothing has all of these words: {said}" in capsys.readouterr().out
    found = asked(capsys, *words)
    assert (found["hits"], found["hint"]) == ([], said)


@pytest.mark.parametrize("words", [["..."], [""], []])
def test_no_word_is_wrong_usage(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """Without a word there is nothing to look for."""
    assert main(["register", "search", *words]) == 2
    assert "hint:" in capsys.readouterr().err
