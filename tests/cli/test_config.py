# SPDX-License-Identifier: Apache-2.0
"""Configuration files: below the command line and the environment, above the defaults; the nearest first."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import VERBS, configured, main
from debar.cli.keys import KEYS, Form
from debar.cli.register import WORDS

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
        ("as = 3", "config.toml:1: as: write text or a path"),
        ('\nregister = ["law", 1]', "config.toml:2: register: write a path or a list of paths"),
        ("exclude = []", "config.toml:1: exclude: write text or a list of texts"),
        ('strict = "yes"', "config.toml:1: strict: write true or false"),
        ("stale_after = true", "config.toml:1: stale_after: write a number"),
        ('# us\n\nas = "us/companny"', "config.toml:3: as: no kind of organisation is called 'companny'"),
        ("as = ", "Invalid value (at end of document)"),
        ('color = "purple"', "config.toml:1: color: 'purple' is not known"),
        ('on = "2024-10-01"', "config.toml:1: 'on' is about one call"),
        ('[scna]\nas = "us/company"', "config.toml:1: no verb is called 'scna'; did you mean 'scan'?"),
        ('[explain]\nact = "sell"\nexclude = "x"', "config.toml:3: debar explain has no option 'exclude'"),
        ('explain.exclude = "x"', "config.toml:1: debar explain has no option 'exclude'"),
        ('"exclude" = 1', "config.toml:1: exclude: write text"),
        ("[explain.more]\nact = 'sell'", "'more' is no option"),
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


@pytest.mark.parametrize("refused", ["stat", "read_text"])
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


def test_a_file_is_no_longer_than_anybody_writes(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A megabyte of settings is somebody's mistake, or somebody's attempt."""
    written.write_text("#" * (1 << 20) + "\n", encoding="utf-8")
    assert main(EXPLAIN) == 2
    assert "1,048,577 bytes are too many" in capsys.readouterr().err


