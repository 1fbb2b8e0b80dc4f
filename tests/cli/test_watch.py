# SPDX-License-Identifier: Apache-2.0
"""Promises about `debar watch`: what is new is told once, and nothing new goes by untold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from debar.cli import main, output
from debar.errors import UsageError
from debar.intake import watching

NOTICES = Path(__file__).parents[2] / "examples" / "notices"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one saved release."""
    made = tmp_path / "notices"
    made.mkdir()
    shutil.copy(NOTICES / "press-release.txt", made)
    return made


def watch(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Give exit code and answer of a look."""
    capsys.readouterr()
    code = main(["watch", *arguments, "-o", "json"])
    return code, json.loads(capsys.readouterr().out or "{}")


def test_what_is_new_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first look tells all, the second nothing, and one after a new paper tells what it brought."""
    code, first = watch(capsys, str(folder))
    assert (code, first["is_first"]) == (1, True)
    assert [change["kind"] for change in first["changes"] if change["what"] == "story"] == ["new"]
    code, second = watch(capsys, str(folder))
    assert (code, second["is_first"], second["changes"]) == (0, False, [])
    shutil.copy(NOTICES / "client-alert.eml", folder)
    code, third = watch(capsys, str(folder))
    assert code == 1
    assert any("2024-07-20" in change["text"] for change in third["changes"] if change["what"] == "statement")
    (folder / "client-alert.eml").unlink()
    code, last = watch(capsys, str(folder))
    assert code == 1
    assert {change["kind"] for change in last["changes"] if change["what"] == "paper"} == {"gone"}


def test_a_folder_may_be_named_otherwise(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named from its parent, from within and from the root, it is one folder in which nothing is new."""
    assert watch(capsys, str(folder))[0] == 1
    monkeypatch.chdir(folder.parent)
    for name in (folder.name, f"./{folder.name}/"):
        assert watch(capsys, name)[0] == 0
    monkeypatch.chdir(folder)
    code, found = watch(capsys, ".")
    assert (code, found["changes"]) == (0, [])


def test_on_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is new is told story by story, and that nothing is."""
    assert main(["watch", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "(the first look: everything is new)" in out
    assert "KASPERSKY/US" in out
    assert main(["watch", str(folder)]) == 0
    assert "nothing is new" in capsys.readouterr().out


def test_a_state_elsewhere(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The state may lie in another place, and then nothing is written into the folder."""
    assert watch(capsys, str(folder), "--state", str(tmp_path / "state"))[0] == 1
    assert [file.name for file in folder.iterdir()] == ["press-release.txt"]
    assert watch(capsys, str(folder), "--state", str(tmp_path / "state"))[0] == 0


def test_nothing_is_kept_before_it_was_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the answer could not be written, the next look tells it again."""

    def fail(*_arguments: object) -> None:
        raise UsageError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(output, "write", fail)
        assert main(["watch", str(folder)]) == 2
    assert not (folder / watching.USUAL).exists()
    assert watch(capsys, str(folder))[0] == 1


def test_what_cannot_be_read_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no paper is named at every look, with the code for it, and the rest is kept."""
    (folder / "program").write_bytes(b"\x7fELF" + bytes(300))
    code, first = watch(capsys, str(folder))
    assert (code, len(first["skips"])) == (3, 1)
    code, second = watch(capsys, str(folder))
    assert (code, len(second["skips"]), second["changes"]) == (3, 1, [])


def test_wrong_places_are_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is none, a state that is none, and one that cannot be written are wrong usage."""
    assert watch(capsys, str(tmp_path / "none"))[0] == 2
    assert watch(capsys, str(folder / "press-release.txt"))[0] == 2
    (tmp_path / "state").write_bytes(b"something else")
    assert watch(capsys, str(folder), "--state", str(tmp_path / "state"))[0] == 2
    assert (tmp_path / "state").read_bytes() == b"something else"
    assert main(["watch", str(folder), "--state", str(tmp_path / "no" / "state")]) == 2


def test_another_register_reads_anew(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With another register nothing of what was kept is believed, and what is told stays the same."""
    watch(capsys, str(folder))
    ours = tmp_path / "ours" / "authorities"
    ours.mkdir(parents=True)
    (ours / "xn-board.yaml").write_text(
        "id: xn-board\nname: Board\nshort: Board\njurisdiction: xn\nzone: UTC\n", "utf-8"
    )
    code, found = watch(capsys, str(folder), "--register", str(tmp_path / "ours"))
    assert (code, found["is_first"], found["changes"]) == (0, False, [])
