# SPDX-License-Identifier: Apache-2.0
"""Decisions that stand in the history: written there, heeded from there, and never lost there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import composed
from debar.cli import main
from debar.store import checking, ledger, log, places

if TYPE_CHECKING:
    from pathlib import Path

ACCEPT = ("--verdict", "accepted", "--requester", "A. Meyer", "--approver", "B. Kim", "--on", "2024-10-01")
KEPT = ("--store", "kept", "--decisions", "store:")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with one BOM, and a history of one run on it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    assert main(["scan", "bom.json", "--on", "2024-10-01", "--fail-on", "none", "--store", "kept", "-o", "json=r"]) == 0
    return tmp_path


def decide(reason: str, *more: str, expires: str = "2025-03-31") -> int:
    """Decide on the one asset of the BOM, in the history."""
    return main(["decide", "shop@2", "r", *ACCEPT, "--expires", expires, "--reason", reason, *more, *KEPT])


def texts() -> list[str]:
    """Give every text that the decisions of the history ever had, in order."""
    with ledger.opened(places.place("kept")) as history, history.reading() as connection:
        newest = log.newest(connection, "decisions")
        rows = connection.exec_driver_sql("SELECT body FROM log WHERE kind = 'decisions' ORDER BY seq").scalars()
        found = [str(row) for row in rows]
    assert newest == (found[-1] if found else "")
    return found


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, Any]]:
    """Give the list of decisions."""
    capsys.readouterr()
    assert main(["decide", "--on", "2024-11-01", "-o", "json", *more]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_they_are_heeded_from_there_and_only_from_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scan that names the history shows the acceptance, one that does not knows nothing of it; no file appears."""
    assert decide("moved in spring") == 0
    assert sorted(file.name for file in here.iterdir()) == ["bom.json", "kept", "r"]
    assert [one["decision"]["reason"] for one in listed(capsys, *KEPT)] == ["moved in spring"]
    assert listed(capsys, "--store", "kept") == []
    for options, decided in ((KEPT, 1), (("--store", "kept"), 0)):
        main(["scan", "bom.json", "--on", "2024-10-02", "--fail-on", "none", "-o", "json", "--quiet", *options])
        report = json.loads(capsys.readouterr().out)
        assert sum(bool(exposure["decision"]) for exposure in report["exposures"]) == decided
        said = "decisions were taken from the history in kept: 1"
        assert (said in report["coverage"]["notes"]) == bool(decided)


def test_every_text_stays_in_the_chain(capsys: pytest.CaptureFixture[str]) -> None:
    """What a later decision ended is still there as it was, and the history is whole."""
    assert decide("first") == 0
    assert decide("second", "--replace-decision") == 0
    first, second = texts()
    assert "reason: first" in first
    assert "reason: second" in second
    with ledger.opened(places.place("kept")) as history:
        assert checking.check(history).faults == ()
    assert [one["decision"]["reason"] for one in listed(capsys, *KEPT)] == ["second"]


def test_what_is_refused_leaves_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    """Another decision on the same, a paper that would lie nowhere, and no history named."""
    assert decide("first") == 0
    before = texts()
    replaced = ("--verdict", "replaced", "--requester", "A. Meyer", "--approver", "B. Kim", "--on", "2024-10-01")
    more = ("--expires", "2025-03-31", "--reason", "x")
    assert main(["decide", "shop@2", "r", *replaced, *more, *KEPT]) == 2
    assert main(["decide", "shop@2", "r", *ACCEPT, *more, "--document", "bom.json", *KEPT]) == 2
    assert "holds no papers" in capsys.readouterr().err
    assert main(["decide", "shop@2", "r", *ACCEPT, *more, "--decisions", "store:"]) == 2
    assert "no history is named" in capsys.readouterr().err
    assert texts() == before


def test_a_fault_in_it_is_told_as_the_historys(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever somebody wrote into the log is read as strictly as a file, and no place of this machine is named."""
    with ledger.opened(places.place("kept")) as history, history.writing() as connection:
        log.add(connection, "2024-10-01T00:00:00Z", "decisions", "- verdict: maybe\n")
    assert main(["scan", "bom.json", *KEPT]) == 2
    said = capsys.readouterr().err
    assert "the history in kept:1: " in said
    assert os.path.join(os.sep, "tmp") not in said  # noqa: PTH118 - a text that must not be there


def test_two_who_decide_at_once_both_do() -> None:
    """Neither overwrites what the other wrote."""
    both = [
        subprocess.Popen([sys.executable, "-m", "debar", *_wide(month)], stdout=subprocess.PIPE) for month in (10, 11)
    ]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert "month 10" in texts()[-1]
    assert "month 11" in texts()[-1]


def _wide(month: int) -> list[str]:
    days = ("--on", f"2024-{month}-01", "--expires", f"2024-{month}-28")
    who = ("--verdict", "accepted", "--requester", "A. Meyer", "--approver", "B. Kim")
    return ["decide", "--party", "kaspersky", "r", *who, *days, "--reason", f"month {month}", *KEPT]
