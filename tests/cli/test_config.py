# SPDX-License-Identifier: Apache-2.0
"""The configuration file: below the command line and the environment, above the defaults."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

import pytest

from debar.cli import main

if TYPE_CHECKING:
    from pathlib import Path

EXPLAIN = ["explain", "kaspersky", "--on", "2026-01-01", "-o", "json"]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that a user's configuration is in."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "debar" / "config.toml"
    file.parent.mkdir()
    return file


def asker(capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """Give the kinds of the organisation that the answer was given for."""
    assert main([*EXPLAIN, *more]) == 0
    kinds: list[str] = json.loads(capsys.readouterr().out)["organisation"]["kinds"]
    return kinds


def test_the_file_sets_an_option(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the file says holds where nothing else was said."""
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")
    assert asker(capsys) == ["federal-agency"]


def test_the_command_line_comes_first_then_the_environment(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word on the command line beats the environment, and that beats the file."""
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_AS", "us/reseller")
    assert asker(capsys) == ["reseller"]
    assert asker(capsys, "--as", "us/individual") == ["individual"]


def test_another_file_can_be_named(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DEBAR_CONFIG names the file to use instead."""
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('as = "us/reseller"\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_CONFIG", str(other))
    assert asker(capsys) == ["reseller"]


def test_a_relative_path_is_meant_from_the_file(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An organisation's file lies beside the configuration, wherever debar is called."""
    (written.parent / "we.yaml").write_text("name: We\njurisdictions: [us]\nkinds: [grantee]\n", encoding="utf-8")
    written.write_text('as = "we.yaml"\n', encoding="utf-8")
    assert asker(capsys) == ["grantee"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('colour = "never"', "'colour' is no option; did you mean 'color'?"),
        ("as = 3", "as: write text, true or false, or a list of texts"),
        ('as = ["us/company", 1]', "as: write text, true or false, or a list of texts"),
        ('as = "us/companny"', "config.toml: as: no kind of organisation is called 'companny'"),
        ("as = ", "Invalid value"),
        ('color = "purple"', "config.toml: color: 'purple' is not known"),
    ],
)
def test_a_fault_names_the_file(written: Path, capsys: pytest.CaptureFixture[str], text: str, complaint: str) -> None:
    """A wrong file is wrong usage, and the message says where and what."""
    written.write_text(text, encoding="utf-8")
    assert main(EXPLAIN) == 2
    said = capsys.readouterr().err
    assert str(written) in said
    assert complaint in said


def test_a_named_file_that_is_missing_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file expects it to be there."""
    monkeypatch.setenv("DEBAR_CONFIG", str(tmp_path / "nowhere.toml"))
    assert main(EXPLAIN) == 2
    assert "nowhere.toml: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("refused", ["is_file", "read_text"])
def test_a_usual_file_that_may_not_be_read_is_no_file(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """A home that belongs to another account, as under sudo or in a container, stops nobody."""
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")
    refuse(monkeypatch, refused, written)
    assert asker(capsys, "--as", "us/reseller") == ["reseller"]


def test_a_named_file_that_may_not_be_read_is_wrong_usage(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file means it, so going on without it would answer another question."""
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_CONFIG", str(written))
    refuse(monkeypatch, "read_text", written)
    assert main(EXPLAIN) == 2
    assert f"{written}: Permission denied" in capsys.readouterr().err


def refuse(monkeypatch: pytest.MonkeyPatch, method: str, file: Path) -> None:
    """Let a method of paths fail for one file as for an account without rights, which the superuser never meets."""
    usual = getattr(type(file), method)

    def refusing(path: Path, *arguments: object, **named: object) -> object:
        if path == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return usual(path, *arguments, **named)

    monkeypatch.setattr(type(file), method, refusing)


def test_a_binary_file_is_wrong_usage(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no text are told as such, without a traceback."""
    written.write_bytes(b"\xff\xfe\x00as")
    assert main(EXPLAIN) == 2
    assert "config.toml" in capsys.readouterr().err


def test_a_usual_format_does_not_stop_a_verb_that_has_others(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who always wants JSON of a report still gets a calendar, and JSON where there is JSON."""
    written.write_text('output = "json"\n', encoding="utf-8")
    assert main(["register", "timeline", "kaspersky", "--on", "2026-01-01"]) == 0
    assert not capsys.readouterr().out.startswith("{")
    assert main(["register", "list", "--party", "kaspersky"]) == 0
    assert capsys.readouterr().out.startswith("[")