def test_what_is_said_as_the_default_is_said(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who writes the default on the command line means it, whatever the environment and files say."""
    written.write_text('color = "always"\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_COLOR", "always")
    assert main(["explain", "kaspersky", "--on", "2026-01-01", "--color", "auto"]) == 0
    assert "\x1b[" not in capsys.readouterr().out


# ---- files of the project


@pytest.fixture
def project(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be two folders deep in a Git repository, whose root is given."""
    assert written.parent.is_dir()
    root = tmp_path / "project"
    (root / "a" / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    monkeypatch.chdir(root / "a" / "b")
    return root


def test_the_nearest_file_wins_key_by_key(project: Path, written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The current folder, then those above it up to the root of the repository, then the user's own; each adds its keys."""
    written.write_text('as = "us/individual"\ncolor = "never"\nby = "A. Meyer"\n', encoding="utf-8")
    (project / "debar.toml").write_text('as = "us/reseller"\nact = "sell"\nmeaning = "embedded"\n', encoding="utf-8")
    (project / "a" / ".debar.toml").write_text('act = "resell"\n', encoding="utf-8")
    assert settings(capsys, "explain") == {
        "act": ("resell", "project", os.path.join("..", ".debar.toml:1")),  # noqa: PTH118
        "as": ("us/reseller", "project", os.path.join("..", "..", "debar.toml:1")),  # noqa: PTH118
        "meaning": ("embedded", "project", os.path.join("..", "..", "debar.toml:3")),  # noqa: PTH118
        "color": ("never", "file", f"{written}:2"),
    }


def test_files_above_the_repository_are_not_the_projects(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside of a repository only the current folder counts, and in one nothing above its root."""
    (project.parent / "debar.toml").write_text('as = "us/reseller"\n', encoding="utf-8")
    assert settings(capsys, "explain") == {}
    (project / ".git").rmdir()
    (project / "debar.toml").write_text('as = "us/reseller"\n', encoding="utf-8")
    assert settings(capsys, "explain") == {}
    (project / "a" / "b" / "debar.toml").write_text('as = "us/reseller"\n', encoding="utf-8")
    assert settings(capsys, "explain").keys() == {"as"}


def test_the_table_of_a_verb_is_for_it_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It comes before what stands above all tables in the same file, and says nothing to other verbs."""
    (project / "debar.toml").write_text(
        'exclude = "all"\n[scan]\nexclude = ["a,b", "c"]\nstale_after = 30\n', encoding="utf-8"
    )
    assert {key: value for key, (value, *_) in settings(capsys, "scan").items()} == {
        "exclude": ["a,b", "c"],
        "stale_after": "30",
    }
    assert {key: value for key, (value, *_) in settings(capsys, "identify").items()} == {"exclude": ["all"]}
    assert settings(capsys, "explain") == {}


def test_a_named_file_is_the_only_one(
    project: Path, written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file trusts it with everything, and wants no other; an empty one is none."""
    written.write_text('color = "never"\n', encoding="utf-8")
    (project / "debar.toml").write_text('as = "us/reseller"\n', encoding="utf-8")
    (project / "own.toml").write_text('store = "history"\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_CONFIG", str(project / "own.toml"))
    assert settings(capsys, "scan") == {"store": (str(project / "history"), "file", f"{project / 'own.toml'}:1")}
    monkeypatch.setenv("DEBAR_CONFIG", os.devnull)
    assert settings(capsys, "scan") == {}


@pytest.mark.parametrize("key", sorted(key for key, row in KEYS.items() if not row.of_project))
def test_a_project_says_nothing_of_what_is_the_users(
    project: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """A file that came with a checkout neither writes, nor connects, nor says whom to trust: it stops, and says why."""
    value = {Form.SWITCH: "true", Form.NUMBER: "1"}.get(KEYS[key].form, '"x"')
    (project / "debar.toml").write_text(f"\n{key} = {value}\n", encoding="utf-8")
    assert main(EXPLAIN) == 2
    said = capsys.readouterr().err
    assert f"debar.toml:2: a project's file does not set {key!r}" in said
    assert "DEBAR_CONFIG" in said


def test_what_writes_connects_and_is_trusted_is_the_users() -> None:
    """No slip in the table gives it to whoever sends a checkout."""
    alone = "output template store lake engine base_register register indicators key".split()  # noqa: SIM905 - one line
    assert [key for key in alone if KEYS[key].of_project] == []


def test_a_projects_paths_stay_in_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are meant from the file's folder, and lead nowhere else: not up, not to a home, not through a link."""
    (project / "we.yaml").write_text("name: We\njurisdictions: [us]\nkinds: [grantee]\n", encoding="utf-8")
    (project / "debar.toml").write_text('as = "we.yaml"\n', encoding="utf-8")
    assert asker(capsys) == ["grantee"]
    assert settings(capsys, "explain")["as"][0] == os.path.join("..", "..", "we.yaml")  # noqa: PTH118 - the same anywhere
    outside = project.parent / "outside.yaml"
    outside.write_text((project / "we.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (project / "link.yaml").symlink_to(outside)
    for path in ("../outside.yaml", str(outside), "link.yaml", "~/we.yaml", "a/../../outside.yaml"):
        (project / "debar.toml").write_text(f'as = "{path}"\n', encoding="utf-8")
        assert main(EXPLAIN) == 2
        assert f"debar.toml:1: as: {path!r} is not in the project" in capsys.readouterr().err


def test_what_a_project_sets_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Evidence that brings its own settings cannot leave things out unseen: the report names each, with file and line."""
    here = project / "a" / "b"
    (here / "bom.json").write_bytes(composed.CYCLONEDX)
    (here / "debar.toml").write_text('exclude = ["*.json"]\nfail_on = "none"\n', encoding="utf-8")
    (here / "names.txt").write_text("Hikvision\n", encoding="utf-8")
    main(["scan", ".", "--on", "2024-10-01", "-o", "json"])
    notes = json.loads(capsys.readouterr().out)["coverage"]["notes"]
    told = ["debar.toml:1 of the project sets exclude = *.json", "debar.toml:2 of the project sets fail_on = none"]
    assert notes[: len(told)] == told
    (here / "debar.toml").write_text("[screen]\nthreshold = 0.99\n", encoding="utf-8")
    assert main(["screen", "Hikvision", "--on", "2024-10-01", "--fail-on", "none", "-o", "json"]) == 0
    assert "debar.toml:2 of the project sets threshold = 0.99" in json.loads(capsys.readouterr().out)["notes"]


def test_a_configuration_is_no_evidence(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That it lies beside the evidence does not make the scan incomplete; it is named with what was passed over."""
    here = project / "a" / "b"
    (here / "bom.json").write_bytes(composed.CYCLONEDX)
    (here / "debar.toml").write_text('as = "us/company"\n', encoding="utf-8")
    assert main(["scan", ".", "--on", "2024-10-01", "--fail-on", "none", "-o", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert any("passed over" in note and "debar.toml" in note for note in report["coverage"]["notes"])


def test_two_files_in_one_folder_are_one_too_many(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which of them is meant cannot be known."""
    for name in ("debar.toml", ".debar.toml"):
        (project / name).touch()
    assert main(EXPLAIN) == 2
    assert "both debar.toml and .debar.toml are there" in capsys.readouterr().err


def test_somebody_elses_file_is_not_followed(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder where everybody may write, nobody says to others what is not to be found."""
    file = project / "a" / "b" / "debar.toml"
    file.write_text('as = "us/reseller"\n', encoding="utf-8")
    usual, owners = type(file).stat, {"file": 4711, "folder": 4712}

    def foreign(path: Path, **named: bool) -> os.stat_result:
        found = usual(path, **named)
        owner = {file: owners["file"], file.parent: owners["folder"]}.get(path, found.st_uid)
        return os.stat_result((*found[:4], owner, *found[5:]))

    monkeypatch.setattr(type(file), "stat", foreign)
    assert main(EXPLAIN) == 2
    assert "debar.toml: a configuration that belongs to somebody else" in capsys.readouterr().err
    monkeypatch.setattr(os, "geteuid", lambda: 4713)
    for owners["file"] in (4713, 4712, 0):  # the user's, the folder's, the superuser's
        assert file in [found.path for found in configured.files()]


def test_a_folder_that_is_gone_has_no_file(
    written: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stands in a folder that was removed still gets an answer."""
    assert project.is_dir()
    written.write_text('as = "us/federal-agency"\n', encoding="utf-8")

    def gone() -> Path:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(type(written), "cwd", gone)
    assert asker(capsys) == ["federal-agency"]


# ---- debar config


def settings(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, tuple[object, str, str]]:
    """Give what is set for a verb: by key its value, the kind of its origin, and where that is."""
    assert main(["config", *words, "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["settings"]
    return {one["key"]: (one["value"], one["origin"], one["where"]) for one in found if one["origin"] != "default"}


def test_each_value_says_where_it_comes_from(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line, the environment, a file with its line, or the default."""
    written.write_text('exclude = ["*.log", "*.tmp"]\nstrict = true\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_FAIL_ON", "at-risk")
    monkeypatch.setenv("DEBAR_COLUMNS", "name=Item,asset=Host")
    assert main(["config", "scan", "--", "--on", "2024-10-01", "--stale-after", "90"]) == 0
    said = capsys.readouterr().out.splitlines()
    for line in (
        "on             2024-10-01  (option --on)",
        "stale_after    90  (option --stale-after)",
        "fail_on        at-risk  (environment DEBAR_FAIL_ON)",
        "columns        name=Item, asset=Host  (environment DEBAR_COLUMNS)",
        "known_on       -  (default)",
        "color          auto  (default)",
    ):
        assert line in said
    words = "".join(" ".join(said).split())  # a long path is broken anywhere
    assert f"exclude*.log,*.tmp(file{written}:1)" in words
    assert f"stricttrue(file{written}:2)" in words


def test_without_a_verb_everything_that_is_set_is_listed(
    written: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the files that count, there or not, and tables by their names; passwords stay where they are."""
    assert main(["config"]) == 0
    said = capsys.readouterr().out
    assert "config.toml (not there)" in said
    assert "SET: nothing" in said
    written.write_text('store = "postgresql://us:secret@db.example/h"\n[scan]\nstrict = true\n', encoding="utf-8")
    monkeypatch.setenv("DEBAR_ON", "2024-10-01")
    assert main(["config"]) == 0
    said = capsys.readouterr().out
    assert "secret" not in said
    words = "".join(said.split())
    assert "storepostgresql://us:***@db.example/h(file" in words
    assert f"[scan]stricttrue(file{written}:3)" in words
    assert "on2024-10-01(environmentDEBAR_ON)" in words


def test_a_variable_that_is_no_option_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in the name of a variable says nothing by itself, so that somebody believes in a gate that is not there."""
    monkeypatch.setenv("DEBAR_FAIL_NO", "prohibited")
    monkeypatch.setenv("DEBAR_FAIL_ON", "prohibited")
    assert main(["config"]) == 0
    assert "DEBAR_FAIL_NO is no option; did you mean 'DEBAR_FAIL_ON'?" in capsys.readouterr().out
    assert main(["config", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["unknown_variables"] == ["DEBAR_FAIL_NO"]


def test_a_word_of_a_verb_has_options_of_its_own(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table of the register is for all its words, each of which takes what it knows."""
    written.write_text('[register]\nparty = "huawei"\nkey = "team.pub"\n', encoding="utf-8")
    assert settings(capsys, "register", "list").keys() == {"party"}
    assert settings(capsys, "register", "verify") == {
        "key": ([str(written.parent / "team.pub")], "file", f"{written}:3")
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scna",), "'scna' is not known; did you mean 'scan'?"),
        (("version",), "'version' is not known"),
        (("register",), "debar config register"),
        (("register", "lis"), "did you mean 'list'?"),
        (("scan", "--", "--nonsense"), "--nonsense"),
    ],
)
def test_what_cannot_be_asked_about(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    """A verb that is none, or a word that its verb does not have."""
    assert main(["config", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_verb_that_is_asked_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Every verb, and every word of the register, tells its options and stops there."""
    for verb in VERBS:
        if verb.name in ("config", "version"):
            continue
        for words in [[verb.name, word.name] for word in WORDS] if verb.name == "register" else [[verb.name]]:
            assert main(["config", *words]) == 0, words
            assert capsys.readouterr().err == ""


def test_a_file_is_checked_for_all_verbs(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults are told that the verb at hand would not meet; without a name all files that count are checked."""
    file = tmp_path / "team.toml"
    file.write_text('as = "us/company"\n[scan]\nengine = "inline"\n', encoding="utf-8")
    assert main(["config", "--check", str(file)]) == 0
    assert "[scan] engine  inline" in capsys.readouterr().out
    for text, said in (
        ("[identify]\nstrict = true", "team.toml:2: debar identify has no option 'strict'"),
        ('color = "purple"', "team.toml:1: color: 'purple' is not known"),
        ("[scan]\nstrict = 3", "team.toml:2: strict: write true or false"),
        ('[register]\nfail_on = "none"', "team.toml:2: debar register has no option 'fail_on'"),
    ):
        file.write_text(text, encoding="utf-8")
        assert main(["config", "--check", str(file)]) == 2
        assert said in capsys.readouterr().err
    written.write_text("\nstrict = 3", encoding="utf-8")
    assert main(["config", "--check"]) == 2
    assert "config.toml:2: strict" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('output = "json=x"', "a project's file does not set 'output'"),
        ('decisions = "../x.yaml"', "'../x.yaml' is not in the project"),
        ('fail_on = "prohibted"', "fail_on: 'prohibted' is not known; did you mean 'prohibited'?"),
        ("stale_after = -5", "stale_after: write a number"),
        ("stale_after = nan", "stale_after: write a number"),
        ("stale_after = 1e400", "stale_after: write a number"),
        ('stale_after = "soon"', "stale_after: write a number"),
    ],
)
def test_a_projects_file_is_checked_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    """What would stop every scan in a checkout stops the check of its file, which the hook of pre-commit runs."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "debar.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["config", "--check", "debar.toml"]) == 2
    assert said in capsys.readouterr().err
