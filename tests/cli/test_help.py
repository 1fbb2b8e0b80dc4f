# SPDX-License-Identifier: Apache-2.0
"""Help, version, formats and completion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import composed
from debar.cli import VERBS, main
from debar.cli import options as shared
from debar.cli.register import WORDS
from debar.readers import READERS
from debar.release import SCHEMA, VERSION
from debar.writers import WRITERS


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_verb(capsys: pytest.CaptureFixture[str], word: str) -> None:
    """The help goes to standard output, names every verb and says that it is offline."""
    assert main([word]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert all(f"  {verb.name}" in said.out for verb in VERBS)
    assert "no connection" in said.out


def test_without_arguments_the_help_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Without any argument the help is shown, with the exit code for wrong usage."""
    assert main([]) == 2
    said = capsys.readouterr()
    assert "usage: debar" in said.out + said.err


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_every_verb_has_help(verb: str) -> None:
    """`debar VERB --help` exits 0, writes to standard output only, and stays within 120 columns."""
    done = composed.run(verb, "--help", variables={"COLUMNS": "100"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"usage: debar {verb}".encode() in done.stdout
    assert max(map(len, done.stdout.decode().splitlines())) <= 120


def parser_of(command: str) -> shared.Parser:
    """Give the parser of a verb, or of a word of `debar register`."""
    caught: list[shared.Parser] = []

    class Stopped(Exception):  # noqa: N818 - not an error
        pass

    def stop(self: shared.Parser, _arguments: list[str]) -> None:
        caught.append(self)
        raise Stopped

    verb, *rest = command.split()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared.Parser, "parse", stop)
        with pytest.raises(Stopped):
            import_module(f"debar.cli.{verb}").run(rest)
    return caught[0]


@pytest.fixture(scope="module")
def scripts() -> dict[str, list[str]]:
    """Give the lines of each shell's script."""
    shells = ("bash", "zsh", "fish")
    return {shell: composed.run("completion", shell).stdout.decode().splitlines() for shell in shells}


COMMANDS = (
    *(verb.name for verb in VERBS if verb.name not in ("version", "register")),
    *(f"register {word.name}" for word in WORDS),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_help_and_completion(command: str, scripts: dict[str, list[str]]) -> None:
    """Every option of every verb, and of every word of `debar register`, says what it does, and every shell completes it."""
    quoted = f'"{command}"' if " " in command else command
    for action in (a for a in parser_of(command)._actions if a.option_strings):
        assert action.help, action.dest
        for option in (o for o in action.option_strings if o != "-h"):
            for shell in ("bash", "zsh"):
                words = next(line for line in scripts[shell] if line.strip().startswith(f"{quoted}) known="))
                assert option in words.replace('"', " ").replace("=", " ").split(), (shell, option)
            mark = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            seen = [line for line in scripts["fish"] if f"{mark} " in f"{line} "]
            assert any(all(f"from {word}" in line for word in command.split()) for line in seen), option


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_valid(shell: str) -> None:
    """The script of each shell is accepted by that shell, where it is installed."""
    done = composed.run("completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.strip()
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    checked = subprocess.run([shell, "-n"], input=done.stdout, capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_bash_completes_verbs_and_words() -> None:
    """In bash, the completion offers verbs first, then options, then the words an option takes."""
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    script = composed.run("completion", "bash").stdout.decode()

    def offered(*words: str) -> set[str]:
        line = " ".join(f"'{w}'" for w in words)
        code = (
            f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _debar; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
        done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    assert {"scan", "explain"} <= offered("debar", "")
    assert offered("debar", "exp") == {"explain"}
    assert "--fail-on" in offered("debar", "scan", "--f")
    assert offered("debar", "scan", "--fail-on", "pro") == {"prohibited"}


@pytest.mark.parametrize("word", ["version", "--version", "-V"])
def test_version(capsys: pytest.CaptureFixture[str], word: str) -> None:
    """The version of program, register and schema."""
    assert main([word]) == 0
    said = capsys.readouterr()
    assert said.out == f"debar {VERSION}, register {composed.shipped().version}, schema {SCHEMA}\n"
    assert said.err == ""


@pytest.mark.parametrize("form", [["-o", "json"], ["--output", "json"], ["-ojson"], ["--output=json"]])
def test_version_as_json(capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    """The same as a JSON object, in every way of writing an option."""
    assert main(["version", *form]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "program": VERSION, "register": composed.shipped().version, "schema": SCHEMA,
    }  # fmt: skip


def test_version_listens_to_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """DEBAR_OUTPUT works here as everywhere."""
    monkeypatch.setenv("DEBAR_OUTPUT", "json")
    assert main(["version"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == SCHEMA


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """Every reader and writer is listed, with what it does not see."""
    assert main(["formats"]) == 0
    said = " ".join(capsys.readouterr().out.split())  # lines are wrapped
    for reader in READERS:
        assert f"{reader.name}: {' '.join(reader.title.split())}" in said
        assert f"but: {' '.join(reader.limits.split())}" in said
    assert all(writer.name in said for writer in WRITERS)


def test_formats_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as a JSON array of objects with stable keys."""
    assert main(["formats", "-o", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows if row["direction"] == "in"] == [reader.name for reader in READERS]
    assert [row["name"] for row in rows if row["direction"] == "out"] == [writer.name for writer in WRITERS]
    assert all({"name", "title", "direction"} <= set(row) for row in rows)


CLOSED = [
    ["--help"], ["version"], ["formats"], ["register", "list"], ["explain", "kaspersky"], ["explain", "--help"],
    ["completion", "bash"], ["explain", "kaspersky", "-o", "json"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", CLOSED, ids=" ".join)
def test_reader_that_went_away_is_silent(arguments: list[str]) -> None:
    """Output into a pipe that nobody reads any more ends without a word."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "debar", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode in (0, 141)


@pytest.mark.parametrize("arguments", [a for a in CLOSED if a != ["explain", "--help"]], ids=" ".join)
def test_disk_that_is_full(arguments: list[str]) -> None:
    """Output that cannot be written is an error with a message: neither a trace nor a clean answer."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "debar", *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode in (2, 4)
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"debar: error:")
