# SPDX-License-Identifier: Apache-2.0
"""A check of a history: whatever is changed, removed or added is named."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kept
from debar.store import checking, keeping, ledger
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a history of two runs."""
    for day, asset in (("2024-06-25", "a"), ("2024-07-25", "b")):
        decided = (kept.decision(kept.exposure(asset)),)
        with keeping.keeping(place(str(tmp_path))) as run:
            run.keep(kept.report(day, asset, decided=decided), f"{day}T00:00:00Z")
    return tmp_path


def checked(folder: Path) -> checking.Checked:
    """Give what a check finds."""
    with ledger.opened(place(str(folder))) as history:
        return checking.check(history)


def test_a_history_as_it_was_kept_is_whole(folder: Path) -> None:
    """Nothing is complained of, and every run is told before it is looked at."""
    told: list[str] = []
    with ledger.opened(place(str(folder))) as history:
        assert checking.check(history, told.append) == checking.Checked(2, 5, (), ())
    assert len(told) == 2
    assert all(one.startswith("run-") for one in told)


@pytest.mark.parametrize("kind", ["observations", "findings", "reports"])
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"!"), "was changed"),
        (lambda file: file.write_bytes(file.read_bytes() + b"!"), "was changed"),
        (Path.unlink, "is gone"),
    ],
    ids=["byte", "longer", "gone"],
)
def test_a_changed_file_is_named(folder: Path, kind: str, harm: Callable[[Path], None], said: str) -> None:
    """One byte that is another, one more, or no file at all."""
    file = min((folder / kind).iterdir())
    harm(file)
    assert any(str(file) in fault and said in fault for fault in checked(folder).faults)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET body = json_set(body, '$.exposures', 0) WHERE seq = 1",
        "UPDATE runs SET kept_at = '2024-01-01T00:00:00Z' WHERE seq = 1",
        "UPDATE runs SET as_of = '2024-01-01' WHERE seq = 1",
        "UPDATE runs SET is_complete = 0 WHERE seq = 1",
        "UPDATE runs SET looks = 'x' WHERE seq = 1",
        "UPDATE runs SET id = 'run-000000000000' WHERE seq = 1",
        "DELETE FROM runs WHERE seq = 1",
        "UPDATE log SET at = '2024-01-01T00:00:00Z' WHERE seq = 1",
        "UPDATE log SET body = '{}' WHERE seq = 2",
        "DELETE FROM log WHERE seq = 1",
        "DELETE FROM log WHERE seq = 2",
        "UPDATE sightings SET is_set_aside = 1 WHERE run = 1",
        "UPDATE sightings SET level = 1 WHERE run = 2",
        "DELETE FROM sightings WHERE run = 2",
        "UPDATE exposures SET asset = 'nobody'",
        "DELETE FROM exposures",
        "UPDATE looks SET media = 'inventory network'",
        "INSERT INTO looks SELECT sha256, 7, 'other', media FROM looks LIMIT 1",
        "UPDATE decisions SET expires = '2030-01-01' WHERE run = 1",
        "UPDATE obligations SET due = NULL WHERE run = 1",
        "DELETE FROM files WHERE kind = 'findings'",
        "UPDATE files SET size = size + 1 WHERE kind = 'reports'",
        "UPDATE files SET sha256 = '../../../etc/passwd' WHERE kind = 'observations'",
        "UPDATE runs SET body = '[' WHERE seq = 1; UPDATE log SET body = '[' WHERE seq = 1",
    ],
)
def test_a_changed_row_is_found(folder: Path, statement: str) -> None:
    """No row of any table can be another, missing or added."""
    connection: Any = sqlite3.connect(folder / "history.db")
    connection.executescript(statement + ";")
    connection.close()
    assert checked(folder).faults


def test_two_runs_that_changed_places_are_found(folder: Path) -> None:
    """The order of runs is that of the log."""
    connection: Any = sqlite3.connect(folder / "history.db")
    for table in ("sightings", "decisions", "obligations"):
        connection.executescript(f"UPDATE {table} SET run = 3 - run;")
    connection.executescript(
        "UPDATE runs SET seq = 9 WHERE seq = 1; UPDATE runs SET seq = 1 WHERE seq = 2; UPDATE runs SET seq = 2 WHERE seq = 9;"
    )
    connection.close()
    assert checked(folder).faults == ("runs: they stand in another order than in the log",)


def test_the_run_that_was_taken_out_is_named(folder: Path) -> None:
    """Also when every row of it is gone: the log has it, and its files are strays no more than before."""
    connection: Any = sqlite3.connect(folder / "history.db")
    [(id_,)] = connection.execute("SELECT id FROM runs WHERE seq = 1").fetchall()
    connection.executescript(
        "DELETE FROM sightings WHERE run = 1; DELETE FROM decisions WHERE run = 1; DELETE FROM obligations WHERE run = 1;"
        "DELETE FROM runs WHERE seq = 1;"
    )
    connection.close()
    assert checked(folder).faults == (f"log: a run of it is gone: {id_}",)


def test_what_a_killed_run_left_is_told_and_no_fault(folder: Path) -> None:
    """Files that no run speaks of are named."""
    stray = folder / "reports" / ".partial-1-ab"
    stray.write_bytes(b"half")
    found = checked(folder)
    assert (found.faults, found.strays) == ((), (stray,))
