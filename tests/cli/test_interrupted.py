# SPDX-License-Identifier: Apache-2.0
"""SIGINT and SIGTERM end a scan at a clean point: what was read is reported, the rest is named, the status is 3."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from typing import TYPE_CHECKING

import pytest

import composed
from debar import journal as journals
from debar.cli import main
from debar.cli.progress import Progress
from debar.journal import kept
from debar.readers import sifting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGENCY = ("--on", "2024-10-01", "--as", "us/federal-agency")
SIGNALS = ["SIGINT", "SIGTERM"]


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Keep journals apart, and of the smallest scan; take signals, also where the tests run in the background."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(journals, "LEAST", 0)
    monkeypatch.setattr(kept, "_EVERY", 1)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Give a folder with a BOM, a large log, and files that come after it."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "a.json").write_bytes(composed.CYCLONEDX)
    rows = composed.ZEEK.splitlines(keepends=True)
    (folder / "b.log").write_bytes(b"".join([*rows[:-1], *[rows[-1]] * 120_000, *rows[-2:]]))
    (folder / "c.json").write_bytes(composed.CYCLONEDX.replace(b'"shop"', b'"till"'))
    (folder / "tree" / "etc").mkdir(parents=True)
    return folder


def signalled(monkeypatch: pytest.MonkeyPatch, name: str, at: int = 6_000_000) -> None:
    """Send a signal once so much of a file was read."""
    real = Progress.passed

    def passed(self: Progress, position: int) -> None:
        real(self, position)
        if position >= at:
            signal.raise_signal(signal.Signals[name])

    monkeypatch.setattr(Progress, "passed", passed)


def scan(folder: Path, out: Path, *options: str) -> tuple[int, dict[str, list[dict[str, str]]]]:
    """Scan; give the exit code and the report."""
    code = main(["scan", str(folder), *AGENCY, "-o", f"json={out}", *options])
    return code, json.loads(out.read_text())


@pytest.mark.parametrize("name", SIGNALS)
def test_what_was_read_is_reported_and_the_rest_is_named(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The log that was being read is named with the last line of it, the file after it as a whole."""
    before = [signal.getsignal(signal.Signals[one]) for one in SIGNALS]
    signalled(monkeypatch, name)
    code, report = scan(evidence, tmp_path / "out.json")
    assert code == 3
    reason = f"not read: interrupted ({name})"
    assert [(skip["source"], skip["reason"]) for skip in report["skips"]] == [
        (str(evidence / "b.log"), reason),
        (str(evidence / "c.json"), reason),
    ]
    assert report["skips"][0]["locator"].startswith("after line ")
    assert {exposure["asset"] for exposure in report["exposures"]} == {"shop@2", "192.0.2.9"}
    assert [source["path"] for source in report["sources"]] == [str(evidence / "a.json"), str(evidence / "b.log")]
    assert [signal.getsignal(signal.Signals[one]) for one in SIGNALS] == before


def test_what_is_ignored_stays_ignored(tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the background SIGINT is ignored: a scan reads on, and another signal does not change that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with monkeypatch.context() as patch:
        signalled(patch, "SIGINT")
        code, report = scan(evidence, tmp_path / "whole.json")
    assert (code, report["skips"]) == (1, [])
    signalled(monkeypatch, "SIGTERM")
    code, _ = scan(evidence, tmp_path / "cut.json")
    assert code == 3
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_an_interrupted_scan_goes_on_to_the_same_report(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The user is told how to go on; with --resume the report is that of a scan that nobody interrupted."""
    scan(evidence, tmp_path / "whole.json")
    monkeypatch.setattr(sifting, "BLOCK", 1 << 20)
    with monkeypatch.context() as patch:
        signalled(patch, "SIGTERM")
        scan(evidence, tmp_path / "cut.json")
    assert "--resume" in capsys.readouterr().err
    code, _ = scan(evidence, tmp_path / "resumed.json", "--resume")
    assert code == 1
    assert (tmp_path / "resumed.json").read_bytes() == (tmp_path / "whole.json").read_bytes()
    assert list((tmp_path / "state" / "debar").iterdir()) == []


def test_an_interrupted_search_names_the_sources(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the end is asked for before anything was read, everything is named."""
    real = Progress.found

    def found(self: Progress, places: list[object]) -> None:
        real(self, places)  # type: ignore[arg-type]
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(Progress, "found", found)
    code, report = scan(evidence, tmp_path / "out.json")
    assert code == 3
    assert [skip["source"] for skip in report["skips"]] == [
        str(evidence / f"{n}") for n in ("a.json", "b.log", "c.json")
    ]
    assert report["exposures"] == []


def test_members_of_archives_are_named(tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that was not read to its end is named, and so is the member that was being read."""
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        archive.add(evidence, "evidence")
    real = Progress.passed

    def passed(self: Progress, position: int) -> None:
        real(self, position)
        if position > 6_000_000 and self.state().path.endswith("b.log"):
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(Progress, "passed", passed)
    code, report = scan(tmp_path / "all.tar", tmp_path / "out.json")
    assert code == 3
    archive_path = str(tmp_path / "all.tar")
    assert [skip["source"] for skip in report["skips"]] == [archive_path, f"{archive_path}!evidence/b.log"]
    assert "shop@2" in {exposure["asset"] for exposure in report["exposures"]}


def test_strict_reports_an_interruption_as_well(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end that somebody asked for is no fault of an input: under --strict the report is written too."""
    signalled(monkeypatch, "SIGTERM")
    code, report = scan(evidence, tmp_path / "out.json", "--strict")
    assert (code, len(report["skips"])) == (3, 2)


TWICE = """
import os, signal, sys
from debar.cli import main
from debar.cli.progress import Progress
def passed(self, position):
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.{name})
    print("still here")
Progress.passed = passed
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", SIGNALS)
def test_a_second_signal_ends_at_once(evidence: Path, name: str) -> None:
    """Whoever cannot wait for the clean point asks again."""
    code = TWICE.format(name=name)
    done = subprocess.run([sys.executable, "-c", code, "scan", str(evidence)], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.Signals[name], b"")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_waiting_for_standard_input_is_interrupted(tmp_path: Path) -> None:
    """A pipe into which nobody writes does not keep a scan from its end; what came before is reported."""
    command = [sys.executable, "-m", "debar", "scan", "-", *AGENCY, "-o", f"json={tmp_path / 'out.json'}"]
    with subprocess.Popen([*command, "--progress", "json"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin
        running.stdin.write(composed.ZEEK * 10)
        running.stdin.flush()
        for _ in range(200):  # until the signal is taken: before the reading begins it would end the program
            time.sleep(0.05)
            with open(f"/proc/{running.pid}/status") as status:  # noqa: PTH123
                caught = next(line for line in status if line.startswith("SigCgt"))
            if int(caught.split()[1], 16) & 1 << signal.SIGTERM - 1:
                break
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 3
    report = json.loads((tmp_path / "out.json").read_text())
    assert [(skip["source"], skip["reason"]) for skip in report["skips"]] == [("-", "not read: interrupted (SIGTERM)")]
