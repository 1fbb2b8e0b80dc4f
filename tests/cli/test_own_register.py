# SPDX-License-Identifier: Apache-2.0
"""--register: an organisation's own measures beside those of the register, in every verb."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import small
from debar.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small register that is used instead of the shipped one, and an empty cache."""
    folder = small.write(tmp_path / "register")
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Give what an organisation adds."""
    return small.write_own(tmp_path / "ours")


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    """Give what a command says as JSON."""
    assert main([*map(str, arguments), "-o", "json"]) in (0, 1)
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], code: int, *arguments: str | Path) -> str:
    """Give what a command complains of; it writes nothing else."""
    assert main([*map(str, arguments)]) == code
    written = capsys.readouterr()
    assert written.out == ""
    return written.err


def test_every_word_of_the_register_knows_it(capsys: pytest.CaptureFixture[str], ours: Path) -> None:
    """Its measures and parties are listed and shown like the others, and without it they are not there."""
    added = ("--register", ours)
    assert ["own-policy", "us-order", "maker", "other"] == [
        row["id"] for row in said(capsys, "register", "list", *added)
    ]
    assert ["us-order", "maker"] == [row["id"] for row in said(capsys, "register", "list")]
    assert "A ban of our own." == said(capsys, "register", "show", "own-policy", *added)["summary"]
    assert "'own-policy' is not in the register" in refused(capsys, 2, "register", "show", "own-policy")


def test_it_decides_like_the_rest(capsys: pytest.CaptureFixture[str], ours: Path) -> None:
    """A ban of the organisation prohibits, and the answer says which directory was added."""
    found = said(capsys, "explain", "other", "--act", "use", "--on", "2024-08-01", "--register", ours)
    assert ("prohibited", ["ours"]) == (found["positions"][0]["status"], found["register"]["added"])
    assert main(["explain", "other", "--on", "2024-08-01", "--register", str(ours)]) == 0
    assert "with ours added" in " ".join(capsys.readouterr().out.split())


def test_it_begins_where_its_authority_sits(capsys: pytest.CaptureFixture[str], ours: Path) -> None:
    """A bare date of the organisation's measure is read in the zone of the organisation's authority."""
    asked = ("explain", "other", "--act", "use", "--register", ours, "--on")
    found = [
        said(capsys, *asked, when)["positions"][0]["status"] for when in ("2024-06-30T20:59:59Z", "2024-06-30T21:00Z")
    ]
    assert ["permitted", "prohibited"] == found


def test_a_scan_finds_by_its_indicators_and_layouts(
    capsys: pytest.CaptureFixture[str], ours: Path, tmp_path: Path
) -> None:
    """A table that only its layout knows, a product that only its indicator knows; the report names what was added."""
    (tmp_path / "things.csv").write_text("thing,count\nOther Sword 3,1\nA spoon,2\n")
    scan = ("scan", tmp_path / "things.csv", "--on", "2024-08-01")
    assert main([*map(str, scan)]) == 3
    capsys.readouterr()
    found = said(capsys, *scan, "--register", ours)
    assert ["other"] == [exposure["party"] for exposure in found["exposures"]]
    assert {"own-policy#ban"} == {finding["provision"] for finding in found["findings"]}
    assert ["ours"] == found["register"]["added"]
    assert main([*map(str, scan), "--register", str(ours), "--fail-on", "prohibited"]) == 1


def test_the_digest_tells_what_was_added(capsys: pytest.CaptureFixture[str], ours: Path) -> None:
    """It differs with and without the directory, and changes with each of its files, but not with its place."""
    asked = ("explain", "maker", "--on", "2024-08-01")
    alone = said(capsys, *asked)["register"]
    with_ours = said(capsys, *asked, "--register", ours)["register"]
    assert ([], ["ours"]) == (alone["added"], with_ours["added"])
    assert alone["version"] == with_ours["version"]
    moved = ours.rename(ours.parent / "elsewhere")
    assert with_ours["sha256"] == said(capsys, *asked, "--register", moved)["register"]["sha256"]
    small.change(moved, "parties/other.yaml", "name: Other", "name: Another")
    changed = said(capsys, *asked, "--register", moved)["register"]["sha256"]
    assert 3 == len({alone["sha256"], with_ours["sha256"], changed})


@pytest.mark.parametrize("form", ["terminal", "yaml", "json"])
def test_what_steers_a_terminal_is_escaped(capsys: pytest.CaptureFixture[str], ours: Path, form: str) -> None:
    """A name in an added file cannot colour, move or turn what is shown."""
    small.change(ours, "parties/other.yaml", "name: Other", r'name: "Other\e[31m\u202Eevil\u200B"')
    assert main(["register", "show", "other", "--register", str(ours), "-o", form]) == 0
    page = capsys.readouterr().out
    assert "evil" in page
    assert not {"\x1b", "\u202e", "\u200b"} & set(page)


def test_several_are_added(capsys: pytest.CaptureFixture[str], ours: Path, tmp_path: Path) -> None:
    """In the order in which they are named; the same one twice is one."""
    (tmp_path / "theirs/parties").mkdir(parents=True)
    (tmp_path / "theirs/parties/third.yaml").write_text("id: third\nname: Third\n")
    many = [word for one in (ours, tmp_path / "theirs", ours) for word in ("--register", one)]
    assert ["ours", "theirs"] == said(capsys, "explain", "third", *many)["register"]["added"]


def test_the_environment_adds_too(
    capsys: pytest.CaptureFixture[str], ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DEBAR_REGISTER holds one directory or several; the command line goes before it."""
    (tmp_path / "theirs/parties").mkdir(parents=True)
    (tmp_path / "theirs/parties/third.yaml").write_text("id: third\nname: Third\n")
    monkeypatch.setenv("DEBAR_REGISTER", str(ours))
    assert ["ours"] == said(capsys, "explain", "maker")["register"]["added"]
    monkeypatch.setenv("DEBAR_REGISTER", f"{ours},{tmp_path / 'theirs'}")
    assert ["ours", "theirs"] == said(capsys, "explain", "maker")["register"]["added"]
    assert ["theirs"] == said(capsys, "explain", "maker", "--register", tmp_path / "theirs")["register"]["added"]
    monkeypatch.setenv("DEBAR_REGISTER", str(tmp_path / "nowhere"))
    assert "nowhere: no register here: there is no such directory" in refused(capsys, 4, "explain", "maker")


