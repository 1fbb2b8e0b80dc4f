# SPDX-License-Identifier: Apache-2.0
"""Promises about the log of choices: it is only added to, and a change of it is found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import EvidenceError, UsageError
from debar.intake.drafts import choices
from debar.model.intake import Chosen
from debar.model.vocab.statements import Choice

if TYPE_CHECKING:
    from pathlib import Path

CHOSEN = st.builds(
    Chosen,
    story=st.sampled_from(["s1", "s2"]),
    line=st.sampled_from(["a", "b", "c"]),
    choice=st.sampled_from(Choice),
    by=st.text(max_size=8),
    at=st.just("2026-01-01T00:00:00Z"),
    value=st.text(max_size=8),
)


def made(line: str, choice: Choice = Choice.ACCEPT) -> Chosen:
    """Give a choice about a line."""
    return Chosen(story="s", line=line, choice=choice, by="A. Meyer", at="2026-01-01T00:00:00Z")


@given(st.lists(st.lists(CHOSEN, max_size=4), max_size=4))
def test_a_log_replays_to_the_same(tmp_path_factory: pytest.TempPathFactory, parts: list[list[Chosen]]) -> None:
    """Whatever is chosen in however many goes, the log gives it back in order, and the last choice holds."""
    log = tmp_path_factory.mktemp("log") / "log.jsonl"
    for part in parts:
        choices.add(log, part)
    every = [one for part in parts for one in part]
    found = choices.read(log)
    keys = [(one.story, one.line, one.choice, one.by, one.value) for one in found]
    assert keys == [(one.story, one.line, one.choice, one.by, one.value) for one in every]
    held = choices.newest(found)
    assert {key: one.choice for key, one in held.items()} == {(one.story, one.line): one.choice for one in every}


def test_no_log_is_an_empty_one(tmp_path: Path) -> None:
    """A log that is not there holds nothing; a folder is none."""
    assert choices.read(tmp_path / "log") == ()
    with pytest.raises(UsageError, match="directory"):
        choices.read(tmp_path)
    with pytest.raises(UsageError):
        choices.add(tmp_path / "no" / "log", [made("a")])


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_change_is_found(tmp_path: Path, line: int) -> None:
    """A choice that was changed, taken out or put elsewhere breaks the log from there on."""
    log = tmp_path / "log"
    choices.add(log, [made("a"), made("b"), made("c")])
    lines = log.read_bytes().splitlines(keepends=True)
    changed = [*lines]
    changed[line] = changed[line].replace(b'"accept"', b'"reject"')
    for broken in (changed, [*lines[:line], *lines[line + 1 :], lines[-1]], [lines[line], *lines]):
        log.write_bytes(b"".join(broken))
        if broken == lines:
            continue
        with pytest.raises(EvidenceError, match=rf"{log.name}:\d: this choice, or one before it"):
            choices.read(log)


def test_a_line_that_was_cut_off_does_not_count(tmp_path: Path) -> None:
    """What was being written when the machine stopped was never acknowledged; the next choice takes its place."""
    log = tmp_path / "log"
    choices.add(log, [made("a")])
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"story":"s","li')
    assert [one.line for one in choices.read(log)] == ["a"]
    choices.add(log, [made("b")])
    assert [one.line for one in choices.read(log)] == ["a", "b"]
    assert log.read_bytes().startswith(whole)


@pytest.mark.parametrize("content", [b"{}\n", b"no json\n", b"\xff\n", b'{"story": 1}\n', b"\n", b"[" * 5000 + b"\n"])
def test_what_is_no_log_is_said(tmp_path: Path, content: bytes) -> None:
    """A file of something else is wrong usage that names its line, and is never added to."""
    log = tmp_path / "log"
    log.write_bytes(content)
    with pytest.raises(UsageError, match="log:1"):
        choices.add(log, [made("a")])
    assert log.read_bytes() == content


def test_a_large_file_is_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond any log is refused before it is read."""
    log = tmp_path / "log"
    log.write_bytes(b"x" * 11)
    monkeypatch.setattr(choices, "LARGEST", 10)
    with pytest.raises(UsageError, match="larger"):
        choices.read(log)


ADDING = """
import sys
from pathlib import Path
from debar.cli.replacing import alone
from debar.intake.drafts import choices
from debar.model.intake import Chosen
from debar.model.vocab.statements import Choice

log, who = Path(sys.argv[1]), sys.argv[2]
for number in range(int(sys.argv[3])):
    with alone(log):
        choices.add(log, [Chosen(story="s", line=f"{who}-{number}", choice=Choice.ACCEPT, by=who, at="")])
    print(number, flush=True)
"""


def adding(log: Path, who: str, times: int) -> subprocess.Popen[bytes]:
    """Begin a process that adds choices."""
    return subprocess.Popen([sys.executable, "-c", ADDING, str(log), who, str(times)], stdout=subprocess.PIPE)


@pytest.mark.skipif(os.name == "nt", reason="folders have no such locks there")
def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two who decide at the same time both stay in one unbroken chain."""
    log = tmp_path / "log"
    both = [adding(log, who, 10) for who in ("a", "b")]
    assert [one.wait() for one in both] == [0, 0]
    for one in both:
        assert one.stdout
        one.stdout.close()
    assert sorted(one.line for one in choices.read(log)) == sorted(f"{who}-{n}" for who in "ab" for n in range(10))


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal there")
def test_a_kill_leaves_every_acknowledged_choice(tmp_path: Path) -> None:
    """Whatever was said to be kept is there after a kill, and the log goes on from it."""
    log = tmp_path / "log"
    running = adding(log, "a", 10_000)
    assert running.stdout
    told = [running.stdout.readline() for _ in range(3)]
    time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    rest = running.stdout.read().split(b"\n")[:-1]
    running.wait()
    running.stdout.close()
    kept = choices.read(log)
    assert len(kept) >= len(told) + len(rest)
    choices.add(log, [made("after")])
    assert choices.read(log)[-1].line == "after"


def test_lines_of_a_log_are_json(tmp_path: Path) -> None:
    """Anybody can read the log: one JSON object a line, whatever names hold."""
    log = tmp_path / "log"
    choices.add(log, [Chosen(story="s", line="a", choice=Choice.EDIT, by="A\nB\u202e", at="", value="x\ny")])
    (line,) = log.read_text("utf-8").splitlines()
    assert json.loads(line)["by"] == "A\nB\u202e"
