# SPDX-License-Identifier: Apache-2.0
"""`debar register`: list, show and check."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import main
from debar.release import register_directory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the shipped register that may be damaged."""
    return shutil.copytree(register_directory(), tmp_path / "register")


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure and party stands in the list."""
    assert main(["register", "list"]) == 0
    said = capsys.readouterr().out
    register = composed.shipped()
    assert all(id_ in said for id_ in (*register.measures, *register.parties))


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as a JSON array."""
    assert main(["register", "list", "-o", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    register = composed.shipped()
    assert [(row["kind"], row["id"]) for row in rows] == [
        *(("measure", id_) for id_ in register.measures), *(("party", id_) for id_ in register.parties),
    ]  # fmt: skip
    assert all(row["title"] for row in rows)


def test_everything_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure, party, authority, document, indicator and layout can be shown by its id, in both forms."""
    register = composed.shipped()
    samples = [
        next(iter(part)) for part in (register.measures, register.parties, register.authorities, register.documents)
    ] + [register.indicators[0].id, register.layouts[0].id]
    for id_ in samples:
        assert main(["register", "show", id_]) == 0
        assert f"id: {id_}" in capsys.readouterr().out
        assert main(["register", "show", id_, "-o", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["id"] == id_


def test_ids_are_not_shared() -> None:
    """No two things of the register have the same id, so that show shows the right one."""
    register = composed.shipped()
    ids = [
        *register.measures, *register.parties, *register.authorities, *register.documents,
        *(i.id for i in register.indicators), *(layout.id for layout in register.layouts),
    ]  # fmt: skip
    assert len(ids) == len(set(ids))


def test_check(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    """A register without a fault is said to be so, the shipped one and any other directory."""
    assert main(["register", "check"]) == 0
    assert "no fault" in capsys.readouterr().out
    assert main(["register", "check", str(copy)]) == 0
    assert "no fault" in capsys.readouterr().out


def test_check_names_file_and_line(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    """Every fault is named with file and line at once, and the exit code is 4."""
    first, second, *_ = sorted((copy / "parties").glob("*.yaml")) + sorted((copy / "measures").rglob("*.yaml"))
    for file in (first, second):
        file.write_text(file.read_text() + "nonsense: yes\n")
    assert main(["register", "check", str(copy)]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    for file in (first, second):
        line = len(file.read_text().splitlines())
        assert f"{file.name}:{line}:" in said.err
    assert "nonsense" in said.err


def test_broken_register_is_exit_code_4(capsys: pytest.CaptureFixture[str], copy: Path, tmp_path: Path) -> None:
    """No verb works with a broken register, and none says that nothing was found."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    file = next((copy / "parties").glob("*.yaml"))
    file.write_text("id: [\n")
    for arguments in (["scan", str(tmp_path / "bom.json")], ["explain", "kaspersky"], ["register", "list"]):
        assert main([*arguments, "--register", str(copy)]) == 4
        said = capsys.readouterr()
        assert said.out == ""
        assert f"{file.name}:" in said.err


@pytest.mark.parametrize(
    "arguments", [["check", "/nowhere"], ["list", "--register", "/nowhere"], ["check", "/dev/null"]]
)
def test_directory_that_holds_no_register(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """A directory that is no register is the register's fault."""
    assert main(["register", *arguments]) == 4
    assert "no register here" in capsys.readouterr().err


def test_another_register_is_used(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    """--register takes another directory; its version stands in the answer."""
    (copy / "VERSION").write_text("2030.01.01\n")
    assert main(["explain", "kaspersky", "--register", str(copy), "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["register"]["version"] == "2030.01.01"
    assert main(["register", "list", "--register", str(copy)]) == 0
    assert "2030.01.01" in capsys.readouterr().out


def test_changed_register_is_not_served_from_the_cache(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    """A file that changed is read again, although the compiled form is there."""
    party = next((copy / "parties").glob("*.yaml"))
    assert main(["explain", "kaspersky", "--register", str(copy), "-o", "json"]) == 0
    before = json.loads(capsys.readouterr().out)["register"]["sha256"]
    party.write_text(party.read_text() + "# a remark\n")
    assert main(["explain", "kaspersky", "--register", str(copy), "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["register"]["sha256"] != before


@pytest.mark.parametrize("damage", [b"", b"\xff" * 100, b"\x80"], ids=["empty", "noise", "other"])
def test_damaged_cache_is_read_past(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, damage: bytes
) -> None:
    """A compiled register that was cut or overwritten is made anew, and a cache that cannot be written is no error."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert main(["register", "list"]) == 0
    (compiled,) = (tmp_path / "cache" / "debar").iterdir()
    good = compiled.read_bytes()
    compiled.write_bytes(damage)
    assert main(["register", "list"]) == 0
    assert compiled.read_bytes() == good
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert main(["register", "list"]) == 0
    assert capsys.readouterr().err == ""