def test_the_base_register_is_named_in_the_environment(
    capsys: pytest.CaptureFixture[str], base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DEBAR_BASE_REGISTER counts where no --base-register is named."""
    other = small.write(tmp_path / "newer")
    (other / "VERSION").write_text("2030.01.01\n")
    assert "2024.08.01" == said(capsys, "explain", "maker")["register"]["version"]
    assert "2030.01.01" == said(capsys, "explain", "maker", "--base-register", other)["register"]["version"]
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(base / "nowhere"))
    assert "the file VERSION is missing" in refused(capsys, 4, "explain", "maker")


@pytest.mark.parametrize("verb", [("explain", "maker"), ("scan", "."), ("register", "list"), ("register", "facts")])
def test_a_clash_of_ids_is_an_error_that_names_both_files(
    capsys: pytest.CaptureFixture[str], ours: Path, verb: tuple[str, ...]
) -> None:
    """No verb answers with one of the two."""
    (ours / "measures/us-order.yaml").write_text(small.FILES["measures/us/us-order.yaml"])
    told = refused(capsys, 4, *verb, "--register", ours)
    assert told.splitlines() == [
        "debar: error: ours/measures/us-order.yaml:1: id 'us-order' is taken by register/measures/us/us-order.yaml:1",
        f"  hint: debar register check --register {ours} lists every fault",
    ]


def test_a_fault_stops_every_verb(capsys: pytest.CaptureFixture[str], ours: Path) -> None:
    """A slip in an own measure could hide a ban; it is told with file, line and the word that was meant."""
    small.change(ours, "measures/own-policy.yaml", "acts: [use]", "acts: [uze]")
    told = refused(capsys, 4, "explain", "maker", "--register", ours)
    said = (
        "ours/measures/own-policy.yaml:11: Invalid enum value 'uze' - at $.provisions[0].acts[0]; did you mean 'use'?"
    )
    assert f"debar: error: {said}" == told.splitlines()[0]
    assert said in refused(capsys, 4, "register", "check", "--register", ours)


def test_a_folder_of_another_name_is_an_error(capsys: pytest.CaptureFixture[str], ours: Path, tmp_path: Path) -> None:
    """What would not be read is told, as is a directory without anything to read."""
    (ours / "measures").rename(ours / "measure")
    told = refused(capsys, 4, "explain", "maker", "--register", ours)
    assert "ours/measure is no folder of a register; did you mean 'measures'?" in told
    (tmp_path / "photos/inner").mkdir(parents=True)
    told = refused(capsys, 4, "explain", "maker", "--register", tmp_path / "photos")
    assert "photos: no register here: it has none of authorities, calendars, calibration, documents" in told


def test_a_whole_register_is_not_added(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Whoever means to use another one is told which option does that."""
    other = small.write(tmp_path / "newer")
    told = refused(capsys, 4, "explain", "maker", "--register", other)
    assert "--base-register uses another one instead" in told


def test_it_is_checked_with_the_register(capsys: pytest.CaptureFixture[str], base: Path, ours: Path) -> None:
    """References between the two resolve, its cases are played, and its overdue reviews are told."""
    today = str(datetime.now(UTC).date())
    small.change(base, "measures/us/us-order.yaml", 'last: "2024-07-01"', f'last: "{today}"')
    told = refused(capsys, 4, "register", "check", "--register", ours)
    assert "ours/measures/own-policy.yaml:23: last reviewed on 2024-07-01" in told
    small.change(ours, "measures/own-policy.yaml", 'last: "2024-07-01"', f'last: "{today}"')
    assert main(["register", "check", "--register", str(ours)]) == 0
    assert "2 measures of 1 jurisdictions, 3 provisions, 2 parties" in capsys.readouterr().out
    small.change(ours, "cases/own-policy.yaml", "position: prohibited", "position: permitted")
    told = refused(capsys, 4, "register", "check", "--register", ours)
    assert "ours/cases/own-policy.yaml:1: case 'we use it': use: position prohibited, expected permitted" in told
